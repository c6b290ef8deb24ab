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
    const groups = this.groupsOf(principal);
    const perhaps = [
      ...this.named(this.ofGroups(groups, scope), 'groups-not-evaluated', notices, throughGroups),
      ...this.named(this.atUnknownGroups(principal, scope), 'management-groups-unknown', notices, atManagementGroups),
      ...this.named(this.active(principal, scope), 'active-assignments-not-evaluated', notices, throughPim),
    ];
    this.noteEligible(principal, scope, notices);
    const own = this.holdings.assignmentsOf(principal).filter(({ scope: at }) => this.reaches(at, scope));
    const unknownRoles = [...own, ...perhaps].filter(assignment => this.holdings.of(assignment) === undefined);
    for (const { roleGuid } of unknownRoles) {
      notices.add('role-definition-missing', `holds the role "${roleGuid}", which is neither in the snapshot nor built in`);
    }
    return {
      perhapsMore: perhaps.flatMap(assignment => this.holdings.of(assignment) ?? []),
      perhapsLess: this.deniesFor(principal, groups, scope, notices),
      isUnreadable: unknownRoles.length > 0 || !this.snapshot.isComplete || this.hasGap(scope),
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

  private ofGroups(groups: ReadonlySet<string>, scope: Scope): RoleAssignment[] {
    return [...groups].flatMap(group => this.holdings.assignmentsOf(group)).filter(({ scope: at }) => this.reaches(at, scope));
  }

  private atUnknownGroups(principal: string, scope: Scope): RoleAssignment[] {
    const assignments = this.holdings.assignmentsOf(principal);
    return assignments.filter(assignment => this.tree.reach(this.holdings.scopeOf(assignment).key, scope) === 'unknown');
  }

  /** Those that stand among the role assignments, too, count already. */
  private active(principal: string, scope: Scope): RoleAssignment[] {
    const active = this.activeOf.get(principal) ?? [];
    if (active.length === 0) return [];
    const counted = new Set(this.holdings.assignmentsOf(principal).map(contentOf));
    return active.filter(assignment => !counted.has(contentOf(assignment)) && this.reaches(assignment.scope, scope));
  }

  private noteEligible(principal: string, scope: Scope, notices: PrincipalNotices): void {
    const eligible = (this.eligibleOf.get(principal) ?? []).filter(({ scope: at }) => this.reaches(at, scope));
    if (eligible.length > 0) {
      notices.add('eligible-assignments-not-counted', `may activate ${counted(eligible.length, 'more role')} (PIM), which it does not hold until then`);
    }
  }

  private deniesFor(
    principal: string,
    groups: ReadonlySet<string>,
    scope: Scope,
    notices: PrincipalNotices,
  ): RoleGrants[] {
    const applying = this.snapshot.denyAssignments.filter(deny => this.mayApply(deny, principal, groups, scope));
    if (applying.length > 0) {
      notices.add('deny-assignments-not-evaluated', `may be stopped by ${counted(applying.length, 'deny assignment')}, which are not evaluated yet`);
    }
    return applying.map(deny => this.denied(deny));
  }

  private mayApply(deny: DenyAssignment, principal: string, groups: ReadonlySet<string>, scope: Scope): boolean {
    const ids = [principal, ...groups];
    if (![everyone, ...ids].some(id => deny.principals.has(id)) || ids.some(id => deny.excludedPrincipals.has(id))) return false;
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

  private reaches(outer: string, scope: Scope): boolean {
    return this.tree.reach(this.holdings.scopeOf({ scope: outer }).key, scope) === 'reaches';
  }

  /** What could not be read of resources grants nothing. */
  private hasGap(scope: Scope): boolean {
    return this.snapshot.gaps.some(
      ({ what, scope: at }) => what !== 'resources' && this.tree.reach(parseScope(at).key, scope) !== 'apart',
    );
  }
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
