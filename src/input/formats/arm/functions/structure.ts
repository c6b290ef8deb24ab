import { compareText } from '../../../../compare-text.js';
import {
  locatedItems,
  locatedMembers,
  rootCause,
  type LocatedList,
  type LocatedMember,
  type LocatedObject,
  type LocatedValue,
  type UnknownReason,
} from '../../../located-value.js';
import type { DocumentRange } from '../../../source-document.js';
import {
  areEqual,
  booleanAt,
  deepestValue,
  findMember,
  firstUnknown,
  listAt,
  listOf,
  nullAt,
  numberAt,
  objectAt,
  piecesOf,
  textAt,
  textOfPieces,
  unknownAt,
  valueOfPlain,
  type Piece,
} from '../values.js';
import { unknownOf, type Call, type TemplateFunction } from './call.js';

/** Functions that hand on what they are given, each value with its own place. Names are folded. */
export const structureFunctions: ReadonlyMap<string, TemplateFunction> = new Map<string, TemplateFunction>([
  ['array', array],
  ['concat', concat],
  ['contains', contains],
  ['createarray', ({ at, args }) => listAt(at, args)],
  ['createobject', createObject],
  ['empty', empty],
  ['equals', equals],
  ['first', call => endOf(call, 'first')],
  ['last', call => endOf(call, 'last')],
  ['flatten', flatten],
  ['format', format],
  ['indexof', call => indexOf(call, 'first')],
  ['lastindexof', call => indexOf(call, 'last')],
  ['intersection', intersection],
  ['items', items],
  ['join', join],
  ['json', json],
  ['length', length],
  ['not', not],
  ['objectkeys', objectKeys],
  ['shallowmerge', shallowMerge],
  ['skip', call => part(call, 'skip')],
  ['take', call => part(call, 'take')],
  ['tolower', call => changed(call, text => text.toLowerCase())],
  ['toupper', call => changed(call, text => text.toUpperCase())],
  ['tryget', tryGet],
  ['tryindexfromend', tryIndexFromEnd],
  ['union', union],
  ['xor', xor],
]);

/** `x.name` and `x[index]`: what is not there is an error, of Azure's as well. Undefined where this cannot be asked. */
export function accessed(
  of: LocatedValue,
  index: LocatedValue,
): LocatedValue | 'missing' | UnknownReason | undefined {
  if (of.kind === 'unknown') return of.reason;
  if (index.kind === 'unknown') return index.reason;
  if (of.kind === 'object' && index.kind === 'string') {
    return findMember(of, index.value)?.value ?? of.more ?? 'missing';
  }
  if (of.kind === 'list' && index.kind === 'number') {
    if (of.more !== undefined) return of.more;
    return locatedItems(of)[index.value] ?? 'missing';
  }
  return undefined;
}

/** What {@link accessed} says is unknown, as a value: a resource says all that is asked of it. */
export function unknownPart(
  at: DocumentRange,
  of: LocatedValue,
  { reason, index }: { readonly reason: UnknownReason; readonly index: LocatedValue },
): LocatedValue {
  const made = unknownAt(at, rootCause(reason));
  const source = of.kind === 'unknown' ? of : of.kind === 'object' ? reason : undefined;
  if (source?.identity === undefined || (index.kind !== 'string' && index.kind !== 'number')) return made;
  return { ...made, identity: `${source.identity}.${index.value}`, resource: source.resource };
}

function array({ args: [value], at }: Call): LocatedValue | undefined {
  if (value === undefined || value.kind === 'list') return value;
  return value.kind === 'unknown' && value.parts === undefined ? value : listAt(at, [value]);
}

function concat(call: Call): LocatedValue | undefined {
  const { args, at } = call;
  if (args.some(({ kind }) => kind === 'list')) return concatLists(call);
  if (args.length === 1 && args[0]!.kind === 'unknown') return args[0];
  if (args.length > 0 && args.every(arg => arg.kind === 'unknown' && arg.parts === undefined))
    return unknownOf(call, firstUnknown(args[0]!)!);
  const pieces = args.map(piecesOf);
  return pieces.every(each => each !== undefined) ? textOfPieces(at, pieces.flat()) : undefined;
}

