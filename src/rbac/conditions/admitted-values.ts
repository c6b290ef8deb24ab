import { Budget, usualSteps } from './budget.js';
import { evaluateCondition } from './evaluate-condition.js';
import type { ConditionExpression } from './expression.js';
import { attributeKey, type Knowledge } from './knowledge.js';
import type { AttributeName } from './known-attributes.js';
import { leavesOf } from './leaves.js';
import { type Assumption, assuming, classesOf, oneValue, type PatternUse } from './value-classes.js';
import type { Truth } from './truth.js';

/** A set of values, or all that are not in one. */
export interface ValueSet {
  readonly kind: 'only' | 'all-but';
  /** In the order of the condition. GUIDs in lower case with hyphens, texts as written. */
  readonly values: readonly string[];
}

/** Which values of an attribute a condition lets through. */
export interface Admitted {
  /** Let through whatever the rest is that nobody knows. */
  readonly definite: ValueSet;
  /** Let through if the rest is as it should be. What is not in it is refused for sure. */
  readonly possible: ValueSet;
  /** What else the attribute is compared with: values beyond the ones listed may be told apart by it. */
  readonly patterns: readonly PatternUse[];
  /** Whether the values stand for their spellings in other case too. */
  readonly ignoresCase: boolean;
}

/**
 * Which values of an attribute the condition lets through, if the attribute has one value. Tries each literal that it is
 * compared with, and once a value that equals none of them, which is unknown to operators that ask for more than
 * equality. `certain` is never too large and `possible` never too small.
 */
export function admittedValues(
  expression: ConditionExpression | undefined,
  knowledge: Knowledge,
  attribute: AttributeName,
): Admitted {
  const classes = classesOf(attribute, leavesOf(expression), knowledge);
  if (classes === undefined) return nothingKnown;
  const { literals, otherValue, patterns, ignoresCase } = classes;
  const budget = new Budget(usualSteps);
  const key = attributeKey(attribute.source, attribute.path);
  const decide = (assumption: Assumption): Truth =>
    evaluateCondition(expression, assuming(knowledge, new Map([[key, assumption]])), budget);
  // The other value first: where the budget does not last for all, it matters most.
  const other = otherValue === undefined ? 'false' : decide(otherValue);
  const decided = literals.map(value => ({ value, truth: decide(oneValue(value)) }));
  const collect = (isIn: (truth: Truth) => boolean): ValueSet => ({
    kind: isIn(other) ? 'all-but' : 'only',
    values: decided.filter(({ truth }) => isIn(truth) !== isIn(other)).map(({ value }) => value),
  });
  return {
    definite: collect(truth => truth === 'true'),
    possible: collect(truth => truth !== 'false'),
    patterns,
    ignoresCase,
  };
}

/** Whether a set holds a value. */
export function holdsValue({ kind, values }: ValueSet, value: string): boolean {
  return values.includes(value) === (kind === 'only');
}

const nothingKnown: Admitted = {
  definite: { kind: 'only', values: [] },
  possible: { kind: 'all-but', values: [] },
  patterns: [],
  ignoresCase: false,
};
