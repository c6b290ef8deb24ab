import {
  locatedItems,
  locatedMembers,
  partOf,
  type LocatedBoolean,
  type LocatedList,
  type LocatedMember,
  type LocatedNull,
  type LocatedNumber,
  type LocatedObject,
  type LocatedString,
  type LocatedValue,
  type UnknownReason,
  type UnknownValue,
} from '../../located-value.js';
import type { DocumentRange } from '../../source-document.js';

const noSteps: LocatedValue['via'] = [];

export function textAt(at: DocumentRange, value: string): LocatedString {
  return { kind: 'string', value, at, via: noSteps };
}

export function numberAt(at: DocumentRange, value: number): LocatedNumber {
  return { kind: 'number', value, at, via: noSteps };
}

export function booleanAt(at: DocumentRange, value: boolean): LocatedBoolean {
  return { kind: 'boolean', value, at, via: noSteps };
}

export function nullAt(at: DocumentRange): LocatedNull {
  return { kind: 'null', at, via: noSteps };
}

/** `more` says why there may be others, where there may. */
export function listAt(at: DocumentRange, items: readonly LocatedValue[], more?: UnknownReason): LocatedList {
  return { kind: 'list', items, more, at, via: noSteps };
}

/** An object: of members with the same name the last counts. `more` says why there may be others, where there may. */
export function objectAt(
  at: DocumentRange,
  members: readonly LocatedMember[],
  more?: UnknownReason,
): LocatedObject {
  return { kind: 'object', members: withoutRepeated(members), more, at, via: noSteps };
}

export function unknownAt(at: DocumentRange, reason: UnknownReason): UnknownValue {
  return { kind: 'unknown', reason, parts: undefined, at, via: noSteps };
}

/** Azure's names of properties do not depend on case. */
function withoutRepeated(members: readonly LocatedMember[]): readonly LocatedMember[] {
  const byName = new Map(members.map(member => [member.key.toLowerCase(), member]));
  return byName.size === members.length ? members : [...byName.values()];
}

/** A member by its name without regard to case. */
export function findMember(object: LocatedObject, name: string): LocatedMember | undefined {
  const folded = name.toLowerCase();
  return locatedMembers(object).find(member => member.key.toLowerCase() === folded);
}

/** The parameter that is to be given where a value is empty by its default. */
export function emptyDefaultOf({ kind, via }: LocatedValue): UnknownReason | undefined {
  const step = kind === 'unknown' ? undefined : via.find(each => each.kind === 'default');
  return step && { kind: 'input', name: step.name, at: step.at };
}

/** A text as far as it is known. */
export type Piece = string | UnknownReason;

/** What a value is in the middle of a text; undefined for what stands in none. */
export function piecesOf(value: LocatedValue): readonly Piece[] | undefined {
  switch (value.kind) {
    case 'string':
      return [value.value];
    case 'number':
      return [String(value.value)];
    case 'boolean':
      return [value.value ? 'True' : 'False'];
    case 'null':
      return [''];
    case 'unknown':
      return value.parts ?? [partOf(value)];
    default:
      return undefined;
  }
}

export function textOfPieces(at: DocumentRange, pieces: readonly Piece[]): LocatedString | UnknownValue {
  const joined = joinedPieces(pieces);
  const reason = joined.find(piece => typeof piece !== 'string');
  if (reason !== undefined) {
    const parts = joined.length > maxPieces ? undefined : joined;
    return { kind: 'unknown', reason, parts, at, via: noSteps };
  }
  return textAt(at, joined.join(''));
}

/** How many pieces are kept of a text that is known in part. More are of no use to anybody, and may double with every variable. */
const maxPieces = 64;

function joinedPieces(pieces: readonly Piece[]): readonly Piece[] {
  const joined: Piece[] = [];
  for (const piece of pieces) {
    const last = joined.at(-1);
    if (typeof piece === 'string' && typeof last === 'string') joined[joined.length - 1] = last + piece;
    else if (piece !== '') joined.push(piece);
  }
  return joined;
}

/** The first cause of anything unknown in a value. */
export function firstUnknown(root: LocatedValue): UnknownReason | undefined {
  const waiting: LocatedValue[] = [root];
  for (let value = waiting.pop(); value !== undefined; value = waiting.pop()) {
    if (value.kind === 'unknown') return value.reason;
    if (value.kind !== 'list' && value.kind !== 'object') continue;
    if (value.more !== undefined) return value.more;
    const inner = value.kind === 'list' ? value.items : value.members.map(member => member.value);
    for (const each of inner.toReversed()) waiting.push(each);
  }
  return undefined;
}

