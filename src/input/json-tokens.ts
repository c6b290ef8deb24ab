import { createScanner, type JSONScanner } from 'jsonc-parser';

/**
 * `word`: bare text where JSON asks for quotes. `expression`: a template's placeholder that stands outside of quotes,
 * such as `${scopes}`, `{{ name }}` or `<id>`. `directive`: a template's statement, such as `{% if x %}`.
 */
export type JsonTokenKind =
  | '{'
  | '}'
  | '['
  | ']'
  | ','
  | ':'
  | 'string'
  | 'number'
  | 'boolean'
  | 'null'
  | 'word'
  | 'expression'
  | 'directive'
  | 'comment'
  | 'end';

/** Walks the tokens of a JSON text. The properties describe the current one; no object is made per token. */
export class JsonTokens {
  kind: JsonTokenKind = 'end';
  start = 0;
  end = 0;
  /** What a string means, and the text of all else. */
  value = '';
  /** What is wrong inside the token, as a sentence. */
  fault: string | undefined;
  /** The number of lines that ended before the token: enough to tell lines apart. */
  line = 0;

  private readonly scanner: JSONScanner;
  /** The next place of each closing delimiter, kept so that a text full of openings is searched once. */
  private readonly closings = new Map<string, number>();

  constructor(private readonly text: string) {
    this.scanner = createScanner(text, false);
  }

  next(): JsonTokenKind {
    this.skipBlanks();
    this.fault = undefined;
    if (!this.takeExpression() && !this.takeSingleQuoted()) this.takeScanned();
    return this.kind;
  }

  /** Not left to the scanner: it collects blanks one by one, which a file of nothing else turns into gigabytes. */
  private skipBlanks(): void {
    let at = this.end;
    for (; at < this.text.length; at++) {
      const code = this.text.charCodeAt(at);
      if (code === lineFeed) this.line++;
      else if (code === carriageReturn) this.line += this.text.charCodeAt(at + 1) === lineFeed ? 0 : 1;
      else if (code !== space && code !== tab) break;
    }
    this.start = at;
  }

  private takeScanned(): void {
    const { scanner } = this;
    if (scanner.getPosition() !== this.start) scanner.setPosition(this.start);
    this.kind = kindOf[scanner.scan()] ?? 'word';
    this.end = scanner.getPosition();
    this.value = scanner.getTokenValue();
    const error = scanner.getTokenError();
    if (error !== 0) this.fault = faults[error];
  }

  private takeExpression(): boolean {
    const opening = this.openingHere();
    if (opening === undefined) return false;
    const { close, kind } = delimiters[opening];
    const at = this.closingFrom(close, this.start + opening.length);
    if (at - this.start > longestExpression) return false;
    this.take(kind, at + close.length);
    return true;
  }

  private openingHere(): keyof typeof delimiters | undefined {
    const first = this.text[this.start];
    if (first !== '{' && first !== '$' && first !== '%' && first !== '<') return undefined;
    if (first === '<') return '<';
    const two = this.text.slice(this.start, this.start + 2);
    return two === '{{' || two === '{%' || two === '{#' || two === '${' || two === '%{' ? two : undefined;
  }

  private closingFrom(close: string, from: number): number {
    const known = this.closings.get(close);
    if (known !== undefined && known >= from) return known;
    const found = this.text.indexOf(close, from);
    const at = found === -1 ? Number.POSITIVE_INFINITY : found;
    this.closings.set(close, at);
    return at;
  }

  private takeSingleQuoted(): boolean {
    if (this.text[this.start] !== "'") return false;
    const close = this.closingFrom("'", this.start + 1);
    if (close - this.start > longestExpression) return false;
    const inner = this.text.slice(this.start + 1, close);
    if (inner.includes('\n') || inner.includes('\r')) return false;
    this.take('word', close + 1);
    this.value = inner;
    this.fault = 'Expected double quotes; JSON does not allow single quotes.';
    return true;
  }

  private take(kind: JsonTokenKind, end: number): void {
    this.kind = kind;
    this.end = end;
    this.value = this.text.slice(this.start, end);
  }
}

const [tab, lineFeed, carriageReturn, space] = [0x09, 0x0a, 0x0d, 0x20];

/** A placeholder or a quoted word is short; whatever seems longer is a stray delimiter. */
const longestExpression = 1_000;

const delimiters = {
  '{{': { close: '}}', kind: 'expression' },
  '${': { close: '}', kind: 'expression' },
  '<': { close: '>', kind: 'expression' },
  '{%': { close: '%}', kind: 'directive' },
  '{#': { close: '#}', kind: 'directive' },
  '%{': { close: '}', kind: 'directive' },
} as const;

/** Kinds by the scanner's SyntaxKind, which it declares in a form that a compiler of single files cannot read. */
const kindOf: readonly (JsonTokenKind | undefined)[] = [
  undefined,
  '{',
  '}',
  '[',
  ']',
  ',',
  ':',
  'null',
  'boolean',
  'boolean',
  'string',
  'number',
  'comment',
  'comment',
  undefined,
  undefined,
  'word',
  'end',
];

/** Faults by the scanner's ScanError. */
const faults: readonly (string | undefined)[] = [
  undefined,
  'A comment is never closed.',
  'A string is not closed on its line.',
  'A number ends too early.',
  'A "\\u" in a string is not followed by four hexadecimal digits.',
  'A string holds a backslash before a character that needs none.',
  'A string holds a control character that is not escaped.',
];
