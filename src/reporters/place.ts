import type { SourceDocument, SourceRef } from '../input/source-document.js';

/** Where something stands. Counted from 1, columns in UTF-16 code units, `endColumn` exclusive. */
export interface Place {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** Finds places, and remembers each document's lines while a report is written. */
export class Places {
  readonly #starts = new Map<SourceDocument, readonly number[]>();

  /** Undefined where the thing has no text of its own. */
  of({ document, range }: SourceRef): Place | undefined {
    if (range === undefined) return undefined;
    const [line, column] = this.#position(document, range.start);
    const [endLine, endColumn] = this.#position(document, range.end);
    return { line, column, endLine, endColumn };
  }

  /** The text of a line without its line break. */
  lineText(document: SourceDocument, line: number): string {
    const starts = this.#startsOf(document);
    return document.text.slice(starts[line - 1] ?? 0, starts[line] ?? document.text.length).replace(/[\r\n]+$/, '');
  }

  #position(document: SourceDocument, offset: number): [number, number] {
    const starts = this.#startsOf(document);
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return [low + 1, offset - (starts[low] ?? 0) + 1];
  }

  #startsOf(document: SourceDocument): readonly number[] {
    const known = this.#starts.get(document);
    if (known !== undefined) return known;
    const starts = [0];
    for (const { index, 0: lineBreak } of document.text.matchAll(/\r\n|\r|\n/g)) starts.push(index + lineBreak.length);
    this.#starts.set(document, starts);
    return starts;
  }
}

/** `file:line:column`, or the file alone where there is no line; not escaped. */
export function placeName(ref: SourceRef, place: Place | undefined): string {
  return place === undefined ? ref.document.file : `${ref.document.file}:${place.line}:${place.column}`;
}
