import { readPlan } from '../../input/formats/terraform/read-plan.js';
import type { SourceDocument } from '../../input/source-document.js';
import { nothingFound, type FoundRoleDefinitions } from './find-role-definitions.js';
import { roleOfTerraform, terraformRole } from './terraform-role.js';

/** The role definitions in a plan or state of Terraform. Loaded where there is one. */
export function rolesOfPlan(document: SourceDocument, isNamed: boolean): FoundRoleDefinitions {
  const roleDefinitions = readPlan(document, terraformRole.types).map(roleOfTerraform);
  return { roleDefinitions, notices: roleDefinitions.length === 0 ? nothingFound(document, isNamed) : [] };
}
