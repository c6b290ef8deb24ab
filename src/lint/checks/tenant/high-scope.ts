import type { Tenant } from '../../../tenant/access/tenant.js';
import type { RoleAssignment } from '../../../rbac/model/role-assignment.js';

/** Whether it reaches a whole subscription, or more. */
export function isAtHighScope(assignment: Pick<RoleAssignment, 'place'>, tenant: Tenant): boolean {
  const { kind } = tenant.scopeOf(assignment);
  return kind === 'root' || kind === 'management-group' || kind === 'subscription';
}
