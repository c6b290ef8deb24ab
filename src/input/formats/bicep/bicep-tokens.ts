import type { Comment } from '../../source-document.js';
import type { SyntaxProblem } from '../../source-document.js';
import type { TextRange } from '../../text-range.js';
import { unescapedText } from './bicep-escapes.js';

/**
 * `text` is a string without interpolation; others begin with `text-left`, go on behind each expression with
 * `text-middle` and end with `text-right`. Signs are their own kinds.
 */
export type BicepTokenKind =
  | 'name'
  | 'number'
  | 'text'
  | 'text-left'
  | 'text-middle'
  | 'text-right'
  | 'new-line'
  | 'sign'
  | 'unknown'
  | 'end';

export interface BicepToken extends TextRange {
  readonly kind: BicepTokenKind;
  /** What a string means, and the characters of all else. */
  readonly value: string;
}

export interface BicepTokens {
  /** The last is the end. */
  readonly tokens: readonly BicepToken[];
  readonly comments: readonly Comment[];
  readonly problems: readonly SyntaxProblem[];
}

/** The tokens of a text. Never throws: an open string ends with its line. */
export function tokensOf(text: string): BicepTokens {
  return new BicepScanner(text).scan();
}

/** A string that goes on behind an expression. */
interface OpenText {
  readonly isMultiLine: boolean;
  /** What begins an expression in it: `${`, or with more dollars. */
  readonly opening: string;
}

class BicepScanner {
  private readonly tokens: BicepToken[] = [];
  private readonly comments: Comment[] = [];
  private readonly problems: SyntaxProblem[] = [];
  /** Braces that are open, and strings around the expressions in them. */
  private readonly open: ('{' | OpenText)[] = [];
  private at = 0;

  constructor(private readonly text: string) {}

  scan(): BicepTokens {
    while (this.at < this.text.length) this.next();
    this.take('end', this.at, '');
    return { tokens: this.tokens, comments: this.comments, problems: this.problems };
  }

  private next(): void {
    const character = this.text[this.at]!;
    if (character === ' ' || character === '\t') this.at++;
    else if (character === '\n' || character === '\r') this.takePattern('new-line', newLines);
    else if (this.text.startsWith('//', this.at)) this.takeComment(this.endOfLine());
    else if (this.text.startsWith('/*', this.at)) this.takeBlockComment();
    else if (character === '#' && this.isAtLineStart()) this.at = this.endOfLine();
    else if (character === "'") this.beginText();
    else if (character === '$') this.takeDollars();
    else if (character === '}') this.closeBrace();
    else if (!this.takePattern('name', name) && !this.takePattern('number', number)) this.takeSign();
  }

  private takePattern(kind: BicepTokenKind, pattern: RegExp): boolean {
    pattern.lastIndex = this.at;
    const [found] = pattern.exec(this.text) ?? [];
    if (found === undefined) return false;
    this.take(kind, this.at + found.length, found);
    return true;
  }

  private take(kind: BicepTokenKind, end: number, value: string): void {
    this.tokens.push({ kind, start: this.at, end, value });
    this.at = end;
  }

  private takeComment(end: number): void {
    this.comments.push({ start: this.at, end, text: this.text.slice(this.at, end) });
    this.at = end;
  }

  private takeBlockComment(): void {
    const close = this.text.indexOf('*/', this.at + 2);
    if (close === -1) this.problem('A comment is never closed.', this.at + 2);
    this.takeComment(close === -1 ? this.text.length : close + 2);
  }

  private endOfLine(): number {
    lineEnd.lastIndex = this.at;
    return lineEnd.exec(this.text)?.index ?? this.text.length;
  }

  /** `#disable-next-line` and the like are for the compiler alone. */
  private isAtLineStart(): boolean {
    const last = this.tokens.at(-1);
    return last === undefined || last.kind === 'new-line';
  }

  /** How many dollars stand in front of `'''` here. */
  private dollarsBeforeText(): number {
    let at = this.at;
    while (this.text[at] === '$') at++;
    return this.text.startsWith("'''", at) ? at - this.at : 0;
  }

  private takeDollars(): void {
    if (this.dollarsBeforeText() > 0) return this.beginText();
    this.takePattern('unknown', dollars);
  }

