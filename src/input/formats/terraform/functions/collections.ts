import {
  locatedItems,
  locatedMembers,
  type LocatedList,
  type LocatedMember,
  type LocatedValue,
  type UnknownReason,
} from '../../../located-value.js';
import { booleanAt, errorAt, listAt, numberAt, objectAt, textAt, unknownAt } from '../code-values.js';
import { asBoolean, asNumber, asText, convert, entriesOf, keyOf } from '../conversions.js';
import { elementOf, type FunctionCall } from '../evaluate.js';
import { strict, wrongArgument, type FunctionTable } from './signature.js';

/**
 * Functions on lists, sets and maps (https://developer.hashicorp.com/terraform/language/functions). Items keep their places.
 * What is known of a list stays known beside what is not.
 */
export const collectionFunctions: FunctionTable = {
  concat: call => joinLists(call),
  flatten: call => flatten(call),
  setunion: call => distinct(joinLists(call), call),
  toset: call => distinct(joinLists(call), call),
  distinct: call => distinct(joinLists(call), call),
  tolist: call => joinLists(call),
  sort: call => sorted(call),
  reverse: call => mapList(call, list => listAt([...locatedItems(list)].reverse(), call.at, list.more)),
  compact: call =>
    mapList(call, list =>
      listAt(
        locatedItems(list).filter(item => item.kind !== 'null' && asText(item) !== ''),
        call.at,
        list.more,
      ),
    ),
  length: call => length(call),
  element: call => element(call),
  index: strict(call => {
    const key = keyOf(call.args[1]);
    const found = itemsIn(call.args[0]).findIndex(item => keyOf(item) === key);
    return found < 0 ? errorAt('index()', 'finds no such item', call.at) : numberAt(found, call.at);
  }),
  contains: call => contains(call),
  slice: strict(call => {
    const [start, end] = [asNumber(call.args[1]), asNumber(call.args[2])];
    return listAt(itemsIn(call.args[0]).slice(start, end), call.at);
  }),
  setintersection: strict(call => {
    const [first, ...others] = call.args.map(itemsIn);
    const keys = others.map(items => new Set(items.map(keyOf)));
    const shared = (first ?? []).filter(item => keys.every(each => each.has(keyOf(item))));
    return listAt(shared, call.at);
  }),
  setsubtract: call => subtract(call),
  setproduct: strict(call => product(call)),
  chunklist: strict(call => {
    const size = asNumber(call.args[1]) ?? 0;
    if (size < 1) return wrongArgument(call);
    const items = itemsIn(call.args[0]);
    const chunks = Array.from({ length: Math.ceil(items.length / size) }, (_, at) =>
      listAt(items.slice(at * size, (at + 1) * size), call.at),
    );
    return listAt(chunks, call.at);
  }),
  coalescelist: call => {
    for (const arg of call.args) {
      if (arg.kind === 'unknown') return unknownAt(arg.reason, call.at);
      if (arg.kind === 'list' && (arg.items.length > 0 || arg.more !== undefined)) return arg;
    }
    return wrongArgument(call);
  },
  coalesce: call => {
    for (const arg of call.args) {
      if (arg.kind === 'unknown') return unknownAt(arg.reason, call.at);
      if (arg.kind !== 'null' && asText(arg) !== '') return arg;
    }
    return errorAt('coalesce()', 'has no argument with a value', call.at);
  },
  one: call => {
    const [list] = call.args;
    if (list?.kind === 'unknown') return unknownAt(list.reason, call.at);
    if (list?.kind !== 'list') return list ?? wrongArgument(call);
    if (list.more !== undefined) return unknownAt(list.more, call.at);
    if (list.items.length > 1) return wrongArgument(call);
    return locatedItems(list)[0] ?? { kind: 'null', at: call.at, via: [] };
  },
  keys: call => mapObject(call, members => members.map(({ key, keyAt }) => textAt(key, keyAt))),
  values: call => mapObject(call, members => members.map(({ value }) => value)),
  merge: call => merge(call),
  lookup: call => lookup(call),
  zipmap: strict(call => {
    const values = itemsIn(call.args[1]);
    const members = itemsIn(call.args[0]).flatMap((key, at): LocatedMember[] => {
      const [name, value] = [asText(key), values[at]];
      return name === undefined || value === undefined ? [] : [{ key: name, keyAt: key.at, value }];
    });
    return objectAt(members, call.at);
  }),
  tomap: call => call.args[0] ?? wrongArgument(call),
  range: strict(call => range(call)),
  alltrue: strict(call =>
    booleanAt(
      itemsIn(call.args[0]).every(item => asBoolean(item) === true),
      call.at,
    ),
  ),
  anytrue: strict(call =>
    booleanAt(
      itemsIn(call.args[0]).some(item => asBoolean(item) === true),
      call.at,
    ),
  ),
  sum: strict(call => {
    const numbers = itemsIn(call.args[0]).map(asNumber);
    if (numbers.length === 0 || numbers.includes(undefined)) return wrongArgument(call);
    return numberAt(
      (numbers as number[]).reduce((all, each) => all + each),
      call.at,
    );
  }),
  tonumber: strict(call => convert(call.args[0], 'number') ?? wrongArgument(call)),
  tobool: strict(call => convert(call.args[0], 'bool') ?? wrongArgument(call)),
  sensitive: call => call.args[0] ?? wrongArgument(call),
  nonsensitive: call => call.args[0] ?? wrongArgument(call),
  ephemeralasnull: call => call.args[0] ?? wrongArgument(call),
};

