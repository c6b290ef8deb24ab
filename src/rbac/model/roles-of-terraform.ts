import type { CodeResource } from '../../input/code-resource.js';
import { assignmentOfResource, isAssignmentType } from './assignment-of-resource.js';
import { azapiType, resourceOfAzapi } from './azapi-resource.js';
import type { CodeAssignment } from './code-assignment.js';
import type { RoleDefinition } from './role-definition.js';
import { isRoleDefinitionType, roleOfResource } from './role-of-resource.js';
import { namedRoleType, roleNamesIn } from './role-names.js';
import { assignmentOfTerraform, terraformAssignment } from './terraform-assignment.js';
import { roleOfTerraform, terraformRole } from './terraform-role.js';

/** The types of resources that are roles or role assignments, and what only a text with one has. */
export const terraformTypes = {
  types: new Set([...terraformRole.types, ...terraformAssignment.types, namedRoleType, azapiType]),
  trace: /azurerm_role_(?:definition|assignment)|azurerm_pim_|Microsoft\.Authorization\/role\w+@/i,
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
  const ofAzapi = ofTypes(new Set([azapiType])).flatMap(each => resourceOfAzapi(each) ?? []);
  return {
    roleDefinitions: [
      ...ofTypes(terraformRole.types).map(roleOfTerraform),
      ...ofAzapi.filter(({ type }) => isRoleDefinitionType(type)).map(roleOfResource),
    ],
    assignments: [
      ...ofTypes(terraformAssignment.types).map(each => assignmentOfTerraform(each, named)),
      ...ofAzapi
        .filter(({ type }) => isAssignmentType(type))
        .flatMap(each => assignmentOfResource(each, named) ?? []),
    ],
  };
}
