import { unsupportedFilter } from './arm-route.js';
import { subscriptionOf } from './scope-tree.js';
import type { ArmRow, RoleDefinitionRow } from './tenant.js';
import type { World } from './world.js';

/**
 * Roles that can be assigned at a scope; with `atScopeAndBelow()` also those that can only be assigned below it.
 * https://learn.microsoft.com/azure/role-based-access-control/role-definitions-list#rest-api
 */
export function roleDefinitionsAt(world: World, scope: string, filter: string | undefined): ArmRow[] {
  const parts = filter?.split(' and ') ?? [];
  const type = parts.map(part => /^type eq '(BuiltInRole|CustomRole)'$/i.exec(part)?.[1]).find(Boolean);
  const isBelowMeant = parts.includes('atScopeAndBelow()');
  if (parts.length !== Number(type !== undefined) + Number(isBelowMeant)) throw unsupportedFilter(filter!);
  return world.tenant.roleDefinitions
    .filter(({ properties }) => type === undefined || properties.type.toLowerCase() === type.toLowerCase())
    .filter(role => isAssignable(world, role, scope, isBelowMeant))
    .map(role => roleDefinitionAt(role, scope));
}

function isAssignable(
  { tree }: World,
  { properties }: RoleDefinitionRow,
  scope: string,
  isBelowMeant: boolean,
): boolean {
  return (
    properties.type === 'BuiltInRole' ||
    properties.assignableScopes.some(
      one => tree.covers(one, scope) || (isBelowMeant && tree.covers(scope, one)),
    )
  );
}

/** The id starts with the subscription that it was asked from, if it was one. */
export function roleDefinitionAt({ guid, properties }: RoleDefinitionRow, scope: string): ArmRow {
  const subscription = subscriptionOf(scope);
  const prefix = subscription === undefined ? '' : `/subscriptions/${subscription}`;
  return {
    id: `${prefix}/providers/Microsoft.Authorization/roleDefinitions/${guid}`,
    name: guid,
    type: 'Microsoft.Authorization/roleDefinitions',
    properties,
  };
}
