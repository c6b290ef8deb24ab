import type { CodePlace } from '../../input/code-resource.js';
import { isPlace, parseScope, type Scope } from '../../rbac/model/scope.js';
import { shownText, type UnknownNames } from './unknown-names.js';

/** The places that code has names for, with stand-ins for what is unknown in their ids; equal places once. */
export function scopesNamed(name: string, places: readonly CodePlace[], names: UnknownNames): Scope[] {
  const found = places
    .filter(({ address }) => address === name || address === `data.${name}`)
    .flatMap(({ id, domain, address }) => {
      const filled =
        id.kind === 'string'
          ? id.value
          : id.kind === 'unknown' && id.parts !== undefined
            ? names.fill(id.parts, domain, address)
            : '';
      const scope = parseScope(filled);
      return isPlace(scope) ? [{ ...scope, text: shownText(id) }] : [];
    });
  return [...new Map(found.map(scope => [scope.key, scope])).values()];
}

/**
 * Whether something assigned at one place may reach another, although their ids differ in what is unknown: a resource group whose name
 * is a variable may be any of its subscription.
 */
export function mayReach(outer: Scope, inner: Scope): boolean {
  const [around, within] = [outer.key.split('/'), inner.key.split('/')];
  if (around.length > within.length) return false;
  const parts = around.map((part, i) => [part, within[i]!] as const);
  return (
    parts.every(([one, other]) => one === other || isStandIn(one) || isStandIn(other)) &&
    parts.some(([one, other]) => one !== other)
  );
}

function isStandIn(part: string): boolean {
  return /^ffffffff-0000-4000-8000-|unknown\d+/.test(part);
}
