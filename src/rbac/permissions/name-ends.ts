import { compareText } from '../../compare-text.js';
import { lowerBound, type OperationTable } from '../catalog/operation-table.js';

/** An operation by its number in the catalog, and how long its name is. */
export interface NameEnd {
  readonly index: number;
  readonly length: number;
}

/** The operations of a catalog by what their names end in: names written backwards, sorted. */
export class NameEnds {
  private readonly backwards: readonly string[];
  private readonly indexes: readonly number[];

  constructor(table: OperationTable) {
    const names = table.providers
      .flatMap(({ first, lowerNames }) =>
        lowerNames.map((name, i) => ({ text: backwards(name), index: first + i })),
      )
      .sort((a, b) => compareText(a.text, b.text));
    this.backwards = names.map(({ text }) => text);
    this.indexes = names.map(({ index }) => index);
  }

  /** The operations whose names, in lower case, end so. */
  *endingIn(tail: string): Generator<NameEnd> {
    const start = backwards(tail);
    for (let i = lowerBound(this.backwards, start); i < this.backwards.length; i++) {
      const text = this.backwards[i]!;
      if (!text.startsWith(start)) return;
      yield { index: this.indexes[i]!, length: text.length };
    }
  }
}

/** Operations are ASCII; a tail that is not is turned around by code units and found nowhere. */
function backwards(text: string): string {
  let turned = '';
  for (let i = text.length - 1; i >= 0; i--) turned += text[i]!;
  return turned;
}
