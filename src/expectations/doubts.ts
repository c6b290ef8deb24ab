import type { Notice } from '../errors.js';
import type { RoleAssignment } from '../model/role-assignment.js';
import { parseScope, type Scope } from '../model/scope.js';
import { everyone, type DenyAssignment } from '../snapshot/deny-assignment.js';
import type { ScopeTree } from '../snapshot/scope-tree.js';
import type { Snapshot } from '../snapshot/snapshot.js';
import { groupBy } from './group-by.js';
import type { Holding, Holdings, RoleGrants } from './holdings.js';

/** What might change what a principal holds at a scope, and is not evaluated. */
export interface Doubts {
  /** Held through groups, through PIM, or at management groups of which nobody knows where they lie. */
  readonly perhapsMore: readonly Holding[];
  /** Taken away by deny assignments, maybe. */
  readonly perhapsLess: readonly RoleGrants[];
  /** Something that nobody can tell: roles that are not known, parts of the snapshot that are missing. */
  readonly isUnreadable: boolean;
}

/** Finds, per principal, what the evaluation leaves out. */
export class DoubtFinder {
  private readonly denials = new Map<DenyAssignment, RoleGrants>();
  private last: Uncertainties | undefined;
  private gapsAt: readonly string[] | undefined;
  private readonly activeOf: ReadonlyMap<string, readonly RoleAssignment[]>;
  private readonly eligibleOf: ReadonlyMap<string, readonly RoleAssignment[]>;

  constructor(
    private readonly snapshot: Snapshot,
    private readonly holdings: Holdings,
    private readonly tree: ScopeTree,
  ) {
    this.activeOf = groupBy(snapshot.activeAssignments, ({ principalId }) => principalId);
    this.eligibleOf = groupBy(snapshot.eligibleAssignments, ({ principalId }) => principalId);
  }

  /** Notices are added to `notices`, one of each kind per principal at most. */
  at(scope: Scope, principal: string, notices: PrincipalNotices): Doubts {
    const own = this.uncertaintiesOf(principal);
    const perhaps = [
      ...this.named(this.reaching(own.throughGroups, scope), 'groups-not-evaluated', notices, throughGroups),
      ...this.named(
        this.atUnknownGroups(own, scope),
        'management-groups-unknown',
        notices,
        atManagementGroups,
      ),
      ...this.named(
        this.reaching(own.active, scope),
        'active-assignments-not-evaluated',
        notices,
        throughPim,
      ),
    ];
    this.noteEligible(own, scope, notices);
    const unknownRoles = [
      ...this.reaching(own.ofUnknownRoles, scope),
      ...perhaps.filter(assignment => !this.holdings.knowsRoleOf(assignment)),
    ];
    for (const { roleGuid } of unknownRoles) {
      notices.add(
        'role-definition-missing',
        `holds the role "${roleGuid}", which is neither in the snapshot nor built in`,
      );
    }
    return {
      perhapsMore: perhaps.flatMap(assignment => this.holdings.of(assignment) ?? []),
      perhapsLess: this.deniesFor(principal, own.groups, scope, notices),
      isUnreadable: unknownRoles.length > 0 || !this.snapshot.isComplete || this.hasGap(scope),
    };
  }

  /** Of the principal that was asked for last: its places come one after the other. */
  private uncertaintiesOf(principal: string): Uncertainties {
    if (this.last?.principal !== principal) this.last = this.findUncertainties(principal);
    return this.last;
  }

  private findUncertainties(principal: string): Uncertainties {
    const assignments = this.holdings.assignmentsOf(principal);
    const groups = this.groupsOf(principal);
    return {
      principal,
      groups,
      throughGroups: [...groups].flatMap(group => this.holdings.assignmentsOf(group)),
      atManagementGroups: assignments.filter(
        assignment => this.holdings.scopeOf(assignment).kind === 'management-group',
      ),
      active: this.active(principal),
      eligible: this.eligibleOf.get(principal) ?? [],
      ofUnknownRoles: assignments.filter(assignment => !this.holdings.knowsRoleOf(assignment)),
    };
  }

  private named(
    assignments: readonly RoleAssignment[],
    code: string,
    notices: PrincipalNotices,
    sentence: (count: number) => string,
  ): readonly RoleAssignment[] {
    if (assignments.length > 0) notices.add(code, sentence(assignments.length));
    return assignments;
  }

  private atUnknownGroups(
    { atManagementGroups: assignments }: Uncertainties,
    scope: Scope,
  ): RoleAssignment[] {
    return assignments.filter(
      assignment => this.tree.reach(this.holdings.scopeOf(assignment).key, scope) === 'unknown',
    );
  }

