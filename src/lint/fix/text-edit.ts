import type { JsonArray, JsonNode } from '../../input/json-node.js';
import type { Comment, SourceDocument } from '../../input/source-document.js';
import type { TextRange } from '../../input/text-range.js';
import type { NewListPlace } from './new-list-place.js';

/** Puts `text` in the place of a range of a document. */
export interface TextEdit extends TextRange {
  readonly text: string;
}

/** @throws Error where two edits overlap: they were made by us, so that is a bug. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  let result = '';
  let at = 0;
  for (const edit of [...edits].sort((a, b) => a.start - b.start || a.end - b.end)) {
    if (edit.start < at) throw new Error(`two edits overlap at offset ${edit.start}`);
    result += text.slice(at, edit.start) + edit.text;
    at = edit.end;
  }
  return result + text.slice(at);
}

/**
 * Takes items out of an array with their commas, and with their lines where nothing else stands on them. Comments stay,
 * so does everything else to the letter.
 */
export function removeItems(
  document: SourceDocument,
  array: JsonArray,
  isRemoved: (item: JsonNode) => boolean,
): TextEdit[] {
  const edits: TextEdit[] = [];
  const commas = array.items.map((item, i) =>
    commaBehind(document, item, array.items[i + 1]?.start ?? array.end - 1),
  );
  const lastKept = array.items.findLastIndex(item => !isRemoved(item));
  array.items.forEach((item, i) => {
    if (isRemoved(item))
      edits.push(...removal(document.text, item, commas[i], i < lastKept ? 'behind' : 'in front'));
    else if (i === lastKept && i < array.items.length - 1 && commas.at(-1) === undefined) {
      // What followed is gone, and the list had no trailing comma before.
      edits.push({ start: commas[i]!, end: commas[i]! + 1, text: '' });
    }
  });
  return merged(edits);
}

/** Adds strings behind the last item, each on a line of its own where the items have theirs. */
export function appendItems(
  document: SourceDocument,
  array: JsonArray,
  texts: readonly string[],
): TextEdit[] {
  const written = texts.map(text => JSON.stringify(text));
  const last = array.items.at(-1);
  if (last === undefined) return [{ start: array.start + 1, end: array.start + 1, text: written.join(', ') }];
  const comma = commaBehind(document, last, array.end - 1);
  const behind = comma === undefined ? last.end : comma + 1;
  const remark = remarkAt(document, behind, array.end - 1);
  const separator = separatorBehind(document.text, last, remark);
  const items = written.map(text => `${separator}${text}`).join(',');
  const at = remark?.end ?? behind;
  if (comma !== undefined) return [{ start: at, end: at, text: `${items},` }];
  return [
    { start: last.end, end: last.end, text: ',' },
    { start: at, end: at, text: items },
  ];
}

/** Adds a member with a list of strings beside another member. */
export function insertList(
  document: SourceDocument,
  { side, neighbour, offset }: NewListPlace,
  key: string,
  texts: readonly string[],
): TextEdit[] {
  const indent = indentOf(document.text, neighbour.keyRange.start);
  const separator = indent === undefined ? ' ' : `${newlineOf(document.text)}${indent}`;
  const member = `${JSON.stringify(key)}: ${entryListOf(texts)}`;
  const text = side === 'behind' ? `,${separator}${member}` : `${member},${separator}`;
  return [{ start: offset, end: offset, text }];
}

/** A list of strings on one line. */
export function entryListOf(texts: readonly string[]): string {
  return `[${texts.map(text => JSON.stringify(text)).join(', ')}]`;
}

/** What stands between the last item, or the remark on it, and one that is added. */
function separatorBehind(text: string, last: JsonNode, remark: Comment | undefined): string {
  const indent = indentOf(text, last.start);
  if (indent !== undefined) return `${newlineOf(text)}${indent}`;
  // The line that a comment takes up to its end is over.
  return remark?.text.startsWith('//') === true ? `${newlineOf(text)}${indentOfLine(text, last.start)}` : ' ';
}

