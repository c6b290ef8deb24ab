import type { RoleAssignment } from '../../../rbac/model/role-assignment.js';
import type { CustomRoleList } from '../grants/custom-roles.js';
import type { DenySubject } from '../grants/denials.js';
import type { MethodGrant } from '../grants/grant.js';
import type { GrantList } from '../grants/grant-list.js';

/**
 * Somebody with all that they hold at a point of a path. Principals who hold the same are one state: members of a group
 * share their paths.
 */
export class PrincipalState {
  readonly type: string;
  /** Itself, then its groups, those that it joined on the way among them. Of one of those who share it. */
  readonly ids: readonly string[];
  readonly subject: DenySubject;
  /** What its ids hold, and what it gained on the way: each list is shared by all who have it. */
  readonly lists: readonly GrantList[];
  readonly gained: readonly MethodGrant[];
  /** Custom roles that it could edit, for one that may edit anything. */
  readonly customRoles: readonly CustomRoleList[];
  /** What it could activate. */
  readonly eligible: readonly MethodGrant[];
  /** Ids of principals that it owns; nothing of what it has joined. */
  readonly owned: readonly string[];
  /** The assignment that is taken for not there, where one is. */
  readonly without: RoleAssignment | undefined;

  constructor(parts: Omit<PrincipalState, 'grants'>) {
    this.type = parts.type;
    this.ids = parts.ids;
    this.subject = parts.subject;
    this.lists = parts.lists;
    this.gained = parts.gained;
    this.customRoles = parts.customRoles;
    this.eligible = parts.eligible;
    this.owned = parts.owned;
    this.without = parts.without;
  }

  /** All that it holds: its own, its groups', and what it gained on the way. Put together when it is read: groups have hundreds. */
  get grants(): readonly MethodGrant[] {
    return this.lists.flatMap(({ grants }) => grants);
  }
}
