import type { SourceDocument } from '../../input/source-document.js';
import {
  findRoleDefinitions,
  isPlanWithRoles,
  isTemplateWithRoles,
  type FoundRoleDefinitions,
} from './find-role-definitions.js';

type RoleReader = (document: SourceDocument, isNamed: boolean) => FoundRoleDefinitions;

/** What reads templates; undefined until the first one is met, since few runs meet any. */
let readTemplateRoles: RoleReader | undefined;

/** The same for plans and states of Terraform. */
let readPlanRoles: RoleReader | undefined;

/** Finds and reads the role definitions of a document: see `find-role-definitions.ts`; those of ARM templates, too. */
export async function findRoles(document: SourceDocument, isNamed: boolean): Promise<FoundRoleDefinitions> {
  if (isTemplateWithRoles(document)) {
    readTemplateRoles ??= (await import('./roles-of-template.js')).rolesOfTemplate;
  } else if (isPlanWithRoles(document)) {
    readPlanRoles ??= (await import('./roles-of-plan.js')).rolesOfPlan;
  }
  return findRolesAtOnce(document, isNamed);
}

/** The same without waiting: templates are read once {@link findRoles} has met one, or what reads them was provided. */
export function findRolesAtOnce(document: SourceDocument, isNamed: boolean): FoundRoleDefinitions {
  const read =
    (readTemplateRoles !== undefined && isTemplateWithRoles(document) && readTemplateRoles) ||
    (readPlanRoles !== undefined && isPlanWithRoles(document) && readPlanRoles);
  return (read || findRoleDefinitions)(document, isNamed);
}

/** For what cannot wait at all: the library. */
export function provideTemplateReader(reader: RoleReader): void {
  readTemplateRoles = reader;
}

/** The same for plans and states of Terraform. */
export function providePlanReader(reader: RoleReader): void {
  readPlanRoles = reader;
}
