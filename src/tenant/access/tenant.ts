import { append, getOrInsert } from '../../maps.js';
import type { Catalog } from '../../rbac/catalog/catalog.js';
import type { RoleAssignment, ScheduledAssignment } from '../../rbac/model/role-assignment.js';
import type { RoleDefinition } from '../../rbac/model/role-definition.js';
import type { Scope } from '../../rbac/model/scope.js';
import { permissionsOf, type RolePermissions } from '../../rbac/permissions/role-permissions.js';
import type { OperationIndex } from '../../rbac/permissions/operation-index.js';
import { ReachTable } from '../../rbac/reach/reach-table.js';
import { ScopeTree } from '../snapshot/scope-tree.js';
import type { Snapshot } from '../snapshot/snapshot.js';
import type { DenyAssignment } from '../snapshot/deny-assignment.js';
import { ConditionReader } from './condition-truth.js';
import type { DirectoryIdentity } from './denied-principals.js';
import { Gaps } from './gaps.js';
import { ListedGroups } from './listed-groups.js';
import { Memberships } from './memberships.js';
import { AncestorIndex, type Around } from './ancestor-index.js';
import { ScopeNodes } from './scope-nodes.js';
import type { RoleSource } from './role-source.js';

/** A snapshot made ready for questions: what it holds, found by principal, by scope and by role. */
export class Tenant implements RoleSource {
  readonly tree: ScopeTree;
  /** The tenant's scopes, numbered as they are asked for. */
  readonly scopeNodes: ScopeNodes;
  readonly memberships: Memberships;
  readonly gaps: Gaps;
  /** What can have an effect at its scopes. */
  readonly reach: ReachTable;
  readonly conditions = new ConditionReader();
  /** What is held: role assignments, and what PIM has activated beyond them. */
  readonly assignments: readonly RoleAssignment[];
  private readonly timeBound = new Set<RoleAssignment>();
  private readonly byPrincipal: ReadonlyMap<string, readonly RoleAssignment[]>;
  private readonly eligibleByPrincipal: ReadonlyMap<string, readonly ScheduledAssignment[]>;
  private readonly indexByPrincipal = new Map<string, AncestorIndex<RoleAssignment>>();
  private assignmentIndex: AncestorIndex<RoleAssignment> | undefined;
  private denialIndex: AncestorIndex<DenyAssignment> | undefined;
  private readonly roles = new Map<string, RolePermissions | undefined>();
  private readonly denials = new Map<DenyAssignment, RolePermissions>();

  constructor(
    readonly snapshot: Snapshot,
    readonly catalog: Catalog,
    readonly index: OperationIndex,
    /** Roles that take the place of those that the snapshot has, by GUID. */
    private readonly changedRoles: ReadonlyMap<string, RoleDefinition> = new Map(),
  ) {
    this.tree = new ScopeTree(snapshot);
    this.scopeNodes = new ScopeNodes(this.tree);
    this.gaps = new Gaps(snapshot, this.tree);
    this.reach = new ReachTable(catalog, index);
    const listed = new ListedGroups(this);
    this.memberships = new Memberships(
      snapshot.principals,
      !this.gaps.coverDirectory,
      () => listed.areComplete,
    );
    const own = listsBy(snapshot.roleAssignments, ({ principalId }) => principalId);
    const standing = this.standings(own, snapshot.activeAssignments);
    for (const active of snapshot.activeAssignments)
      if (active.assignmentType === 'Activated' || active.endsOn !== undefined)
        this.timeBound.add(standing.get(active) ?? active);
    const activated = snapshot.activeAssignments.filter(active => !standing.has(active));
    this.assignments =
      activated.length === 0 ? snapshot.roleAssignments : [...snapshot.roleAssignments, ...activated];
    for (const active of activated) {
      append(own, active.principalId, active);
    }
    this.byPrincipal = own;
    this.eligibleByPrincipal = listsBy(snapshot.eligibleAssignments, ({ principalId }) => principalId);
  }

  /** The principal's own; those of its groups are theirs. */
  assignmentsOf(principal: string): readonly RoleAssignment[] {
    return this.byPrincipal.get(principal) ?? [];
  }

  /** Whoever has an assignment of its own, in the order of the first ones. */
  assignees(): Iterable<string> {
    return this.byPrincipal.keys();
  }

  /**
   * Whether the directory, read to its end, has no such principal any more: nobody can sign in as it. Of other
   * directories it never had any.
   */
  isDeleted({ principalId, principalType }: Pick<RoleAssignment, 'principalId' | 'principalType'>): boolean {
    const { principals, hasDirectory } = this.snapshot;
    if (!hasDirectory || this.gaps.coverDirectory) return false;
    return !principals.has(principalId) && !foreign.has(principalType ?? '');
  }

