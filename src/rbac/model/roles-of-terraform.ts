import type { CodeResource } from '../../input/code-resource.js';
import type { CodeAssignment } from './code-assignment.js';
import type { RoleDefinition } from './role-definition.js';
import { assignmentOfTerraform, roleNamesIn, terraformAssignment } from './terraform-assignment.js';
import { roleOfTerraform, terraformRole } from './terraform-role.js';

/** The types of resources that are roles or role assignments, and what only a text with one has. */
export const terraformTypes = {
  types: new Set([...terraformRole.types, ...terraformAssignment.types, terraformAssignment.namedRole]),
  trace: /azurerm_role_(?:definition|assignment)|azurerm_pim_/,
} as const;

/** What resources of Terraform are to us. */
export interface FoundInTerraform {
  readonly roleDefinitions: readonly RoleDefinition[];
  readonly assignments: readonly CodeAssignment[];
}

/** The roles and role assignments among resources of Terraform. */
export function rolesOfTerraform(resources: readonly CodeResource[]): FoundInTerraform {
  const ofTypes = (types: ReadonlySet<string>): CodeResource[] =>
    resources.filter(({ type }) => types.has(type));
  const named = roleNamesIn(resources);
  return {
    roleDefinitions: ofTypes(terraformRole.types).map(roleOfTerraform),
    assignments: ofTypes(terraformAssignment.types).map(each => assignmentOfTerraform(each, named)),
  };
}
