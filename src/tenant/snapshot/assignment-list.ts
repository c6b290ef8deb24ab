import type { RoleAssignment } from '../../rbac/model/role-assignment.js';
import { parseScope } from '../../rbac/model/scope.js';

/** Overlapping exports repeat assignments: the same one counts once. */
export class AssignmentList<Assignment extends RoleAssignment> {
  readonly all: Assignment[] = [];
  private readonly byNumber: Assignment[] = [];
  private readonly compareText = new Map<string, Assignment>();
  /** Ids of those whose name another one has. */
  private readonly repeatedIds = new Set<string>();
  private readonly repeated = new Set<string>();

  /**
   * `name` is what its id ends in, or the whole id: to compare the ids of a million would be to put them together.
   * @returns false where one of the same id says something else. Both count: leaving out one could hide what somebody
   * holds.
   */
  add(assignment: Assignment, name: number | string): boolean {
    const first = this.firstNamed(name === '' ? contentOf(assignment) : name, assignment);
    if (first === assignment) {
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

  /** The one that had the name before, or else this. */
  private firstNamed(name: number | string, assignment: Assignment): Assignment {
    if (typeof name === 'number') return (this.byNumber[name] ??= assignment);
    const known = this.compareText.get(name);
    if (known === undefined) this.compareText.set(name, assignment);
    return known ?? assignment;
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
