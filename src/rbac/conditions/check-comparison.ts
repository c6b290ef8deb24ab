import { nearestWord } from '../../did-you-mean.js';
import { literalKinds } from './compare-values.js';
import type { ProblemList } from './condition-problem.js';
import { maxFractionDigits, sortableDate } from './date-time.js';
import type { ConditionComparison, Operator, SetLiteral, Value } from './expression.js';
import { knownAttribute } from './known-attributes.js';
import { valuesIn } from './leaves.js';
import { guidFrom } from './literals.js';
import {
  meaningOf,
  type OperandType,
  type OperatorMeaning,
  operatorNames,
  quantifiers,
} from './operators.js';
import { brief } from './quoted.js';

/** Whether operator, quantifier and values go together. */
export function checkComparison(comparison: ConditionComparison, problems: ProblemList): void {
  const { left, operator, right } = comparison;
  const meaning = meaningOf(operator);
  if (meaning === undefined) checkUnusualOperator(operator, problems);
  else checkQuantifier(comparison, meaning, problems);
  for (const value of [...valuesIn(left), ...valuesIn(right)]) checkValue(value, meaning, problems);
}

function checkUnusualOperator(operator: Operator, problems: ProblemList): void {
  const { name, standing } = operator;
  if (standing === 'undocumented')
    return problems.add('operator-undocumented', operator, () => `No page documents the operator "${name}".`);
  problems.add('operator-unknown', operator, () => {
    const nearest = nearestOperator(name);
    const hint = nearest === undefined ? '' : ` Did you mean "${nearest}"?`;
    return `There is no operator ${brief(name)}.${hint}`;
  });
}

function nearestOperator(name: string): string | undefined {
  const [before, behind] = [name.slice(0, name.indexOf(':')), name.slice(name.indexOf(':') + 1)];
  const operator = nearestWord(behind, operatorNames());
  if (!name.includes(':') || operator === undefined) return operator;
  const quantifier = nearestWord(before, [...quantifiers.keys()]);
  return quantifier === undefined ? undefined : `${quantifier}:${operator}`;
}

function checkQuantifier(
  { left, operator, right }: ConditionComparison,
  meaning: OperatorMeaning,
  problems: ProblemList,
): void {
  if (operator.quantifier === undefined) {
    if (!isSeveral(left) && !isSeveral(right)) return;
    const form = `"ForAnyOfAnyValues:${meaning.name}"`;
    problems.add('quantifier-missing', operator, () =>
      meaning.isQuantifiable
        ? `Several values are compared: a quantifier belongs before the operator, as in ${form}.`
        : `"${meaning.name}" compares one value with one.`,
    );
  } else if (!meaning.isQuantifiable)
    problems.add('quantifier-not-allowed', operator, () => `"${meaning.name}" takes no quantifier.`);
}

function isSeveral(value: Value): boolean {
  if (value.kind === 'attribute') return knownAttribute(value.path)?.count === 'many';
  return value.kind === 'set' && value.items.length > 1;
}

function checkValue(value: Value, meaning: OperatorMeaning | undefined, problems: ProblemList): void {
  switch (value.kind) {
    case 'call':
      return problems.add(
        'function-undocumented',
        value,
        () => `No page documents the function ${brief(value.name)}.`,
      );
    case 'set':
      return checkSet(value, problems);
    case 'attribute':
      return meaning && checkAttributeType(value, meaning, problems);
    case 'word':
      if (meaning === undefined || meaning.type === 'string' || meaning.type === 'date')
        return problems.add('text-unquoted', value, () => `${brief(value.text)} belongs in single quotes.`);
  }
  if (meaning !== undefined) checkLiteral(value, meaning, problems);
}

function checkSet(set: SetLiteral, problems: ProblemList): void {
  if (set.brackets === 'square')
    problems.add(
      'brackets-undocumented',
      set,
      () => 'Values belong in braces; square brackets are not documented.',
    );
  if (set.items.length === 0) problems.add('set-empty', set, () => 'The set holds no value.');
}

function checkAttributeType(
  value: Value & { kind: 'attribute' },
  meaning: OperatorMeaning,
  problems: ProblemList,
): void {
  const known = knownAttribute(value.path);
  if (known === undefined) return;
  if (known.type !== meaning.type)
    return problems.add(
      'attribute-type',
      value,
      () =>
        `"${meaning.name}" compares ${nouns[meaning.type]}; ${brief(known.path)} is ${kinds[known.type]}.`,
    );
  const isNow = value.path.toLowerCase() === 'utcnow';
  if (isNow && meaning.relation !== 'greater' && meaning.relation !== 'less')
    problems.add(
      'utc-now-operator',
      value,
      () => '"UtcNow" takes "DateTimeGreaterThan" and "DateTimeLessThan" only.',
    );
}

function checkLiteral(value: Value, { type, name }: OperatorMeaning, problems: ProblemList): void {
  if (value.kind === 'string' && type === 'guid' && guidFrom(value.value) !== undefined)
    return problems.add(
      'guid-quoted',
      value,
      () => `Write GUIDs without quotes: ${value.value.slice(0, 40)}.`,
    );
  if (value.kind !== literalKinds[type])
    return problems.add('value-type', value, () => `"${name}" compares ${nouns[type]}.`);
  if (value.kind === 'number' && value.text.includes('.'))
    return problems.add(
      'number-not-integer',
      value,
      () => `${brief(value.text)} is not an integer; Azure has no other numbers.`,
    );
  if (value.kind === 'string' && type === 'date' && !isDate(value.value))
    problems.add(
      'date-malformed',
      value,
      () => `${brief(value.value)} is not a date of the form "2022-06-01T00:00:00.0Z".`,
    );
}

function isDate(text: string): boolean {
  const fraction = text.indexOf('.');
  return (
    sortableDate(text) !== undefined && (fraction < 0 || text.length - fraction - 2 <= maxFractionDigits)
  );
}

const nouns: Readonly<Record<OperandType, string>> = {
  string: 'texts in single quotes',
  number: 'integers without quotes',
  date: 'dates in single quotes',
  guid: 'GUIDs without quotes',
  boolean: '"true" and "false" without quotes',
};

const kinds: Readonly<Record<OperandType, string>> = {
  string: 'a text',
  number: 'a number',
  date: 'a date',
  guid: 'a GUID',
  boolean: 'true or false',
};
