import type { SourceDocument } from '../../input/source-document.js';
import {
  findRoleDefinitions,
  isTemplateWithRoles,
  type FoundRoleDefinitions,
} from './find-role-definitions.js';

type RoleReader = (document: SourceDocument, isNamed: boolean) => FoundRoleDefinitions;

/** What reads templates; undefined until the first one is met, since few runs meet any. */
let readTemplateRoles: RoleReader | undefined;

/** Finds and reads the role definitions of a document: see `find-role-definitions.ts`; those of ARM templates, too. */
export async function findRoles(document: SourceDocument, isNamed: boolean): Promise<FoundRoleDefinitions> {
  if (isTemplateWithRoles(document)) {
    readTemplateRoles ??= (await import('./roles-of-template.js')).rolesOfTemplate;
  }
  return findRolesAtOnce(document, isNamed);
}

/** The same without waiting: templates are read once {@link findRoles} has met one, or what reads them was provided. */
export function findRolesAtOnce(document: SourceDocument, isNamed: boolean): FoundRoleDefinitions {
  const read = readTemplateRoles !== undefined && isTemplateWithRoles(document) && readTemplateRoles;
  return (read || findRoleDefinitions)(document, isNamed);
}

/** For what cannot wait at all: the library. */
export function provideTemplateReader(reader: RoleReader): void {
  readTemplateRoles = reader;
}
