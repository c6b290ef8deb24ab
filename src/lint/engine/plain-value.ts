import type { JsonNode } from '../../input/json-node.js';

/** The value as `JSON.parse` would give it. Depth costs no stack; keys such as `__proto__` are keys like others. */
export function plainValue(root: JsonNode): unknown {
  const values = new Map<JsonNode, unknown>();
  const waiting: { node: JsonNode; isOpened: boolean }[] = [{ node: root, isOpened: false }];
  for (let top = waiting.at(-1); top !== undefined; top = waiting.at(-1)) {
    const { node, isOpened } = top;
    const children = childrenOf(node);
    if (!isOpened && children.length > 0) {
      top.isOpened = true;
      for (const child of children) waiting.push({ node: child, isOpened: false });
      continue;
    }
    waiting.pop();
    values.set(node, closedValue(node, values));
    for (const child of children) values.delete(child);
  }
  return values.get(root);
}

function childrenOf(node: JsonNode): readonly JsonNode[] {
  if (node.kind === 'object') return node.members.map(({ value }) => value);
  return node.kind === 'array' ? node.items : [];
}

function closedValue(node: JsonNode, values: ReadonlyMap<JsonNode, unknown>): unknown {
  if (node.kind === 'object')
    return Object.fromEntries(node.members.map(({ key, value }) => [key, values.get(value)]));
  if (node.kind === 'array') return node.items.map(item => values.get(item));
  return node.value;
}
