import type {
  Attribute,
  ConditionExpression,
  Operator,
  Value,
} from '../../../src/rbac/conditions/expression.js';

/** Whether two expressions say the same in the same form, wherever they stand: equal trees but for offsets. */
export function sameExpression(a: ConditionExpression, b: ConditionExpression): boolean {
  switch (a.kind) {
    case 'and':
    case 'or':
      return a.kind === b.kind && sameList(a.operands, b.operands, sameExpression);
    case 'not':
      return b.kind === a.kind && sameExpression(a.operand, b.operand);
    case 'action-matches':
    case 'sub-operation-matches':
      return b.kind === a.kind && a.brackets === b.brackets && sameList(a.patterns, b.patterns, sameValue);
    case 'exists':
    case 'not-exists':
      return b.kind === a.kind && sameAttribute(a.attribute, b.attribute);
    case 'comparison':
      return (
        b.kind === a.kind &&
        sameOperator(a.operator, b.operator) &&
        sameValue(a.left, b.left) &&
        sameValue(a.right, b.right)
      );
    case 'unreadable':
      return b.kind === a.kind && a.text === b.text;
  }
}

function sameValue(a: Value, b: Value): boolean {
  switch (a.kind) {
    case 'attribute':
      return b.kind === a.kind && sameAttribute(a, b);
    case 'string':
    case 'guid':
    case 'boolean':
      return b.kind === a.kind && a.value === b.value;
    case 'number':
    case 'word':
      return b.kind === a.kind && a.text === b.text;
    case 'set':
      return b.kind === a.kind && a.brackets === b.brackets && sameList(a.items, b.items, sameValue);
    case 'call':
      return b.kind === a.kind && a.name === b.name && sameList(a.arguments, b.arguments, sameValue);
  }
}

function sameAttribute(a: Attribute, b: Attribute): boolean {
  const sameSource = a.source === b.source && (a.source !== undefined || a.sourceText === b.sourceText);
  return sameSource && a.path === b.path;
}

function sameOperator(a: Operator, b: Operator): boolean {
  return a.quantifier === b.quantifier && a.name === b.name && a.standing === b.standing;
}

function sameList<Item>(
  a: readonly Item[],
  b: readonly Item[],
  same: (a: Item, b: Item) => boolean,
): boolean {
  return a.length === b.length && a.every((item, i) => same(item, b[i]!));
}