function removal(
  text: string,
  item: JsonNode,
  comma: number | undefined,
  blanks: 'behind' | 'in front',
): TextEdit[] {
  if (comma !== undefined && text.slice(item.end, comma).trim() !== '') {
    return [
      { start: item.start, end: item.end, text: '' },
      { start: comma, end: comma + 1, text: '' },
    ];
  }
  const end = comma === undefined ? item.end : comma + 1;
  const line = lineAround(text, item.start, end);
  if (line !== undefined) return [{ ...line, text: '' }];
  // On a line with others: the blanks behind go too, or those in front where nothing follows.
  if (blanks === 'behind') return [{ start: item.start, end: end + blanksAfter(text, end), text: '' }];
  return [{ start: item.start - blanksBefore(text, item.start), end, text: '' }];
}

/** Two neighbours may both take the blanks between them. */
function merged(removals: readonly TextEdit[]): TextEdit[] {
  const union: TextEdit[] = [];
  for (const edit of [...removals].sort((a, b) => a.start - b.start)) {
    const last = union.at(-1);
    if (last === undefined || edit.start > last.end) union.push(edit);
    else union[union.length - 1] = { ...last, end: Math.max(last.end, edit.end) };
  }
  return union;
}

/** The whole lines of a range with their break, if nothing but blanks stands beside it on them. */
function lineAround(text: string, start: number, end: number): TextRange | undefined {
  const lineStart = start - blanksBefore(text, start);
  if (lineStart > 0 && !isBreak(text[lineStart - 1])) return undefined;
  const lineEnd = end + blanksAfter(text, end);
  if (!isBreak(text[lineEnd])) return undefined;
  return { start: lineStart, end: lineEnd + (text.startsWith('\r\n', lineEnd) ? 2 : 1) };
}

/** The offset of the first comma between an item and `limit` that is not inside a comment. */
function commaBehind(document: SourceDocument, item: JsonNode, limit: number): number | undefined {
  let at = document.text.indexOf(',', item.end);
  while (at >= 0 && at < limit) {
    const comment = commentAt(document, at);
    if (comment === undefined) return at;
    at = document.text.indexOf(',', comment.end);
  }
  return undefined;
}

/** The last of the comments that stand behind an item on the same line, and so speak of it. */
function remarkAt(document: SourceDocument, at: number, limit: number): Comment | undefined {
  let remark: Comment | undefined;
  for (let next = at; ; next = remark.end) {
    const comment = commentAt(document, next + blanksAfter(document.text, next));
    if (comment === undefined || comment.end > limit) return remark;
    remark = comment;
  }
}

/** Comments are in order and do not overlap. */
function commentAt(document: SourceDocument, offset: number): Comment | undefined {
  const { comments } = document;
  let low = 0;
  let high = comments.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (comments[middle]!.end <= offset) low = middle + 1;
    else high = middle;
  }
  const comment = comments[low];
  return comment !== undefined && comment.start <= offset ? comment : undefined;
}

/** The blanks in front of what stands first on its line; undefined where something else does. */
function indentOf(text: string, offset: number): string | undefined {
  const start = offset - blanksBefore(text, offset);
  return start === 0 || isBreak(text[start - 1]) ? text.slice(start, offset) : undefined;
}

/** The blanks that the line of an offset begins with. */
function indentOfLine(text: string, offset: number): string {
  let start = offset;
  while (start > 0 && !isBreak(text[start - 1])) start--;
  return text.slice(start, start + blanksAfter(text, start));
}

/** As the text has its first. */
function newlineOf(text: string): string {
  return /\r\n|\r|\n/.exec(text)?.[0] ?? '\n';
}

function isBreak(character: string | undefined): boolean {
  return character === '\n' || character === '\r';
}

function blanksAfter(text: string, offset: number): number {
  let end = offset;
  while (text[end] === ' ' || text[end] === '\t') end++;
  return end - offset;
}

function blanksBefore(text: string, offset: number): number {
  let start = offset;
  while (start > 0 && (text[start - 1] === ' ' || text[start - 1] === '\t')) start--;
  return offset - start;
}
