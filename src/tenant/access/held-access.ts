import type { RoleAssignment } from '../../rbac/model/role-assignment.js';
import type { Scope } from '../../rbac/model/scope.js';
import { emptySet, type RolePermissions } from '../../rbac/permissions/role-permissions.js';
import { type PermissionSet, unionOf } from '../../rbac/permissions/permission-set.js';
import type { ScopeReach } from '../../rbac/reach/scope-reach.js';
import type { DenyAssignment } from '../snapshot/deny-assignment.js';
import { Denials, type DenialsAt, lessTaken, type Denial } from './denials.js';
import type { DirectoryIdentity } from './denied-principals.js';
import { grantedRole, isGuarded, isNothing, withinReach, type GrantedRole } from './granted-role.js';
import { scopeMatters, type GuardedSet } from './guarded-set.js';
import type { Tenant } from './tenant.js';

/** One role assignment that reaches a scope, and what it gives there before anything is denied. */
export interface HeldRole {
  readonly assignment: RoleAssignment;
  readonly role: RolePermissions;
  /** Groups from one that the principal is in to the one that has the assignment; empty where it is its own. */
  readonly via: readonly string[];
  readonly granted: GrantedRole;
}

/** What a principal may do at a scope. */
export interface HeldAccess {
  /** Whatever the request. */
  readonly definite: PermissionSet;
  /** Under conditions, of grants or of deny assignments; nothing of `certain`. */
  readonly conditional: PermissionSet;
  /** Granted, and taken away for certain. */
  readonly denied: PermissionSet;
  /** Granted, and nobody knows whether it has an effect at the scope: in neither of the others. */
  readonly unknownReach: PermissionSet;
  readonly roles: readonly HeldRole[];
  /** Deny assignments that take something of it away, or may. */
  readonly denials: readonly DenyAssignment[];
  /** Assignments whose roles nobody knows, or of which nobody knows whether they reach the scope. */
  readonly unread: readonly RoleAssignment[];
}

/** Works out what principals hold at scopes, each role under each condition once. */
export class AccessEvaluator {
  readonly nothing: PermissionSet;
  readonly denials: Denials;
  private readonly granted = new Map<RolePermissions, Map<string, GrantedRole>>();
  private readonly reached = new Map<ScopeReach, Map<GrantedRole, GrantedRole>>();
  private kept = 0;

  constructor(private readonly tenant: Tenant) {
    this.nothing = emptySet(tenant.catalog, tenant.index);
    this.denials = new Denials(tenant, this.nothing);
  }

  /** What the principal, an id in lower case, holds at the scope, through its groups too. */
  at(scope: Scope, principal: string): HeldAccess {
    const { memberships } = this.tenant;
    const identity = this.tenant.identityOf(principal);
    const unread: RoleAssignment[] = [];
    const roles: HeldRole[] = [];
    for (const id of identity.ids) {
      for (const { item: assignment, reach } of this.tenant.assignmentsOfAround(id, scope)) {
        const role = this.tenant.role(assignment.roleGuid);
        if (role === undefined || reach === 'unknown') unread.push(assignment);
        else {
          const granted = this.grantedBy(role, assignment.condition, scope);
          roles.push({ assignment, role, via: memberships.via(principal, id), granted });
        }
      }
    }
    return { ...this.lessDenied(roles, scope, identity), roles, unread };
  }

  /**
   * What a role gives at a scope under the condition of its assignment and its own, as far as it has an effect there: the same
   * object wherever it is the same.
   */
  grantedBy(
    role: RolePermissions,
    condition: string | undefined,
    scope: Scope,
    reach = this.tenant.reach.at(scope),
  ): GrantedRole {
    const granted = this.grantedAnywhere(role, condition, scope);
    if (reach.isEverything('control') && reach.isEverything('data')) return granted;
    let reached = this.reached.get(reach);
    if (reached === undefined) this.reached.set(reach, (reached = new Map<GrantedRole, GrantedRole>()));
    let limited = reached.get(granted);
    if (limited === undefined) {
      limited = withinReach(granted, reach);
      if (this.kept++ < maxKept) reached.set(granted, limited);
    }
    return limited;
  }

  private grantedAnywhere(role: RolePermissions, condition: string | undefined, scope: Scope): GrantedRole {
    const key =
      isGuarded(role, condition) && scopeMatters(scope) ? `${scope.key} ${condition}` : (condition ?? '');
    let byKey = this.granted.get(role);
    if (byKey === undefined) this.granted.set(role, (byKey = new Map<string, GrantedRole>()));
    let granted = byKey.get(key);
    if (granted === undefined) {
      granted = grantedRole(role, condition, scope, this.tenant);
      if (this.kept++ < maxKept) byKey.set(key, granted);
    }
    return granted;
  }

  private lessDenied(
    roles: readonly HeldRole[],
    scope: Scope,
    identity: DirectoryIdentity,
  ): Pick<HeldAccess, 'definite' | 'conditional' | 'denied' | 'unknownReach' | 'denials'> {
    const union = (part: keyof GuardedSet | 'unknownReach'): PermissionSet =>
      unionOf(
        roles.map(({ granted }) => granted[part]),
        this.nothing,
      );
    const definite = union('definite');
    const conditional = union('possible').subtract(definite);
    const denials = this.denials.at(scope, identity);
    const left = this.left({ definite, conditional }, denials);
    return { ...left, unknownReach: this.leftUnknown(union('unknownReach'), denials) };
  }

  /** What is denied for certain is no question any more. */
  private leftUnknown(unknownReach: PermissionSet, { definite }: DenialsAt): PermissionSet {
    if (isNothing(unknownReach)) return this.nothing;
    return definite.reduce((left, denial) => left.subtract(denial.takenFrom(left).definite), unknownReach);
  }

  /** What deny assignments leave of what is granted. */
  left(
    { definite, conditional }: Pick<HeldAccess, 'definite' | 'conditional'>,
    { definite: sure, unread }: DenialsAt,
  ): Pick<HeldAccess, 'definite' | 'conditional' | 'denied' | 'denials'> {
    const granted = definite.union(conditional);
    const taken = [
      ...sure.map(denial => ({ denial, set: denial.takenFrom(granted) })),
      ...unread.map(denial => ({ denial, set: this.possiblyTaken(denial, granted) })),
    ].filter(({ set }) => !isNothing(set.definite) || !isNothing(set.possible));
    const left = lessTaken(
      { definite, conditional },
      taken.map(({ set }) => set),
      this.nothing,
    );
    return { ...left, denials: taken.map(({ denial }) => denial.deny) };
  }

  /** Nobody knows whether it is about the principal, or the scope. */
  private possiblyTaken(denial: Denial, granted: PermissionSet): GuardedSet {
    const { definite, possible } = denial.takenFrom(granted);
    return { definite: this.nothing, possible: definite.union(possible) };
  }
}

/** Most tenants hand out a few hundred roles; a few conditions go with them. */
const maxKept = 20_000;
