import { readTemplate } from '../../input/formats/arm/read-template.js';
import type { SourceDocument } from '../../input/source-document.js';
import { nothingFound, type FoundRoleDefinitions } from './find-role-definitions.js';
import { isRoleDefinitionType, roleOfResource } from './role-of-resource.js';

/** The role definitions that an ARM template deploys. Loaded where there is one. */
export function rolesOfTemplate(document: SourceDocument, isNamed: boolean): FoundRoleDefinitions {
  const { resources, notices } = readTemplate(document);
  const roleDefinitions = resources.filter(({ type }) => isRoleDefinitionType(type)).map(roleOfResource);
  const isEmpty = roleDefinitions.length === 0 && notices.length === 0;
  return { roleDefinitions, notices: isEmpty ? nothingFound(document, isNamed) : notices };
}