function concatLists({ args, at }: Call): LocatedValue | undefined {
  const lists = args.map(listOf);
  if (!lists.every(list => list !== undefined)) return undefined;
  const all = lists.flatMap(({ items: each }) => each);
  return listAt(at, all, lists.find(({ more }) => more !== undefined)?.more);
}

function contains(call: Call): LocatedValue | undefined {
  const [container, wanted] = call.args;
  if (container === undefined || wanted === undefined) return undefined;
  const holds = (value: boolean) => booleanAt(call.at, value);
  if (container.kind === 'list') return containsItem(call, container, wanted);
  const cause = container.kind === 'unknown' ? container.reason : firstUnknown(wanted);
  if (cause !== undefined) return unknownOf(call, cause);
  if (container.kind === 'object') {
    if (wanted.kind !== 'string') return undefined;
    if (findMember(container, wanted.value) !== undefined) return holds(true);
    return container.more === undefined ? holds(false) : unknownOf(call, container.more);
  }
  if (container.kind !== 'string') return undefined;
  const [piece] = piecesOf(wanted) ?? [];
  return typeof piece === 'string' ? holds(container.value.includes(piece)) : undefined;
}

function containsItem(call: Call, list: LocatedList, wanted: LocatedValue): LocatedValue {
  const found = list.items.map(item => areEqual(item, wanted));
  call.evaluation.spend(found.length);
  if (found.includes(true)) return booleanAt(call.at, true);
  const cause =
    list.more ?? (found.includes(undefined) ? (firstUnknown(wanted) ?? firstUnknown(list)) : undefined);
  return cause === undefined ? booleanAt(call.at, false) : unknownOf(call, cause);
}

function createObject({ args, at }: Call): LocatedValue | undefined {
  if (args.length % 2 === 1) return undefined;
  const members: LocatedMember[] = [];
  let more: UnknownReason | undefined;
  for (let i = 0; i < args.length; i += 2) {
    const key = args[i]!;
    if (key.kind === 'unknown') more ??= key.reason;
    else if (key.kind !== 'string') return undefined;
    else members.push({ key: key.value, keyAt: key.at, value: args[i + 1]! });
  }
  return objectAt(at, members, more);
}

function empty(call: Call): LocatedValue | undefined {
  const [value] = call.args;
  switch (value?.kind) {
    case 'null':
      return booleanAt(call.at, true);
    case 'string':
      return booleanAt(call.at, value.value === '');
    case 'list':
    case 'object': {
      const isEmpty = (value.kind === 'list' ? value.items : value.members).length === 0;
      return isEmpty && value.more !== undefined ? unknownOf(call, value.more) : booleanAt(call.at, isEmpty);
    }
    case 'unknown':
      return value.parts?.some(each => typeof each === 'string' && each !== '')
        ? booleanAt(call.at, false)
        : unknownOf(call, value.reason);
    default:
      return undefined;
  }
}

function equals(call: Call): LocatedValue | undefined {
  const [one, other] = call.args;
  if (one === undefined || other === undefined) return undefined;
  const truth = areEqual(one, other);
  if (truth !== undefined) return booleanAt(call.at, truth);
  return unknownOf(call, firstUnknown(one) ?? firstUnknown(other)!);
}

function endOf(call: Call, end: 'first' | 'last'): LocatedValue | undefined {
  const [value] = call.args;
  if (value?.kind === 'string') return textAt(call.at, value.value.at(end === 'first' ? 0 : -1) ?? '');
  if (value?.kind === 'unknown') return unknownOf(call, value.reason);
  if (value?.kind !== 'list') return undefined;
  if (value.more !== undefined) return unknownOf(call, value.more);
  return locatedItems(value).at(end === 'first' ? 0 : -1) ?? nullAt(call.at);
}

