import type { CheckContext } from '../../../src/lint/checks/check-context.js';
import { toRoleDefinition, type StoredPermission } from '../../../src/rbac/catalog/built-in-roles.js';
import type { Check } from '../../../src/lint/checks/check.js';
import type { Match } from '../../../src/lint/checks/match.js';
import { RunContext } from '../../../src/lint/engine/context.js';
import type { RoleDefinition } from '../../../src/rbac/model/role-definition.js';
import { shippedCatalog } from '../../shipped-catalog.js';

/** A custom role of one permission, or of those given. */
export function customRole(
  permissions: StoredPermission | readonly StoredPermission[],
  changes: Partial<RoleDefinition> = {},
): RoleDefinition {
  const list = Array.isArray(permissions)
    ? (permissions as readonly StoredPermission[])
    : [permissions as StoredPermission];
  const guid = '6f8a3c52-1d0e-4b7a-9c54-2e9b7f10a3d6';
  return {
    ...toRoleDefinition({ guid, name: 'Disk Keeper', permissions: list }),
    roleType: 'CustomRole',
    ...changes,
  };
}

export function contextOf(...roleDefinitions: readonly RoleDefinition[]): CheckContext {
  return new RunContext({
    catalog: shippedCatalog,
    inventory: { documents: [], assignments: [], roleDefinitions },
    asOf: '2026-11-21',
    groups: [],
    isDeclaredTemplate: () => false,
  });
}

/** What the check says of one role. */
export function evaluate<Options>(
  check: Check<'role-definition', Options>,
  role: RoleDefinition,
  options: Options,
  context: CheckContext = contextOf(role),
): Match[] {
  return [...check.evaluate(role, options, context)];
}
