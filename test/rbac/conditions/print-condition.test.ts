import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseCondition } from '../../../src/rbac/conditions/parse-condition.js';
import { printCondition } from '../../../src/rbac/conditions/print-condition.js';
import { sameExpression } from './same-expression.js';
import { builtInConditions } from './built-in-conditions.js';
import { randomCondition } from './random-condition.js';
import { runs } from '../../portion.js';

const print = (text: string): string => printCondition(parseCondition(text).expression!);

test.each([
  [
    `not  ActionMatches{'A'}||(@request[x] ForAnyOfAnyValues:guidequals{49fc33c1886f4b21a00e1d9993234734})`,
    `!(ActionMatches{'A'}) OR @Request[x] ForAnyOfAnyValues:GuidEquals {49fc33c1-886f-4b21-a00e-1d9993234734}`,
  ],
  [
    `Exists @Request[a] OR exists @Request[b] AND NotExists @Request[c]`,
    'Exists @Request[a] OR (Exists @Request[b] AND NotExists @Request[c])',
  ],
  [
    '(Exists @Request[a] AND Exists @Request[b]) AND Exists @Request[c]',
    '(Exists @Request[a] AND Exists @Request[b]) AND Exists @Request[c]',
  ],
  [`!!SubOperationMatches{'a','b'}`, `!(!(SubOperationMatches{'a', 'b'}))`],
  [
    `{-1,2} ForAllOfAllValues:numericlessthan {3} && @Environment[isPrivateLink] BoolEquals TRUE`,
    '{-1, 2} ForAllOfAllValues:NumericLessThan {3} AND @Environment[isPrivateLink] BoolEquals true',
  ],
  [
    `ToLower(@Elsewhere[a]) ListContains ['x','y'] AND ActionMatches('A')`,
    `ToLower(@Elsewhere[a]) ListContains ['x', 'y'] AND ActionMatches('A')`,
  ],
  [`@Request[a] Unheard word`, '@Request[a] Unheard word'],
])('prints %s in one form', (text, expected) => {
  expect(print(text)).toBe(expected);
  expect(print(expected)).toBe(expected);
});

test.each(builtInConditions)('the condition of $role reads back as the same', ({ text }) => {
  const { expression } = parseCondition(text);
  expect(sameExpression(expression!, parseCondition(printCondition(expression!)).expression!)).toBe(true);
});

test('random conditions read back as the same', () => {
  fc.assert(
    fc.property(randomCondition, expression => {
      const { expression: again, problems, ambiguities } = parseCondition(printCondition(expression));
      expect(problems).toEqual([]);
      expect(ambiguities).toEqual([]);
      expect(sameExpression(expression, again!)).toBe(true);
    }),
    runs({ whole: 3_000, part: 500 }),
  );
});

test('the same is what differs in nothing but places', () => {
  const different = [
    `@Request[a] StringEquals 'x'`,
    `@Request[a] StringEquals 'y'`,
    `@Request[b] StringEquals 'x'`,
    `@Resource[a] StringEquals 'x'`,
    `@Request[a] StringNotEquals 'x'`,
    `@Request[a] StringEquals {'x'}`,
    `@Request[a] ForAnyOfAnyValues:StringEquals 'x'`,
    `@Elsewhere[a] StringEquals 'x'`,
    'Exists @Request[a]',
    'NotExists @Request[a]',
    `ActionMatches{'x'}`,
    `SubOperationMatches{'x'}`,
    `!(ActionMatches{'x'})`,
    `ActionMatches{'x'} AND ActionMatches{'x'}`,
    `ActionMatches{'x'} OR ActionMatches{'x'}`,
  ].map(text => parseCondition(text).expression!);
  for (const a of different) for (const b of different) expect(sameExpression(a, b)).toBe(a === b);
});
