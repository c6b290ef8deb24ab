import { outcomeFor } from '../../rbac/conditions/outcome.js';
import type { RolePermissions, Witness } from '../../rbac/permissions/role-permissions.js';
import type { CheckContext } from './check-context.js';
import { readCondition } from './conditions/condition-reading.js';
import type { Granted, GroupGrant } from './group-grants.js';

/** An operation that a role grants, and what a condition makes of that. `unread`: nobody can read the condition. */
export type GuardedGrant = Granted<'none' | 'depends' | 'unread'>;

/** Undefined where conditions never let the operation through. */
export function guarded(
  grant: GroupGrant,
  permissions: RolePermissions,
  context: CheckContext,
): GuardedGrant | undefined {
  // A role may have 100,000 of these: nothing is made for them.
  if (grant.guard === 'none') return grant;
  const { operation, plane } = grant.operation;
  const found = permissions
    .witnesses(operation, plane)
    .map(witness => ({ ...grant, witness, guard: guardOn(witness, operation, context) }));
  for (const guard of ['none', 'unread', 'depends'] as const) {
    const first = found.find(candidate => candidate.guard === guard);
    if (first !== undefined) return { ...first, guard };
  }
  return undefined;
}

function guardOn(
  { permission }: Witness,
  operation: string,
  { roles }: CheckContext,
): GuardedGrant['guard'] | 'never' {
  const text = permission.permission.condition?.value.trim() ?? '';
  if (text === '') return 'none';
  const { expression, unknowns } = readCondition(text, roles.conditions);
  if (expression === undefined) return 'unread';
  const outcome = outcomeFor(expression, operation);
  if (outcome === 'depends' && unknowns.length > 0) return 'unread';
  return outcome === 'always' ? 'none' : outcome;
}
