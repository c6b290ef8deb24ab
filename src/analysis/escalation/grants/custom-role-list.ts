import type { Place } from '../../../tenant/access/places.js';
import type { RoleAssignment } from '../../../rbac/model/role-assignment.js';
import type { Scope } from '../../../rbac/model/scope.js';
import type { HeldThrough } from './held-through.js';

/** A custom role that somebody holds, and could edit. */
export interface HeldCustomRole {
  readonly roleGuid: string;
  readonly scope: Scope;
  readonly condition: string | undefined;
  readonly assignableScopes: readonly Scope[];
  /** Those of these: the same list for all who hold the role. */
  readonly assignablePlaces: readonly Place[];
  /** Undefined for one that was gained on the way. */
  readonly held: HeldThrough | undefined;
  /**
   * Numbers of places around one of the assignable scopes that are not around where it is held: whoever can do anything
   * there may gain by editing it. Empty for most roles, which are held below their one assignable scope.
   */
  readonly crossing: readonly number[];
}

/** Custom roles that somebody could edit, with what matters of them to who cannot. */
export class CustomRoleList {
  /** The numbers of places where whoever can do anything may gain by editing one of them. */
  readonly crossing: ReadonlySet<number>;
  /** Ids that they are assigned to. */
  readonly holders: readonly string[];
  /** The same roles by the places that they are edited at: whoever may not do it there may edit none of them. */
  readonly byAssignablePlaces: ReadonlyMap<readonly Place[], readonly HeldCustomRole[]>;

  constructor(readonly roles: readonly HeldCustomRole[]) {
    this.crossing = new Set(roles.flatMap(({ crossing }) => crossing));
    const groups = new Map<readonly Place[], HeldCustomRole[]>();
    for (const role of roles) {
      const known = groups.get(role.assignablePlaces);
      if (known === undefined) groups.set(role.assignablePlaces, [role]);
      else known.push(role);
    }
    this.byAssignablePlaces = groups;
    this.holders = [...new Set(roles.flatMap(({ held }) => held?.holder ?? []))];
  }

  /** The same list where the assignment is none of theirs. */
  without(assignment: RoleAssignment | undefined): CustomRoleList {
    if (assignment === undefined) return this;
    const left = this.roles.filter(({ held }) => held?.assignment !== assignment);
    return left.length === this.roles.length ? this : new CustomRoleList(left);
  }
}
