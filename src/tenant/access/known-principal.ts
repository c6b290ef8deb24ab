import type { Tenant } from './tenant.js';

/**
 * Whether anything in the snapshot is about a principal. Where nothing is, its object id may be mistyped: that it holds nothing
 * says nothing then.
 */
export function isKnownPrincipal(
  id: string,
  tenant: Pick<Tenant, 'snapshot' | 'assignmentsOf' | 'eligibleOf'>,
): boolean {
  return (
    tenant.snapshot.principals.has(id) ||
    tenant.assignmentsOf(id).length > 0 ||
    tenant.eligibleOf(id).length > 0
  );
}
