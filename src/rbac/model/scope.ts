import { isGuid } from './guid.js';
import { placeholderIn } from './placeholder.js';

/**
 * Where a role may be assigned, or is: a place in the tree of management groups, subscriptions, resource groups and
 * resources (https://learn.microsoft.com/azure/role-based-access-control/scope-overview).
 * Names are in lower case: Azure compares scopes without regard to case.
 */
export type Scope =
  | (ScopeBase & { readonly kind: 'root' })
  | (ScopeBase & { readonly kind: 'management-group'; readonly managementGroup: string })
  | (ScopeBase & { readonly kind: 'subscription'; readonly subscription: string })
  | (ScopeBase & {
      readonly kind: 'resource-group';
      readonly subscription: string;
      readonly resourceGroup: string;
    })
  | (ScopeBase & { readonly kind: 'resource' })
  /** A star stands in it. Azure takes none. */
  | (ScopeBase & { readonly kind: 'wildcard' })
  /** Something in it waits to be filled in. */
  | (ScopeBase & { readonly kind: 'placeholder'; readonly placeholder: string })
  | (ScopeBase & { readonly kind: 'malformed'; readonly reason: MalformedScopeReason });

interface ScopeBase {
  /** As written. */
  readonly text: string;
  /** Equal for equal scopes: in lower case, without a slash at the end; `/` for the root. */
  readonly key: string;
  /** Which it is of the scopes that the rows of a snapshot share, from 0 on; undefined for those from elsewhere. */
  readonly ordinal: number | undefined;
}

export type MalformedScopeReason =
  | 'empty'
  | 'blanks'
  | 'too-long'
  | 'no-leading-slash'
  | 'empty-part'
  | 'illegal-character'
  | 'incomplete'
  | 'unknown-start'
  | 'unknown-part'
  | 'subscription-not-guid';

/** Reads a scope as it stands in `assignableScopes`. */
export function parseScope(text: string, ordinal?: number): Scope {
  const base = { text, key: keyOf(text), ordinal };
  const { key } = base;
  if (key === '') return malformed(base, 'empty');
  if (text.length > longestScope) return malformed(base, 'too-long');
  const placeholder = placeholderIn(text) ?? shellVariable.exec(text)?.[0];
  if (placeholder !== undefined) return { text, key, ordinal, kind: 'placeholder', placeholder };
  if (text !== text.trim()) return malformed(base, 'blanks');
  if (text.includes('*')) return plain(base, 'wildcard');
  if (!key.startsWith('/')) return malformed(base, 'no-leading-slash');
  if (key === '/') return plain(base, 'root');
  return parseParts(base, key.slice(1).split('/'));
}

// A tenant has half a million scopes: objects that begin with a spread take twice the room of those that name their properties.

function malformed({ text, key, ordinal }: ScopeBase, reason: MalformedScopeReason): Scope {
  return { text, key, ordinal, kind: 'malformed', reason };
}

function plain({ text, key, ordinal }: ScopeBase, kind: 'root' | 'resource' | 'wildcard'): Scope {
  return { text, key, ordinal, kind };
}

/** Whether it can be a scope of Azure's, as it stands. */
export function isPlace({ kind }: Scope): boolean {
  return kind !== 'malformed' && kind !== 'placeholder' && kind !== 'wildcard';
}

/** The same text but for case and a slash at the end. */
export function isSameScope(a: Scope, b: Scope): boolean {
  return a.key === b.key;
}

/**
 * Whether what is granted at one scope reaches the other, as far as their texts tell: which subscriptions belong to a
 * management group they do not.
 */
export function covers(outer: Scope, inner: Scope): boolean {
  return (
    isPlace(outer) && isPlace(inner) && (isSameScope(outer, inner) || keysAround(inner).includes(outer.key))
  );
}

/** The keys of the scopes that a scope lies in, from the root on: to look up many scopes without comparing all pairs. */
export function keysAround(scope: Scope): string[] {
  if (!isPlace(scope) || scope.kind === 'root') return [];
  const { key } = scope;
  const keys = ['/'];
  for (let start = 0, end = pairEnd(key, 0); end < key.length; start = end, end = pairEnd(key, start)) {
    // A provider's namespace is no scope, only a step on the way to one.
    if (!key.startsWith('/providers/', start)) keys.push(key.slice(0, end));
  }
  return keys;
}

/**
 * The key of the narrowest scope that a place lies in, which is the last of {@link keysAround}; undefined for the root. What is
 * no place lies in nothing either.
 */