function flatten(call: Call): LocatedValue | undefined {
  const [value] = call.args;
  const outer = value && listOf(value);
  const lists = outer?.items.map(listOf);
  if (outer === undefined || !lists?.every(list => list !== undefined)) return undefined;
  const all = lists.flatMap(({ items: each }) => each);
  return listAt(call.at, all, outer.more ?? lists.find(({ more }) => more !== undefined)?.more);
}

/** As .NET fills a text; formats behind a colon and widths are not imitated. */
function format(call: Call): LocatedValue | undefined {
  const [pattern, ...values] = call.args;
  if (pattern?.kind === 'unknown') return unknownOf(call, pattern.reason);
  if (pattern?.kind !== 'string') return undefined;
  const pieces: Piece[] = [];
  let at = 0;
  for (const { 0: found, 1: number, index } of pattern.value.matchAll(placeholder)) {
    pieces.push(pattern.value.slice(at, index));
    at = index + found.length;
    if (number === undefined) pieces.push(found.charAt(0));
    else {
      const filled = values[Number(number)] && piecesOf(values[Number(number)]!);
      if (filled === undefined) return undefined;
      pieces.push(...filled);
    }
  }
  pieces.push(pattern.value.slice(at));
  // A brace that is left opens what was not understood.
  const isComplete = !/[{}]/.test(pattern.value.replace(placeholder, ''));
  return isComplete ? textOfPieces(call.at, pieces) : unformatted(call);
}

const placeholder = /\{\{|\}\}|\{([0-9]{1,4})\}/g;

function unformatted(call: Call): LocatedValue {
  return unknownOf(
    call,
    call.evaluation.reason('function', `${call.name}()`, call.at, 'has a format that is not read'),
  );
}

function indexOf(call: Call, end: 'first' | 'last'): LocatedValue | undefined {
  const [container, wanted] = call.args;
  const cause = call.args.map(firstUnknown).find(reason => reason !== undefined);
  if (cause !== undefined) return unknownOf(call, cause);
  if (container?.kind === 'string' && wanted?.kind === 'string') {
    const [text, word] = [container.value.toUpperCase(), wanted.value.toUpperCase()];
    return numberAt(call.at, end === 'first' ? text.indexOf(word) : text.lastIndexOf(word));
  }
  if (container?.kind !== 'list' || wanted === undefined) return undefined;
  const found = container.items.map(item => areEqual(item, wanted) === true);
  return numberAt(call.at, end === 'first' ? found.indexOf(true) : found.lastIndexOf(true));
}

function intersection(call: Call): LocatedValue | undefined {
  const cause = call.args.map(firstUnknown).find(reason => reason !== undefined);
  if (cause !== undefined) return unknownOf(call, cause);
  const [first, ...rest] = call.args;
  if (first?.kind === 'list' && rest.every(each => each.kind === 'list')) {
    return listAt(call.at, commonItems(call, first, rest));
  }
  if (first?.kind !== 'object' || !rest.every(each => each.kind === 'object')) return undefined;
  const isCommon = ({ key, value }: LocatedMember, other: LocatedObject) => {
    const found = findMember(other, key);
    return found !== undefined && areEqual(found.value, value) === true;
  };
  return objectAt(
    call.at,
    locatedMembers(first).filter(member => rest.every(other => isCommon(member, other))),
  );
}

function commonItems({ evaluation }: Call, first: LocatedList, rest: readonly LocatedList[]): LocatedValue[] {
  const found = locatedItems(first).filter(item =>
    rest.every(({ items: others }) => {
      evaluation.spend(others.length);
      return others.some(other => areEqual(item, other) === true);
    }),
  );
  return distinct({ evaluation }, found);
}

/** The members of an object by name, each as an object with `key` and `value`. */
function items(call: Call): LocatedValue | undefined {
  const [object] = call.args;
  if (object?.kind === 'unknown') return unknownOf(call, object.reason);
  if (object?.kind !== 'object') return undefined;
  const members = locatedMembers(object).toSorted((a, b) => compareNames(a.key, b.key));
  const pairs = members.map(({ key, keyAt, value }) =>
    objectAt(value.at, [
      { key: 'key', keyAt, value: textAt(keyAt, key) },
      { key: 'value', keyAt, value },
    ]),
  );
  return listAt(call.at, pairs, object.more);
}

