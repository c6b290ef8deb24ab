import { foldCase } from '../permissions/action-pattern.js';
import type { ConditionExpression } from './expression.js';
import { leavesOf } from './leaves.js';
import { type ConditionOutcome, outcomeFor } from './outcome.js';

/** Which actions a condition speaks of, and what becomes of all others. */
export interface GuardedActions {
  /** What its `ActionMatches` name, in the order of the text, each once. */
  readonly patterns: readonly string[];
  /** `always`: it lets every other action through untouched. Otherwise it guards all actions there are. */
  readonly others: ConditionOutcome;
}

/** Which actions a condition guards. */
export function guardedActions(expression: ConditionExpression): GuardedActions {
  const patterns = new Map<string, string>();
  for (const leaf of leavesOf(expression)) {
    if (leaf.kind !== 'action-matches') continue;
    for (const { value } of leaf.patterns) {
      const key = foldCase(value);
      if (!patterns.has(key)) patterns.set(key, value);
    }
  }
  return { patterns: [...patterns.values()], others: outcomeFor(expression, unnamedAction) };
}

/** Whether the condition may refuse the action: it does not let it through untouched. */
export function isGuardedAction(expression: ConditionExpression, action: string): boolean {
  return outcomeFor(expression, action) !== 'always';
}

/** An action that no condition names. A pattern that covers it leaves no others over. */
export const unnamedAction = 'An.Unnamed.Provider/unnamed/unnamed';
