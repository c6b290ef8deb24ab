// What --fix may do to a file, worked out from the two texts by jsonc-parser and the generator's own operations: not one
// line of the code under test.
import { createScanner, type Node, type ParseError, parseTree } from 'jsonc-parser';
import { correctionByTypo, type Plane, planeByOperation } from './fix-layouts.js';

/** Why the change from one text to the other is not one that --fix may make; undefined where it is. */
export function faultOf(before: string, after: string, mends: 'typos' | 'no typos'): string | undefined {
  if (before === after) return undefined;
  const [old, now] = [readingOf(before), readingOf(after)];
  const corrections: Corrections = mends === 'typos' ? everyCorrection : new Map();
  if (old === undefined) return 'a damaged text was changed';
  if (now === undefined) return 'the text was damaged';
  if (old.permissions.length !== now.permissions.length) return 'a permission came or went';
  if (skeletonOf(old, now, 'old') !== skeletonOf(old, now, 'now'))
    return 'something outside of the lists changed';
  if (suppressedTokens(before, corrections).join('\n') !== suppressedTokens(after, corrections).join('\n'))
    return 'a suppression speaks of something else';
  for (const [i, permission] of old.permissions.entries()) {
    const fault = faultOfPermission(permission, now.permissions[i]!, { old, now, corrections });
    if (fault !== undefined) return fault;
  }
  return undefined;
}

/** What --fix should have mended and did not, in a text that leaves it free to. */
export function leftIn(text: string): string | undefined {
  const reading = readingOf(text);
  if (reading === undefined || text.includes('azrbac-ignore')) return undefined;
  for (const permission of reading.permissions) {
    if (!isFree(permission)) continue;
    for (const list of listNames) {
      const strings = stringsOf(permission, list);
      if (strings.some(string => string !== string.trim())) return `blanks in ${list}`;
      const stuck = strings.filter(string => isOnWrongPlane(string, list));
      if (
        isGranting(list) &&
        takenAway(permission).length === 0 &&
        stuck.some(string => !string.includes('*'))
      )
        return `an entry of ${list} is on the wrong plane`;
      const others = strings.filter(string => !stuck.includes(string)).map(keyOf);
      if (new Set(others).size < others.length) return `an entry of ${list} stands twice`;
    }
  }
  return undefined;
}

interface Reading {
  readonly text: string;
  readonly comments: readonly Token[];
  /** All objects that have a list of actions, in the order of the text. */
  readonly permissions: readonly Node[];
}

interface Token {
  readonly start: number;
  readonly raw: string;
}

type List = 'actions' | 'notactions' | 'dataactions' | 'notdataactions';

const counterpart: Readonly<Record<List, List>> = {
  actions: 'dataactions',
  notactions: 'notdataactions',
  dataactions: 'actions',
  notdataactions: 'notactions',
};

const listNames = Object.keys(counterpart) as List[];

