import type { Tenant } from '../access/tenant.js';

/** Who acts by itself: users, service principals, and groups of which nobody knows the members. Sorted by id. */
export function actingIdentities({ snapshot, assignments, memberships }: Tenant): string[] {
  const ids = new Set<string>();
  for (const { id, type } of snapshot.principals.values()) if (type !== 'Group') ids.add(id);
  for (const { principalId } of [assignments, snapshot.eligibleAssignments].flat())
    if (!snapshot.principals.has(principalId) && !memberships.hasMembers(principalId)) ids.add(principalId);
  return [...ids].sort();
}
