import type { Position, SourceDocument } from './source-document.js';

/** Line and column of an offset in the document's text. Lines end with `\n`, `\r\n` or `\r`. */
export function positionAt(document: SourceDocument, offset: number): Position {
  const starts = lineStartsOf(document);
  let [low, high] = [0, starts.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
}

/** The text of a line, counted from 1, without its line end; empty for a line that is not there. */
export function lineText(document: SourceDocument, line: number): string {
  const starts = lineStartsOf(document);
  const start = starts[line - 1];
  if (start === undefined) return '';
  let end = starts[line] ?? document.text.length;
  if (line < starts.length) {
    if (document.text[end - 1] === '\n') end--;
    if (end > start && document.text[end - 1] === '\r') end--;
  }
  return document.text.slice(start, end);
}

/** Made when the first finding of a document asks: most documents have none. */
const lineStarts = new WeakMap<SourceDocument, readonly number[]>();

function lineStartsOf(document: SourceDocument): readonly number[] {
  const known = lineStarts.get(document);
  if (known !== undefined) return known;
  const made = findLineStarts(document.text);
  lineStarts.set(document, made);
  return made;
}

function findLineStarts(text: string): number[] {
  const starts = [0];
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x0a || (code === 0x0d && text.charCodeAt(at + 1) !== 0x0a)) starts.push(at + 1);
  }
  return starts;
}
