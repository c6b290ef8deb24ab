import { Budget, usualSteps } from './budget.js';
import { evaluateCondition } from './evaluate-condition.js';
import type { ConditionExpression, Leaf } from './expression.js';
import { knowingAction } from './knowledge.js';
import { negate, type Truth } from './truth.js';

/**
 * What a condition looks at when an action is done. A guard whose `ActionMatches` names others decides before its
 * comparisons do: they are not asked for.
 */
export function askedLeaves(expression: ConditionExpression, action: string): ReadonlySet<Leaf> {
  const knowledge = knowingAction(action);
  const budget = new Budget(usualSteps);
  const asked: Leaf[] = [];
  const visit = (node: ConditionExpression): Truth => {
    if (node.kind === 'not') return negate(visit(node.operand));
    if (!('operands' in node)) {
      const truth = evaluateCondition(node, knowledge, budget);
      if (truth === 'unknown') asked.push(node);
      return truth;
    }
    const before = asked.length;
    const decisive = node.kind === 'and' ? 'false' : 'true';
    const truths = new Set(node.operands.map(visit));
    if (!truths.has(decisive)) return truths.has('unknown') ? 'unknown' : negate(decisive);
    asked.length = before;
    return decisive;
  };
  visit(expression);
  return new Set(asked);
}
