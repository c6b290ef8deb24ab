import { getOrInsert } from '../../../maps.js';
import type { RoleAssignment } from '../../../rbac/model/role-assignment.js';

/** A role, and what guards it. */
export type Guarded = Pick<RoleAssignment, 'roleGuid' | 'condition'>;

/**
 * What follows from the role of an assignment and its condition, worked out once for all that have the same. Conditions are
 * long: to make one key of both would be to read a whole one for each of a million assignments.
 */
export class ByGuard<Assignment extends Guarded, Value> {
  private readonly unguarded = new Map<string, Value>();
  private readonly guarded = new Map<string, Map<string, Value>>();

  constructor(private readonly find: (assignment: Assignment) => Value) {}

  of(assignment: Assignment): Value {
    const { roleGuid, condition } = assignment;
    const known = this.valuesOf(condition);
    return getOrInsert(known, roleGuid, () => this.find(assignment));
  }

  private valuesOf(condition: string | undefined): Map<string, Value> {
    if (condition === undefined) return this.unguarded;
    return getOrInsert(this.guarded, condition, () => new Map());
  }
}
