import type { Tenant } from './tenant.js';

/** `User`, `Group`, `ServicePrincipal`, … by the directory, else by one of its assignments. */
export function principalTypeOf(id: string, tenant: Tenant): string {
  const type = tenant.snapshot.principals.get(id)?.type;
  if (type !== undefined && type !== 'Unknown') return type;
  const assigned = tenant.assignmentsOf(id).find(({ principalType }) => principalType !== undefined);
  return assigned?.principalType ?? 'Unknown';
}
