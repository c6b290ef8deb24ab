import { isDenied } from '../../../tenant/access/denied-principals.js';
import type { Tenant } from '../../../tenant/access/tenant.js';
import type { PermissionSet } from '../../../rbac/permissions/permission-set.js';
import { type DenyAssignment, everyone } from '../../../tenant/snapshot/deny-assignment.js';
import type { CheckContext } from '../check-context.js';
import type { Check } from '../check.js';
import { effectOf } from '../conditions/condition-effect.js';
import { readCondition } from '../conditions/condition-reading.js';

/**
 * Finds deny assignments that stop nobody: they cover no operation, or, as variants, are only logged (`audit`), name nobody
 * whom they do not exclude (`nobody`), or have a condition that never holds (`never`).
 */
export const denyWithoutEffect: Check<'tenant'> = {
  subject: 'tenant',
  optionsSchema: { type: 'object', additionalProperties: false },

  *evaluate(tenant, _options, context) {
    for (const deny of tenant.snapshot.denyAssignments) {
      const fault = faultOf(deny, tenant, context);
      if (fault === undefined) continue;
      const { id, at, name = id, scope } = deny;
      yield {
        at,
        role: undefined,
        subject: { kind: 'deny-assignment', id, name },
        ...(fault !== 'nothing' && { variant: fault }),
        evidence: { name, scope },
      };
    }
  },
};

function faultOf(
  deny: DenyAssignment,
  tenant: Tenant,
  context: CheckContext,
): 'audit' | 'nobody' | 'nothing' | 'never' | undefined {
  if (deny.effect === 'audit') return 'audit';
  if (!reachesAnybody(deny, tenant)) return 'nobody';
  const denied = tenant.denied(deny);
  if (isNothing(denied.set)) return 'nothing';
  if (deny.condition === undefined) return undefined;
  const { expression } = readCondition(deny.condition, tenant.conditions);
  const effect = expression && effectOf(expression, denied.entries, context);
  return effect?.operations.every(({ outcome }) => outcome === 'never') ? 'never' : undefined;
}

/** Everyone is never empty. A principal that the directory does not know is deleted, unless it was not read. */
function reachesAnybody(deny: DenyAssignment, tenant: Tenant): boolean {
  const { snapshot, gaps } = tenant;
  const isRead = snapshot.hasDirectory && !gaps.coverDirectory;
  return [...deny.principals].some(id => {
    if (id === everyone) return true;
    if (isRead && !snapshot.principals.has(id)) return false;
    return isDenied(deny, tenant.identityOf(id), snapshot.principals) !== 'false';
  });
}

/** Neither certainly nor perhaps. */
function isNothing(set: PermissionSet): boolean {
  return set.isEmpty && set.control.unknownPlane.isEmpty && set.data.unknownPlane.isEmpty;
}