function compareNames(one: string, other: string): number {
  const [a, b] = [one.toUpperCase(), other.toUpperCase()];
  return compareText(a, b);
}

function join(call: Call): LocatedValue | undefined {
  const [list, delimiter] = call.args;
  if (list?.kind === 'unknown') return unknownOf(call, list.reason);
  if (list?.kind !== 'list' || delimiter === undefined) return undefined;
  if (list.more !== undefined) return unknownOf(call, list.more);
  const between = piecesOf(delimiter);
  const parts = list.items.map(piecesOf);
  if (between === undefined || !parts.every(each => each !== undefined)) return undefined;
  return textOfPieces(
    call.at,
    parts.flatMap((each, at) => (at === 0 ? each : [...between, ...each])),
  );
}

function json(call: Call): LocatedValue | undefined {
  const [text] = call.args;
  if (text?.kind === 'unknown') return unknownOf(call, text.reason);
  if (text?.kind !== 'string') return undefined;
  call.evaluation.spend(text.value.length);
  if (text.value.trim() === '') return nullAt(call.at);
  if (nestingOf(text.value) > deepestValue) return undefined;
  try {
    return valueOfPlain(call.at, JSON.parse(text.value));
  } catch {
    return undefined;
  }
}

/** At least as deep as the lists and objects in a JSON text lie in each other. */
function nestingOf(text: string): number {
  let [depth, deepest] = [0, 0];
  for (const character of text) {
    if (character === '[' || character === '{') deepest = Math.max(deepest, ++depth);
    else if (character === ']' || character === '}') depth--;
  }
  return deepest;
}

function length(call: Call): LocatedValue | undefined {
  const [value] = call.args;
  if (value?.kind === 'unknown') return unknownOf(call, value.reason);
  if (value?.kind === 'string') return numberAt(call.at, value.value.length);
  if (value?.kind !== 'list' && value?.kind !== 'object') return undefined;
  if (value.more !== undefined) return unknownOf(call, value.more);
  return numberAt(call.at, (value.kind === 'list' ? value.items : value.members).length);
}

function not(call: Call): LocatedValue | undefined {
  const [value] = call.args;
  if (value?.kind === 'unknown') return unknownOf(call, value.reason);
  return value?.kind === 'boolean' ? booleanAt(call.at, !value.value) : undefined;
}

function xor(call: Call): LocatedValue | undefined {
  const cause = call.args.map(firstUnknown).find(reason => reason !== undefined);
  if (cause !== undefined) return unknownOf(call, cause);
  const truths = call.args.map(arg => (arg.kind === 'boolean' ? arg.value : undefined));
  return truths.includes(undefined) ? undefined : booleanAt(call.at, truths.filter(Boolean).length % 2 === 1);
}

function objectKeys(call: Call): LocatedValue | undefined {
  const [object] = call.args;
  if (object?.kind === 'unknown') return unknownOf(call, object.reason);
  if (object?.kind !== 'object') return undefined;
  const members = object.members.toSorted((a, b) => compareNames(a.key, b.key));
  return listAt(
    call.at,
    members.map(({ key, keyAt }) => textAt(keyAt, key)),
    object.more,
  );
}

function shallowMerge(call: Call): LocatedValue | undefined {
  const [list] = call.args;
  if (list?.kind === 'unknown') return unknownOf(call, list.reason);
  if (list?.kind !== 'list') return undefined;
  let more = list.more;
  const members: LocatedMember[] = [];
  for (const item of locatedItems(list)) {
    if (item.kind === 'unknown') more ??= item.reason;
    else if (item.kind === 'object') {
      members.push(...locatedMembers(item));
      more ??= item.more;
    } else if (item.kind !== 'null') return undefined;
  }
  return objectAt(call.at, members, more);
}

