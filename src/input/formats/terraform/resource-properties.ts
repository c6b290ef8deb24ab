import {
  locatedItems,
  locatedMembers,
  through,
  type LocatedMember,
  type LocatedObject,
  type LocatedValue,
  type UnknownReason,
} from '../../located-value.js';
import type { DocumentRange } from '../../source-document.js';
import { listAt, numberAt, objectAt, textAt } from './code-values.js';
import type { Evaluator } from './evaluate.js';
import type { HclBlock, HclBody, HclExpression } from './hcl-syntax.js';
import { attributeOf } from './module-source.js';
import { withNames, type Scope } from './scope.js';

/** What arguments are evaluated with. */
export interface PropertyTools {
  readonly scope: Scope;
  readonly evaluator: Evaluator;
  /** How many blocks the block lies in. */
  readonly depth?: number;
}

/** The arguments of a block and, as lists of objects, the blocks in it, those that are made by loops included. */
export function propertiesOf(
  body: HclBody,
  at: DocumentRange,
  { scope, evaluator, depth = 0 }: PropertyTools,
): LocatedObject {
  const { document } = scope;
  const members: LocatedMember[] = body.attributes
    .filter(({ name }) => !metaArguments.has(name))
    .map(({ name, nameRange, value }) => ({
      key: name,
      keyAt: { document, start: nameRange.start, end: nameRange.end },
      value: evaluator.evaluate(name === 'body' ? beforeEncoding(value) : value, scope),
    }));
  if (depth < deepestBlock) members.push(...blocksOf(body, { scope, evaluator, depth }));
  return objectAt(members, at);
}

/** What Terraform itself reads, whatever the resource. */
export const metaArguments: ReadonlySet<string> = new Set(['for_each', 'count', 'depends_on', 'provider']);

const deepestBlock = 20;

/** What a body is made of that is sent as JSON: in it, values keep their places. */
function beforeEncoding(body: HclExpression): HclExpression {
  const [value, ...more] = body.kind === 'call' && body.name === 'jsonencode' ? body.args : [];
  return value === undefined || more.length > 0 ? body : value;
}

interface Tools {
  readonly scope: Scope;
  readonly evaluator: Evaluator;
  readonly depth: number;
}

interface Blocks {
  readonly keyAt: DocumentRange;
  readonly items: LocatedValue[];
  more: UnknownReason | undefined;
}

function blocksOf({ blocks }: HclBody, tools: Tools): LocatedMember[] {
  const byType = new Map<string, Blocks>();
  for (const block of blocks) {
    const isDynamic = block.type === 'dynamic' && block.labels.length === 1;
    const name = isDynamic ? block.labels[0]!.text : block.type;
    const keyAt = placeOf(isDynamic ? block.labels[0]! : block.typeRange, tools.scope);
    const known = byType.get(name) ?? { keyAt, items: [], more: undefined };
    byType.set(name, known);
    if (isDynamic) addDynamic(block, name, known, tools);
    else known.items.push(objectOf(block, tools.scope, tools));
  }
  return [...byType].map(([key, { keyAt, items, more }]) => ({
    key,
    keyAt,
    value: listAt(items, keyAt, more),
  }));
}

function objectOf(block: HclBlock, scope: Scope, { evaluator, depth }: Tools): LocatedObject {
  return propertiesOf(block.body, placeOf(block, scope), { scope, evaluator, depth: depth + 1 });
}

/** https://developer.hashicorp.com/terraform/language/expressions/dynamic-blocks */
function addDynamic(block: HclBlock, name: string, found: Blocks, tools: Tools): void {
  const { scope, evaluator } = tools;
  const content = block.body.blocks.find(({ type }) => type === 'content');
  const forEach = attributeOf(block.body, 'for_each');
  if (content === undefined || forEach === undefined) return;
  const iterator = attributeOf(block.body, 'iterator')?.value;
  const loopName = iterator?.kind === 'variable' ? iterator.name : name;
  const at = placeOf(forEach.value, scope);
  const collection = evaluator.evaluate(forEach.value, scope);
  if (collection.kind === 'unknown') found.more ??= collection.reason;
  if (collection.kind !== 'list' && collection.kind !== 'object') return;
  found.more ??= collection.more;
  for (const [key, value] of roundsOf(collection)) {
    const step = (part: string) => ({ kind: 'loop', name: `${loopName}.${part}`, at }) as const;
    const round = objectAt(
      [
        { key: 'key', keyAt: at, value: through(key, step('key')) },
        { key: 'value', keyAt: at, value: through(value, step('value')) },
      ],
      at,
    );
    found.items.push(objectOf(content, withNames(scope, new Map([[loopName, round]])), tools));
  }
}

function roundsOf(collection: LocatedValue): readonly (readonly [LocatedValue, LocatedValue])[] {
  if (collection.kind === 'list') {
    return locatedItems(collection).map((item, index) => [numberAt(index, item.at), item]);
  }
  if (collection.kind !== 'object') return [];
  return locatedMembers(collection).map(({ key, keyAt, value }) => [textAt(key, keyAt), value]);
}

function placeOf(
  { start, end }: { readonly start: number; readonly end: number },
  { document }: Scope,
): DocumentRange {
  return { document, start, end };
}
