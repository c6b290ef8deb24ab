import { askedLeaves } from './asked-leaves.js';
import { Budget, usualSteps } from './budget.js';
import { evaluateCondition } from './evaluate-condition.js';
import type { Attribute, ConditionComparison, ConditionExpression, Leaf } from './expression.js';
import { attributeKey, type Knowledge, knowingAction } from './knowledge.js';
import { type AttributeName, isPresent, knownAttribute } from './known-attributes.js';
import { attributesOf, leavesOf } from './leaves.js';
import { type Assumption, assuming, classesOf, oneValue } from './value-classes.js';

/** What a condition comes to over all that an operation may be: the same each time, or one thing here and another there. */
export type ConditionOutcome = 'always' | 'never' | 'depends';

/**
 * Whether the condition lets an action pass always, never, or depending on its attributes. `always` and `never` are sure.
 * `depends` is said where both can be, and also where the values are too many to be tried or an attribute may have
 * several values at once.
 */
export function outcomeFor(expression: ConditionExpression, action: string): ConditionOutcome {
  return outcomeOver(expression, knowingAction(action), attribute => !isPresent(attribute, action));
}

/**
 * Whether a comparison is true for any value that its attribute may have, so that it guards nothing, as
 * `ForAnyOfAnyValues:GuidNotEquals {a, b}` is: each id differs from one of two others. Only said of attributes
 * that have one value at a time.
 */
export function isVacuous(comparison: ConditionComparison, budget = new Budget(usualSteps)): boolean {
  const attributes = attributesOf(comparison);
  if (attributes.length === 0 || !attributes.every(({ path }) => knownAttribute(path)?.count === 'one'))
    return false;
  return outcomeOver(comparison, knowingAction(''), () => false, budget) === 'always';
}

/** All comparisons in an expression that guard nothing: see {@link isVacuous}. */
export function vacuousComparisons(expression: ConditionExpression): readonly ConditionComparison[] {
  const budget = new Budget(usualSteps);
  return leavesOf(expression).filter(
    leaf => leaf.kind === 'comparison' && isVacuous(leaf, budget),
  ) as ConditionComparison[];
}

function outcomeOver(
  expression: ConditionExpression,
  knowledge: Knowledge,
  mayBeAbsent: (attribute: AttributeName) => boolean,
  budget = new Budget(usualSteps),
): ConditionOutcome {
  const known = evaluateCondition(expression, knowledge, budget);
  if (known !== 'unknown') return outcomes[known];
  // Values that are not asked for when this action is done need not be tried.
  const leaves = [...askedLeaves(expression, knowledge.action)];
  const attributes = attributesIn(leaves);
  if (attributes.size > maxAttributes) return 'depends';
  const choices = [...attributes].flatMap(([key, attribute]): Choice[] => {
    const assumptions = assumptionsFor(attribute, leaves, knowledge, mayBeAbsent(attribute));
    return assumptions.length === 0 ? [] : [{ key, assumptions }];
  });
  const count = choices.reduce((product, { assumptions }) => product * assumptions.length, 1);
  if (count > maxCombinations) return 'depends';
  let all: ConditionOutcome | undefined;
  for (let i = 0; i < count; i++) {
    const truth = evaluateCondition(expression, assuming(knowledge, combination(choices, i)), budget);
    if (truth === 'unknown' || (all !== undefined && outcomes[truth] !== all)) return 'depends';
    all = outcomes[truth];
  }
  return all ?? 'depends';
}

const outcomes = { true: 'always', false: 'never' } as const;

/** A guard with two lists of eighty ids. */
const maxCombinations = 10_000;

/** Each has two possible values at least, but for some of role assignments. */
const maxAttributes = 20;

interface Choice {
  readonly key: string;
  readonly assumptions: readonly Assumption[];
}

/** The combination with that number, as digits of a number whose bases are the counts of assumptions. */
function combination(choices: readonly Choice[], number: number): ReadonlyMap<string, Assumption> {
  let rest = number;
  return new Map(
    choices.map(({ key, assumptions }) => {
      const chosen = assumptions[rest % assumptions.length]!;
      rest = Math.floor(rest / assumptions.length);
      return [key, chosen];
    }),
  );
}

/** What all values of the attribute come down to; empty where they cannot be told. */
function assumptionsFor(
  attribute: AttributeName,
  leaves: readonly Leaf[],
  knowledge: Knowledge,
  absence: boolean,
): readonly Assumption[] {
  const key = attributeKey(attribute.source, attribute.path);
  const users = leaves.filter(leaf => attributesOf(leaf).some(other => keyOf(other) === key));
  // A value that equals no literal of its own attribute may well equal that of another one.
  const isCompared = users.some(leaf => leaf.kind === 'comparison' && attributesOf(leaf).length > 1);
  if (isCompared || !hasOneValue(attribute, users)) return [];
  const classes = classesOf(attribute, users, knowledge);
  if (classes === undefined) return [];
  const { literals, otherValue } = classes;
  return [
    ...(otherValue === undefined ? [] : [otherValue]),
    ...(absence ? [() => ({ kind: 'absent' }) as const] : []),
    ...literals.map(oneValue),
  ];
}

/** Known to have one, or never compared by a quantifier: without one, several values have no documented meaning. */
function hasOneValue({ path }: AttributeName, users: readonly Leaf[]): boolean {
  const count = knownAttribute(path)?.count;
  if (count !== undefined) return count === 'one';
  return users.every(leaf => leaf.kind !== 'comparison' || leaf.operator.quantifier === undefined);
}

function attributesIn(leaves: readonly Leaf[]): ReadonlyMap<string, AttributeName> {
  const found = new Map<string, AttributeName>();
  for (const attribute of leaves.flatMap(attributesOf)) {
    const key = keyOf(attribute);
    const { source, path } = attribute;
    if (key !== undefined && source !== undefined) found.set(key, { source, path });
  }
  return found;
}

function keyOf({ source, path }: Attribute): string | undefined {
  return source === undefined ? undefined : attributeKey(source, path);
}
