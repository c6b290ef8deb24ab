import type { DocumentRange, OriginStep } from './source-document.js';

/**
 * A value of code (Terraform, ARM, Bicep) with the place of the literal that a person would edit. Formats make these
 * trees; what reads them does not know which format a value was written in. Trees are never changed once made.
 */
export type LocatedValue =
  | LocatedString
  | LocatedNumber
  | LocatedBoolean
  | LocatedNull
  | LocatedList
  | LocatedObject
  | UnknownValue;

interface ValueBase {
  /** The literal, with its quotes; for what was computed, the expression that it came from. */
  readonly at: DocumentRange;
  /** How it came from there to where it is used, first step first. Those of a list or an object hold for what is in it, too. */
  readonly via: readonly OriginStep[];
}

export interface LocatedString extends ValueBase {
  readonly kind: 'string';
  readonly value: string;
}

export interface LocatedNumber extends ValueBase {
  readonly kind: 'number';
  readonly value: number;
}

export interface LocatedBoolean extends ValueBase {
  readonly kind: 'boolean';
  readonly value: boolean;
}

export interface LocatedNull extends ValueBase {
  readonly kind: 'null';
}

export interface LocatedList extends ValueBase {
  readonly kind: 'list';
  readonly items: readonly LocatedValue[];
  /** Why there may be more items than these, at any place between them; undefined where these are all. */
  readonly more: UnknownReason | undefined;
}

export interface LocatedObject extends ValueBase {
  readonly kind: 'object';
  /** In the order of the text or of the loop; no name stands twice. */
  readonly members: readonly LocatedMember[];
  /** Why there may be more members than these; undefined where these are all. */
  readonly more: UnknownReason | undefined;
}

export interface LocatedMember {
  readonly key: string;
  readonly keyAt: DocumentRange;
  readonly value: LocatedValue;
}

/** A value that nobody knows before the code is deployed. */
export interface UnknownValue extends ValueBase {
  readonly kind: 'unknown';
  readonly reason: UnknownReason;
  /** Known and unknown parts of a text that is known in part, in order. */
  readonly parts: readonly (string | UnknownReason)[] | undefined;
  /** Equal for what comes to the same value, whatever that will be; absent where nobody can tell. */
  readonly identity?: string | undefined;
  /** The address of the resource of the code that will say it. */
  readonly resource?: string | undefined;
}

/** What an unknown value is as a part of a text. */
export function partOf({ reason, identity, resource }: UnknownValue): UnknownReason {
  const cause = rootCause(reason);
  return identity === undefined ? cause : { ...cause, identity, resource, cause };
}

/** Why something is unknown: the one thing that would have to be known, as its author named it. */
export interface UnknownReason {
  readonly kind: /** A variable or parameter without a value here. */
    | 'input'
    /** What Azure or another system says only at deployment. */
    | 'deployment'
    /** A function that is impure, or that is not evaluated here. */
    | 'function'
    /** Code that is not at hand: a module of a registry, a file outside of the root. */
    | 'not-read'
    /** The code refers to what is not there, or to itself, or applies an operation to what does not take it. */
    | 'error'
    /** More work than a run spends on a file. */
    | 'budget';
  /** As written: `var.subscription_id`, `data.azurerm_subscription.current`, `timestamp()`. */
  readonly name: string;
  /** What is wrong with it, as the end of a sentence that begins with the name; absent where the kind says it all. */
  readonly detail?: string;
  readonly at: DocumentRange;
  /** The identity of a part of a text, and of what an object may hold beside its members: see {@link UnknownValue.identity}. */
  readonly identity?: string | undefined;
  readonly resource?: string | undefined;
  /** What people are told of, where this is a part with an identity. */
  readonly cause?: UnknownReason;
}

/** What people are told of: the same for all that is made of it. */
export function rootCause(reason: UnknownReason): UnknownReason {
  return reason.cause ?? reason;
}

/** The value after one more step on its way. */
export function through<Value extends LocatedValue>(value: Value, step: OriginStep): Value {
  if (value.via.length >= longestWay) return value;
  return { ...value, via: [...value.via, step] };
}

/** OriginSteps that a value keeps. People read three or four; generated code may take thousands. */
const longestWay = 20;

/** The items of a list, each with the way of the list behind its own. */
export function locatedItems(list: LocatedList): readonly LocatedValue[] {
  return list.via.length === 0 ? list.items : list.items.map(item => onTheWayOf(list, item));
}

/** The members of an object, each value with the way of the object behind its own. */
export function locatedMembers(object: LocatedObject): readonly LocatedMember[] {
  if (object.via.length === 0) return object.members;
  return object.members.map(member => ({ ...member, value: onTheWayOf(object, member.value) }));
}

/** The member of that very name. */
export function locatedMember(object: LocatedObject, key: string): LocatedMember | undefined {
  const member = object.members.find(each => each.key === key);
  return member && { ...member, value: onTheWayOf(object, member.value) };
}

/** What was in a list or an object, on the way that this went. */
export function onTheWayOf<Value extends LocatedValue>(outer: LocatedValue, inner: Value): Value {
  if (outer.via.length === 0) return inner;
  return { ...inner, via: [...inner.via, ...outer.via].slice(0, longestWay) };
}

/** Every cause of something unknown in a tree, each once, in order. */
export function unknownsIn(root: LocatedValue): readonly UnknownReason[] {
  const found = new Set<UnknownReason>();
  const waiting: LocatedValue[] = [root];
  for (let value = waiting.pop(); value !== undefined; value = waiting.pop()) {
    for (const reason of ownUnknowns(value)) found.add(reason);
    const inner =
      value.kind === 'list'
        ? value.items
        : value.kind === 'object'
          ? value.members.map(member => member.value)
          : [];
    // Taken from the end, so that the first comes out first.
    for (const each of inner.toReversed()) waiting.push(each);
  }
  return [...found];
}

function ownUnknowns(value: LocatedValue): readonly UnknownReason[] {
  if (value.kind === 'list' || value.kind === 'object')
    return value.more === undefined ? [] : [rootCause(value.more)];
  if (value.kind !== 'unknown') return [];
  const ofParts = value.parts?.filter(part => typeof part !== 'string') ?? [];
  return ofParts.length === 0 ? [rootCause(value.reason)] : ofParts.map(rootCause);
}
