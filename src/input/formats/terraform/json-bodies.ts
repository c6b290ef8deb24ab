import type { JsonMember, JsonNode, JsonObject } from '../../json-node.js';
import { HclFault } from './hcl-fault.js';
import type { HclAttribute, HclBlock, HclBody, HclExpression } from './hcl-syntax.js';
import { parseHclTemplate } from './parse-hcl.js';

/**
 * A file of Terraform's syntax in JSON (https://developer.hashicorp.com/terraform/language/syntax/json) as the same tree as
 * one in HCL. Blocks in a resource are arguments in it, but for `dynamic` ones: which they are only its provider knows.
 */
export function bodyOfJson(text: string, root: JsonNode | undefined): HclBody {
  const objects = root === undefined ? [] : objectsIn(root);
  const blocks = objects.flatMap(object =>
    object.members.flatMap(member => blocksOf(text, member, labelsOf.get(member.key) ?? 0)),
  );
  return { attributes: [], blocks, start: 0, end: text.length };
}

/** A file of values for variables, in JSON. */
export function attributesOfJson(text: string, root: JsonNode | undefined): HclBody {
  const attributes = root?.kind === 'object' ? root.members.map(member => attributeOf(text, member)) : [];
  return { attributes, blocks: [], start: 0, end: text.length };
}

/** How many labels the blocks of Terraform have; all others have none. */
const labelsOf: ReadonlyMap<string, number> = new Map([
  ['resource', 2],
  ['data', 2],
  ['ephemeral', 2],
  ['variable', 1],
  ['output', 1],
  ['module', 1],
  ['provider', 1],
  ['check', 1],
  ['dynamic', 1],
]);

interface Labelled {
  readonly node: JsonNode;
  readonly labels: readonly JsonMember[];
}

function blocksOf(text: string, member: JsonMember, labels: number): HclBlock[] {
  let found: Labelled[] = [{ node: member.value, labels: [] }];
  for (let depth = 0; depth < labels; depth++) {
    found = found.flatMap(({ node, labels: outer }) =>
      objectsIn(node).flatMap(object =>
        object.members.map(inner => ({ node: inner.value, labels: [...outer, inner] })),
      ),
    );
  }
  return found.flatMap(({ node, labels: outer }) =>
    objectsIn(node).map(object => ({
      type: member.key,
      typeRange: member.keyRange,
      labels: outer.map(({ key, keyRange }) => ({ text: key, ...keyRange })),
      body: bodyOf(text, object),
      start: (outer.at(-1) ?? member).keyRange.start,
      end: object.end,
    })),
  );
}

function bodyOf(text: string, object: JsonObject): HclBody {
  const members = object.members.filter(({ key }) => key !== '//');
  const isBlock = ({ key, value }: JsonMember): boolean =>
    (key === 'dynamic' || key === 'content') && value.kind !== 'string';
  return {
    attributes: members.filter(member => !isBlock(member)).map(member => attributeOf(text, member)),
    blocks: members.filter(isBlock).flatMap(member => blocksOf(text, member, labelsOf.get(member.key) ?? 0)),
    start: object.start,
    end: object.end,
  };
}

function attributeOf(text: string, { key, keyRange, value }: JsonMember): HclAttribute {
  const nameRange = keyRange;
  return { name: key, nameRange, value: expressionOf(text, value), start: keyRange.start, end: value.end };
}

function expressionOf(text: string, node: JsonNode, depth = 0): HclExpression {
  const { start, end } = node;
  if (depth > deepest) return { kind: 'invalid', start, end };
  switch (node.kind) {
    case 'array':
      return {
        kind: 'tuple',
        items: node.items.map(item => expressionOf(text, item, depth + 1)),
        start,
        end,
      };
    case 'object':
      return {
        kind: 'object',
        items: node.members.map(({ key, keyRange, value }) => ({
          key: { kind: 'literal', value: key, ...keyRange },
          value: expressionOf(text, value, depth + 1),
        })),
        start,
        end,
      };
    case 'string':
      return templateOf(text, node, String(node.value));
    default:
      return { kind: 'literal', value: node.value, start, end };
  }
}

const deepest = 100;

/** Read in place where no escape stands before a place in it; else all of it is where the text stands. */
function templateOf(text: string, { start, end }: JsonNode, value: string): HclExpression {
  if (!/[$%]\{/.test(value)) {
    return { kind: 'template', parts: [{ kind: 'literal', value, start, end }], start, end };
  }
  const written = text.slice(start + 1, end - 1);
  const isPlain = written === value;
  const parsed = isPlain
    ? parseHclTemplate(text, { from: start + 1, to: end - 1 })
    : parseHclTemplate(value, { from: 0, to: value.length });
  if (parsed instanceof HclFault) return { kind: 'invalid', start, end };
  return isPlain ? { ...parsed, start, end } : { ...moved(parsed, { start, end }), start, end };
}

/** The same with every place in it replaced. */
function moved(
  expression: HclExpression,
  place: { readonly start: number; readonly end: number },
): HclExpression {
  const text = JSON.stringify(expression, (key, value: unknown) =>
    key === 'start' ? place.start : key === 'end' ? place.end : value,
  );
  return JSON.parse(text) as HclExpression;
}

/** An object, or those in a list: several blocks of one kind. */
function objectsIn(node: JsonNode): readonly JsonObject[] {
  if (node.kind === 'object') return [node];
  return node.kind === 'array' ? node.items.filter(item => item.kind === 'object') : [];
}
