import { backslash, carriageReturn, lineFeed, percent, quote } from './hcl-characters.js';
import { HclFault } from './hcl-fault.js';
import type { HclExpression, HclInterpolation, HclTemplate } from './hcl-syntax.js';
import { flushLines } from './hcl-heredoc.js';
import { beginsSequence, type HclTokens } from './hcl-tokens.js';
import { buildTemplate, trimLeft, trimRight, type TemplatePiece } from './hcl-template-pieces.js';

/** Reads what stands in quotes and in heredocs. Expressions in it are read by whoever made this. */
export class HclTemplates {
  constructor(
    private readonly tokens: HclTokens,
    private readonly readExpression: () => HclExpression,
  ) {}

  /** The current token is the quote that opens it; afterwards it is what follows the one that closes it. */
  readQuoted(): HclTemplate | HclInterpolation {
    const { tokens } = this;
    const { start } = tokens;
    const pieces = this.readPieces(tokens.end, { kind: 'quoted' });
    const end = this.at + 1;
    tokens.jumpTo(end);
    return templateOf(pieces, { start, end });
  }

  /** The current token is `<<NAME` with its line end. */
  readHeredoc(): HclTemplate | HclInterpolation {
    const { tokens } = this;
    const { start, value } = tokens;
    const isFlush = value.startsWith('<<-');
    const marker = value.slice(isFlush ? 3 : 2).trim();
    const pieces = this.readPieces(tokens.end, { kind: 'heredoc', marker });
    const end = this.at;
    tokens.jumpTo(end);
    return templateOf(isFlush ? flushLines(pieces) : pieces, { start, end });
  }

  /** A whole text that is a template: a file, or a string of a document in JSON. */
  readAll(): HclTemplate | HclInterpolation {
    const { start, limit } = this.tokens;
    const pieces = this.readPieces(start, { kind: 'text' });
    return templateOf(pieces, { start, end: limit });
  }

  /** How far {@link readPieces} has come. */
  private at = 0;

  private readPieces(from: number, form: TemplateForm): TemplatePiece[] {
    const pieces: TemplatePiece[] = [];
    this.at = from;
    let trimsNext = false;
    let isLineStart = form.kind === 'heredoc';
    for (;;) {
      if (isLineStart && form.marker !== undefined && this.isAtMarker(form.marker)) return pieces;
      isLineStart = false;
      if (this.isAtEnd(form, from)) return pieces;
      const { text } = this.tokens;
      if (beginsSequence(text, this.at)) {
        trimsNext = this.readSequence(pieces);
        continue;
      }
      const { start, value } = this.readLiteral(form.kind);
      isLineStart = form.kind === 'heredoc' && text.charCodeAt(this.at - 1) === lineFeed;
      const trimmed = trimsNext ? trimLeft(value) : value;
      pieces.push({ kind: 'literal', value: trimmed, start, end: this.at });
      trimsNext = false;
    }
  }

  private isAtEnd(form: TemplateForm, from: number): boolean {
    const { text, limit } = this.tokens;
    const code = text.charCodeAt(this.at);
    if (this.at >= limit) {
      if (form.kind === 'text') return true;
      throw new HclFault(form.marker === undefined ? unclosedText : unclosedHeredoc(form.marker), {
        start: from - 1,
        end: this.at,
      });
    }
    if (form.kind !== 'quoted') return false;
    if (code === lineFeed || (code === carriageReturn && text.charCodeAt(this.at + 1) === lineFeed))
      throw new HclFault(unclosedText, { start: from - 1, end: this.at });
    return code === quote;
  }

  /** The marker alone on its line ends a heredoc. Then {@link at} is the end of the marker. */
  private isAtMarker(marker: string): boolean {
    const { text, limit } = this.tokens;
    let at = this.at;
    while (at < limit && isSpace(text.charCodeAt(at))) at++;
    if (!text.startsWith(marker, at)) return false;
    let end = at + marker.length;
    while (end < limit && isSpace(text.charCodeAt(end))) end++;
    if (end < limit && text.charCodeAt(end) !== lineFeed) return false;
    // What follows the marker on its line belongs to it, but for the line end.
    this.at = text.charCodeAt(end - 1) === carriageReturn ? end - 1 : end;
    return true;
  }

  private readLiteral(kind: TemplateForm['kind']): { start: number; value: string } {
    const { text, limit } = this.tokens;
    const start = this.at;
    let value = '';
    let from = start;
    for (; this.at < limit; this.at++) {
      const code = text.charCodeAt(this.at);
      if (kind === 'quoted') {
        if (code === quote || code === lineFeed) break;
        if (code === carriageReturn && text.charCodeAt(this.at + 1) === lineFeed) break;
        if (code === backslash) {
          value += text.slice(from, this.at) + this.readEscape();
          from = this.at + 1;
          continue;
        }
      }
      if (isEscapedSequence(text, this.at)) {
        value += text.slice(from, this.at + 1);
        from = this.at + 2;
        this.at += 2;
      } else if (beginsSequence(text, this.at)) break;
      else if (kind === 'heredoc' && code === lineFeed) {
        this.at++;
        break;
      }
    }
    this.at = Math.min(this.at, limit);
    // Terraform, too, takes characters that look the same for the same.
    return { start, value: (value + text.slice(from, this.at)).normalize() };
  }

