import { dirname } from 'node:path';
import type { Notice } from '../../errors.js';
import { CodeRoot } from '../../input/code-root.js';
import { readBicep } from '../../input/formats/bicep/read-bicep.js';
import type { SourceDocument } from '../../input/source-document.js';
import { loadYaml } from '../../input/yaml.js';
import type { FilePlace, FoundRoleDefinitions } from './find-role-definitions.js';
import { rolesOfResources } from './roles-of-resources.js';

/** The roles and role assignments that a file of Bicep deploys, with its modules. Loaded where there is one. */
export async function rolesOfBicepAt(
  document: SourceDocument,
  isNamed: boolean,
  { path, cwd }: FilePlace,
): Promise<FoundRoleDefinitions> {
  const root = CodeRoot.around(dirname(path), cwd);
  const yaml = document.text.includes('loadYamlContent') ? await loadYaml() : undefined;
  return found(document, isNamed, readBicep(document, { root, path, yaml }));
}

/** The same of a text alone: modules and files that it speaks of are not read. */
export function rolesOfBicep(document: SourceDocument, isNamed: boolean): FoundRoleDefinitions {
  return found(document, isNamed, readBicep(document));
}

function found(
  document: SourceDocument,
  isNamed: boolean,
  { documents, resources, notices, modules, context }: ReturnType<typeof readBicep>,
): FoundRoleDefinitions {
  const { isEmpty, ...roles } = rolesOfResources(resources);
  const isNothing = isEmpty && notices.length === 0 && isNamed;
  return {
    document: documents[0]!,
    ...roles,
    modules,
    context,
    notices: isNothing ? [nothingFound(document)] : notices,
  };
}

function nothingFound({ file }: SourceDocument): Notice {
  const message = 'No role definition was found; the file holds Bicep without any.';
  return { code: 'no-role-definition', message, file };
}
