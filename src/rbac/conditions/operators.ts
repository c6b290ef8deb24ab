import type { Operator, Quantifier } from './expression.js';

// The operators of https://learn.microsoft.com/azure/role-based-access-control/conditions-format, and those that only
// Microsoft's regorus knows (https://github.com/microsoft/regorus, src/languages/azure_rbac).

/** What values an operator compares. */
export type OperandType = 'string' | 'number' | 'date' | 'guid' | 'boolean';

/** What it asks of the left value and the right one, before a `Not` in its name turns it round. */
export type Relation =
  | 'equals'
  | 'starts-with'
  | 'like'
  | 'greater'
  | 'greater-or-equal'
  | 'less'
  | 'less-or-equal';

/** What a documented operator means. */
export interface OperatorMeaning {
  readonly name: string;
  readonly type: OperandType;
  readonly relation: Relation;
  readonly isNegated: boolean;
  readonly ignoresCase: boolean;
  /** Whether the documentation lists it among those that a quantifier may stand before. */
  readonly isQuantifiable: boolean;
}

/** The four quantifiers, and what each asks: of how many on the left, and of how many on the right. */
export const quantifiers: ReadonlyMap<
  Quantifier,
  { readonly left: 'any' | 'all'; readonly right: 'any' | 'all' }
> = new Map([
  ['ForAnyOfAnyValues', { left: 'any', right: 'any' }],
  ['ForAllOfAnyValues', { left: 'all', right: 'any' }],
  ['ForAnyOfAllValues', { left: 'any', right: 'all' }],
  ['ForAllOfAllValues', { left: 'all', right: 'all' }],
]);

/** What an operator means; undefined for those that no page documents. */
export function meaningOf(operator: Operator): OperatorMeaning | undefined {
  return meanings.get(operator.name.toLowerCase());
}

/** Takes an operator as it is written, in any case: `ForAnyOfAnyValues:GuidEquals`. */
export function readOperator(text: string, start: number): Operator {
  const span = { start, end: start + text.length };
  const colon = text.indexOf(':');
  const quantifier = colon < 0 ? undefined : quantifierByName.get(text.slice(0, colon).toLowerCase());
  const written = quantifier === undefined ? text : text.slice(colon + 1);
  const name = written.toLowerCase();
  const documented = meanings.get(name)?.name;
  if (documented !== undefined) return { ...span, quantifier, name: documented, standing: 'documented' };
  const undocumented = undocumentedByName.get(name);
  if (undocumented !== undefined && (quantifier === undefined || !quantifierByName.has(name)))
    return { ...span, quantifier, name: undocumented, standing: 'undocumented' };
  return { ...span, quantifier: undefined, name: text, standing: 'unknown' };
}

/** The names of the documented operators, for a hint. */
export function operatorNames(): readonly string[] {
  return [...meanings.values()].map(({ name }) => name);
}

const orders: readonly (readonly [string, Relation])[] = [
  ['GreaterThan', 'greater'],
  ['GreaterThanEquals', 'greater-or-equal'],
  ['LessThan', 'less'],
  ['LessThanEquals', 'less-or-equal'],
];

const meanings = new Map(allMeanings().map(meaning => [meaning.name.toLowerCase(), meaning]));

function allMeanings(): OperatorMeaning[] {
  return [
    ...withNegation('Bool', 'Equals', 'boolean', 'equals'),
    ...(['Equals', 'StartsWith', 'Like'] as const).flatMap(word => stringMeanings(word)),
    ...ordered('Numeric', 'number'),
    ...ordered('DateTime', 'date'),
    ...withNegation('Guid', 'Equals', 'guid', 'equals'),
  ];
}

function stringMeanings(word: 'Equals' | 'StartsWith' | 'Like'): OperatorMeaning[] {
  const relation = word === 'Equals' ? 'equals' : word === 'Like' ? 'like' : 'starts-with';
  return withNegation('String', word, 'string', relation).flatMap(meaning => [
    { ...meaning, isQuantifiable: word !== 'StartsWith' },
    {
      ...meaning,
      name: `${meaning.name}IgnoreCase`,
      ignoresCase: true,
      isQuantifiable: word !== 'StartsWith',
    },
  ]);
}

function ordered(prefix: 'Numeric' | 'DateTime', type: 'number' | 'date'): OperatorMeaning[] {
  return [
    ...withNegation(prefix, 'Equals', type, 'equals'),
    ...orders.map(([word, relation]) => withNegation(prefix, word, type, relation)[0]),
  ];
}

/** The operator and the one with `Not` in its name. Those of texts say themselves whether they take a quantifier. */
function withNegation(
  prefix: string,
  word: string,
  type: OperandType,
  relation: Relation,
): [OperatorMeaning, OperatorMeaning] {
  const isQuantifiable = type === 'number' || type === 'guid';
  const plain = { type, relation, ignoresCase: false, isQuantifiable };
  return [
    { ...plain, name: `${prefix}${word}`, isNegated: false },
    { ...plain, name: `${prefix}Not${word}`, isNegated: true },
  ];
}

const quantifierByName = new Map([...quantifiers.keys()].map(name => [name.toLowerCase(), name]));

/** Regorus also writes a quantifier for itself, which then means equality. */
const undocumentedByName = new Map(
  [
    ...['StringEndsWith', 'StringNotEndsWith', 'StringContains', 'StringNotContains'],
    ...['StringMatches', 'StringNotMatches', 'NumericInRange', 'TimeOfDayInRange'],
    ...['TimeOfDayEquals', 'TimeOfDayNotEquals', 'TimeOfDayGreaterThan', 'TimeOfDayGreaterThanEquals'],
    ...['TimeOfDayLessThan', 'TimeOfDayLessThanEquals', 'IpMatch', 'IpNotMatch', 'IpInRange'],
    ...['ListContains', 'ListNotContains', ...quantifiers.keys()],
  ].map(name => [name.toLowerCase(), name]),
);