  /** Leaves {@link at} at its last character. */
  private readEscape(): string {
    const { text } = this.tokens;
    const selector = text[this.at + 1] ?? '';
    const simple = simpleEscapes.get(selector);
    if (simple !== undefined) {
      this.at++;
      return simple;
    }
    const digits = selector === 'u' ? 4 : selector === 'U' ? 8 : 0;
    const hex = text.slice(this.at + 2, this.at + 2 + digits);
    const code = Number.parseInt(hex, 16);
    const range = { start: this.at, end: this.at + 2 };
    if (digits === 0 || hex.length !== digits || !/^[0-9a-f]+$/i.test(hex) || !isCharacter(code)) {
      throw new HclFault('A backslash begins no known escape here.', range);
    }
    this.at += 1 + digits;
    return String.fromCodePoint(code);
  }

  /** `${…}` or `%{…}`. Whether blanks behind it are to go. */
  private readSequence(pieces: TemplatePiece[]): boolean {
    const { tokens } = this;
    const start = this.at;
    const isDirective = tokens.text.charCodeAt(start) === percent;
    const before = tokens.lineEnds;
    tokens.lineEnds = 'ignored';
    let inner = start + 2;
    if (tokens.text[inner] === '~') {
      inner++;
      const last = pieces.at(-1);
      if (last?.kind === 'literal') pieces[pieces.length - 1] = { ...last, value: trimRight(last.value) };
    }
    tokens.jumpTo(inner);
    const piece = isDirective
      ? this.readDirective()
      : ({ kind: 'value', value: this.readExpression() } as const);
    if (!tokens.is('}') && !tokens.is('~}')) {
      throw new HclFault('A sequence of a template is not closed by a brace.', { start, end: tokens.end });
    }
    this.at = tokens.end;
    pieces.push({ ...piece, start, end: this.at });
    tokens.lineEnds = before;
    return tokens.is('~}');
  }

  private readDirective(): DirectivePiece {
    const { tokens } = this;
    const keyword = tokens.is('identifier') ? tokens.value : '';
    const range = { start: tokens.start, end: tokens.end };
    tokens.next();
    switch (keyword) {
      case 'if':
        return { kind: 'if', condition: this.readExpression() };
      case 'for':
        return this.readFor();
      case 'else':
      case 'endif':
      case 'endfor':
        return { kind: keyword };
      default:
        throw new HclFault(
          'A directive of a template must begin with if, else, endif, for or endfor.',
          range,
        );
    }
  }

  private readFor(): DirectivePiece {
    const { tokens } = this;
    const first = this.readName();
    const second = tokens.skip(',') ? this.readName() : undefined;
    if (!tokens.isWord('in')) {
      throw new HclFault('The directive "for" needs "in" behind its names.', tokens);
    }
    tokens.next();
    const collection = this.readExpression();
    return second === undefined
      ? { kind: 'for', keyName: undefined, valueName: first, collection }
      : { kind: 'for', keyName: first, valueName: second, collection };
  }

  private readName(): string {
    const { tokens } = this;
    if (!tokens.is('identifier')) throw new HclFault('The directive "for" needs a name here.', tokens);
    const name = tokens.value;
    tokens.next();
    return name;
  }
}

type TemplateForm =
  | { readonly kind: 'quoted' | 'text'; readonly marker?: undefined }
  | { readonly kind: 'heredoc'; readonly marker: string };

type WithoutRange<Piece> = Piece extends unknown ? Omit<Piece, 'start' | 'end'> : never;
type DirectivePiece = WithoutRange<Exclude<TemplatePiece, { kind: 'literal' | 'value' }>>;

const unclosedText = 'A text in quotes is not closed on its line.';

function unclosedHeredoc(marker: string): string {
  return `A heredoc is not closed by "${marker.slice(0, 40)}".`;
}

const simpleEscapes: ReadonlyMap<string, string> = new Map([
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['"', '"'],
  ['\\', '\\'],
]);

/** `$${` and `%%{` stand for `${` and `%{`. */
function isEscapedSequence(text: string, at: number): boolean {
  return text.charCodeAt(at) === text.charCodeAt(at + 1) && beginsSequence(text, at + 1);
}

function isCharacter(code: number): boolean {
  return code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
}

function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x09 || code === carriageReturn;
}

function templateOf(
  pieces: readonly TemplatePiece[],
  { start, end }: { readonly start: number; readonly end: number },
): HclTemplate | HclInterpolation {
  const [first, second] = pieces;
  if (first?.kind === 'value' && second === undefined) {
    return { kind: 'interpolation', value: first.value, start, end };
  }
  return { kind: 'template', parts: buildTemplate(pieces), start, end };
}
