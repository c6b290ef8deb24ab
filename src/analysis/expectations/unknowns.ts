import { count } from '../../text/count.js';
import type { Denial } from '../../tenant/access/denials.js';
import type { DirectoryIdentity } from '../../tenant/access/denied-principals.js';
import type { GapEffect } from '../../tenant/access/gaps.js';
import type { AccessEvaluator } from '../../tenant/access/held-access.js';
import type { Tenant } from '../../tenant/access/tenant.js';
import type { RoleAssignment } from '../../rbac/model/role-assignment.js';
import type { Scope } from '../../rbac/model/scope.js';
import type { ScopeRelation } from '../../tenant/snapshot/scope-tree.js';
import type { AssignedRole, AssignedRoleFinder } from './assigned-roles.js';
import { groupsUnknown } from './groups-unknown.js';
import type { IdentityNotices } from './identity-notices.js';
import { PossibleGroups } from './possible-groups.js';

/** What could change what a principal holds at a scope, and is not known. */
export interface Unknowns {
  /** Each may be held: nobody knows whether it reaches the scope, or whether the principal is in the group that has it. */
  readonly possibleGrants: readonly AssignedRole[];
  /**
   * Roles of them that may meet a need. Groups in which nobody knows the principal to be meet none: one command tells, and until
   * somebody runs it what is missing counts as missing.
   */
  readonly possiblyCovering: readonly AssignedRole[];
  /** Each may take something away. */
  readonly possibleDenials: readonly Denial[];
  /** Anything may be granted beside: by roles that nobody knows, or assignments that nobody read. */
  readonly isMoreUnread: boolean;
  /** Not only by groups in which nobody knows it to be. */
  readonly isCoveringUnread: boolean;
  /** Anything may be denied beside. */
  readonly isLessUnread: boolean;
}

/** Finds, per principal, what the snapshot leaves open. */
export class UnknownsFinder {
  private last: OpenQuestions | undefined;
  private groups: PossibleGroups | undefined;

  constructor(
    private readonly tenant: Tenant,
    private readonly evaluator: AccessEvaluator,
    private readonly assignedRoles: AssignedRoleFinder,
  ) {}

  /** Undefined where there are none, as mostly. Notices are added to `notices`. */
  at(scope: Scope, principal: string, notices: IdentityNotices): Unknowns | undefined {
    const own = this.openFor(principal);
    if (own.eligible.length > 0) {
      const here = own.eligible.filter(assignment => this.reach(assignment, scope) === 'reaches');
      noteEligible(here, notices);
    }
    const ofGroups = own.identity.isComplete ? [] : this.possibleGroups.at(scope);
    const atUnknownPlaces = this.atUnknownPlaces(own, scope, notices);
    const isAbsent = this.isAbsent(scope, notices);
    const isCoveringUnread =
      this.hasUnknownRoles(own, scope, notices) || isAbsent || this.hasGap(scope, 'grants');
    const unknowns: Unknowns = {
      possibleGrants: this.distinct([...atUnknownPlaces, ...ofGroups], scope),
      possiblyCovering: this.distinct(atUnknownPlaces, scope),
      possibleDenials: this.denialsAt(scope, own, notices),
      isMoreUnread:
        isCoveringUnread || ofGroups.some(({ roleGuid }) => this.tenant.role(roleGuid) === undefined),
      isCoveringUnread,
      isLessUnread: isAbsent || this.hasGap(scope, 'denies'),
    };
    const { possibleGrants, possibleDenials, isMoreUnread, isLessUnread } = unknowns;
    const isNone = possibleGrants.length + possibleDenials.length === 0 && !isMoreUnread && !isLessUnread;
    return isNone ? undefined : unknowns;
  }

  /** Said once, wherever the groups have their roles: what they hold where nothing is needed is not looked at. */
  noteGroups(principal: string, notices: IdentityNotices): void {
    const identity = this.tenant.identityOf(principal);
    if (identity.isComplete) return;
    const others = [...this.possibleGroups.ids].filter(id => !identity.ids.includes(id)).length;
    if (others > 0)
      notices.add(
        groupsUnknown,
        `may be in groups that the snapshot does not tell, and ${count(others, 'group')} in it ${others === 1 ? 'has' : 'have'} roles`,
      );
  }

  private get possibleGroups(): PossibleGroups {
    return (this.groups ??= new PossibleGroups(this.tenant));
  }

