import type { Tenant } from '../../access/tenant.js';
import type { RoleAssignment } from '../../model/role-assignment.js';
import type { Scope } from '../../model/scope.js';

/**
 * Finds what principals hold around a scope, of their own and through groups. A group's assignments are sorted by where
 * they stand once, for all its members: a tenant has far more memberships than assignments.
 */
export class Holdings {
  private static readonly known = new WeakMap<Tenant, Holdings>();
  private readonly sorted = new Map<string, Sorted>();

  private constructor(private readonly tenant: Tenant) {}

  /** One for all checks of a run. */
  static in(tenant: Tenant): Holdings {
    let holdings = Holdings.known.get(tenant);
    if (holdings === undefined) Holdings.known.set(tenant, (holdings = new Holdings(tenant)));
    return holdings;
  }

  /** Whoever has an assignment of its own, in the order of the first ones. */
  holders(): Set<string> {
    const ids = new Set<string>();
    for (const { principalId } of this.tenant.assignments) ids.add(principalId);
    return ids;
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

  /** What these hold together, to be asked about many scopes. */
  of(ids: readonly string[]): HeldTogether {
    return new HeldTogether(
      ids.map(id => this.sortedOf(id)),
      this.tenant,
    );
  }

  private sortedOf(id: string): Sorted {
    let sorted = this.sorted.get(id);
    if (sorted === undefined) this.sorted.set(id, (sorted = this.sort(this.tenant.assignmentsOf(id))));
    return sorted;
  }

  private sort(assignments: readonly RoleAssignment[]): Sorted {
    const sorted = new Map<string, Map<string, RoleAssignment[]>>();
    for (const assignment of assignments) {
      const { key } = assignment.place;
      const subscription = subscriptionIn(assignment.place);
      let byScope = sorted.get(subscription);
      if (byScope === undefined) sorted.set(subscription, (byScope = new Map()));
      const here = byScope.get(key);
      if (here === undefined) byScope.set(key, [assignment]);
      else here.push(assignment);
    }
    return sorted;
  }
}

/** What some principals and groups hold, found by scope. */
export class HeldTogether {
  /** What stands above subscriptions reaches into all of them. */
  private readonly above: readonly ByScope[];

  constructor(
    private readonly sorted: readonly Sorted[],
    private readonly tenant: Tenant,
  ) {
    this.above = sorted.flatMap(each => each.get('') ?? []);
  }

  /** At the scope of an assignment and around it. */
  around({ place }: RoleAssignment): RoleAssignment[] {
    const found: RoleAssignment[] = [];
    const subscription = subscriptionIn(place);
    let keys: ReadonlySet<string> | undefined;
    // Most groups have nothing in the subscription at all.
    for (const each of this.sorted) {
      const byScope = each.get(subscription);
      if (byScope !== undefined) take(byScope, (keys ??= this.tenant.tree.keysFrom(place)), found);
    }
    if (subscription === '') return found;
    for (const byScope of this.above) take(byScope, (keys ??= this.tenant.tree.keysFrom(place)), found);
    return found;
  }

  /** At that very scope. */
  at({ place }: RoleAssignment): RoleAssignment[] {
    const subscription = subscriptionIn(place);
    return this.sorted.flatMap(each => each.get(subscription)?.get(place.key) ?? none);
  }
}

/** By subscription, empty for what stands above them, and by the key of the scope. */
type Sorted = ReadonlyMap<string, ByScope>;

type ByScope = ReadonlyMap<string, readonly RoleAssignment[]>;

const none: readonly RoleAssignment[] = [];

function take(byScope: ByScope, keys: ReadonlySet<string>, found: RoleAssignment[]): void {
  for (const key of keys) {
    const here = byScope.get(key);
    if (here !== undefined) for (const assignment of here) found.push(assignment);
  }
}

/** The subscription that a scope lies in; empty above them. */
export function subscriptionIn({ key }: Scope): string {
  return key.startsWith(start) ? key.slice(start.length, start.length + 36) : '';
}

const start = '/subscriptions/';
