import type { Tenant } from '../../access/tenant.js';
import type { RoleAssignment } from '../../model/role-assignment.js';

/** What one principal holds, of its own and through its groups. */
export interface PrincipalHoldings {
  readonly principal: string;
  readonly own: readonly RoleAssignment[];
  readonly throughGroups: readonly RoleAssignment[];
  /** Of all of them, those at a scope and around it, outermost first. */
  around(assignment: Pick<RoleAssignment, 'scope'>): readonly RoleAssignment[];
}

/** Of everyone who has an assignment of their own, or is a known user or service principal in a group; by first place. */
export function* principalHoldings(tenant: Tenant): Generator<PrincipalHoldings> {
  const principals = new Set(tenant.assignments.map(({ principalId }) => principalId));
  for (const { id, type, memberOf } of tenant.snapshot.principals.values())
    if (type !== 'Group' && memberOf.length > 0) principals.add(id);
  for (const principal of principals) yield holdingsOf(principal, tenant);
}

function holdingsOf(principal: string, tenant: Tenant): PrincipalHoldings {
  const { ids } = tenant.identityOf(principal);
  const own = tenant.assignmentsOf(principal);
  const throughGroups = ids.slice(1).flatMap(id => tenant.assignmentsOf(id));
  let byScope: Map<string, RoleAssignment[]> | undefined;
  return {
    principal,
    own,
    throughGroups,
    around(assignment) {
      byScope ??= keyed([...own, ...throughGroups], tenant);
      const keys = tenant.tree.keysFrom(tenant.scopeOf(assignment));
      const found: RoleAssignment[] = [];
      for (const key of keys) found.push(...(byScope.get(key) ?? []));
      return found;
    },
  };
}

function keyed(assignments: readonly RoleAssignment[], tenant: Tenant): Map<string, RoleAssignment[]> {
  const byScope = new Map<string, RoleAssignment[]>();
  for (const assignment of assignments) {
    const { key } = tenant.scopeOf(assignment);
    const known = byScope.get(key);
    if (known === undefined) byScope.set(key, [assignment]);
    else known.push(assignment);
  }
  return byScope;
}
