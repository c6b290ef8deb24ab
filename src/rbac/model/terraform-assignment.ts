import type { CodeResource } from '../../input/code-resource.js';
import { locatedItems, locatedMember, type LocatedValue } from '../../input/located-value.js';
import { assignmentOfCode } from './assignment-of-code.js';
import type { CodeAssignment } from './code-assignment.js';

/** The types of the resources that are role assignments, and what only a text with one has. */
export const terraformAssignment = {
  types: new Set([
    'azurerm_role_assignment',
    'azurerm_pim_eligible_role_assignment',
    'azurerm_pim_active_role_assignment',
  ]),
  namedRole: 'data.azurerm_role_definition',
} as const;

/**
 * The assignment of an `azurerm_role_assignment`, or of those that PIM has
 * (https://registry.terraform.io/providers/hashicorp/azurerm/latest/docs/resources/role_assignment).
 */
export function assignmentOfTerraform(resource: CodeResource, named: RoleNamesByAddress): CodeAssignment {
  const argument = (name: string): LocatedValue | undefined =>
    locatedMember(resource.properties, name)?.value;
  const roleId = argument('role_definition_id');
  const nameRead = roleId?.kind === 'unknown' ? named.get(roleId.resource ?? '') : undefined;
  return assignmentOfCode({
    resource,
    kind:
      resource.type === 'azurerm_pim_eligible_role_assignment' ? 'eligible-assignment' : 'role-assignment',
    name: argument('name'),
    scope: argument('scope'),
    roleId,
    roleName: argument('role_definition_name') ?? nameRead,
    principal: argument('principal_id'),
    principalType: argument('principal_type'),
    // The provider tries again until the principal is known everywhere.
    asksForPrincipalType: false,
    condition: argument('condition'),
    conditionVersion: argument('condition_version'),
    isPassing: resource.type === 'azurerm_pim_active_role_assignment' && hasExpiration(argument('schedule')),
  });
}

/** Roles of which the code reads the ids from Azure by their names: the names, by the address of what reads them. */
export type RoleNamesByAddress = ReadonlyMap<string, LocatedValue>;

export function roleNamesIn(resources: readonly CodeResource[]): RoleNamesByAddress {
  return new Map(
    resources
      .filter(({ type }) => type === terraformAssignment.namedRole)
      .flatMap(({ address, properties }) => {
        const name = locatedMember(properties, 'name')?.value;
        return name === undefined ? [] : [[address, name]];
      }),
  );
}

function hasExpiration(schedule: LocatedValue | undefined): boolean {
  const first = schedule?.kind === 'list' ? locatedItems(schedule)[0] : schedule;
  return first?.kind === 'object' && locatedMember(first, 'expiration') !== undefined;
}
