import { getOrInsert } from '../../../maps.js';
import type { ConditionExpression } from '../../../rbac/conditions/expression.js';
import { isGuardedAction } from '../../../rbac/conditions/guarded-actions.js';
import { assignmentAction } from '../../../rbac/conditions/role-assignment-guard.js';

/** Which changes of role assignments a condition may refuse. */
export interface GuardedChanges {
  readonly write: boolean;
  readonly delete: boolean;
}

/** Worked out once for all assignments that share the condition. */
export function guardedChanges(expression: ConditionExpression): GuardedChanges {
  return getOrInsert(known, expression, () => ({
    write: isGuardedAction(expression, assignmentAction('write')),
    delete: isGuardedAction(expression, assignmentAction('delete')),
  }));
}

const known = new WeakMap<ConditionExpression, GuardedChanges>();
