import { escapeJsonText } from './escape.js';

/**
 * The text of `jsonText`, bit by bit: a report on thousands of identities is longer than any string may be. The lists
 * that the value holds are written entry by entry, entries property by property; getters are asked when their turn comes.
 * The entries of a generator are asked for one by one and written in one go: they must be small.
 */
export function* jsonPieces(value: object): Generator<string> {
  const texts = new Texts();
  let waiting = '';
  for (const piece of members(value, '', (list, indent) => entries(list, indent, texts))) {
    if (typeof piece === 'string') waiting += piece;
    if (typeof piece === 'string' && waiting.length < longestPiece) continue;
    yield escapeJsonText(waiting);
    waiting = '';
    if (typeof piece !== 'string') yield piece.escaped;
  }
  yield `${escapeJsonText(waiting)}\n`;
}

/** Text that is still to be escaped, many pieces at once; or long text that was, and is kept so. */
type Piece = string | { readonly escaped: string };

type Write = (value: unknown, indent: string) => Iterable<Piece>;

/** An object, its members written by `write`. */
function* members(value: object, indent: string, write: Write): Generator<Piece> {
  let isFirst = true;
  // Getters are asked one at a time: what one gives may be large.
  for (const key of Object.keys(value)) {
    const member = (value as Readonly<Record<string, unknown>>)[key];
    if (member === undefined) continue;
    yield `${isFirst ? '{' : ','}\n${indent}  ${JSON.stringify(key)}: `;
    yield* write(member, `${indent}  `);
    isFirst = false;
  }
  yield isFirst ? '{}' : `\n${indent}}`;
}

function* entries(list: unknown, indent: string, texts: Texts): Generator<Piece> {
  if (isGenerator(list)) return yield* wholeEntries(list, indent);
  if (!Array.isArray(list) || list.length === 0) return yield texts.of(list, indent);
  let isFirst = true;
  for (const entry of list as readonly unknown[]) {
    yield `${isFirst ? '[' : ','}\n${indent}  `;
    if (isPlainObject(entry)) yield* members(entry, `${indent}  `, (member, at) => [texts.of(member, at)]);
    else yield texts.of(entry, `${indent}  `);
    isFirst = false;
  }
  yield `\n${indent}]`;
}

function* wholeEntries(list: Iterable<unknown>, indent: string): Generator<Piece> {
  let isFirst = true;
  for (const entry of list) {
    yield `${isFirst ? '[' : ','}\n${indent}  ${textOf(entry, `${indent}  `)}`;
    isFirst = false;
  }
  yield isFirst ? '[]' : `\n${indent}]`;
}

function isGenerator(value: unknown): value is Iterable<unknown> {
  return typeof value === 'object' && value !== null && 'next' in value && Symbol.iterator in value;
}

function isPlainObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !('toJSON' in value);
}

/** What was written for large objects that stand in many places. */
class Texts {
  private readonly known = new Map<object, Kept>();
  private length = 0;

  of(value: unknown, indent: string): Piece {
    if (typeof value !== 'object' || value === null) return textOf(value, indent);
    const known = this.known.get(value);
    if (known?.indent === indent) return known;
    const text = textOf(value, indent);
    return text.length < shortestKept ? text : this.keep(value, { indent, escaped: escapeJsonText(text) });
  }

  private keep(value: object, kept: Kept): Kept {
    this.length += kept.escaped.length;
    if (this.length > maxKept) {
      this.known.clear();
      this.length = kept.escaped.length;
    }
    this.known.set(value, kept);
    return kept;
  }
}

interface Kept {
  readonly indent: string;
  readonly escaped: string;
}

function textOf(value: unknown, indent: string): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  // Put in as many lists as it stands deep, so that its lines come out indented: to indent them afterwards takes as
  // long again. Each list adds a bracket and a line break on both sides, and blanks by how deep it lies itself.
  const depth = indent.length / 2;
  let nested: unknown = value;
  for (let i = 0; i < depth; i++) nested = [nested];
  const text = JSON.stringify(nested, undefined, 2);
  return text.slice(depth * (depth + 3), text.length - depth * (depth + 1));
}

const longestPiece = 65_536;
const shortestKept = 4_000;
const maxKept = 64_000_000;
