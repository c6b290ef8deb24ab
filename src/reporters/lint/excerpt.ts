import { lineText } from '../../input/position.js';
import type { SourceRef } from '../../input/source-document.js';
import { displayWidth } from '../../text/display-width.js';
import { visible } from '../../text/escape.js';
import { spanOf } from '../../text/source-span.js';

/** A line of a document with a mark under the place that is meant, in pieces that a reporter lays out. */
export interface Excerpt {
  readonly line: number;
  readonly text: string;
  /** Blanks, then one caret under each column meant. */
  readonly mark: string;
  /** Where a range goes on below the line shown: ` to line 30`; else empty. */
  readonly rest: string;
}

/**
 * The line on which a range begins. Tabs become blanks, long lines are cut around the range, and nothing in it
 * can act on a terminal or a CI log. Undefined where there is no text to show.
 */
export function excerptOf(ref: SourceRef, longest = longestLine): Excerpt | undefined {
  const place = spanOf(ref);
  const line = place && lineText(ref.document, place.line);
  if (place === undefined || line === undefined || line.trim() === '') return undefined;
  const start = place.column - 1;
  const end = place.endLine === place.line ? place.endColumn - 1 : line.length;
  const from = wholeCharacter(line, Math.max(0, start - Math.floor(longest / 2)));
  const to = wholeCharacter(line, Math.min(line.length, from + longest));
  const before = (from > 0 ? '…' : '') + shownText(line.slice(from, start));
  const meant = shownText(line.slice(start, Math.min(end, to)));
  const after = shownText(line.slice(Math.min(end, to), to)) + (to < line.length ? '…' : '');
  return {
    line: place.line,
    text: visible(before + meant + after).trimEnd(),
    mark: ' '.repeat(displayWidth(before)) + '^'.repeat(Math.max(1, displayWidth(meant))),
    rest: place.endLine === place.line ? '' : ` to line ${place.endLine}`,
  };
}

// In UTF-16 code units of the line.
const longestLine = 120;

/** The text of the range itself; undefined where it is none, is on several lines or says nothing by itself. */
export function meantText({ document, range }: SourceRef): string | undefined {
  if (range === undefined) return undefined;
  const { start, end } = range;
  if (end - start < 3 || end - start > longestMeant) return undefined;
  const text = document.text.slice(start, end);
  return /[\r\n]|^[{[]/.test(text) ? undefined : text;
}

/** A longer one is shown by an excerpt of its line. */
const longestMeant = 400;

/** The offset, or the next one where a surrogate pair would be cut. */
function wholeCharacter(line: string, offset: number): number {
  return (line.codePointAt(offset - 1) ?? 0) > 0xffff ? offset + 1 : offset;
}

function shownText(part: string): string {
  return part.split('\t').map(visible).join('    ');
}
