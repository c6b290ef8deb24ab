import type { Budget } from './budget.js';
import { sortableDate } from './date-time.js';
import type { Value } from './expression.js';
import { matchesLike } from './like-pattern.js';
import { guidFrom } from './literals.js';
import type { OperandType, OperatorMeaning } from './operators.js';
import { type Truth, truthOf } from './truth.js';

/** A value in a form that can be compared with others of its type; undefined where it has none. */
export type Comparable = string | bigint | undefined;

/** A value known of an attribute, for an operator: values come as texts, whatever their type. */
export function comparableText(text: string, { type, ignoresCase }: OperatorMeaning): Comparable {
  switch (type) {
    case 'string':
      return ignoresCase ? text.toLowerCase() : text;
    case 'number':
      return integerFrom(text);
    case 'date':
      return sortableDate(text);
    case 'guid':
      return guidFrom(text);
    case 'boolean':
      return booleanWords.has(text.toLowerCase()) ? text.toLowerCase() : undefined;
  }
}

/** A literal, for an operator: undefined where its type is not the operator's, as nobody knows what Azure does then. */
export function comparableLiteral(value: Value, meaning: OperatorMeaning): Comparable {
  if (value.kind !== literalKinds[meaning.type]) return undefined;
  switch (value.kind) {
    case 'string':
    case 'guid':
      return comparableText(value.value, meaning);
    case 'number':
      return comparableText(value.text, meaning);
    case 'boolean':
      return String(value.value);
  }
}

/** Whether the operator holds between two values, neither of which is a list. */
export function comparePair(
  left: Comparable,
  right: Comparable,
  meaning: OperatorMeaning,
  budget: Budget,
): Truth {
  if (left === undefined || right === undefined) return 'unknown';
  if (!budget.take(costOf(left, right, meaning))) return 'unknown';
  return truthOf(isRelated(left, right, meaning) !== meaning.isNegated);
}

/** The literals that values of a type are written as. Dates stand in quotes. */
export const literalKinds = {
  string: 'string',
  date: 'string',
  number: 'number',
  guid: 'guid',
  boolean: 'boolean',
} as const satisfies Record<OperandType, Value['kind']>;

function isRelated(left: string | bigint, right: string | bigint, { relation }: OperatorMeaning): boolean {
  switch (relation) {
    case 'equals':
      return left === right;
    case 'starts-with':
      return String(left).startsWith(String(right));
    case 'like':
      return matchesLike(String(left), String(right));
    case 'greater':
      return left > right;
    case 'greater-or-equal':
      return left >= right;
    case 'less':
      return left < right;
    case 'less-or-equal':
      return left <= right;
  }
}

/** In comparisons of short texts, about. */
function costOf(left: string | bigint, right: string | bigint, { relation }: OperatorMeaning): number {
  if (typeof left === 'bigint' || typeof right === 'bigint') return 1;
  if (relation === 'like') return 1 + right.length + (left.length * right.length) / 16;
  return 1 + Math.min(left.length, right.length) / 64;
}

/** Longer ones are no sizes and no counts; reading them would take the square of their length. */
const maxDigits = 100;

function integerFrom(text: string): bigint | undefined {
  if (text.length > maxDigits || !integer.test(text)) return undefined;
  return BigInt(text.replace('+', ''));
}

const integer = /^[+-]?\d+$/;

const booleanWords: ReadonlySet<string> = new Set(['true', 'false']);
