import type { Attribute, ConditionExpression, Leaf, Value } from './expression.js';

/** Everything in an expression that is no AND, OR or NOT, in the order of the text. */
export function leavesOf(expression: ConditionExpression | undefined): readonly Leaf[] {
  const leaves: Leaf[] = [];
  const pending: ConditionExpression[] = expression === undefined ? [] : [expression];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (node.kind === 'not') pending.push(node.operand);
    else if ('operands' in node) {
      for (let i = node.operands.length - 1; i >= 0; i--) pending.push(node.operands[i]!);
    } else leaves.push(node);
  }
  return leaves;
}

/** A value and all values in it, in the order of the text. */
export function valuesIn(value: Value): readonly Value[] {
  const found: Value[] = [];
  const pending: Value[] = [value];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    found.push(next);
    const inner = next.kind === 'set' ? next.items : next.kind === 'call' ? next.arguments : [];
    for (let i = inner.length - 1; i >= 0; i--) pending.push(inner[i]!);
  }
  return found;
}

/** All attributes that a leaf asks for. */
export function attributesOf(leaf: Leaf): readonly Attribute[] {
  if (leaf.kind === 'exists' || leaf.kind === 'not-exists') return [leaf.attribute];
  if (leaf.kind !== 'comparison') return [];
  return [...valuesIn(leaf.left), ...valuesIn(leaf.right)].filter(value => value.kind === 'attribute');
}
