import type { SourceDocument, SourceRef } from '../../input/source-document.js';

/** A list of rows in a file, such as its role assignments. */
export interface RowList {
  readonly document: SourceDocument;
  /** The JSON pointer of the list; empty where the file is the list. */
  readonly pointer: string;
}

/** Where a row of a snapshot stands. Small, and its pointer is made when asked for: a tenant has a million of them. */
export class RowRef implements SourceRef {
  constructor(
    readonly list: RowList,
    readonly index: number,
  ) {}

  get document(): SourceDocument {
    return this.list.document;
  }

  get pointer(): string {
    return `${this.list.pointer}/${this.index}`;
  }

  /** What was collected is data; it has no lines to point at. */
  get range(): undefined {
    return undefined;
  }
}

/** The list of that pointer in a file that is not shown line by line. */
export function rowList(file: string, pointer: string): RowList {
  const document = { file, text: '', root: undefined, comments: [], tolerated: [], syntaxProblems: [] };
  return { document, pointer };
}
