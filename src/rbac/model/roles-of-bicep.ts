import type { Notice } from '../../errors.js';
import { readBicep } from '../../input/formats/bicep/read-bicep.js';
import type { SourceDocument } from '../../input/source-document.js';
import type { FoundRoleDefinitions } from './find-role-definitions.js';
import { rolesOfResources } from './roles-of-resources.js';

/** The roles and role assignments that a file of Bicep deploys. Loaded where there is one. */
export function rolesOfBicep(document: SourceDocument, isNamed: boolean): FoundRoleDefinitions {
  const { documents, resources, notices, places } = readBicep(document);
  const found = rolesOfResources(resources);
  const isEmpty = found.isEmpty && notices.length === 0 && isNamed;
  return { document: documents[0]!, ...found, places, notices: isEmpty ? [nothingFound(document)] : notices };
}

function nothingFound({ file }: SourceDocument): Notice {
  const message = 'No role definition was found; the file holds Bicep without any.';
  return { code: 'no-role-definition', message, file };
}
