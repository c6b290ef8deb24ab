import type { CodeResource } from '../../input/code-resource.js';
import { locatedItems, locatedMember, type LocatedValue } from '../../input/located-value.js';
import { assignmentOfCode } from './assignment-of-code.js';
import type { CodeAssignment } from './code-assignment.js';
import { nameOfRole, type RoleNamesByAddress } from './role-names.js';

/** The types of the resources that are role assignments, and what only a text with one has. */
export const terraformAssignment = {
  types: new Set([
    'azurerm_role_assignment',
    'azurerm_pim_eligible_role_assignment',
    'azurerm_pim_active_role_assignment',
  ]),
} as const;

/**
 * The assignment of an `azurerm_role_assignment`, or of those that PIM has
 * (https://registry.terraform.io/providers/hashicorp/azurerm/latest/docs/resources/role_assignment).
 */
export function assignmentOfTerraform(resource: CodeResource, named: RoleNamesByAddress): CodeAssignment {
  const argument = (name: string): LocatedValue | undefined =>
    locatedMember(resource.properties, name)?.value;
  const roleId = argument('role_definition_id');
  return assignmentOfCode({
    resource,
    kind:
      resource.type === 'azurerm_pim_eligible_role_assignment' ? 'eligible-assignment' : 'role-assignment',
    name: argument('name'),
    scope: argument('scope'),
    roleId,
    roleName: argument('role_definition_name') ?? nameOfRole(roleId, named),
    principal: argument('principal_id'),
    principalType: argument('principal_type'),
    // The provider tries again until the principal is known everywhere.
    asksForPrincipalType: false,
    condition: argument('condition'),
    conditionVersion: argument('condition_version'),
    isPassing: resource.type === 'azurerm_pim_active_role_assignment' && hasExpiration(argument('schedule')),
  });
}

function hasExpiration(schedule: LocatedValue | undefined): boolean {
  const first = schedule?.kind === 'list' ? locatedItems(schedule)[0] : schedule;
  return first?.kind === 'object' && locatedMember(first, 'expiration') !== undefined;
}
