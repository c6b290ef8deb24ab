import { positionAt } from '../input/position.js';
import type { SourceRef } from '../input/source-document.js';

/** Where something stands. Counted from 1, columns in UTF-16 code units, `endColumn` exclusive. */
export interface SourceSpan {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** Undefined where the thing has no text of its own. */
export function spanOf({ document, range }: SourceRef): SourceSpan | undefined {
  if (range === undefined) return undefined;
  const start = positionAt(document, range.start);
  const end = positionAt(document, range.end);
  return { line: start.line, column: start.column, endLine: end.line, endColumn: end.column };
}

/** `file:line:column`; where there is no line, `file#/pointer` or the file alone; not escaped. */
export function placeName(ref: SourceRef): string {
  const place = spanOf(ref);
  const { file } = ref.document;
  if (place !== undefined) return `${file}:${place.line}:${place.column}`;
  return ref.pointer === '' ? file : `${file}#${ref.pointer}`;
}
