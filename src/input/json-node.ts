import type { TextRange } from './text-range.js';

/** A value of a document with its place. Strings' ranges include the quotes. */
export type JsonNode = JsonObject | JsonArray | JsonScalar;

interface JsonNodeBase extends TextRange {
  /** The object or array that holds this value; undefined for the root. */
  readonly parent: JsonObject | JsonArray | undefined;
  /** The key or index under which the parent holds it; undefined for the root. */
  readonly key: string | number | undefined;
}

/** Members in the order of the text, keys that stand twice included. */
export interface JsonObject extends JsonNodeBase {
  readonly kind: 'object';
  readonly members: readonly JsonMember[];
}

export interface JsonMember {
  readonly key: string;
  /** The key's range, with its quotes. */
  readonly keyRange: TextRange;
  readonly value: JsonNode;
}

export interface JsonArray extends JsonNodeBase {
  readonly kind: 'array';
  readonly items: readonly JsonNode[];
}

export interface JsonScalar extends JsonNodeBase {
  readonly kind: 'string' | 'number' | 'boolean' | 'null';
  readonly value: string | number | boolean | null;
}

/** The JSON pointer (RFC 6901) of a node, made on demand: most nodes never need one. */
export function pointerOf(node: JsonNode): string {
  const keys: string[] = [];
  for (let at: JsonNode = node; at.parent !== undefined; at = at.parent) {
    keys.push(String(at.key).replaceAll('~', '~0').replaceAll('/', '~1'));
  }
  return keys
    .reverse()
    .map(key => `/${key}`)
    .join('');
}

/** The value of the last member with that very key: the one that JSON parsers keep. */
export function memberOf(object: JsonObject, key: string): JsonNode | undefined {
  return object.members.findLast(member => member.key === key)?.value;
}

/** The node that has exactly this range. */
export function nodeAt(root: JsonNode, range: TextRange): JsonNode | undefined {
  let node: JsonNode | undefined = root;
  while (node !== undefined && (node.start !== range.start || node.end !== range.end)) {
    const children: readonly JsonNode[] =
      node.kind === 'array'
        ? node.items
        : node.kind === 'object'
          ? node.members.map(member => member.value)
          : [];
    node = childAround(children, range);
  }
  return node;
}

/** Children are in the order of the text. */
function childAround(children: readonly JsonNode[], range: TextRange): JsonNode | undefined {
  let low = 0;
  let high = children.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (children[middle]!.end < range.end) low = middle + 1;
    else high = middle;
  }
  const child = children[low];
  return child !== undefined && child.start <= range.start ? child : undefined;
}
