import type { Tenant } from '../../access/tenant.js';
import type { RoleAssignment } from '../../model/role-assignment.js';

/**
 * Finds what principals hold around a scope, of their own and through groups. A group's assignments are sorted by where
 * they stand once, for all its members: a tenant has far more memberships than assignments.
 */
export class Holdings {
  private readonly sorted = new Map<string, Sorted>();

  constructor(private readonly tenant: Tenant) {}

  /** Whoever has an assignment of its own, in the order of the first ones. */
  holders(): Set<string> {
    return new Set(this.tenant.assignments.map(({ principalId }) => principalId));
  }

  /** Whoever has one of its own, and known users and service principals that are in a group. */
  everyone(): Set<string> {
    const ids = this.holders();
    for (const { id, type, memberOf } of this.tenant.snapshot.principals.values())
      if (type !== 'Group' && memberOf.length > 0) ids.add(id);
    return ids;
  }

  /** The principal itself, then its groups. */
  idsOf(principal: string): readonly string[] {
    return this.tenant.identityOf(principal).ids;
  }

  /** What these hold at the scope of an assignment and around it. */
  around(ids: readonly string[], assignment: RoleAssignment): RoleAssignment[] {
    const scope = this.tenant.scopeOf(assignment);
    const keys = this.tenant.tree.keysFrom(scope);
    const subscription = subscriptionIn(scope.key);
    const found: RoleAssignment[] = [];
    for (const id of ids) {
      const sorted = this.sortedOf(id);
      // Most groups have nothing in the subscription at all.
      for (const part of subscription === '' ? [''] : ['', subscription]) {
        const byScope = sorted.get(part);
        if (byScope !== undefined) for (const key of keys) found.push(...(byScope.get(key) ?? none));
      }
    }
    return found;
  }

  /** What these hold at that very scope. */
  at(ids: readonly string[], assignment: RoleAssignment): RoleAssignment[] {
    const { key } = this.tenant.scopeOf(assignment);
    const subscription = subscriptionIn(key);
    return ids.flatMap(id => this.sortedOf(id).get(subscription)?.get(key) ?? none);
  }

  private sortedOf(id: string): Sorted {
    let sorted = this.sorted.get(id);
    if (sorted === undefined) this.sorted.set(id, (sorted = this.sort(this.tenant.assignmentsOf(id))));
    return sorted;
  }

  private sort(assignments: readonly RoleAssignment[]): Sorted {
    const sorted = new Map<string, Map<string, RoleAssignment[]>>();
    for (const assignment of assignments) {
      const { key } = this.tenant.scopeOf(assignment);
      const subscription = subscriptionIn(key);
      let byScope = sorted.get(subscription);
      if (byScope === undefined) sorted.set(subscription, (byScope = new Map()));
      const here = byScope.get(key);
      if (here === undefined) byScope.set(key, [assignment]);
      else here.push(assignment);
    }
    return sorted;
  }
}

/** By subscription, empty for what stands above them, and by the key of the scope. */
type Sorted = ReadonlyMap<string, ReadonlyMap<string, readonly RoleAssignment[]>>;

const none: readonly RoleAssignment[] = [];

function subscriptionIn(key: string): string {
  return key.startsWith(start) ? key.slice(start.length, start.length + 36) : '';
}

const start = '/subscriptions/';
