import { expect, test } from 'vitest';
import { Budget } from '../../../src/rbac/conditions/budget.js';
import { comparableText, comparePair } from '../../../src/rbac/conditions/compare-values.js';
import { meaningOf, type OperatorMeaning, readOperator } from '../../../src/rbac/conditions/operators.js';

function meaning(name: string): OperatorMeaning {
  return meaningOf(readOperator(name, 0))!;
}

const long = 'x'.repeat(64_000);

test.each([
  { operator: 'NumericEquals', left: 1n, right: 1n, steps: 1, truth: 'true' },
  { operator: 'NumericEquals', left: 10n ** 90n, right: 1n, steps: 1, truth: 'false' },
  { operator: 'StringEquals', left: long, right: long, steps: 1_001, truth: 'true' },
  { operator: 'StringEquals', left: 'x', right: long, steps: 2, truth: 'false' },
  { operator: 'StringLike', left: 'x'.repeat(16), right: '*'.repeat(10), steps: 21, truth: 'true' },
  { operator: 'StringNotLike', left: 'x'.repeat(16), right: '*'.repeat(10), steps: 21, truth: 'false' },
])('$operator costs $steps steps of a budget, and is unknown without them', given => {
  const { left, right, steps, truth } = given;
  const compare = (budget: Budget) => comparePair(left, right, meaning(given.operator), budget);
  expect(compare(new Budget(steps))).toBe(truth);
  expect(compare(new Budget(steps - 1))).toBe('unknown');
});

test.each([
  ['7', 7n],
  ['+7', 7n],
  ['-7', -7n],
  ['9'.repeat(100), 10n ** 100n - 1n],
  ['9'.repeat(101), undefined],
  ['7.0', undefined],
  ['', undefined],
])('the text %s is the number %s', (text, expected) => {
  expect(comparableText(text, meaning('NumericEquals'))).toBe(expected);
});

test.each([
  ['2022-06-01T00:00:00Z', '2022-06-01T00:00:00'],
  ['2022-06-01T00:00:00.50Z', '2022-06-01T00:00:00.5'],
  [`2022-06-01T00:00:00.${'1'.repeat(39)}Z`, `2022-06-01T00:00:00.${'1'.repeat(39)}`],
  [`2022-06-01T00:00:00.${'1'.repeat(40)}Z`, undefined],
  ['2022-02-30T00:00:00Z', undefined],
  ['.5Z', undefined],
])('the text %s is the date %s', (text, expected) => {
  expect(comparableText(text, meaning('DateTimeEquals'))).toBe(expected);
});

test('a value in no form of its type makes it unknown, at no cost', () => {
  const budget = new Budget(1);
  expect(comparePair(undefined, 'a', meaning('StringEquals'), budget)).toBe('unknown');
  expect(comparePair('a', undefined, meaning('StringNotEquals'), budget)).toBe('unknown');
  expect(comparePair('a', 'b', meaning('StringEquals'), new Budget(2))).toBe('false');
});

test.each([
  ['NumericGreaterThan', 2n, 1n, 'true'],
  ['NumericGreaterThan', 1n, 1n, 'false'],
  ['NumericGreaterThanEquals', 1n, 1n, 'true'],
  ['NumericGreaterThanEquals', 0n, 1n, 'false'],
  ['NumericLessThan', 1n, 2n, 'true'],
  ['NumericLessThan', 1n, 1n, 'false'],
  ['NumericLessThanEquals', 1n, 1n, 'true'],
  ['NumericLessThanEquals', 2n, 1n, 'false'],
  ['StringStartsWith', 'blob', 'bl', 'true'],
  ['StringStartsWith', 'blob', 'ob', 'false'],
  ['StringNotStartsWith', 'blob', 'ob', 'true'],
])('%s %s %s: %s', (operator, left, right, truth) => {
  expect(comparePair(left, right, meaning(operator), new Budget(100))).toBe(truth);
});
