import { readPlan } from '../../input/formats/terraform/read-plan.js';
import type { SourceDocument } from '../../input/source-document.js';
import { nothingFound, type FoundRoleDefinitions } from './find-role-definitions.js';
import { rolesOfTerraform, terraformTypes } from './roles-of-terraform.js';

/** The roles and role assignments in a plan or state of Terraform. Loaded where there is one. */
export function rolesOfPlan(document: SourceDocument, isNamed: boolean): FoundRoleDefinitions {
  const { roleDefinitions, assignments } = rolesOfTerraform(readPlan(document, terraformTypes.types));
  const isEmpty = roleDefinitions.length + assignments.length === 0;
  return { roleDefinitions, assignments, notices: isEmpty ? nothingFound(document, isNamed) : [] };
}
