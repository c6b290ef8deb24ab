import type { JsonScalar } from '../../json-node.js';
import type { DocumentRange, SourceDocument } from '../../source-document.js';
import type { TextRange } from '../../text-range.js';

/** Where the parts of an expression stand in the text of its document. */
export class ExpressionPlace {
  private offsets: readonly number[] | undefined;

  constructor(
    private readonly document: SourceDocument,
    private readonly node: JsonScalar,
  ) {}

  /** The whole string, with its quotes. */
  get whole(): DocumentRange {
    const { start, end } = this.node;
    return { document: this.document, start, end };
  }

  /** The stretch of the text that means this stretch of the string's value. */
  at({ start, end }: TextRange): DocumentRange {
    return { document: this.document, start: this.offsetOf(start), end: this.offsetOf(end) };
  }

  private offsetOf(index: number): number {
    this.offsets ??= this.hasEscapes() ? offsetsIn(this.document.text, this.node) : [];
    return this.offsets[index] ?? this.node.start + 1 + index;
  }

  private hasEscapes(): boolean {
    const { start, end, value } = this.node;
    return String(value).length !== end - start - 2;
  }
}

/** For each character of a string's value, and for its end, where it begins in the text. */
function offsetsIn(text: string, { start, end }: TextRange): number[] {
  const offsets: number[] = [];
  let at = start + 1;
  while (at < end - 1) {
    offsets.push(at);
    if (text[at] !== '\\') at++;
    else at += text[at + 1] === 'u' ? 6 : 2;
  }
  offsets.push(end - 1);
  return offsets;
}
