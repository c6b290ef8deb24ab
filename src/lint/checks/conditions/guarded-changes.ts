import type { Expression } from '../../../rbac/conditions/expression.js';
import { isGuarded } from '../../../rbac/conditions/guarded-actions.js';
import { assignmentAction } from '../../../rbac/conditions/role-assignment-guard.js';

/** Which changes of role assignments a condition may refuse. */
export interface GuardedChanges {
  readonly write: boolean;
  readonly delete: boolean;
}

/** Worked out once for all assignments that share the condition. */
export function guardedChanges(expression: Expression): GuardedChanges {
  let found = known.get(expression);
  if (found === undefined) {
    found = {
      write: isGuarded(expression, assignmentAction('write')),
      delete: isGuarded(expression, assignmentAction('delete')),
    };
    known.set(expression, found);
  }
  return found;
}

const known = new WeakMap<Expression, GuardedChanges>();