/** A value without unknowns as plain data. */
export function plainOf(value: LocatedValue): unknown {
  switch (value.kind) {
    case 'list':
      return value.items.map(plainOf);
    case 'object':
      return Object.fromEntries(value.members.map(({ key, value: inner }) => [key, plainOf(inner)]));
    case 'null':
    case 'unknown':
      return null;
    default:
      return value.value;
  }
}

/** How many lists and objects lie in each other; what is in a value was asked before it, so that this goes one level down. */
export function depthOf(value: LocatedValue): number {
  if (value.kind !== 'list' && value.kind !== 'object') return 0;
  const known = depths.get(value);
  if (known !== undefined) return known;
  let depth = 0;
  const inner = value.kind === 'list' ? value.items : value.members.map(member => member.value);
  for (const each of inner) depth = Math.max(depth, depthOf(each));
  depths.set(value, depth + 1);
  return depth + 1;
}

const depths = new WeakMap<LocatedValue, number>();

/** Values that lie deeper are not made, so that nothing that walks one runs out of stack. */
export const deepestValue = 200;

/** Plain data as values that all stand at one place. */
export function valueOfPlain(at: DocumentRange, plain: unknown): LocatedValue {
  if (Array.isArray(plain))
    return listAt(
      at,
      plain.map(item => valueOfPlain(at, item)),
    );
  switch (typeof plain) {
    case 'string':
      return textAt(at, plain);
    case 'number':
      return numberAt(at, plain);
    case 'boolean':
      return booleanAt(at, plain);
    case 'object':
      return plain === null ? nullAt(at) : objectOfPlain(at, plain);
    default:
      return nullAt(at);
  }
}

function objectOfPlain(at: DocumentRange, plain: object): LocatedObject {
  const members = Object.entries(plain).map(([key, value]) => ({
    key,
    keyAt: at,
    value: valueOfPlain(at, value),
  }));
  return objectAt(at, members);
}

/** Three-valued: undefined where it depends on something unknown. */
export function areEqual(one: LocatedValue, other: LocatedValue): boolean | undefined {
  if (one.kind === 'unknown' || other.kind === 'unknown') return mayBeEqual(one, other) ? undefined : false;
  if (one.kind === 'list') return other.kind === 'list' ? areListsEqual(one, other) : false;
  if (one.kind === 'object') return other.kind === 'object' ? areObjectsEqual(one, other) : false;
  if (one.kind === 'null' || other.kind === 'null') return one.kind === other.kind;
  return one.kind === other.kind && one.value === (other as typeof one).value;
}

/** A text whose known beginning or end is another's is not that other. */
function mayBeEqual(one: LocatedValue, other: LocatedValue): boolean {
  if (one.kind !== 'unknown') return mayBeEqual(other, one);
  if (one.parts === undefined || other.kind === 'unknown') return true;
  if (other.kind !== 'string') return false;
  const [first, last] = [one.parts[0], one.parts.at(-1)];
  return (
    (typeof first !== 'string' || other.value.startsWith(first)) &&
    (typeof last !== 'string' || other.value.endsWith(last))
  );
}

function areListsEqual(one: LocatedList, other: LocatedList): boolean | undefined {
  const isOpen = one.more !== undefined || other.more !== undefined;
  if (isOpen) return undefined;
  if (one.items.length !== other.items.length) return false;
  return allOf(one.items.map((item, at) => areEqual(item, other.items[at]!)));
}

function areObjectsEqual(one: LocatedObject, other: LocatedObject): boolean | undefined {
  if (one.more !== undefined || other.more !== undefined) return undefined;
  if (one.members.length !== other.members.length) return false;
  return allOf(
    one.members.map(({ key, value }) => {
      const found = findMember(other, key);
      return found === undefined ? false : areEqual(value, found.value);
    }),
  );
}

/** False where one is, else undefined where one is. */
export function allOf(truths: readonly (boolean | undefined)[]): boolean | undefined {
  if (truths.includes(false)) return false;
  return truths.includes(undefined) ? undefined : true;
}

/** Items, and why there may be others; undefined for what is no list. */
export function listOf(
  value: LocatedValue,
): { readonly items: readonly LocatedValue[]; readonly more: UnknownReason | undefined } | undefined {
  if (value.kind === 'list') return { items: locatedItems(value), more: value.more };
  return value.kind === 'unknown' && value.parts === undefined
    ? { items: [], more: value.reason }
    : undefined;
}
