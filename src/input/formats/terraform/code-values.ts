import type {
  LocatedBoolean,
  LocatedList,
  LocatedMember,
  LocatedNull,
  LocatedNumber,
  LocatedObject,
  LocatedString,
  LocatedValue,
  UnknownReason,
  UnknownValue,
} from '../../located-value.js';
import type { DocumentRange } from '../../source-document.js';

// How the evaluation makes values: none of them has come any way yet.

const via = [] as const;

export function textAt(value: string, at: DocumentRange): LocatedString {
  return { kind: 'string', value, at, via };
}

export function numberAt(value: number, at: DocumentRange): LocatedNumber {
  return { kind: 'number', value, at, via };
}

export function booleanAt(value: boolean, at: DocumentRange): LocatedBoolean {
  return { kind: 'boolean', value, at, via };
}

export function nullAt(at: DocumentRange): LocatedNull {
  return { kind: 'null', at, via };
}

export function listAt(items: readonly LocatedValue[], at: DocumentRange, more?: UnknownReason): LocatedList {
  return { kind: 'list', items, more, at, via };
}

/** The last member of a name counts, in the place of the first. */
export function objectAt(
  members: readonly LocatedMember[],
  at: DocumentRange,
  more?: UnknownReason,
): LocatedObject {
  const byName = new Map(members.map(member => [member.key, member]));
  return {
    kind: 'object',
    members: byName.size === members.length ? members : [...byName.values()],
    more,
    at,
    via,
  };
}

export function unknownAt(
  reason: UnknownReason,
  at: DocumentRange = reason.at,
  parts?: UnknownValue['parts'],
): UnknownValue {
  return { kind: 'unknown', reason, parts, at, via };
}

/** What the code gets wrong, or what is wrong with how it is evaluated. */
export function errorAt(name: string, detail: string, at: DocumentRange): UnknownValue {
  return unknownAt({ kind: 'error', name, detail, at });
}