  private beginText(): void {
    const dollars = this.dollarsBeforeText();
    if (!this.text.startsWith("'''", this.at + dollars)) {
      return this.takeText({ isMultiLine: false, opening: '${' }, this.at + 1, 'text');
    }
    // Without a dollar in front, nothing in it is an expression.
    const opening = dollars === 0 ? '' : `${'$'.repeat(dollars)}{`;
    const begin = this.at + dollars + 3;
    const behindLine = /^\r?\n/.exec(this.text.slice(begin, begin + 2));
    this.takeText({ isMultiLine: true, opening }, begin + (behindLine?.[0].length ?? 0), 'text');
  }

  private closeBrace(): void {
    const closed = this.open.pop();
    if (closed === undefined || closed === '{') return this.take('sign', this.at + 1, '}');
    this.takeText(closed, this.at + 1, 'text-right');
  }

  /** From `from` on to the end of the string, or to the next expression in it. */
  private takeText(open: OpenText, from: number, whole: 'text' | 'text-right'): void {
    const { end, kind } = open.isMultiLine ? this.endOfLines(open, from) : this.endOfText(from);
    const raw = this.text.slice(from, end);
    const value = open.isMultiLine ? raw : this.unescape(raw, from);
    if (kind === 'expression') {
      this.take(whole === 'text' ? 'text-left' : 'text-middle', end + open.opening.length, value);
      this.open.push(open);
      return;
    }
    if (kind === 'open') this.problem('A string is not closed.', end);
    const quotes = open.isMultiLine ? 3 : 1;
    this.take(whole, kind === 'open' ? end : end + quotes, value);
  }

  private endOfText(from: number): TextEnd {
    let at = from;
    for (; at < this.text.length; at++) {
      const character = this.text[at]!;
      if (character === '\\') at++;
      else if (character === "'") return { end: at, kind: 'closed' };
      else if (character === '\n' || character === '\r') break;
      else if (character === '$' && this.text[at + 1] === '{') return { end: at, kind: 'expression' };
    }
    return { end: Math.min(at, this.text.length), kind: 'open' };
  }

  /** Where a text ends: of more than three quotes the last three close. */
  private endOfLines({ opening }: OpenText, from: number): TextEnd {
    let close = this.text.indexOf("'''", from);
    while (close !== -1 && this.text[close + 3] === "'") close++;
    const expression = opening === '' ? -1 : this.text.indexOf(opening, from);
    if (expression !== -1 && (close === -1 || expression < close)) {
      return { end: expression, kind: 'expression' };
    }
    return close === -1 ? { end: this.text.length, kind: 'open' } : { end: close, kind: 'closed' };
  }

  private unescape(raw: string, from: number): string {
    if (!raw.includes('\\')) return raw;
    const { value, fault } = unescapedText(raw);
    if (fault !== undefined) {
      const message = 'A string holds a backslash before a character that needs none.';
      this.problems.push({ start: from + fault, end: from + fault + 2, message });
    }
    return value;
  }

  private takeSign(): void {
    const sign = signs.find(each => this.text.startsWith(each, this.at));
    if (sign === undefined) {
      const { length } = String.fromCodePoint(this.text.codePointAt(this.at)!);
      return this.take('unknown', this.at + length, this.text.slice(this.at, this.at + length));
    }
    if (sign === '{') this.open.push('{');
    this.take('sign', this.at + sign.length, sign);
  }

  private problem(message: string, end: number): void {
    this.problems.push({ start: this.at, end, message });
  }
}

interface TextEnd {
  readonly end: number;
  readonly kind: 'closed' | 'expression' | 'open';
}

const name = /[A-Za-z_][A-Za-z0-9_]*/y;
const number = /[0-9]+/y;
const dollars = /\$+/y;
const newLines = /[\r\n]+/y;
const lineEnd = /[\r\n]|$/g;

/** Longer ones first. */
const signs = [
  ...['...', '=>', '==', '=~', '!=', '!~', '<=', '>=', '&&', '||', '??', '::'],
  ...[
    '{',
    '[',
    ']',
    '(',
    ')',
    ',',
    '.',
    ':',
    ';',
    '=',
    '!',
    '<',
    '>',
    '+',
    '-',
    '*',
    '/',
    '%',
    '?',
    '@',
    '|',
    '^',
  ],
];
