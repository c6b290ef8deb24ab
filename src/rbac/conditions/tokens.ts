import type { TextSpan } from './expression.js';
import type { ConditionSyntaxProblem } from './syntax-problem.js';

/** `word`: whatever stands without quotes, be it a keyword, an operator, a number or a GUID. */
export type TokenKind = 'word' | 'string' | 'attribute' | 'and' | 'or' | 'not' | Punctuation | 'end';

type Punctuation = '(' | ')' | '{' | '}' | '[' | ']' | ',';

/** A piece of a condition that has a meaning of its own. */
export interface Token extends TextSpan {
  readonly kind: TokenKind;
  /** The text of a string without its quotes, the source of an attribute without its `@`, all else as written. */
  readonly text: string;
  /** What, for an attribute, stands in its brackets. */
  readonly path: string;
}

/** Cuts a condition into tokens, of which the last is its end. Never throws: what is odd is reported, and it goes on behind it. */
export function readTokens(
  text: string,
  report: (problem: ConditionSyntaxProblem) => void,
): readonly Token[] {
  const reader = new TokenReader(text, report);
  const tokens: Token[] = [];
  for (let token = reader.next(); ; token = reader.next()) {
    tokens.push(token);
    if (token.kind === 'end') return tokens;
  }
}

class TokenReader {
  private at = 0;

  constructor(
    private readonly text: string,
    private readonly report: (problem: ConditionSyntaxProblem) => void,
  ) {}

  next(): Token {
    for (;;) {
      blanks.lastIndex = this.at;
      blanks.test(this.text);
      this.at = blanks.lastIndex;
      if (this.at >= this.text.length) return this.take('end', this.at);
      const token = this.takeToken(this.text[this.at]!);
      if (token !== undefined) return token;
    }
  }

  private takeToken(first: string): Token | undefined {
    const start = this.at;
    if (isPunctuation(first)) return this.take(first, start + 1);
    if (first === '!') return this.take('not', start + 1);
    if (first === '&' || first === '|') return this.takeConnective(first);
    if (first === '@') return this.takeAttribute(start + 1);
    const closing = closingQuotes.get(first);
    if (closing !== undefined) return this.takeString(closing);
    word.lastIndex = start;
    word.test(this.text);
    if (word.lastIndex === 0) return this.skipOdd();
    return this.takeWord(this.text.slice(start, word.lastIndex));
  }

  private takeConnective(sign: '&' | '|'): Token {
    const start = this.at;
    const isDouble = this.text[start + 1] === sign;
    if (!isDouble) {
      this.problem(
        'single-sign',
        `"${sign}" appears once; the operator is "${sign}${sign}".`,
        start,
        start + 1,
      );
    }
    return this.take(sign === '&' ? 'and' : 'or', start + (isDouble ? 2 : 1));
  }

  /** `Resource[…]` without its `@` is a slip that Azure's own pages make. */
  private takeWord(text: string): Token {
    const end = this.at + text.length;
    if (this.text[end] === '[' && sourceWord.test(text)) {
      this.problem('at-sign-missing', `"${text}[…]" is an attribute and lacks its "@".`, this.at, end);
      return this.takeAttribute(this.at);
    }
    const lower = text.length > 3 ? '' : text.toLowerCase();
    return this.take(lower === 'and' || lower === 'or' || lower === 'not' ? lower : 'word', end);
  }

  private takeAttribute(sourceStart: number): Token {
    const start = this.at;
    letters.lastIndex = sourceStart;
    letters.test(this.text);
    const sourceEnd = letters.lastIndex;
    blanks.lastIndex = sourceEnd;
    blanks.test(this.text);
    const source = this.text.slice(sourceStart, sourceEnd);
    if (this.text[blanks.lastIndex] !== '[') {
      this.problem('attribute-incomplete', 'An attribute has the form "@Source[name]".', start, sourceEnd);
      return this.take('attribute', sourceEnd, source);
    }
    const pathStart = blanks.lastIndex + 1;
    pathCharacters.lastIndex = pathStart;
    pathCharacters.test(this.text);
    const pathEnd = Math.max(pathCharacters.lastIndex, pathStart);
    if (this.text[pathEnd] !== ']') return this.takeUnclosed(source, pathStart, pathEnd);
    return this.take('attribute', pathEnd + 1, source, this.text.slice(pathStart, pathEnd));
  }

  /** Only a tag's key may hold a blank, so that the path most likely ends at the first one. */
  private takeUnclosed(source: string, pathStart: number, pathEnd: number): Token {
    const path = this.text.slice(pathStart, pathEnd).split(/\s/, 1)[0]!;
    const end = pathStart + path.length;
    this.problem('attribute-not-closed', 'The name of an attribute is not closed by "]".', this.at, end);
    return this.take('attribute', end, source, path);
  }

  private takeString(closing: string): Token {
    const start = this.at;
    const found = this.text.indexOf(closing, start + 1);
    const end = found < 0 ? this.text.length : found + 1;
    if (closing !== "'") this.problem('wrong-quotes', "Strings must be in single quotes '…'.", start, end);
    if (found < 0) this.problem('string-not-closed', 'A text in quotes is not closed.', start, end);
    return this.take('string', end, this.text.slice(start + 1, found < 0 ? end : found));
  }

  private skipOdd(): undefined {
    const start = this.at;
    const length = this.text.codePointAt(start)! > 0xffff ? 2 : 1;
    this.problem('odd-character', 'Unexpected character.', start, start + length);
    this.at = start + length;
  }

  private take(kind: TokenKind, end: number, text?: string, path = ''): Token {
    const start = this.at;
    this.at = end;
    return { kind, start, end, text: text ?? this.text.slice(start, end), path };
  }

  private problem(code: ConditionSyntaxProblem['code'], message: string, start: number, end: number): void {
    this.report({ code, message, start, end });
  }
}

function isPunctuation(character: string): character is Punctuation {
  return '(){}[],'.includes(character);
}

const closingQuotes: ReadonlyMap<string, string> = new Map([
  ["'", "'"],
  ['"', '"'],
  ['‘', '’'],
  ['’', '’'],
  ['“', '”'],
  ['”', '”'],
]);

const sourceWord = /^(?:request|resource|principal|environment|context)$/i;

// Sticky: each is tried at one place only, and none of them can go back.
const blanks = /[ \t\r\n]*/y;
const letters = /[A-Za-z0-9_]*/y;
const pathCharacters = /[^\][{}'"@\r\n]*/y;
const word = /[^\s(){}[\],'"‘’“”@!&|\x00-\x1f\x7f-\x9f]+/y;
