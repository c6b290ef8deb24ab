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
  readonly ordinal?: number;
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
export function parseScope(text: string): Scope {
  const key = keyOf(text);
  const base = { text, key };
  const malformed = (reason: MalformedScopeReason): Scope => ({ ...base, kind: 'malformed', reason });
  if (key === '') return malformed('empty');
  if (text.length > longestScope) return malformed('too-long');
  const placeholder = placeholderIn(text) ?? shellVariable.exec(text)?.[0];
  if (placeholder !== undefined) return { ...base, kind: 'placeholder', placeholder };
  if (text !== text.trim()) return malformed('blanks');
  if (text.includes('*')) return { ...base, kind: 'wildcard' };
  if (!key.startsWith('/')) return malformed('no-leading-slash');
  if (key === '/') return { ...base, kind: 'root' };
  return parseParts(base, key.slice(1).split('/'));
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
  const malformed = (reason: MalformedScopeReason): Scope => ({ ...base, kind: 'malformed', reason });
  if (parts.some(part => part === '')) return malformed('empty-part');
  if (illegal.test(base.text)) return malformed('illegal-character');
  const [first, second = '', third, fourth] = parts;
  if (first === 'providers') return parseTenantLevel(base, parts);
  if (first !== 'subscriptions') return malformed('unknown-start');
  if (second === '') return malformed('incomplete');
  if (!isGuid(second)) return parseOddSubscription(base, second);
  if (third === undefined) return { ...base, kind: 'subscription', subscription: second };
  if (third === 'providers') return parseResource(base, parts.slice(2));
  if (third !== 'resourcegroups') return malformed('unknown-part');
  if (fourth === undefined) return malformed('incomplete');
  if (parts.length === 4)
    return { ...base, kind: 'resource-group', subscription: second, resourceGroup: fourth };
  return parseResource(base, parts.slice(4));
}

/** What no name of a resource may hold. */
const illegal = /[\u0000-\u001f\u007f<>%&\\?#"',;]/;

/** People write a word of their own where the id belongs: `SUBSCRIPTION_ID`, `xxxxxxxx-xxxx-…`, `...`. */
function parseOddSubscription(base: ScopeBase, part: string): Scope {
  const isStandIn = /subscription|your|enter|replace|todo|sub_?id|^[x0-9-]*x{3}|^\.+$/.test(part);
  if (!isStandIn) return { ...base, kind: 'malformed', reason: 'subscription-not-guid' };
  const start = base.text.toLowerCase().indexOf(part);
  return { ...base, kind: 'placeholder', placeholder: base.text.slice(start, start + part.length) };
}

function parseTenantLevel(base: ScopeBase, parts: readonly string[]): Scope {
  const [, namespace, type, name] = parts;
  if (
    namespace === 'microsoft.management' &&
    type === 'managementgroups' &&
    name !== undefined &&
    parts.length === 4
  ) {
    return { ...base, kind: 'management-group', managementGroup: name };
  }
  // The namespace has one type at this level: another is a slip, such as `managementGroup`.
  if (namespace === 'microsoft.management' && type !== 'managementgroups') {
    return { ...base, kind: 'malformed', reason: 'unknown-part' };
  }
  return parseResource(base, parts);
}

/** `providers`, a namespace, then pairs of type and name; an extension begins with `providers` again. */
function parseResource(base: ScopeBase, parts: readonly string[]): Scope {
  const malformed = (reason: MalformedScopeReason): Scope => ({ ...base, kind: 'malformed', reason });
  if (parts[0] !== 'providers') return malformed('unknown-part');
  if (parts.length < 4 || parts.length % 2 !== 0) return malformed('incomplete');
  for (let at = 0; at < parts.length; at += 2) {
    if (parts[at] !== 'providers') continue;
    if (!parts[at + 1]?.includes('.')) return malformed('unknown-part');
    if (at + 2 >= parts.length || parts[at + 2] === 'providers') return malformed('incomplete');
  }
  return { ...base, kind: 'resource' };
}
