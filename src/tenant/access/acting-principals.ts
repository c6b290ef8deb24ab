import type { Tenant } from './tenant.js';

/**
 * Who acts by itself: users, service principals, and groups of which nobody knows the members. Without those that the
 * directory no longer has: nobody can sign in as them. Sorted by id.
 */
export function actingPrincipals(tenant: Tenant): string[] {
  const { snapshot, memberships } = tenant;
  const ids = new Set<string>();
  for (const { id, type } of snapshot.principals.values()) if (type !== 'Group') ids.add(id);
  const add = (id: string): void => {
    if (!snapshot.principals.has(id) && !memberships.hasMembers(id) && !isGone(id, tenant)) ids.add(id);
  };
  for (const id of tenant.assignees()) add(id);
  for (const { principalId } of snapshot.eligibleAssignments) add(principalId);
  return [...ids].sort();
}

function isGone(id: string, tenant: Tenant): boolean {
  const own = [tenant.assignmentsOf(id), tenant.eligibleOf(id)].flat();
  return own.every(assignment => tenant.isDeleted(assignment));
}
