import { readTemplate } from '../../input/formats/arm/read-template.js';
import type { SourceDocument } from '../../input/source-document.js';
import { nothingFound, type FoundRoleDefinitions } from './find-role-definitions.js';
import { rolesOfResources } from './roles-of-resources.js';

/** The roles and role assignments that an ARM template deploys. Loaded where there is one. */
export function rolesOfTemplate(document: SourceDocument, isNamed: boolean): FoundRoleDefinitions {
  const { resources, notices, context } = readTemplate(document);
  const found = rolesOfResources(resources);
  const isEmpty = found.isEmpty && notices.length === 0;
  return { ...found, context, notices: isEmpty ? nothingFound(document, isNamed) : notices };
}