function itemsIn(value: LocatedValue | undefined): readonly LocatedValue[] {
  return entriesOf(value).map(([, item]) => item);
}

/** The items of all arguments that are lists; what is unknown of them may be anywhere in the result. */
function joinLists(call: FunctionCall): LocatedValue {
  const items: LocatedValue[] = [];
  let { more } = call;
  for (const arg of call.args) {
    if (arg.kind === 'unknown') more ??= arg.reason;
    else if (arg.kind === 'list') {
      for (const item of locatedItems(arg)) items.push(item);
      more ??= arg.more;
    } else if (arg.kind !== 'null') return wrongArgument(call);
  }
  if (call.args.length === 1 && call.args[0]?.kind === 'unknown')
    return unknownAt(call.args[0].reason, call.at);
  return listAt(items, call.at, more);
}

/** With a stack of its own: lists may lie in lists as deep as they like. */
function flatten(call: FunctionCall): LocatedValue {
  const [list] = call.args;
  if (list?.kind === 'unknown') return unknownAt(list.reason, call.at);
  if (list?.kind !== 'list') return wrongArgument(call);
  const items: LocatedValue[] = [];
  let { more } = list;
  const waiting = [...locatedItems(list)].reverse();
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (next.kind !== 'list') {
      items.push(next);
      continue;
    }
    more ??= next.more;
    for (const item of [...locatedItems(next)].reverse()) waiting.push(item);
  }
  return listAt(items, call.at, more);
}

