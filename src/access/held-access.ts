import type { RoleAssignment } from '../model/role-assignment.js';
import type { Plane } from '../model/role-definition.js';
import type { Scope } from '../model/scope.js';
import { Bitset } from '../permissions/bitset.js';
import type { EntryPermissions, RolePermissions } from '../permissions/effective.js';
import { PermissionSet, unionOf, type PlaneSet } from '../permissions/permission-set.js';
import type { DenyAssignment } from '../snapshot/deny-assignment.js';
import { isDenied, type DirectoryIdentity } from './denied-principals.js';
import { guardedSet, type GuardedSet } from './guarded-set.js';
import type { Tenant } from './tenant.js';

/** One role assignment that reaches a scope, and what it gives there before anything is denied. */
export interface HeldRole {
  readonly assignment: RoleAssignment;
  readonly role: RolePermissions;
  /** Groups from one that the principal is in to the one that has the assignment; empty where it is its own. */
  readonly via: readonly string[];
  readonly granted: GuardedSet;
}

/** What a principal may do at a scope. */
export interface HeldAccess {
  /** Whatever the request. */
  readonly certain: PermissionSet;
  /** Under conditions, of grants or of deny assignments; nothing of `certain`. */
  readonly conditional: PermissionSet;
  /** Granted, and taken away for certain. */
  readonly denied: PermissionSet;
  readonly roles: readonly HeldRole[];
  /** Deny assignments that take something of it away, or may. */
  readonly denials: readonly DenyAssignment[];
  /** Assignments whose roles nobody knows, or of which nobody knows whether they reach the scope. */
  readonly unread: readonly RoleAssignment[];
}

/** Works out what principals hold at scopes, each role under each condition once. */
export class AccessReader {
  private readonly nothing: PermissionSet;
  private readonly granted = new Map<RolePermissions, Map<string, GuardedSet>>();
  private kept = 0;

  constructor(private readonly tenant: Tenant) {
    const empty = (): Bitset => new Bitset(tenant.catalog.operations.size);
    const plane = (): PlaneSet => ({ known: empty(), unknownPlane: empty(), unlisted: new Map() });
    this.nothing = new PermissionSet(tenant.catalog, plane(), plane());
  }

  /** What the principal, an id in lower case, holds at the scope, through its groups too. */
  at(scope: Scope, principal: string): HeldAccess {
    const { memberships } = this.tenant;
    const identity = this.tenant.identityOf(principal);
    const found = identity.ids.flatMap(id =>
      Array.from(this.tenant.assignmentsOfAround(id, scope), ({ item, reach }) => {
        return { id, assignment: item, reach };
      }),
    );
    const unread: RoleAssignment[] = [];
    const roles: HeldRole[] = [];
    for (const { id, assignment, reach } of found) {
      const role = this.tenant.role(assignment.roleGuid);
      if (role === undefined || reach === 'unknown') unread.push(assignment);
      else {
        const granted = this.grantedBy(role, assignment.condition, scope);
        roles.push({ assignment, role, via: memberships.via(principal, id), granted });
      }
    }
    return { ...this.lessDenied(roles, scope, identity), roles, unread };
  }

  /** What a role gives under the condition of its assignment and its own. */
  grantedBy(role: RolePermissions, condition: string | undefined, scope: Scope): GuardedSet {
    const key = `${scopeMatters(scope) ? scope.key : ''} ${condition ?? ''}`;
    let granted = this.granted.get(role)?.get(key);
    if (granted === undefined) {
      const parts = role.entries.map(entry => this.entryUnder(entry, condition, scope));
      const certain = unionOf(
        parts.map(part => part.certain),
        this.nothing,
      );
      const perhaps = unionOf(
        parts.map(part => part.perhaps),
        this.nothing,
      ).subtract(certain);
      this.keep(role, key, (granted = { certain, perhaps }));
    }
    return granted;
  }

  private keep(role: RolePermissions, key: string, granted: GuardedSet): void {
    if (++this.kept > mostKept) {
      this.granted.clear();
      this.kept = 1;
    }
    const ofRole = this.granted.get(role);
    if (ofRole === undefined) this.granted.set(role, new Map([[key, granted]]));
    else ofRole.set(key, granted);
  }

