import type { Comment } from '../../source-document.js';
import type { TextRange } from '../../text-range.js';
import {
  beginsIdentifier,
  carriageReturn,
  endOfIdentifier,
  isBlank,
  isDigit,
  lineFeed,
  openBrace,
} from './hcl-characters.js';

/** `quote` and `heredoc` are beginnings: what follows them is no token. `other` is what HCL has no use for. */
export type HclTokenKind =
  | 'identifier'
  | 'number'
  | 'quote'
  | 'heredoc'
  | 'newline'
  | 'end'
  | 'other'
  | Punctuation;

type Punctuation = (typeof punctuation)[number];

/** Longer ones first: the first that matches is taken. */
const punctuation = [
  '...',
  '::',
  '==',
  '!=',
  '<=',
  '>=',
  '=>',
  '&&',
  '||',
  '~}',
  '{',
  '}',
  '[',
  ']',
  '(',
  ')',
  '.',
  ',',
  ':',
  '?',
  '=',
  '!',
  '<',
  '>',
  '+',
  '-',
  '*',
  '/',
  '%',
] as const;

const byFirstCode: readonly (readonly Punctuation[] | undefined)[] = Array.from(
  { length: 0x80 },
  (_, code) => {
    const those = punctuation.filter(text => text.charCodeAt(0) === code);
    return those.length === 0 ? undefined : those;
  },
);

/** Walks the tokens of a stretch of HCL. The properties describe the current one; no object is made per token. */
export class HclTokens {
  kind: HclTokenKind = 'newline';
  start: number;
  end: number;
  /** Where the token before this one ended. */
  previousEnd: number;
  /** Between brackets, and in the sequences of a template, line ends are blanks. */
  lineEnds: 'count' | 'ignored' = 'count';
  /** Whether a line ended between the token before and this one. */
  isOnNewLine = false;
  readonly comments: Comment[] = [];
  /** A comment that goes on to the end of the text, and was meant to end before. */
  unclosedComment: TextRange | undefined;

  constructor(
    readonly text: string,
    from: number,
    readonly limit: number,
  ) {
    this.start = this.end = this.previousEnd = from;
    this.next();
  }

  next(): HclTokenKind {
    this.previousEnd = this.end;
    this.isOnNewLine = false;
    this.skipBlanks();
    return this.scan();
  }

  /** Goes on with the token that begins there or behind it. */
  jumpTo(offset: number): HclTokenKind {
    this.end = offset;
    return this.next();
  }

  is(kind: HclTokenKind): boolean {
    return this.kind === kind;
  }

  /** Whether it is that name; HCL has no words that are not names elsewhere. */
  isWord(word: string): boolean {
    return this.kind === 'identifier' && this.value === word;
  }

  /** Goes behind the current token if it is of that kind. Whether it was. */
  skip(kind: HclTokenKind): boolean {
    if (this.kind !== kind) return false;
    this.next();
    return true;
  }

  /** The text of the current token. */
  get value(): string {
    return this.text.slice(this.start, this.end);
  }

  private skipBlanks(): void {
    let at = this.end;
    while (at < this.limit) {
      const code = this.text.charCodeAt(at);
      if (isBlank(code)) at++;
      else if (isLineEnd(this.text, at)) {
        if (this.lineEnds === 'count') break;
        this.isOnNewLine = true;
        at++;
      } else {
        const end = this.endOfComment(at, code);
        if (end === at) break;
        this.keepComment(at, end);
        at = end;
      }
    }
    this.start = at;
  }

  /** Faults make the parser go back: what was seen once is not kept again. */
  private keepComment(start: number, end: number): void {
    if (start < (this.comments.at(-1)?.end ?? 0)) return;
    this.comments.push({ start, end, text: this.text.slice(start, end) });
  }

  /** The same place where no comment begins there. One that is not closed ends with the text. */
  private endOfComment(at: number, code: number): number {
    const isHash = code === 0x23;
    if (!isHash && code !== 0x2f) return at;
    if (!isHash && this.text.charCodeAt(at + 1) === 0x2a) {
      const close = this.text.indexOf('*/', at + 2);
      if (close >= 0 && close + 2 <= this.limit) return close + 2;
      this.unclosedComment = { start: at, end: at + 2 };
      return this.limit;
    }
    if (!isHash && this.text.charCodeAt(at + 1) !== 0x2f) return at;
    const found = this.text.indexOf('\n', at);
    const end = found < 0 || found > this.limit ? this.limit : found;
    return this.text.charCodeAt(end - 1) === carriageReturn && end < this.limit ? end - 1 : end;
  }

  private scan(): HclTokenKind {
    const { text, start } = this;
    if (start >= this.limit) return this.take('end', start);
    const code = text.charCodeAt(start);
    if (isLineEnd(text, start)) return this.take('newline', code === lineFeed ? start + 1 : start + 2);
    if (beginsIdentifier(text, start)) {
      return this.take('identifier', endOfIdentifier(text, start, this.limit));
    }
    if (isDigit(code)) return this.take('number', this.endOfNumber(start));
    if (code === 0x22) return this.take('quote', start + 1);
    const heredoc = code === 0x3c ? this.endOfHeredocStart(start) : undefined;
    if (heredoc !== undefined) return this.take('heredoc', heredoc);
    const found = byFirstCode[code]?.find(each => each.length === 1 || text.startsWith(each, start));
    return found === undefined ? this.take('other', start + 1) : this.take(found, start + found.length);
  }

  private take(kind: HclTokenKind, end: number): HclTokenKind {
    this.end = Math.min(end, this.limit);
    return (this.kind = kind);
  }

  private endOfNumber(from: number): number {
    number.lastIndex = from;
    number.test(this.text);
    return number.lastIndex;
  }

  /** Behind the line end of `<<NAME`. */
  private endOfHeredocStart(from: number): number | undefined {
    if (this.text.charCodeAt(from + 1) !== 0x3c) return undefined;
    let at = this.text.charCodeAt(from + 2) === 0x2d ? from + 3 : from + 2;
    if (!beginsIdentifier(this.text, at)) return undefined;
    at = endOfIdentifier(this.text, at, this.limit);
    if (!isLineEnd(this.text, at) || at >= this.limit) return undefined;
    return this.text.charCodeAt(at) === lineFeed ? at + 1 : at + 2;
  }
}

const number = /\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

function isLineEnd(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code === lineFeed || (code === carriageReturn && text.charCodeAt(at + 1) === lineFeed);
}

/** Whether `${` or `%{` begins there. */
export function beginsSequence(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return (code === 0x24 || code === 0x25) && text.charCodeAt(at + 1) === openBrace;
}
