import { getOrInsert } from '../../../maps.js';
import type { Tenant } from '../../../tenant/access/tenant.js';
import type { ScopeNodes } from '../../../tenant/access/scope-nodes.js';
import type { RoleAssignment } from '../../../rbac/model/role-assignment.js';
import type { CheckContext } from '../check-context.js';
import { perRun } from './per-run.js';
import { SortedAssignments } from './sorted-assignments.js';

/**
 * Finds what principals hold around a scope, of their own and through groups. A group's assignments are sorted by where
 * they stand once, for all its members: a tenant has far more memberships than assignments.
 */
export class AssignmentIndex {
  /** One for all checks of a run. */
  static readonly of = perRun(
    (tenant: Tenant, _run: CheckContext) => new AssignmentIndex(tenant, tenant.scopeNodes),
  );

  private readonly placed = new Map<string, SortedAssignments>();

  private constructor(
    private readonly tenant: Tenant,
    private readonly scopeNodes: ScopeNodes,
  ) {}

  /** Whoever has one of its own, and known users and service principals that are in a group. */
  everyone(): Set<string> {
    const ids = new Set(this.tenant.assignees());
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
      ids.map(id => this.placedOf(id)).filter(({ isEmpty }) => !isEmpty),
      this.scopeNodes,
    );
  }

  private placedOf(id: string): SortedAssignments {
    return getOrInsert(
      this.placed,
      id,
      () => new SortedAssignments(this.tenant.assignmentsOf(id), this.scopeNodes),
    );
  }
}

/** What some principals and groups hold, found by scope. */
export class HeldTogether {
  /** What stands above subscriptions reaches into all of them. */
  private readonly above: readonly SortedAssignments[];

  constructor(
    private readonly placed: readonly SortedAssignments[],
    private readonly scopeNodes: ScopeNodes,
  ) {
    this.above = placed.filter(each => each.isIn(0));
  }

  get isEmpty(): boolean {
    return this.placed.length === 0;
  }

  /** At the scope of an assignment and around it. */
  around(assignment: RoleAssignment): RoleAssignment[] {
    const { subscription, within, above } = this.scopeNodes.at(assignment.place);
    const found: RoleAssignment[] = [];
    if (subscription !== 0) for (const each of this.placed) each.take(subscription, within, found);
    for (const each of this.above) each.take(0, above, found);
    return found;
  }

  /** The first of them at that very scope that is meant. */
  findAt(
    assignment: RoleAssignment,
    isMeant: (other: RoleAssignment) => boolean,
  ): RoleAssignment | undefined {
    const place = this.scopeNodes.at(assignment.place);
    for (const each of this.placed) {
      const found = each.findAt(place, isMeant);
      if (found !== undefined) return found;
    }
    return undefined;
  }
}