function readingOf(text: string): Reading | undefined {
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { allowTrailingComma: true });
  if (root === undefined || errors.length > 0) return undefined;
  const permissions: Node[] = [];
  const visit = (node: Node): void => {
    if (node.type === 'object' && membersOf(node).some(({ key }) => isList(key))) permissions.push(node);
    for (const child of node.children ?? []) visit(child);
  };
  visit(root);
  permissions.sort((a, b) => a.offset - b.offset);
  return { text, permissions, comments: tokensOf(text).filter(({ raw }) => /^\/[/*]/.test(raw)) };
}

function tokensOf(text: string): Token[] {
  const scanner = createScanner(text, false);
  const tokens: Token[] = [];
  while (scanner.getPosition() < text.length) {
    scanner.scan();
    const start = scanner.getTokenOffset();
    const raw = text.slice(start, scanner.getPosition());
    if (raw.trim() !== '') tokens.push({ start, raw });
  }
  return tokens;
}

interface Member {
  readonly key: string;
  readonly start: number;
  readonly value: Node;
}

function membersOf(object: Node): Member[] {
  return (object.children ?? []).map(({ offset, children }) => ({
    key: String(children![0]!.value),
    start: offset,
    value: children![1]!,
  }));
}

function isList(key: string): boolean {
  return listNames.includes(key.toLowerCase() as List);
}

function membersNamed(permission: Node, list: List): Member[] {
  return membersOf(permission).filter(({ key }) => key.toLowerCase() === list);
}

/** The strings of a list as most tools read it: of equal names the last. */
function stringsOf(permission: Node, list: List): string[] {
  const value = membersNamed(permission, list).at(-1)?.value;
  if (value?.type === 'string') return [String(value.value)];
  if (value?.type !== 'array') return [];
  return (value.children ?? []).filter(({ type }) => type === 'string').map(item => String(item.value));
}

/** The text without the lists that may change, and without those that are new. */
function skeletonOf(old: Reading, now: Reading, which: 'old' | 'now'): string {
  const reading = which === 'old' ? old : now;
  const cuts: { start: number; end: number }[] = [];
  reading.permissions.forEach((permission, i) => {
    const isNew = new Set<Member>();
    const [known, members] = [membersOf(old.permissions[i]!), membersOf(permission)];
    let at = 0;
    // A new list in front of old ones, or behind such a one, has no old one to be behind of.
    let isInFront = true;
    members.forEach((member, j) => {
      const before = members[j - 1];
      if (which === 'now' && known[at]?.key !== member.key && isList(member.key)) {
        isInFront &&= before === undefined || !isList(before.key) || isNew.has(before);
        isNew.add(member);
        return cuts.push(newMember(member, isInFront ? undefined : before, members[j + 1]));
      }
      at++;
      const isAlone = membersNamed(permission, member.key.toLowerCase() as List).length === 1;
      const { type, offset, length } = member.value;
      if (isList(member.key) && isAlone && (type === 'array' || type === 'null'))
        cuts.push({ start: offset, end: offset + length });
      return undefined;
    });
  });
  let [text, at] = ['', 0];
  for (const { start, end } of cuts.sort((a, b) => a.start - b.start)) {
    // An empty list in the place of a cut: what was new leaves nothing behind.
    const isValue = /[[n]/.test(reading.text[start]!);
    text += reading.text.slice(at, start) + (isValue ? '[]' : '');
    at = end;
  }
  return text + reading.text.slice(at);
}

/** With the comma that joins it to the list in front of it, or else to what it is in front of. */
function newMember(
  { key, start, value }: Member,
  before: Member | undefined,
  behind: Member | undefined,
): { start: number; end: number } {
  if (before !== undefined && rankOf(before.key) < rankOf(key))
    return { start: endOf(before.value), end: endOf(value) };
  return { start, end: behind?.start ?? start };
}

function endOf({ offset, length }: Node): number {
  return offset + length;
}

function rankOf(key: string): number {
  return ['actions', 'notactions', 'dataactions', 'notdataactions'].indexOf(key.toLowerCase());
}

/** What stands behind each suppressing comment. */
function suppressedTokens(text: string, corrections: Corrections): string[] {
  const tokens = tokensOf(text);
  return tokens.flatMap(({ raw }, i) => {
    if (!/^\/[/*].*azrbac-ignore/s.test(raw)) return [];
    const next = tokens.slice(i).find(token => !/^(?:\/[/*]|,)/.test(token.raw))?.raw ?? '';
    const key = keyOf(next.replaceAll(/"|\\t/g, ''));
    return [corrections.get(key) ?? key];
  });
}

function faultOfPermission(
  before: Node,
  after: Node,
  {
    old,
    now,
    corrections,
  }: { readonly old: Reading; readonly now: Reading; readonly corrections: Corrections },
): string | undefined {
  const brought = new Map<List, string[]>();
  for (const list of listNames) {
    const suffix = broughtBy(contentsOf(old, before, list), contentsOf(now, after, list), corrections);
    if (suffix === undefined) return `entries or comments of ${list} are not those that were there`;
    const from = counterpart[list];
    const isMoved = (text: string): boolean =>
      isOnWrongPlane(text, from) &&
      stringsOf(before, from).some(string =>
        [keyOf(string), corrections.get(keyOf(string))].includes(keyOf(text)),
      );
    if (!suffix.every(isMoved)) return `something new stands in ${list}`;
    if (new Set(suffix.map(keyOf)).size < suffix.length) return `something stands twice in ${list}`;
    brought.set(list, suffix);
  }
  for (const list of listNames) {
    const lost = stringsOf(before, list).find(string => !isKept(string, list, after, corrections));
    if (lost !== undefined) return `"${lost}" of ${list} is lost`;
  }
  return faultOfGrants(before, after, { brought, corrections });
}

function faultOfGrants(
  before: Node,
  after: Node,
  {
    brought,
    corrections,
  }: { readonly brought: ReadonlyMap<List, string[]>; readonly corrections: Corrections },
): string | undefined {
  const listsAfter = (list: List): string[] => stringsOf(after, list).map(keyOf);
  const meant = (list: List): string[] => {
    const left = new Set(listsAfter(list));
    const strings = stringsOf(before, list).map(keyOf);
    const mended = strings.map(key => (left.has(key) ? key : (corrections.get(key) ?? key)));
    return [...mended, ...brought.get(list)!.map(keyOf)];
  };
  for (const plane of ['control', 'data'] as const) {
    const [expected, found] = [grantsOf(plane, meant), grantsOf(plane, listsAfter)];
    if (expected.join() !== found.join())
      return `on the ${plane} plane ${found.join()} for ${expected.join()}`;
    const list = plane === 'control' ? 'actions' : 'dataactions';
    // Of what a wildcard covers, the generator knows a part only.
    const plain = brought.get(list)!.filter(text => !text.includes('*'));
    const useless = plain.find(text => !found.includes(keyOf(text)));
    if (useless !== undefined) return `"${useless}" moved, and is not granted`;
  }
  return undefined;
}

type Corrections = ReadonlyMap<string, string>;

/** By key, to key. */
const everyCorrection: Corrections = new Map(
  [...correctionByTypo].map(([typo, correct]) => [keyOf(typo), keyOf(correct)]),
);

/** Of the generator's operations, and of those that nobody knows. */
function grantsOf(plane: Plane, strings: (list: List) => string[]): string[] {
  const [granting, subtracting] =
    plane === 'control' ? (['actions', 'notactions'] as const) : (['dataactions', 'notdataactions'] as const);
  const known = [...planeByOperation].filter(([, at]) => at === plane).map(([name]) => keyOf(name));
  const unknown = strings(granting).filter(key => everyCorrection.has(key));
  return [...new Set([...known, ...unknown])]
    .filter(name => strings(granting).some(pattern => isCovered(name, pattern)))
    .filter(name => !strings(subtracting).some(pattern => isCovered(name, pattern)))
    .sort();
}

/** Comments and entries of a list, in their order. */
function contentsOf(reading: Reading, permission: Node, list: List): { raw: string; value: unknown }[] {
  const value = membersNamed(permission, list).at(-1)?.value;
  if (value?.type !== 'array') return [];
  const end = value.offset + value.length;
  const comments = reading.comments.filter(({ start }) => start > value.offset && start < end);
  return [
    ...comments.map(({ start, raw }) => ({ start, raw, value: undefined as unknown })),
    ...(value.children ?? []).map(({ offset, length, value: item }) => ({
      start: offset,
      raw: reading.text.slice(offset, offset + length),
      value: item as unknown,
    })),
  ].sort((a, b) => a.start - b.start);
}

type Contents = ReturnType<typeof contentsOf>;

/** The entries at the end that were not there before; undefined where the rest is not what was there less some entries. */
function broughtBy(before: Contents, after: Contents, corrections: Corrections): string[] | undefined {
  const isComment = ({ raw }: { raw: string }): boolean => /^\/[/*]/.test(raw);
  if (before.filter(isComment).length !== after.filter(isComment).length) return undefined;
  const items = after.filter(content => !isComment(content));
  for (let count = 0; count <= items.length; count++) {
    const isNew = new Set(items.slice(items.length - count));
    const rest = after.filter(content => !isNew.has(content));
    if (isWithin(rest, before, corrections)) return [...isNew].map(({ value }) => String(value));
  }
  return undefined;
}

function isWithin(part: Contents, whole: Contents, corrections: Corrections): boolean {
  let at = 0;
  for (const content of whole) if (part[at] !== undefined && mayBecome(content, part[at]!, corrections)) at++;
  return at === part.length;
}

function mayBecome(old: Contents[number], now: Contents[number], corrections: Corrections): boolean {
  if (old.raw === now.raw) return true;
  if (typeof old.value !== 'string' || !old.raw.startsWith('"')) return false;
  return now.value === old.value.trim() || keyOf(String(now.value)) === corrections.get(keyOf(old.value));
}

/** Whether an entry is still there, mended or not, in its list or where it belongs, or something wider is. */
function isKept(string: string, list: List, after: Node, corrections: Corrections): boolean {
  const key = keyOf(string);
  return [key, corrections.get(key) ?? key].some(name => {
    const places = isOnWrongPlane(name, list) ? [list, counterpart[list]] : [list];
    return places.some(place => stringsOf(after, place).some(other => isCovered(name, keyOf(other))));
  });
}

function isFree(permission: Node): boolean {
  return listNames.every(list => {
    const [member, second] = membersNamed(permission, list);
    return second === undefined && (member === undefined || ['array', 'null'].includes(member.value.type));
  });
}

function takenAway(permission: Node): string[] {
  return [...stringsOf(permission, 'notactions'), ...stringsOf(permission, 'notdataactions')];
}

function isGranting(list: List): boolean {
  return list === 'actions' || list === 'dataactions';
}

function isOnWrongPlane(string: string, list: List): boolean {
  const plane = list === 'actions' || list === 'notactions' ? 'control' : 'data';
  const planes = [...planeByOperation]
    .filter(([name]) => isCovered(keyOf(name), keyOf(string)))
    .map(([, at]) => at);
  return planes.length > 0 && !planes.includes(plane);
}

function keyOf(string: string): string {
  return string.trim().toLowerCase();
}

/** Azure's star stands for anything; between slashes also for nothing. */
function isCovered(name: string, pattern: string): boolean {
  const source = pattern
    .replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&')
    .replaceAll(/\/\*(?=\/)/g, '(?:/\u0001)?')
    .replaceAll('*', '.*')
    .replaceAll('\u0001', '.*');
  return new RegExp(`^${source}$`, 's').test(name);
}
