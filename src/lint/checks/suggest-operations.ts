import { providerOf } from '../../rbac/model/provider-of.js';
import { compareText } from '../../compare-text.js';
import { append, getOrInsert } from '../../maps.js';
import type { Catalog } from '../../rbac/catalog/catalog.js';
import type { Operation, OperationTable, ProviderOperations } from '../../rbac/catalog/operation-table.js';
import type { Plane } from '../../rbac/model/role-definition.js';
import type { OperationIndex } from '../../rbac/permissions/operation-index.js';
import { editDistance, letterParity, mayBeNear } from './edit-distance.js';
import { namespacesBefore, namespacesNear } from './near-namespaces.js';

const maxSuggestions = 3;

/** The catalog's longest operation has fewer. */
const maxSegments = 32;

/** More edits than this are another word, not a typo. */
const maxEdits = 2;

/** Two edits in one segment are a typo only where enough of it is left to be recognised. */
const longSegment = 8;

/**
 * The operations that a mistyped string may have meant, best first, at most three. Near is: at most two letters
 * changed, dropped, added or swapped, and not more than one of them in a short segment. What a new operation is likely
 * to differ by (a digit) is not near.
 */
export function suggestOperations(
  action: string,
  plane: Plane,
  catalog: Pick<Catalog, 'operations'>,
): string[] {
  const lower = action.toLowerCase();
  const parity = letterParity(lower);
  const found: { name: string; distance: number; rank: number }[] = [];
  for (const provider of nearProviders(lower, catalog.operations)) {
    const section = catalog.operations.provider(provider)!;
    const parities = paritiesOf(section);
    for (const i of ofLength(section, lower.length)) {
      if (!mayBeNear(parity, parities[i]!, maxEdits)) continue;
      const distance = nearness(lower, section.lowerNames[i]!);
      if (distance > maxEdits) continue;
      const operation = catalog.operations.at(section.first + i);
      found.push({ name: operation.name, distance, rank: planeRank(operation, plane) });
    }
  }
  found.sort((a, b) => a.distance - b.distance || a.rank - b.rank || compareText(a.name, b.name));
  return found.slice(0, maxSuggestions).map(({ name }) => name);
}

/** Namespaces at most two letters from the given one, in lower case, nearest first. */
export function suggestProviders(provider: string, operations: OperationTable): string[] {
  return namespacesNear(provider, operations, maxEdits)
    .sort((a, b) => a.distance - b.distance || compareText(a.name, b.name))
    .map(({ name }) => name);
}

/**
 * The wildcards that a mistyped one may have meant: the text before its star mended to a resource type or namespace
 * that the catalog has. Only those that cover something.
 */
export function suggestPatterns(
  pattern: string,
  index: OperationIndex,
  operations: OperationTable,
): string[] {
  const star = pattern.indexOf('*');
  const head = pattern.slice(0, star).toLowerCase();
  if (!head.endsWith('/')) return [];
  const depth = head.split('/').length - 1;
  if (depth > maxSegments) return [];
  const near: { text: string; distance: number }[] = [];
  for (const provider of nearProviders(head, operations)) {
    for (const [prefix, text] of prefixesOf(operations.provider(provider)!, depth)) {
      const distance = nearness(head, prefix);
      if (distance <= maxEdits) near.push({ text, distance });
    }
  }
  return near
    .sort((a, b) => a.distance - b.distance || compareText(a.text, b.text))
    .map(({ text }) => text + pattern.slice(star))
    .filter(text => !index.expand(text).isEmpty)
    .slice(0, maxSuggestions);
}

/** Positions of the provider's operations that may be near a text of that length: files may hold 100,000 typos. */
function* ofLength(section: ProviderOperations, length: number): Generator<number> {
  let byLength = lengths.get(section);
  if (byLength === undefined) {
    lengths.set(section, (byLength = new Map()));
    for (const [i, name] of section.lowerNames.entries()) {
      append(byLength, name.length, i);
    }
  }
  for (let near = length - maxEdits; near <= length + maxEdits; near++) yield* byLength.get(near) ?? [];
}

const lengths = new WeakMap<ProviderOperations, Map<number, number[]>>();

function paritiesOf(section: ProviderOperations): Int32Array {
  return getOrInsert(parities, section, () => Int32Array.from(section.lowerNames, letterParity));
}

const parities = new WeakMap<ProviderOperations, Int32Array>();

/** Where the operation may be looked for: its namespace, those nearby, and those that a lost slash glued to a type. */
function nearProviders(lower: string, operations: OperationTable): readonly string[] {
  const namespace = providerOf(lower);
  let last = lastNear.get(operations);
  if (last?.namespace !== namespace) {
    const near = namespacesNear(namespace, operations, maxEdits).map(({ name }) => name);
    const providers = [...new Set([...namespacesBefore(namespace, operations), ...near])];
    lastNear.set(operations, (last = { namespace, providers }));
  }
  return last.providers;
}

/** Strings of one namespace mostly follow each other. */
const lastNear = new WeakMap<
  OperationTable,
  { readonly namespace: string; readonly providers: readonly string[] }
>();

/** The distance, or more than {@link maxEdits} where the two differ in a way that is not a typo. */
function nearness(lower: string, candidate: string): number {
  const distance = editDistance(lower, candidate, maxEdits);
  if (distance > maxEdits || distance === 0) return distance;
  if (withoutDigits(lower) === withoutDigits(candidate)) return maxEdits + 1;
  if (distance === 1) return distance;
  const [mine, theirs] = [lower.split('/'), candidate.split('/')];
  if (mine.length !== theirs.length) return maxEdits + 1;
  const isTypo = mine.every((segment, i) => {
    const edits = editDistance(segment, theirs[i]!, maxEdits);
    return edits <= 1 || (edits === maxEdits && theirs[i]!.length >= longSegment);
  });
  return isTypo ? distance : maxEdits + 1;
}

function withoutDigits(text: string): string {
  return text.replace(/[0-9]+/g, '');
}

function planeRank({ plane }: Operation, wanted: Plane): number {
  return plane === wanted || plane === 'both' ? 0 : plane === 'unknown' ? 1 : 2;
}

/** What the provider's operations start with, `depth` segments of it with their slashes: in lower case, as published. */
function prefixesOf(section: ProviderOperations, depth: number): ReadonlyMap<string, string> {
  const byDepth = getOrInsert(prefixes, section, () => new Map());
  let ofDepth = byDepth.get(depth);
  if (ofDepth === undefined) {
    byDepth.set(depth, (ofDepth = new Map()));
    for (const [i, name] of section.lowerNames.entries()) {
      const end = endOfSegment(name, depth);
      if (end > 0 && !ofDepth.has(name.slice(0, end)))
        ofDepth.set(name.slice(0, end), section.names[i]!.slice(0, end));
    }
  }
  return ofDepth;
}

const prefixes = new WeakMap<ProviderOperations, Map<number, Map<string, string>>>();

/** Behind the slash that ends the first `depth` segments; 0 where the name has no more than these. */
function endOfSegment(name: string, depth: number): number {
  let at = -1;
  for (let i = 0; i < depth; i++) {
    at = name.indexOf('/', at + 1);
    if (at < 0) return 0;
  }
  return at + 1;
}
