import type { RoleAssignment } from '../../rbac/model/role-assignment.js';
import type { Snapshot } from '../snapshot/snapshot.js';
import { mayBeGroup, mayBeOfGroup } from './denied-principals.js';
import type { Memberships } from './memberships.js';

/** What is asked of a tenant here. */
interface GroupTenant {
  readonly snapshot: Snapshot;
  readonly memberships: Memberships;
  readonly assignments: readonly RoleAssignment[];
}

/** Groups whose members were exported one by one, in place of a directory. */
export class ListedGroups {
  private known: boolean | undefined;

  constructor(private readonly tenant: GroupTenant) {}

  /**
   * Whether every group that holds something, or is denied something, has its members listed, and so have the groups
   * among these. Then nobody is in such a group unknown.
   */
  get areComplete(): boolean {
    return (this.known ??= this.tenant.snapshot.listedGroups.size > 0 && this.areAllListed());
  }

  private areAllListed(): boolean {
    const { snapshot, memberships } = this.tenant;
    const reached = new Set(this.groupsThatMatter());
    for (const group of reached) {
      if (!snapshot.listedGroups.has(group)) return false;
      for (const member of memberships.directMembersOf(group))
        if (mayBeGroup(member, snapshot.principals)) reached.add(member);
    }
    return true;
  }

  private *groupsThatMatter(): Generator<string> {
    const { snapshot, assignments } = this.tenant;
    for (const list of [assignments, snapshot.eligibleAssignments])
      for (const assignment of list)
        if (mayBeOfGroup(assignment, snapshot.principals)) yield assignment.principalId;
    for (const { principals, excludedPrincipals, individuals } of snapshot.denyAssignments)
      for (const id of [...principals, ...excludedPrincipals])
        if (!individuals.has(id) && mayBeGroup(id, snapshot.principals)) yield id;
  }
}
