import type { RoleAssignment } from '../model/role-assignment.js';

/** What can be taken away: one assignment, all assignments of a role to one principal, or a role altogether. Numbered. */
export class Sources {
  readonly assignments: RoleAssignment[] = [];
  /** By the number of the grant. */
  readonly grants: RoleAssignment[][] = [];
  readonly roles: string[] = [];
  private readonly roleNumbers = new Map<string, number>();

  /** The numbers of the assignments of one principal, in their order. Each principal is asked for once. */
  number(assignments: readonly RoleAssignment[]): readonly NumberedAssignment[] {
    const grants = new Map<string, number>();
    return assignments.map(assignment => {
      const { roleGuid } = assignment;
      let grant = grants.get(roleGuid);
      if (grant === undefined) {
        grants.set(roleGuid, (grant = this.grants.length));
        this.grants.push([]);
      }
      this.grants[grant]!.push(assignment);
      this.assignments.push(assignment);
      return { assignment, numbers: [this.assignments.length - 1, grant, this.roleNumber(roleGuid)] };
    });
  }

  private roleNumber(guid: string): number {
    let number = this.roleNumbers.get(guid);
    if (number === undefined) {
      this.roleNumbers.set(guid, (number = this.roles.length));
      this.roles.push(guid);
    }
    return number;
  }
}

export interface NumberedAssignment {
  readonly assignment: RoleAssignment;
  /** Of the assignment, of the grant and of the role. */
  readonly numbers: readonly [assignment: number, grant: number, role: number];
}
