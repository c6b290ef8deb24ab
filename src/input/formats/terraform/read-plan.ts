import type { CodeResource } from '../../code-resource.js';
import { memberOf, type JsonNode, type JsonObject } from '../../json-node.js';
import {
  locatedItems,
  locatedMembers,
  type LocatedObject,
  type LocatedValue,
  type UnknownReason,
} from '../../located-value.js';
import type { DocumentRange, SourceDocument } from '../../source-document.js';
import { listAt, objectAt, unknownAt } from './code-values.js';
import { valueOfNode } from './functions/encodings.js';

/**
 * The resources of those types in what `terraform show -json` says of a plan or a state
 * (https://developer.hashicorp.com/terraform/internals/json-format), or in a file of state. Their places are in that
 * document; what the plan says is known after apply is unknown.
 */
export function readPlan(document: SourceDocument, types: ReadonlySet<string>): readonly CodeResource[] {
  const { root } = document;
  if (root?.kind !== 'object') return [];
  const unknowns = unknownsByAddress(root);
  const modules = [member(root, 'planned_values'), member(root, 'values')].flatMap(
    values => objectOf(member(values, 'root_module')) ?? [],
  );
  const found = [...modules.flatMap(module => resourcesUnder(module)), ...instancesOfState(root)];
  return found
    .filter(({ type }) => types.has(type))
    .map(({ type, address, node, values }): CodeResource => {
      const at = { document, start: node.start, end: node.end };
      const known = values === undefined ? objectAt([], at) : valueOfNode(values, document);
      const reason: UnknownReason = { kind: 'deployment', name: address, at };
      const mask = unknowns.get(address);
      const whole = mask === undefined ? known : withUnknowns(known, mask, reason);
      const properties = whole.kind === 'object' ? whole : objectAt([], at);
      const domain = document.file;
      return { type, address, domain, at, properties: withoutEmptyTexts(properties), presence: undefined };
    });
}

interface FoundResource {
  readonly type: string;
  readonly address: string;
  readonly node: JsonObject;
  readonly values: JsonNode | undefined;
}

/** Resources of a module and of those in it, with a list of its own: they lie in each other. */
function resourcesUnder(module: JsonObject): FoundResource[] {
  const found: FoundResource[] = [];
  const waiting = [module];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    for (const node of objectsIn(member(next, 'resources'))) {
      if (textOf(member(node, 'mode')) === 'data') continue;
      const address = textOf(member(node, 'address'));
      found.push({ type: textOf(member(node, 'type')), address, node, values: member(node, 'values') });
    }
    waiting.push(...objectsIn(member(next, 'child_modules')).reverse());
  }
  return found;
}

/** In a file of state, resources hold their instances. */
function instancesOfState(root: JsonObject): FoundResource[] {
  return objectsIn(member(root, 'resources')).flatMap(resource => {
    if (textOf(member(resource, 'mode')) === 'data') return [];
    const [module, type, name] = ['module', 'type', 'name'].map(key => textOf(member(resource, key)));
    return objectsIn(member(resource, 'instances')).map((node): FoundResource => {
      const key = member(node, 'index_key');
      const suffix = key?.kind === 'string' || key?.kind === 'number' ? `[${JSON.stringify(key.value)}]` : '';
      const address = `${module === '' ? '' : `${module}.`}${type}.${name}${suffix}`;
      return { type: type!, address, node, values: member(node, 'attributes') };
    });
  });
}

/** What a plan says will be known after apply: `true` where a value will stand. */
function unknownsByAddress(root: JsonObject): ReadonlyMap<string, JsonNode> {
  const changes = objectsIn(member(root, 'resource_changes'));
  return new Map(
    changes.flatMap(change => {
      const mask = member(objectOf(member(change, 'change')), 'after_unknown');
      return mask === undefined ? [] : [[textOf(member(change, 'address')), mask] as const];
    }),
  );
}

function withUnknowns(
  value: LocatedValue | undefined,
  mask: JsonNode,
  reason: UnknownReason,
  depth = 0,
): LocatedValue {
  const at: DocumentRange = value?.at ?? reason.at;
  if (mask.kind === 'boolean' && mask.value === true) return unknownAt(reason, at);
  if (depth > deepest) return value ?? unknownAt(reason, at);
  if (mask.kind === 'object') {
    const known = value?.kind === 'object' ? locatedMembers(value) : [];
    const masked = mask.members.flatMap(({ key, value: inner }) => {
      const before = known.find(each => each.key === key);
      if (before === undefined && !holdsTrue(inner)) return [];
      const name = `${reason.name}.${key}`;
      const named = depth === 0 ? { ...reason, name } : reason;
      return [
        { key, keyAt: before?.keyAt ?? at, value: withUnknowns(before?.value, inner, named, depth + 1) },
      ];
    });
    const names = new Set(masked.map(({ key }) => key));
    return objectAt([...known.filter(({ key }) => !names.has(key)), ...masked], at);
  }
  if (mask.kind === 'array' && (value === undefined || value.kind === 'list')) {
    const items = value === undefined ? [] : locatedItems(value);
    const length = Math.max(items.length, mask.items.length);
    return listAt(
      Array.from({ length }, (_, index) => {
        const inner = mask.items[index];
        return inner === undefined ? items[index]! : withUnknowns(items[index], inner, reason, depth + 1);
      }),
      at,
    );
  }
  return value ?? unknownAt(reason, at);
}

const deepest = 20;

/** Masks keep the shape of what they are about, in which mostly nothing is unknown. */
function holdsTrue(mask: JsonNode): boolean {
  const waiting = [mask];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (next.kind === 'boolean' && next.value === true) return true;
    if (next.kind === 'array') for (const item of next.items) waiting.push(item);
    if (next.kind === 'object') for (const { value } of next.members) waiting.push(value);
  }
  return false;
}

/** The provider keeps what nobody wrote as an empty text. */
function withoutEmptyTexts(properties: LocatedObject): LocatedObject {
  const members = properties.members.filter(({ value }) => value.kind !== 'string' || value.value !== '');
  return { ...properties, members };
}

function member(node: JsonNode | undefined, key: string): JsonNode | undefined {
  return node?.kind === 'object' ? memberOf(node, key) : undefined;
}

function objectOf(node: JsonNode | undefined): JsonObject | undefined {
  return node?.kind === 'object' ? node : undefined;
}

function objectsIn(node: JsonNode | undefined): JsonObject[] {
  return node?.kind === 'array' ? node.items.filter(item => item.kind === 'object') : [];
}

function textOf(node: JsonNode | undefined): string {
  return node?.kind === 'string' ? String(node.value) : '';
}
