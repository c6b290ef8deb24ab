import type { Tenant } from '../../../tenant/access/tenant.js';
import { principalTypeOf } from '../graph/state-table.js';
import type { PathPrincipal } from './path.js';

/** The principal as people know it; of one that the directory does not know, what its assignments say. */
export function principalOf(id: string, tenant: Tenant): PathPrincipal {
  const known = tenant.snapshot.principals.get(id);
  return { id, type: principalTypeOf(id, tenant), displayName: known?.displayName ?? null };
}