  /** Open questions of the principal that was asked for last: its places come one after the other. */
  private openFor(principal: string): OpenQuestions {
    if (this.last?.principal !== principal) {
      const identity = this.tenant.identityOf(principal);
      const { ids } = identity;
      const assignments = ids.flatMap(id => this.tenant.assignmentsOf(id));
      this.last = {
        principal,
        identity,
        ofUnknownRoles: assignments.filter(({ roleGuid }) => this.tenant.role(roleGuid) === undefined),
        atManagementGroups: assignments.filter(
          assignment => this.tenant.scopeOf(assignment).kind === 'management-group',
        ),
        eligible: ids.flatMap(id => this.tenant.eligibleOf(id)),
      };
    }
    return this.last;
  }

  private atUnknownPlaces(
    { atManagementGroups }: OpenQuestions,
    scope: Scope,
    notices: IdentityNotices,
  ): readonly RoleAssignment[] {
    if (atManagementGroups.length === 0) return atManagementGroups;
    const found = atManagementGroups.filter(assignment => this.reach(assignment, scope) === 'unknown');
    notePlaces(found, notices);
    return found;
  }

  private hasUnknownRoles(
    { ofUnknownRoles }: OpenQuestions,
    scope: Scope,
    notices: IdentityNotices,
  ): boolean {
    const here = ofUnknownRoles.filter(assignment => this.reach(assignment, scope) !== 'apart');
    noteRoles(here, notices);
    return here.length > 0;
  }

  private hasGap(scope: Scope, effect: GapEffect): boolean {
    return this.tenant.gaps.at(scope, effect).length > 0;
  }

  /** Whether it is in a subscription that the snapshot does not hold: nobody read anything of it. */
  private isAbsent(scope: Scope, notices: IdentityNotices): boolean {
    const absent = this.tenant.gaps.absentSubscription(scope);
    if (absent === undefined) return false;
    notices.add('subscription-not-read', `is judged at ${absent.scope}, of which the snapshot holds nothing`);
    return true;
  }

  private reach(assignment: RoleAssignment, scope: Scope): ScopeRelation {
    return this.tenant.tree.reach(this.tenant.scopeOf(assignment).key, scope);
  }

  /** What several give alike, one of them gives. */
  private distinct(assignments: readonly RoleAssignment[], scope: Scope): readonly AssignedRole[] {
    if (assignments.length === 0) return [];
    const assignedRoles = assignments.flatMap(
      assignment => this.assignedRoles.assignedRole(assignment, [], scope) ?? [],
    );
    return [...new Map(assignedRoles.map(assignedRole => [assignedRole.granted, assignedRole])).values()];
  }

  private denialsAt(scope: Scope, { identity }: OpenQuestions, notices: IdentityNotices): readonly Denial[] {
    const { unread } = this.evaluator.denials.at(scope, identity);
    for (const { deny } of unread) {
      const isPlaced = this.tenant.tree.reach(this.tenant.scopeOf(deny).key, scope) === 'reaches';
      if (isPlaced)
        notices.add(
          groupsUnknown,
          'may be in groups that the snapshot does not tell, and that a deny assignment names',
        );
      else
        notices.add(
          placesUnknown,
          'may be stopped by a deny assignment at a management group of which the snapshot does not say what lies in it',
        );
    }
    return unread;
  }
}

/** What the role assignments of a principal and its groups leave open. */
interface OpenQuestions {
  readonly principal: string;
  readonly identity: DirectoryIdentity;
  readonly ofUnknownRoles: readonly RoleAssignment[];
  readonly atManagementGroups: readonly RoleAssignment[];
  readonly eligible: readonly RoleAssignment[];
}

const placesUnknown = 'management-groups-unknown';

function noteRoles(assignments: readonly RoleAssignment[], notices: IdentityNotices): void {
  for (const { roleGuid } of assignments) {
    const sentence = `holds the role "${roleGuid}", which is neither in the snapshot nor built in`;
    notices.add('role-definition-missing', sentence);
  }
}

function notePlaces({ length }: readonly RoleAssignment[], notices: IdentityNotices): void {
  if (length === 0) return;
  const sentence = `has ${count(length, 'role assignment')} at management groups of which the snapshot does not say what lies in them`;
  notices.add(placesUnknown, sentence);
}

function noteEligible({ length }: readonly RoleAssignment[], notices: IdentityNotices): void {
  if (length === 0) return;
  const sentence = `may activate ${count(length, 'more role')} (PIM), which it does not hold until then`;
  notices.add('eligible-assignments-not-counted', sentence);
}
