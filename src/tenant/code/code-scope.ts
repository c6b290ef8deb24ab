import type { UnknownReason } from '../../input/located-value.js';
import type { CodeAssignment } from '../../rbac/model/code-assignment.js';
import { isPlace, parseScope, type Scope } from '../../rbac/model/scope.js';
import { shownText, type UnknownNames } from './unknown-names.js';

/** Where an assignment applies. */
export interface CodeScope {
  /** As people read it. */
  readonly text: string;
  /** With stand-ins for what is unknown: of the right kind. */
  readonly place: Scope;
  /** Why nobody knows what kind of place it is. */
  readonly reason: UnknownReason | undefined;
  /** Whether nothing in it is unknown. */
  readonly isKnown: boolean;
}

/** The place of an assignment: its kind where that is known, though its name may not be. */
export function scopeOf({ scope, domain, address, at }: CodeAssignment, names: UnknownNames): CodeScope {
  const value = scope?.value;
  const text = value === undefined ? 'a scope that is not there' : shownText(value);
  if (value?.kind === 'string') {
    const place = parseScope(value.value);
    if (isPlace(place)) return { text, place, reason: undefined, isKnown: true };
  }
  if (value?.kind === 'unknown' && value.parts !== undefined) {
    const place = parseScope(names.fill(value.parts, domain, address));
    if (isPlace(place)) return { text, place: { ...place, text }, reason: undefined, isKnown: false };
  }
  const unknown = value?.kind === 'unknown' ? value : undefined;
  const nameless: UnknownReason = { kind: 'deployment', name: 'the scope', at: value?.at ?? placeOf(at) };
  const own = { ...nameless, identity: unknown?.identity ?? `the scope of ${address}` };
  const parts = [
    '/subscriptions/',
    own,
    '/resourceGroups/',
    own,
    '/providers/Microsoft.Unknown/places/',
    own,
  ];
  return {
    text,
    place: parseScope(names.fill(parts, domain, address)),
    reason: unknown?.reason ?? {
      kind: 'error',
      name: 'The scope',
      detail: 'is not a valid scope ID',
      at: nameless.at,
    },
    isKnown: false,
  };
}

function placeOf({ document, range }: CodeAssignment['at']): UnknownReason['at'] {
  return { document, start: range?.start ?? 0, end: range?.end ?? 0 };
}
