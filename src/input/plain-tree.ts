import type { JsonArray, JsonMember, JsonNode, JsonObject } from './json-node.js';

interface GrowingObject extends JsonObject {
  members: JsonMember[];
}

interface GrowingArray extends JsonArray {
  items: JsonNode[];
}

interface Waiting {
  readonly value: unknown;
  readonly parent: GrowingObject | GrowingArray | undefined;
  readonly key: string | number | undefined;
}

/** A value of `JSON.parse` as the tree that readers of text make. It came from no text: all its ranges are empty. */
export function treeOf(value: unknown): JsonNode {
  const none = { start: 0, end: 0 };
  const waiting: Waiting[] = [{ value, parent: undefined, key: undefined }];
  let root: JsonNode | undefined;
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const node = nodeOf(next);
    if (next.parent === undefined) root = node;
    else if (next.parent.kind === 'array') next.parent.items.push(node);
    else next.parent.members.push({ key: String(next.key), keyRange: none, value: node });
    // Taken from the end, so the last child is pushed first.
    const inner = node.kind === 'array' || node.kind === 'object' ? childrenOf(next.value) : [];
    for (const [key, child] of inner.reverse())
      waiting.push({ value: child, parent: node as GrowingObject, key });
  }
  return root!;
}

function nodeOf({ value, parent, key }: Waiting): JsonNode {
  const base = { parent, key, start: 0, end: 0 };
  if (Array.isArray(value)) return { ...base, kind: 'array', items: [] };
  switch (typeof value) {
    case 'string':
      return { ...base, kind: 'string', value };
    case 'number':
      return { ...base, kind: 'number', value };
    case 'boolean':
      return { ...base, kind: 'boolean', value };
    default:
      return value === null || value === undefined
        ? { ...base, kind: 'null', value: null }
        : { ...base, kind: 'object', members: [] };
  }
}

function childrenOf(value: unknown): [string | number, unknown][] {
  return Array.isArray(value) ? value.map((item, at) => [at, item]) : Object.entries(value as object);
}
