import type { JsonArray, JsonNode, JsonObject } from '../../input/json-node.js';
import type { Comment, SourceDocument } from '../../input/source-document.js';
import type { TextRange } from '../../input/text-range.js';
import { type NewListPlace, placeOfNewList, rankOfList } from './new-list-place.js';
import { type PlannedFix, membersNamed } from './plan.js';
import { movedText } from './with-fixes.js';

/**
 * Whether the texts are the same to the letter outside of the lists that the fixes are about, and inside of them hold
 * the same comments and the same entries in the same order, but for what the fixes take out, replace or bring.
 */
export function onlyListsChanged(
  before: SourceDocument,
  after: SourceDocument,
  fixes: readonly PlannedFix[],
): boolean {
  let [read, written] = [0, 0];
  for (const change of changesOf(fixes)) {
    const shift = written - read;
    if (!isSame(before, after, { start: read, end: change.range.start }, shift)) return false;
    const end = endOfChange(before, after, change, change.range.start + shift);
    if (end === undefined) return false;
    [read, written] = [change.range.end, end];
  }
  return before.text.slice(read) === after.text.slice(written);
}

/** What the fixes may do to one list, which may be null or missing before. */
interface ListChange {
  /** In the text before; empty, beside a member, where there is no list yet. */
  readonly range: TextRange;
  /** Undefined where there is no list yet. */
  readonly list: JsonArray | undefined;
  readonly name: string;
  /** The side of a member on which a new list stands. */
  readonly side: NewListPlace['side'];
  readonly gone: Set<JsonNode>;
  readonly replaced: Map<JsonNode, string>;
  readonly brought: Set<string>;
}

/** In the order of the text. */
function changesOf(fixes: readonly PlannedFix[]): ListChange[] {
  const changes = new Map<string, ListChange>();
  const changeOf = (permission: JsonObject, name: string): ListChange => {
    const key = `${permission.start} ${name}`;
    const change = changes.get(key) ?? emptyChange(permission, name);
    changes.set(key, change);
    return change;
  };
  for (const fix of fixes) {
    const { entry, permission, from, to, finding } = fix;
    const source = changeOf(permission, from);
    if (finding.fix.kind === 'replace') source.replaced.set(entry, JSON.stringify(finding.fix.text));
    else source.gone.add(entry);
    if (to !== undefined) changeOf(permission, listNameIn(permission, to)).brought.add(movedText(fix));
  }
  return [...changes.values()].sort(
    (a, b) => a.range.start - b.range.start || rankOfList(a.name) - rankOfList(b.name),
  );
}

/** As the object spells it: a list may be the source of one fix and the target of another. */
function listNameIn(permission: JsonObject, name: string): string {
  return membersNamed(permission, name)[0]?.key ?? name;
}

function emptyChange(permission: JsonObject, name: string): ListChange {
  const value = membersNamed(permission, name)[0]?.value;
  const place = placeOfNewList(permission, name)!;
  return {
    range: value ?? { start: place.offset, end: place.offset },
    side: place.side,
    list: value?.kind === 'array' ? value : undefined,
    name,
    gone: new Set(),
    replaced: new Map(),
    brought: new Set(),
  };
}

function isSame(
  before: SourceDocument,
  after: SourceDocument,
  { start, end }: TextRange,
  shift: number,
): boolean {
  return before.text.slice(start, end) === after.text.slice(start + shift, end + shift);
}

/** Where the changed list ends in the text after; undefined where something else changed. */
function endOfChange(
  before: SourceDocument,
  after: SourceDocument,
  change: ListChange,
  start: number,
): number | undefined {
  const around = innermostAt(after.root, start);
  if (change.range.start === change.range.end) return endOfNewMember(after, around, change, start);
  if (around?.kind !== 'array' || around.start !== start) return undefined;
  return isExpected(before, after, change, around) ? around.end : undefined;
}

function endOfNewMember(
  after: SourceDocument,
  object: JsonNode | undefined,
  { name, side, brought }: ListChange,
  start: number,
): number | undefined {
  if (object?.kind !== 'object') return undefined;
  const isBehind = side === 'behind';
  const number = object.members.findIndex(
    ({ keyRange, value }) => (isBehind ? value.end : keyRange.start) === start,
  );
  const [left, right] = [object.members[number], object.members[number + 1]];
  const member = isBehind ? right : left;
  if (left === undefined || right === undefined || member?.key !== name) return undefined;
  if (member.value.kind !== 'array') return undefined;
  const isComplete =
    isAllBrought(member.value.items, brought) && commentsIn(after, member.value).length === 0;
  const isBlank = /^,[ \t\r\n]*$/.test(after.text.slice(left.value.end, right.keyRange.start));
  if (!isComplete || !isBlank) return undefined;
  return isBehind ? member.value.end : right.keyRange.start;
}

/** New entries stand behind those that were there. */
function isExpected(
  before: SourceDocument,
  after: SourceDocument,
  { list, gone, replaced, brought }: ListChange,
  now: JsonArray,
): boolean {
  const kept = (list?.items ?? []).filter(item => !gone.has(item));
  if (!isAllBrought(now.items.slice(kept.length), brought)) return false;
  const expected = list === undefined ? [] : contents(before, list, kept);
  const found = contents(after, now, now.items.slice(0, kept.length));
  if (expected.length !== found.length) return false;
  return expected.every(({ node, text }, i) => {
    const replacement = node === undefined ? undefined : replaced.get(node);
    return (
      found[i]!.text === (replacement ?? text) && (node === undefined) === (found[i]!.node === undefined)
    );
  });
}

function isAllBrought(items: readonly JsonNode[], brought: ReadonlySet<string>): boolean {
  return items.every(item => item.kind === 'string' && brought.has(String(item.value)));
}

interface Content {
  readonly start: number;
  readonly text: string;
  /** Undefined for a comment. */
  readonly node: JsonNode | undefined;
}

/** Entries of a list and comments between them, as they are written, in the order of the text. */
function contents(document: SourceDocument, list: JsonArray, items: readonly JsonNode[]): Content[] {
  const comments = commentsIn(document, list);
  return [
    ...items.map(node => ({ start: node.start, text: document.text.slice(node.start, node.end), node })),
    ...comments.map(({ start, text }) => ({ start, text, node: undefined })),
  ].sort((a, b) => a.start - b.start);
}

function commentsIn({ comments }: SourceDocument, range: TextRange): Comment[] {
  const first = firstIndex(comments, comment => comment.start >= range.start);
  const behind = firstIndex(comments, comment => comment.start >= range.end);
  return comments.slice(first, behind);
}

/** The innermost value that an offset lies in. */
function innermostAt(root: JsonNode | undefined, offset: number): JsonNode | undefined {
  let found: JsonNode | undefined;
  for (let node = root; node !== undefined; ) {
    if (offset < node.start || offset >= node.end) return found;
    found = node;
    if (node.kind === 'array') node = childAt(node.items, offset);
    else if (node.kind === 'object')
      node = childAt(
        node.members.map(({ value }) => value),
        offset,
      );
    else return found;
  }
  return found;
}

function childAt(children: readonly JsonNode[], offset: number): JsonNode | undefined {
  return children[firstIndex(children, child => child.end > offset)];
}

/** The first index, of things in order, of which the last ones fulfil a condition. */
function firstIndex<Item>(items: readonly Item[], isBehind: (item: Item) => boolean): number {
  let [low, high] = [0, items.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isBehind(items[middle]!)) high = middle;
    else low = middle + 1;
  }
  return low;
}
