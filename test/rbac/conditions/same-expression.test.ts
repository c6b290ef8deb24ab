import { expect, test } from 'vitest';
import { parseCondition } from '../../../src/rbac/conditions/parse-condition.js';
import { sameExpression } from './same-expression.js';

const a = "@Resource[a] StringEquals 'x'";
const b = '@Resource[b] BoolEquals true';
const numbers = '@Resource[n] ForAnyOfAnyValues:NumericEquals {1, 2}';
const ids = '@Request[i] GuidEquals 49fc33c1-886f-4b21-a00e-1d9993234734';

function isSame(left: string, right: string): boolean {
  const [one, other] = [left, right].map(text => parseCondition(text).recovered!);
  return sameExpression(one!, other!);
}

test.each(
  [
    [a, b, numbers, ids],
    [`${a} AND ${b}`, `${a} OR ${b}`, `NOT ${a}`],
    ["ActionMatches{'A/read'}", "SubOperationMatches{'A/read'}", "ActionMatches{'A/write'}"],
    ['Exists @Request[x]', 'NotExists @Request[x]'],
  ].flat(),
)('%s is the same as itself, wherever it stands', text => {
  expect(isSame(text, `  ${text} `)).toBe(true);
});

test.each([
  ['another connective', `${a} AND ${b}`, `${a} OR ${b}`],
  ['one operand more', `${a} AND ${b}`, `${a} AND ${b} AND ${b}`],
  ['another order', `${a} AND ${b}`, `${b} AND ${a}`],
  ['a NOT', `NOT ${a}`, a],
  ['a NOT of something else', `NOT ${a}`, `NOT ${b}`],
  ['another name', "ActionMatches{'A/read'}", "ActionMatches{'A/write'}"],
  ['other brackets', "ActionMatches{'A/read'}", "ActionMatches('A/read')"],
  ['another function', "ActionMatches{'A/read'}", "SubOperationMatches{'A/read'}"],
  ['existence the other way round', 'Exists @Request[x]', 'NotExists @Request[x]'],
  ['the existence of something else', 'Exists @Request[x]', 'Exists @Request[y]'],
  ['another attribute', a, "@Resource[b] StringEquals 'x'"],
  ['another source', a, "@Request[a] StringEquals 'x'"],
  ['sources that nobody knows', "@Some[a] StringEquals 'x'", "@Other[a] StringEquals 'x'"],
  ['another operator', a, "@Resource[a] StringLike 'x'"],
  ['another quantifier', numbers, '@Resource[n] ForAllOfAnyValues:NumericEquals {1, 2}'],
  ['another value', a, "@Resource[a] StringEquals 'y'"],
  ['a value of another kind', a, '@Resource[a] StringEquals x'],
  ['an attribute for a value', a, '@Resource[a] StringEquals @Resource[x]'],
  ['one item more', numbers, '@Resource[n] ForAnyOfAnyValues:NumericEquals {1, 2, 3}'],
  ['another item', numbers, '@Resource[n] ForAnyOfAnyValues:NumericEquals {1, 3}'],
  ['items in other brackets', numbers, '@Resource[n] ForAnyOfAnyValues:NumericEquals [1, 2]'],
  ['another GUID', ids, '@Request[i] GuidEquals 49fc33c1-886f-4b21-a00e-1d9993234735'],
  ['another truth', b, '@Resource[b] BoolEquals false'],
  ['another call', "@Resource[a] StringEquals Lower('x')", "@Resource[a] StringEquals Upper('x')"],
  [
    'a call of something else',
    "@Resource[a] StringEquals Lower('x')",
    "@Resource[a] StringEquals Lower('y')",
  ],
])('%s makes another expression', (_, left, right) => {
  expect(isSame(left, right)).toBe(false);
  expect(isSame(right, left)).toBe(false);
});
