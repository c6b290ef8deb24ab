import type { Tenant } from '../../tenant/access/tenant.js';
import type { PathPrincipal } from './path.js';

/** The principal as people know it; of one that the directory does not know, what its assignments say. */
export function principalOf(id: string, tenant: Tenant): PathPrincipal {
  const known = tenant.snapshot.principals.get(id);
  return { id, type: principalTypeOf(id, tenant), displayName: known?.displayName ?? null };
}

/** `User`, `Group`, `ServicePrincipal`, … by the directory, else by an assignment. */
export function principalTypeOf(id: string, tenant: Tenant): string {
  const type = tenant.snapshot.principals.get(id)?.type ?? 'Unknown';
  if (type !== 'Unknown') return type;
  return tenant.assignmentsOf(id)[0]?.principalType ?? 'Unknown';
}
