import type { LocatedValue } from '../../located-value.js';
import type { DocumentRange } from '../../source-document.js';
import { booleanAt, errorAt, numberAt } from './code-values.js';
import { asBoolean, asNumber, keyOf } from './conversions.js';
import type { HclBinaryOperator, HclUnary } from './hcl-syntax.js';

/** What an operator makes of two values. What is unknown stays so, unless the other one decides. */
export function applyBinary(
  operator: HclBinaryOperator,
  [left, right]: readonly [LocatedValue, LocatedValue],
  at: DocumentRange,
): LocatedValue {
  switch (operator) {
    case '&&':
    case '||':
      return logical(operator, [left, right], at);
    case '==':
    case '!=':
      return equality(operator, [left, right], at);
    default:
      return arithmetic(operator, [left, right], at);
  }
}

export function applyUnary(
  operator: HclUnary['operator'],
  operand: LocatedValue,
  at: DocumentRange,
): LocatedValue {
  if (operand.kind === 'unknown') return { ...operand, at };
  const value = operator === '!' ? asBoolean(operand) : asNumber(operand);
  if (value === undefined) return errorAt(`"${operator}"`, 'is applied to what it does not take', at);
  return typeof value === 'boolean' ? booleanAt(!value, at) : numberAt(-value, at);
}

function logical(
  operator: '&&' | '||',
  [left, right]: readonly [LocatedValue, LocatedValue],
  at: DocumentRange,
): LocatedValue {
  const decisive = operator === '||';
  for (const each of [left, right]) if (asBoolean(each) === decisive) return booleanAt(decisive, at);
  for (const each of [left, right])
    if (each.kind === 'unknown') return { ...each, at, parts: undefined, identity: undefined };
  for (const each of [left, right]) if (asBoolean(each) === undefined) return wrongOperand(operator, at);
  return booleanAt(!decisive, at);
}

function equality(
  operator: '==' | '!=',
  [left, right]: readonly [LocatedValue, LocatedValue],
  at: DocumentRange,
): LocatedValue {
  const answer = (isEqual: boolean): LocatedValue => booleanAt(isEqual === (operator === '=='), at);
  const [a, b] = [keyOf(left), keyOf(right)];
  if (a !== undefined && b !== undefined) return answer(a === b);
  // A list that is known in part is no text, and not null.
  const differ = left.kind !== right.kind && left.kind !== 'unknown' && right.kind !== 'unknown';
  if (differ) return answer(false);
  const reason = reasonIn(left) ?? reasonIn(right);
  return reason === undefined
    ? wrongOperand(operator, at)
    : { kind: 'unknown', reason, parts: undefined, at, via: [] };
}

function reasonIn(value: LocatedValue) {
  const waiting: LocatedValue[] = [value];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (next.kind === 'unknown') return next.reason;
    if (next.kind === 'list') {
      if (next.more !== undefined) return next.more;
      for (const item of next.items) waiting.push(item);
    } else if (next.kind === 'object') {
      if (next.more !== undefined) return next.more;
      for (const member of next.members) waiting.push(member.value);
    }
  }
  return undefined;
}

type Arithmetic = Exclude<HclBinaryOperator, '&&' | '||' | '==' | '!='>;

const operations: Readonly<Record<Arithmetic, (a: number, b: number) => number | boolean>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '%': (a, b) => a % b,
  '<': (a, b) => a < b,
  '>': (a, b) => a > b,
  '<=': (a, b) => a <= b,
  '>=': (a, b) => a >= b,
};

function arithmetic(
  operator: Arithmetic,
  [left, right]: readonly [LocatedValue, LocatedValue],
  at: DocumentRange,
): LocatedValue {
  for (const each of [left, right])
    if (each.kind === 'unknown') return { ...each, at, parts: undefined, identity: undefined };
  const [a, b] = [asNumber(left), asNumber(right)];
  if (a === undefined || b === undefined) return wrongOperand(operator, at);
  if (b === 0 && (operator === '/' || operator === '%'))
    return errorAt(`"${operator}"`, 'divides by zero', at);
  const result = operations[operator](a, b);
  return typeof result === 'boolean' ? booleanAt(result, at) : numberAt(result, at);
}

function wrongOperand(operator: string, at: DocumentRange): LocatedValue {
  return errorAt(`"${operator}"`, 'is applied to what it does not take', at);
}