function distinct(value: LocatedValue, { at }: FunctionCall): LocatedValue {
  if (value.kind !== 'list') return value;
  const seen = new Set<string>();
  const items = value.items.filter(item => {
    const key = keyOf(item);
    if (key === undefined) return true;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
  return listAt(items, at, value.more);
}

function mapList(call: FunctionCall, map: (list: LocatedList) => LocatedValue): LocatedValue {
  const [list] = call.args;
  if (list?.kind === 'unknown') return unknownAt(list.reason, call.at);
  return list?.kind === 'list' ? map(list) : wrongArgument(call);
}

function sorted(call: FunctionCall): LocatedValue {
  return mapList(call, list => {
    const items = [...locatedItems(list)].sort((a, b) => compareCodePoints(asText(a) ?? '', asText(b) ?? ''));
    return listAt(items, call.at, list.more);
  });
}

/** Compares by code points, which UTF-16 has in another order. */
function compareCodePoints(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

function length(call: FunctionCall): LocatedValue {
  const [value] = call.args;
  switch (value?.kind) {
    case 'unknown':
      return unknownAt(value.reason, call.at);
    case 'string':
      return numberAt([...value.value].length, call.at);
    case 'list':
      return value.more === undefined
        ? numberAt(value.items.length, call.at)
        : unknownAt(value.more, call.at);
    case 'object':
      return value.more === undefined
        ? numberAt(value.members.length, call.at)
        : unknownAt(value.more, call.at);
    default:
      return wrongArgument(call);
  }
}

/** Behind the end it begins anew. */
function element(call: FunctionCall): LocatedValue {
  const [list, key] = call.args;
  const index = key && asNumber(key);
  if (list?.kind !== 'list' || list.more !== undefined || index === undefined || list.items.length === 0) {
    return list === undefined || key === undefined ? wrongArgument(call) : elementOf(list, key, call.at);
  }
  const { length: count } = list.items;
  return elementOf(list, numberAt(((index % count) + count) % count, call.at), call.at);
}

function contains(call: FunctionCall): LocatedValue {
  const [list, wanted] = call.args;
  if (list === undefined || wanted === undefined) return wrongArgument(call);
  if (list.kind === 'unknown') return unknownAt(list.reason, call.at);
  const key = keyOf(wanted);
  if (wanted.kind === 'unknown' || key === undefined) {
    return wanted.kind === 'unknown' ? unknownAt(wanted.reason, call.at) : wrongArgument(call);
  }
  const items = itemsIn(list);
  if (items.some(item => keyOf(item) === key)) return booleanAt(true, call.at);
  const reason = list.kind === 'list' ? (list.more ?? reasonAmong(items)) : undefined;
  return reason === undefined ? booleanAt(false, call.at) : unknownAt(reason, call.at);
}

function reasonAmong(items: readonly LocatedValue[]): UnknownReason | undefined {
  for (const item of items) if (item.kind === 'unknown') return item.reason;
  return undefined;
}

/** What may be taken away is no longer known to be there. */
function subtract(call: FunctionCall): LocatedValue {
  const [from, away] = call.args;
  if (from?.kind === 'unknown') return unknownAt(from.reason, call.at);
  if (away?.kind === 'unknown') return unknownAt(away.reason, call.at);
  if (from?.kind !== 'list' || away?.kind !== 'list') return wrongArgument(call);
  const reason = away.more ?? reasonAmong(away.items);
  if (reason !== undefined) return unknownAt(reason, call.at);
  const keys = new Set(away.items.map(keyOf));
  return listAt(
    locatedItems(from).filter(item => !keys.has(keyOf(item) ?? '')),
    call.at,
    from.more,
  );
}

function product(call: FunctionCall): LocatedValue {
  const lists = call.args.map(itemsIn);
  const count = lists.reduce((all, { length: each }) => all * each, 1);
  if (count > maxProducts) return unknownAt({ kind: 'budget', name: 'setproduct()', at: call.at }, call.at);
  let rows: LocatedValue[][] = [[]];
  for (const list of lists) rows = rows.flatMap(row => list.map(item => [...row, item]));
  return listAt(
    rows.map(row => listAt(row, call.at)),
    call.at,
  );
}

const maxProducts = 10_000;

function mapObject(
  call: FunctionCall,
  map: (members: readonly LocatedMember[]) => readonly LocatedValue[],
): LocatedValue {
  const [object] = call.args;
  if (object?.kind === 'unknown') return unknownAt(object.reason, call.at);
  if (object?.kind !== 'object') return wrongArgument(call);
  const members = [...locatedMembers(object)].sort((a, b) => compareCodePoints(a.key, b.key));
  return listAt(map(members), call.at, object.more);
}

/** A map that is unknown may have another value under each name of those before it. */
function merge(call: FunctionCall): LocatedValue {
  let members = new Map<string, LocatedMember>();
  let more: UnknownReason | undefined;
  const doubt = (reason: UnknownReason): void => {
    more ??= reason;
    members = new Map(
      [...members].map(([key, member]) => [key, { ...member, value: unknownAt(reason, call.at) }]),
    );
  };
  for (const arg of call.args) {
    if (arg.kind === 'unknown') doubt(arg.reason);
    else if (arg.kind === 'object') {
      if (arg.more !== undefined) doubt(arg.more);
      for (const member of locatedMembers(arg)) members.set(member.key, member);
    } else if (arg.kind !== 'null') return wrongArgument(call);
  }
  if (call.more !== undefined) doubt(call.more);
  return objectAt([...members.values()], call.at, more);
}

function lookup(call: FunctionCall): LocatedValue {
  const [object, key, fallback] = call.args;
  if (object === undefined || key === undefined) return wrongArgument(call);
  const found = elementOf(object, key, call.at);
  const isMissing = found.kind === 'unknown' && found.reason.kind === 'error';
  return isMissing && fallback !== undefined ? fallback : found;
}

function range(call: FunctionCall): LocatedValue {
  const numbers = call.args.map(asNumber);
  if (numbers.includes(undefined) || numbers.length === 0) return wrongArgument(call);
  const [first = 0, second, third] = numbers as number[];
  const [start, end] = second === undefined ? [0, first] : [first, second];
  const step = third ?? (start <= end ? 1 : -1);
  const count = Math.max(0, Math.ceil((end - start) / step));
  if (step === 0 || count > 1_024) return wrongArgument(call);
  return listAt(
    Array.from({ length: count }, (_, at) => numberAt(start + at * step, call.at)),
    call.at,
  );
}
