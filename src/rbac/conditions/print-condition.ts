import type { ConditionExpression, Operator, Value } from './expression.js';

/**
 * The text of a condition on one line: connectives as words, `!(…)` for NOT, parentheses wherever two kinds of connectives
 * meet, Azure's spelling of operators, GUIDs in lower case with hyphens. Reads back as the same expression.
 */
export function printCondition(expression: ConditionExpression): string {
  const pieces: string[] = [];
  printInto(pieces, expression);
  return pieces.join('');
}

/** A value as conditions write it. */
export function printValue(value: Value): string {
  switch (value.kind) {
    case 'attribute':
      return `@${value.source ?? value.sourceText}[${value.path}]`;
    case 'string':
      return `'${value.value}'`;
    case 'number':
    case 'word':
      return value.text;
    case 'guid':
      return value.value;
    case 'boolean':
      return String(value.value);
    case 'set':
      return value.brackets === 'braces' ? `{${printList(value.items)}}` : `[${printList(value.items)}]`;
    case 'call':
      return `${value.name}(${printList(value.arguments)})`;
  }
}

function printList(values: readonly Value[]): string {
  return values.map(printValue).join(', ');
}

/** Into pieces: text put together level by level would be copied at each. */
function printInto(pieces: string[], expression: ConditionExpression): void {
  switch (expression.kind) {
    case 'and':
    case 'or':
      expression.operands.forEach((operand, i) => {
        if (i > 0) pieces.push(expression.kind === 'and' ? ' AND ' : ' OR ');
        if (operand.kind === 'and' || operand.kind === 'or') printInBrackets(pieces, operand);
        else printInto(pieces, operand);
      });
      return;
    case 'not':
      pieces.push('!');
      printInBrackets(pieces, expression.operand);
      return;
    default:
      pieces.push(printLeaf(expression));
  }
}

function printInBrackets(pieces: string[], expression: ConditionExpression): void {
  pieces.push('(');
  printInto(pieces, expression);
  pieces.push(')');
}

function printLeaf(leaf: Exclude<ConditionExpression, { kind: 'and' | 'or' | 'not' }>): string {
  switch (leaf.kind) {
    case 'action-matches':
    case 'sub-operation-matches': {
      const name = leaf.kind === 'action-matches' ? 'ActionMatches' : 'SubOperationMatches';
      const patterns = printList(leaf.patterns);
      return leaf.brackets === 'braces' ? `${name}{${patterns}}` : `${name}(${patterns})`;
    }
    case 'exists':
      return `Exists ${printValue(leaf.attribute)}`;
    case 'not-exists':
      return `NotExists ${printValue(leaf.attribute)}`;
    case 'comparison':
      return `${printValue(leaf.left)} ${printOperator(leaf.operator)} ${printValue(leaf.right)}`;
    case 'unreadable':
      return leaf.text;
  }
}

function printOperator({ quantifier, name }: Operator): string {
  return quantifier === undefined ? name : `${quantifier}:${name}`;
}
