import type { RoleAssignment } from '../model/role-assignment.js';
import { parseScope } from '../model/scope.js';

/** Overlapping exports repeat assignments: the same one counts once. */
export class AssignmentList<Assignment extends RoleAssignment> {
  readonly all: Assignment[] = [];
  private readonly byName = new Map<string, Assignment>();
  /** Of those whose name another one has. */
  private readonly repeatedIds = new Set<string>();
  private readonly repeated = new Set<string>();

  /**
   * `name` is the last part of its id: comparing whole ids would put a million of them together.
   * @returns false where one of the same id says something else. Both count: leaving out one could hide what somebody
   * holds.
   */
  add(assignment: Assignment, name: string): boolean {
    const key = name === '' ? contentOf(assignment) : name;
    const first = this.byName.get(key);
    if (first === undefined) {
      this.byName.set(key, assignment);
      this.all.push(assignment);
      return true;
    }
    const isFirstId = first.id === assignment.id;
    if (isFirstId && isSame(first, assignment)) return true;
    const whole = `${assignment.id} ${contentOf(assignment)}`;
    if (this.repeated.has(whole)) return true;
    const isKnownId = isFirstId || this.repeatedIds.has(assignment.id);
    this.repeated.add(whole);
    this.repeatedIds.add(assignment.id);
    this.all.push(assignment);
    return !isKnownId;
  }
}

function isSame(a: RoleAssignment, b: RoleAssignment): boolean {
  return (
    a.principalId === b.principalId &&
    a.roleGuid === b.roleGuid &&
    a.condition === b.condition &&
    (a.scope === b.scope || parseScope(a.scope).key === parseScope(b.scope).key)
  );
}

function contentOf({ principalId, roleGuid, scope, condition = '' }: RoleAssignment): string {
  return [principalId, roleGuid, parseScope(scope).key, condition].join(' ');
}