  /** Those that stand among the role assignments, too, count already. */
  private active(principal: string): RoleAssignment[] {
    const active = this.activeOf.get(principal) ?? [];
    if (active.length === 0) return [];
    const counted = new Set(this.holdings.assignmentsOf(principal).map(contentOf));
    return active.filter(assignment => !counted.has(contentOf(assignment)));
  }

  private noteEligible(own: Uncertainties, scope: Scope, notices: PrincipalNotices): void {
    const eligible = this.reaching(own.eligible, scope);
    if (eligible.length > 0) {
      notices.add(
        'eligible-assignments-not-counted',
        `may activate ${counted(eligible.length, 'more role')} (PIM), which it does not hold until then`,
      );
    }
  }

  private deniesFor(
    principal: string,
    groups: ReadonlySet<string>,
    scope: Scope,
    notices: PrincipalNotices,
  ): RoleGrants[] {
    const applying = this.snapshot.denyAssignments.filter(deny =>
      this.mayApply(deny, principal, groups, scope),
    );
    if (applying.length > 0) {
      notices.add(
        'deny-assignments-not-evaluated',
        `may be stopped by ${counted(applying.length, 'deny assignment')}, which are not evaluated yet`,
      );
    }
    return applying.map(deny => this.denied(deny));
  }

  private mayApply(
    deny: DenyAssignment,
    principal: string,
    groups: ReadonlySet<string>,
    scope: Scope,
  ): boolean {
    const ids = [principal, ...groups];
    if (
      ![everyone, ...ids].some(id => deny.principals.has(id)) ||
      ids.some(id => deny.excludedPrincipals.has(id))
    )
      return false;
    const at = this.holdings.scopeOf(deny);
    if (at.key === scope.key) return true;
    return deny.appliesToChildScopes && this.tree.reach(at.key, scope) !== 'apart';
  }

  private denied(deny: DenyAssignment): RoleGrants {
    let grants = this.denials.get(deny);
    if (grants === undefined) this.denials.set(deny, (grants = this.holdings.grants(deny.denied)));
    return grants;
  }

  /** Directly and through other groups. */
  private groupsOf(principal: string): ReadonlySet<string> {
    const groups = new Set(this.snapshot.principals.get(principal)?.memberOf);
    for (const group of groups) {
      for (const outer of this.snapshot.principals.get(group)?.memberOf ?? []) groups.add(outer);
    }
    return groups;
  }

  private reaching(assignments: readonly RoleAssignment[], scope: Scope): RoleAssignment[] {
    if (assignments.length === 0) return [];
    const keys = this.tree.keysFrom(scope);
    return assignments.filter(assignment => keys.has(this.holdings.scopeOf(assignment).key));
  }

  /** What could not be read of resources grants nothing. */
  private hasGap(scope: Scope): boolean {
    this.gapsAt ??= this.snapshot.gaps
      .filter(({ what }) => what !== 'resources')
      .map(gap => parseScope(gap.scope).key);
    return this.gapsAt.some(key => this.tree.reach(key, scope) !== 'apart');
  }
}

/** What the role assignments of a principal alone do not tell. */
interface Uncertainties {
  readonly principal: string;
  /** Directly and through other groups. */
  readonly groups: ReadonlySet<string>;
  readonly throughGroups: readonly RoleAssignment[];
  /** Its own at management groups. */
  readonly atManagementGroups: readonly RoleAssignment[];
  /** Through PIM, those that are no role assignments, too. */
  readonly active: readonly RoleAssignment[];
  readonly eligible: readonly RoleAssignment[];
  /** Its own of roles that nobody knows. */
  readonly ofUnknownRoles: readonly RoleAssignment[];
}

/** The notices on one identity, one of each kind. */
export class PrincipalNotices {
  private readonly byCode = new Map<string, Notice>();

  constructor(
    private readonly identity: string,
    private readonly file: string,
  ) {}

  /** `sentence` follows the name of the identity. */
  add(code: string, sentence: string): void {
    if (this.byCode.has(code)) return;
    this.byCode.set(code, { code, message: `"${this.identity}" ${sentence}.`, file: this.file });
  }

  get list(): Notice[] {
    return [...this.byCode.values()];
  }
}

function throughGroups(count: number): string {
  return `is in groups with ${counted(count, 'role assignment')}, which are not evaluated yet`;
}

function atManagementGroups(count: number): string {
  return `has ${counted(count, 'role assignment')} at management groups of which the snapshot does not say what lies in them`;
}

function throughPim(count: number): string {
  return `holds ${counted(count, 'role')} through PIM, which are not evaluated yet`;
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

function contentOf({ principalId, roleGuid, scope }: RoleAssignment): string {
  return [principalId, roleGuid, parseScope(scope).key].join(' ');
}
