import type { TextRange } from '../../text-range.js';

export type ExpressionTokenKind =
  | 'text'
  | 'number'
  | 'name'
  | '('
  | ')'
  | '['
  | ']'
  | ','
  | '.'
  | 'other'
  | 'end';

/** Walks the tokens of an expression. The properties describe the current one. */
export class ExpressionTokens {
  kind: ExpressionTokenKind = 'end';
  start: number;
  end: number;
  /** What a text means, and the characters of all else. */
  value = '';
  /** What is wrong with a token of kind `other`. */
  fault: string | undefined;

  private readonly last: number;

  constructor(
    private readonly text: string,
    { start, end }: TextRange,
  ) {
    this.start = this.end = start;
    this.last = end;
    this.next();
  }

  next(): void {
    this.start = this.end;
    while (this.start < this.last && isBlank(this.text[this.start]!)) this.start++;
    this.fault = undefined;
    const character = this.start < this.last ? this.text[this.start]! : '';
    if (character === '') this.take('end', this.start);
    else if (character === "'") this.takeText();
    else if (isSign(character)) this.take(character, this.start + 1);
    else if (!this.takePattern('name', namePattern) && !this.takePattern('number', numberPattern)) {
      this.take('other', this.start + 1);
      this.fault = `The character ${JSON.stringify(character)} does not belong here.`;
    }
  }

  /** A quote in a text is written twice. */
  private takeText(): void {
    let close = this.text.indexOf("'", this.start + 1);
    while (close !== -1 && this.text[close + 1] === "'") close = this.text.indexOf("'", close + 2);
    if (close === -1 || close >= this.last) {
      this.take('other', this.last);
      this.fault = 'A text in an expression is not closed.';
      return;
    }
    this.take('text', close + 1);
    this.value = this.text.slice(this.start + 1, close).replaceAll("''", "'");
  }

  private takePattern(kind: 'name' | 'number', pattern: RegExp): boolean {
    pattern.lastIndex = this.start;
    const [found] = pattern.exec(this.text) ?? [];
    if (found === undefined) return false;
    this.take(kind, this.start + found.length);
    return true;
  }

  private take(kind: ExpressionTokenKind, end: number): void {
    this.kind = kind;
    this.end = end;
    this.value = this.text.slice(this.start, end);
  }
}

const namePattern = /[A-Za-z_][A-Za-z0-9_]*/y;

const numberPattern = /-?[0-9]+(?:\.[0-9]+)?/y;

const signs = new Set(['(', ')', '[', ']', ',', '.'] as const);

function isSign(character: string): character is '(' | ')' | '[' | ']' | ',' | '.' {
  return (signs as ReadonlySet<string>).has(character);
}

function isBlank(character: string): boolean {
  return character === ' ' || character === '\t' || character === '\n' || character === '\r';
}