  private entryUnder(entry: EntryPermissions, condition: string | undefined, scope: Scope): GuardedSet {
    const own = entry.permission.condition?.value;
    const texts = [own, condition].filter(text => text !== undefined);
    if (texts.length === 0) return { certain: entry.set, perhaps: this.nothing };
    return guardedSet(entry.set, texts, scope, this.tenant);
  }

  private lessDenied(
    roles: readonly HeldRole[],
    scope: Scope,
    identity: DirectoryIdentity,
  ): Pick<HeldAccess, 'certain' | 'conditional' | 'denied' | 'denials'> {
    let certain = unionOf(
      roles.map(({ granted }) => granted.certain),
      this.nothing,
    );
    let conditional = unionOf(
      roles.map(({ granted }) => granted.perhaps),
      this.nothing,
    ).subtract(certain);
    let denied = this.nothing;
    const denials: DenyAssignment[] = [];
    for (const { item: deny, reach } of this.tenant.denyAssignmentsAround(scope)) {
      const effect = this.effectOf(deny, reach, scope, identity);
      if (effect === 'none') continue;
      const taken = this.takenBy(deny, certain.union(conditional), scope);
      const surely = effect === 'certain' ? taken.certain : this.nothing;
      const perhaps = taken.certain.union(taken.perhaps).subtract(surely);
      if (isNothing(surely) && isNothing(perhaps)) continue;
      denials.push(deny);
      denied = denied.union(surely);
      conditional = conditional.union(certain.intersect(perhaps)).subtract(surely);
      certain = certain.subtract(surely).subtract(perhaps);
    }
    return { certain, conditional, denied, denials };
  }

  /** Whether the deny assignment is about the principal and the scope: for certain, perhaps, or not. */
  private effectOf(
    deny: DenyAssignment,
    reach: 'reaches' | 'unknown',
    scope: Scope,
    identity: DirectoryIdentity,
  ): 'certain' | 'perhaps' | 'none' {
    const isHere = this.tenant.scopeOf(deny).key === scope.key;
    if (!isHere && !deny.appliesToChildScopes) return 'none';
    const meant = isDenied(deny, identity, this.tenant.snapshot.principals);
    if (meant === 'false') return 'none';
    return reach === 'reaches' && meant === 'true' ? 'certain' : 'perhaps';
  }

  /** What of a set the deny assignment covers. It covers what its wildcards reach whatever the plane is known of. */
  private takenBy(deny: DenyAssignment, granted: PermissionSet, scope: Scope): GuardedSet {
    const parts = this.tenant.denied(deny).entries.map(entry => {
      const covered = this.coveredBy(entry, granted);
      const texts = [entry.permission.condition?.value, deny.condition].filter(text => text !== undefined);
      if (texts.length === 0) return { certain: covered, perhaps: this.nothing };
      return guardedSet(covered, texts, scope, this.tenant);
    });
    return {
      certain: unionOf(
        parts.map(part => part.certain),
        this.nothing,
      ),
      perhaps: unionOf(
        parts.map(part => part.perhaps),
        this.nothing,
      ),
    };
  }

  private coveredBy(entry: EntryPermissions, granted: PermissionSet): PermissionSet {
    const restrict = (plane: Plane): PlaneSet => {
      const reach = entry.set[plane].known.clone();
      reach.addAll(entry.set[plane].unknownPlane);
      const [known, unknownPlane] = [granted[plane].known.clone(), granted[plane].unknownPlane.clone()];
      for (const bits of [known, unknownPlane]) bits.keepAll(reach);
      const unlisted = [...granted[plane].unlisted].filter(
        ([lower]) => entry.witness(lower, plane) !== undefined,
      );
      return { known, unknownPlane, unlisted: new Map(unlisted) };
    };
    return new PermissionSet(this.tenant.catalog, restrict('control'), restrict('data'));
  }
}

/** A condition may speak of the names in a scope, which storage has: see `knowledgeOf`. */
function scopeMatters({ key }: Scope): boolean {
  return key.includes('/providers/microsoft.storage/');
}

/** Not even an operation whose plane nobody knows. */
function isNothing(set: PermissionSet): boolean {
  return set.isEmpty && set.control.unknownPlane.isEmpty && set.data.unknownPlane.isEmpty;
}

/** Most tenants hand out a few hundred roles; a few conditions go with them. */
const mostKept = 20_000;