  /** Whether PIM will take the assignment back by itself. */
  isTimeBound(assignment: RoleAssignment): boolean {
    return this.timeBound.has(assignment);
  }

  /** What it could activate through PIM and does not hold until then. */
  eligibleOf(principal: string): readonly ScheduledAssignment[] {
    return this.eligibleByPrincipal.get(principal) ?? [];
  }

  /** Assignments of its own that reach the scope, or may. */
  *assignmentsOfAround(principal: string, scope: Scope): Generator<Around<RoleAssignment>> {
    const own = this.assignmentsOf(principal);
    if (own.length > few) {
      const index = getOrInsert(this.indexByPrincipal, principal, () => this.indexOf(own));
      return yield* index.around(scope);
    }
    for (const item of own) {
      const reach = this.tree.reach(this.scopeOf(item).key, scope);
      if (reach !== 'apart') yield { item, reach };
    }
  }

  /** Assignments that reach the scope, or may. */
  assignmentsAround(scope: Scope): Iterable<Around<RoleAssignment>> {
    return (this.assignmentIndex ??= this.indexOf(this.assignments)).around(scope);
  }

  /** Deny assignments that reach the scope, or may. One that only audits stops nobody, and is left out. */
  denyAssignmentsAround(scope: Scope): Iterable<Around<DenyAssignment>> {
    this.denialIndex ??= this.indexOf(
      this.snapshot.denyAssignments.filter(({ effect }) => effect !== 'audit'),
    );
    return this.denialIndex.around(scope);
  }

  /** Where it stands. */
  scopeOf({ place }: Pick<RoleAssignment, 'place'>): Scope {
    return place;
  }

  /** What a role of the snapshot, or a built-in one, grants; undefined where nobody knows the role. */
  role(guid: string): RolePermissions | undefined {
    let permissions = this.roles.get(guid);
    if (permissions === undefined && !this.roles.has(guid)) {
      const role =
        this.changedRoles.get(guid) ??
        this.snapshot.roleDefinitions.find(guid) ??
        this.catalog.builtInRoles.find(guid);
      permissions = role && permissionsOf(role, this.catalog, this.index);
      this.roles.set(guid, permissions);
    }
    return permissions;
  }

  *roleGuids(): Generator<string> {
    for (const { guid } of this.catalog.builtInRoles.all()) if (guid !== undefined) yield guid;
    for (const { guid } of this.snapshot.roleDefinitions.all()) if (guid !== undefined) yield guid;
  }

  /** Someone with all the groups that they are known to be in, nearest first. */
  identityOf(principal: string): DirectoryIdentity {
    const { groups, isComplete } = this.memberships.of(principal);
    return { ids: [principal, ...groups.keys()], isComplete };
  }

  /** What a deny assignment takes away, as if a role granted it. */
  denied(deny: DenyAssignment): RolePermissions {
    let permissions = this.denials.get(deny);
    if (permissions === undefined) {
      this.denials.set(deny, (permissions = permissionsOf(deny.denied, this.catalog, this.index)));
    }
    return permissions;
  }

  private indexOf<Item extends Pick<RoleAssignment, 'place'>>(items: readonly Item[]): AncestorIndex<Item> {
    return new AncestorIndex(items, item => this.scopeOf(item).key, this.tree);
  }

  /** What is activated through PIM is a role assignment, too, and mostly stands among them. */
  private standings(
    own: ReadonlyMap<string, readonly RoleAssignment[]>,
    active: readonly ScheduledAssignment[],
  ): ReadonlyMap<ScheduledAssignment, RoleAssignment> {
    const contentOf = (assignment: RoleAssignment): string =>
      `${assignment.roleGuid} ${this.scopeOf(assignment).key} ${assignment.condition ?? ''}`;
    const standings = new Map<ScheduledAssignment, RoleAssignment>();
    for (const [principal, rows] of listsBy(active, ({ principalId }) => principalId)) {
      const assigned = own.get(principal) ?? [];
      const byId = new Map(assigned.map(assignment => [assignment.id, assignment]));
      const byContent = new Map(assigned.map(assignment => [contentOf(assignment), assignment]));
      for (const row of rows) {
        const origin = row.originId === undefined ? undefined : byId.get(row.originId);
        const standing = origin ?? byContent.get(contentOf(row));
        if (standing !== undefined) standings.set(row, standing);
      }
    }
    return standings;
  }
}

/** As Azure calls groups of another directory, and devices, which are no principals that Microsoft Graph is asked for. */
const foreign: ReadonlySet<string> = new Set(['ForeignGroup', 'Device']);

/** How many are gone through for each question; more are found by their scopes. */
const few = 50;

function listsBy<Item>(items: Iterable<Item>, key: (item: Item) => string): Map<string, Item[]> {
  const lists = new Map<string, Item[]>();
  for (const item of items) {
    append(lists, key(item), item);
  }
  return lists;
}
