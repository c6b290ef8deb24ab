import { matchesAction } from '../../../rbac/permissions/action-pattern.js';
import { Bitset } from '../../../rbac/permissions/bitset.js';
import type { EntryPermissions } from '../../../rbac/permissions/role-permissions.js';
import type { CheckContext } from '../check-context.js';

/** What is granted, as patterns tell it apart. */
export interface GrantedParts {
  /** One operation of each part that some of the patterns match. */
  readonly named: readonly string[];
  /** Whether something is granted that none of them matches. */
  readonly hasOthers: boolean;
}

/**
 * Cuts what is granted into parts, within which the same of the patterns match. Undefined where there are too many: the
 * patterns overlap in more ways than anybody means.
 */
export function grantedParts(
  patterns: readonly string[],
  entries: readonly EntryPermissions[],
  { catalog, index }: Pick<CheckContext, 'catalog' | 'index'>,
): GrantedParts | undefined {
  const rest = grantedBy(entries, index.size);
  let parts: Bitset[] = [];
  for (const pattern of patterns) {
    const matched = matchedBy(pattern, { catalog, index });
    parts = parts.flatMap(part => [both(part, matched), without(part, matched)]).filter(isFilled);
    parts.push(both(rest, matched));
    rest.removeAll(matched);
    if (parts.length > maxParts) return undefined;
  }
  const listed = parts.flatMap(part => firstOf(part) ?? []).map(at => catalog.operations.at(at).name);
  const unlisted = unlistedOperations(patterns, entries, catalog);
  return {
    named: [...listed, ...unlisted.named],
    hasOthers: isFilled(rest) || unlisted.hasOthers,
  };
}

const maxParts = 200;

/** On either plane, as conditions know names only; what may be of the plane counts. */
function grantedBy(entries: readonly EntryPermissions[], size: number): Bitset {
  const granted = new Bitset(size);
  for (const { set } of entries) {
    for (const { known, unknownPlane } of [set.control, set.data]) {
      granted.addAll(known);
      granted.addAll(unknownPlane);
    }
  }
  return granted;
}

function matchedBy(pattern: string, { catalog, index }: Pick<CheckContext, 'catalog' | 'index'>): Bitset {
  if (pattern.includes('*')) return index.expand(pattern);
  const one = new Bitset(index.size);
  const at = catalog.operations.indexOf(pattern);
  if (at >= 0) one.add(at);
  return one;
}

/** What is newer than the catalog: operations that the condition names, and strings of the role. */
function unlistedOperations(
  patterns: readonly string[],
  entries: readonly EntryPermissions[],
  { operations }: CheckContext['catalog'],
): GrantedParts {
  const newer = patterns.filter(name => !name.includes('*') && operations.indexOf(name) < 0);
  const granted = newer.filter(name =>
    entries.some(entry => entry.witness(name, 'control') ?? entry.witness(name, 'data')),
  );
  const written = entries.flatMap(({ set }) => [...set.control.unlisted.keys(), ...set.data.unlisted.keys()]);
  const few = written.slice(0, maxParts);
  const named = few.filter(text => patterns.some(pattern => matchesAction(pattern, text)));
  return { named: [...granted, ...named], hasOthers: named.length < written.length };
}

function both(a: Bitset, b: Bitset): Bitset {
  const result = a.clone();
  result.keepAll(b);
  return result;
}

function without(a: Bitset, b: Bitset): Bitset {
  const result = a.clone();
  result.removeAll(b);
  return result;
}

function isFilled(set: Bitset): boolean {
  return !set.isEmpty;
}

function firstOf(set: Bitset): number | undefined {
  for (const at of set) return at;
  return undefined;
}