function part(call: Call, which: 'skip' | 'take'): LocatedValue | undefined {
  const [value, count] = call.args;
  const cause = value?.kind === 'unknown' ? value.reason : count && firstUnknown(count);
  if (cause !== undefined) return unknownOf(call, cause);
  if (count?.kind !== 'number') return undefined;
  const at = Math.max(0, count.value);
  const slice = which === 'skip' ? ([at] as const) : ([0, at] as const);
  if (value?.kind === 'string') return textAt(call.at, value.value.slice(...slice));
  if (value?.kind !== 'list') return undefined;
  return value.more === undefined
    ? listAt(call.at, locatedItems(value).slice(...slice))
    : unknownOf(call, value.more);
}

function changed(call: Call, change: (text: string) => string): LocatedValue | undefined {
  const [value] = call.args;
  if (value?.kind !== 'string' && value?.kind !== 'unknown') return undefined;
  const pieces = piecesOf(value)!;
  if (pieces.length === 1 && typeof pieces[0] !== 'string') return unknownAt(call.at, pieces[0]!);
  return textOfPieces(
    call.at,
    pieces.map(piece => (typeof piece === 'string' ? change(piece) : piece)),
  );
}

function tryGet(call: Call): LocatedValue | undefined {
  let [value, ...keys] = call.args as [LocatedValue | undefined, ...LocatedValue[]];
  for (const key of keys) {
    if (value === undefined) return undefined;
    if (value.kind === 'null') return value;
    const found = accessed(value, key);
    if (found === undefined) return undefined;
    if (found === 'missing') return nullAt(call.at);
    if (!('via' in found)) return unknownOf(call, found);
    value = found;
  }
  return value;
}

function tryIndexFromEnd(call: Call): LocatedValue | undefined {
  const [list, index] = call.args;
  const cause = list?.kind === 'unknown' ? list.reason : index && firstUnknown(index);
  if (cause !== undefined) return unknownOf(call, cause);
  if (list?.kind !== 'list' || index?.kind !== 'number') return undefined;
  if (list.more !== undefined) return unknownOf(call, list.more);
  return (index.value > 0 ? locatedItems(list).at(-index.value) : undefined) ?? nullAt(call.at);
}

function union(call: Call): LocatedValue | undefined {
  const known = call.args.filter(({ kind }) => kind !== 'unknown');
  if (known.length === 0) return call.args[0] && unknownOf(call, firstUnknown(call.args[0])!);
  if (known.every(({ kind }) => kind === 'list')) return unionOfLists(call);
  return known.every(({ kind }) => kind === 'object') ? unionOfObjects(call, call.args) : undefined;
}

function unionOfLists(call: Call): LocatedValue | undefined {
  const lists = call.args.map(listOf);
  if (!lists.every(list => list !== undefined)) return undefined;
  const all = lists.flatMap(({ items: each }) => each);
  return listAt(call.at, distinct(call, all), lists.find(({ more }) => more !== undefined)?.more);
}

/** Texts are found by what they say; lists and objects are compared one with another. */
function distinct({ evaluation }: Pick<Call, 'evaluation'>, all: readonly LocatedValue[]): LocatedValue[] {
  const texts = new Set<string>();
  const others: LocatedValue[] = [];
  return all.filter(item => {
    if (item.kind === 'string') return !texts.has(item.value) && texts.add(item.value) !== undefined;
    if (!evaluation.spend(others.length) || others.some(other => areEqual(other, item) === true))
      return false;
    others.push(item);
    return true;
  });
}

/** What is an object in both is joined in turn; of all else the last counts. */
function unionOfObjects(call: Call, objects: readonly LocatedValue[]): LocatedValue {
  const joined = new Map<string, LocatedMember>();
  let more: UnknownReason | undefined;
  for (const object of objects) {
    if (object.kind !== 'object') {
      if (object.kind === 'unknown') more ??= object.reason;
      continue;
    }
    more ??= object.more;
    for (const member of locatedMembers(object)) {
      const name = member.key.toLowerCase();
      const before = joined.get(name)?.value;
      const areBoth = before?.kind === 'object' && member.value.kind === 'object';
      call.evaluation.spend(1);
      joined.set(name, areBoth ? { ...member, value: unionOfObjects(call, [before, member.value]) } : member);
    }
  }
  return objectAt(call.at, [...joined.values()], more);
}
