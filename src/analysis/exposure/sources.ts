import type { RoleAssignment } from '../../rbac/model/role-assignment.js';

/**
 * What can be taken away, numbered: one assignment, a grant (all assignments of a role to one principal), or a role
 * altogether. A grant has the number of the first of its assignments.
 */
export class Sources {
  readonly assignments: RoleAssignment[] = [];
  readonly roles: string[] = [];
  /** By the number of an assignment. */
  readonly grantOf: Uint32Array;
  readonly roleOf: Uint32Array;
  /** By role. */
  private readonly lastGrants: number[] = [];
  private readonly roleNumbers = new Map<string, number>();

  /** There are no more assignments than that. */
  constructor(most: number) {
    this.grantOf = new Uint32Array(most);
    this.roleOf = new Uint32Array(most);
  }

  /**
   * Numbers the assignments of one principal, in their order. Each principal is asked for once.
   * @returns the number of the first of them.
   */
  number(assignments: readonly RoleAssignment[]): number {
    const first = this.assignments.length;
    for (const assignment of assignments) {
      const number = this.assignments.push(assignment) - 1;
      const role = this.roleNumber(assignment.roleGuid);
      // One from before is that of another principal.
      if (this.lastGrants[role]! < first) this.lastGrants[role] = number;
      this.grantOf[number] = this.lastGrants[role]!;
      this.roleOf[number] = role;
    }
    return first;
  }

  /** All assignments of a grant. */
  grant(number: number): RoleAssignment[] {
    const { principalId } = this.assignments[number]!;
    const found: RoleAssignment[] = [];
    for (let at = number; this.assignments[at]?.principalId === principalId; at++)
      if (this.grantOf[at] === number) found.push(this.assignments[at]!);
    return found;
  }

  private roleNumber(guid: string): number {
    let number = this.roleNumbers.get(guid);
    if (number === undefined) {
      number = this.roles.length;
      this.roleNumbers.set(guid, number);
      this.roles.push(guid);
      this.lastGrants.push(-1);
    }
    return number;
  }
}