export function keyAround(scope: Scope): string | undefined {
  if (!isPlace(scope) || scope.kind === 'root') return undefined;
  const { key } = scope;
  let end = pairStart(key, key.length);
  // A provider's namespace is no scope.
  while (end > 0 && key.startsWith('/providers/', pairStart(key, end))) end = pairStart(key, end);
  return end === 0 ? '/' : key.slice(0, end);
}

/** Where the pair of a type and a name that ends there begins. */
function pairStart(key: string, end: number): number {
  return key.lastIndexOf('/', key.lastIndexOf('/', end - 1) - 1);
}

/** Where the pair of a type and a name that begins with the slash at `start` ends. */
function pairEnd(key: string, start: number): number {
  const middle = key.indexOf('/', start + 1);
  const end = middle < 0 ? -1 : key.indexOf('/', middle + 1);
  return end < 0 ? key.length : end;
}

/** Azure's ids are shorter by far. */
const longestScope = 2_048;

const shellVariable = /\$[A-Za-z_]\w*|\$env:\w+|%\w+%/;

function keyOf(text: string): string {
  const folded = text.trim().toLowerCase();
  return folded.length > 2 && folded.endsWith('/') ? folded.slice(0, -1) : folded;
}

function parseParts(base: ScopeBase, parts: readonly string[]): Scope {
  const { text, key, ordinal } = base;
  if (parts.some(part => part === '')) return malformed(base, 'empty-part');
  if (illegal.test(base.text)) return malformed(base, 'illegal-character');
  const [first, second = '', third, fourth] = parts;
  if (first === 'providers') return parseTenantLevel(base, parts);
  if (first !== 'subscriptions') return malformed(base, 'unknown-start');
  if (second === '') return malformed(base, 'incomplete');
  if (!isGuid(second)) return parseOddSubscription(base, second);
  if (third === undefined) return { text, key, ordinal, kind: 'subscription', subscription: second };
  if (third === 'providers') return parseResource(base, parts.slice(2));
  if (third !== 'resourcegroups') return malformed(base, 'unknown-part');
  if (fourth === undefined) return malformed(base, 'incomplete');
  if (parts.length === 4)
    return { text, key, ordinal, kind: 'resource-group', subscription: second, resourceGroup: fourth };
  return parseResource(base, parts.slice(4));
}

/** What no name of a resource may hold. */
const illegal = /[\u0000-\u001f\u007f<>%&\\?#"',;]/;

/** People write a word of their own where the id belongs: `SUBSCRIPTION_ID`, `xxxxxxxx-xxxx-…`, `...`. */
function parseOddSubscription(base: ScopeBase, part: string): Scope {
  const isStandIn = /subscription|your|enter|replace|todo|sub_?id|^[x0-9-]*x{3}|^\.+$/.test(part);
  if (!isStandIn) return malformed(base, 'subscription-not-guid');
  const start = base.text.toLowerCase().indexOf(part);
  return { ...base, kind: 'placeholder', placeholder: base.text.slice(start, start + part.length) };
}

function parseTenantLevel(base: ScopeBase, parts: readonly string[]): Scope {
  const { text, key, ordinal } = base;
  const [, namespace, type, name] = parts;
  if (
    namespace === 'microsoft.management' &&
    type === 'managementgroups' &&
    name !== undefined &&
    parts.length === 4
  ) {
    return { text, key, ordinal, kind: 'management-group', managementGroup: name };
  }
  // The namespace has two types at this level: another is a slip, such as `managementGroup`.
  if (namespace === 'microsoft.management' && type !== 'managementgroups' && type !== 'servicegroups') {
    return malformed(base, 'unknown-part');
  }
  return parseResource(base, parts);
}

/** `providers`, a namespace, then pairs of type and name; an extension begins with `providers` again. */
function parseResource(base: ScopeBase, parts: readonly string[]): Scope {
  if (parts[0] !== 'providers') return malformed(base, 'unknown-part');
  if (parts.length < 4 || parts.length % 2 !== 0) return malformed(base, 'incomplete');
  for (let at = 0; at < parts.length; at += 2) {
    if (parts[at] !== 'providers') continue;
    if (!parts[at + 1]?.includes('.')) return malformed(base, 'unknown-part');
    if (at + 2 >= parts.length || parts[at + 2] === 'providers') return malformed(base, 'incomplete');
  }
  return plain(base, 'resource');
}
