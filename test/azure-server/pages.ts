import { createHash } from 'node:crypto';
import { refusal } from './azure-error.js';
import { parameter, type AzureRequest } from './request.js';

/** Part of a list; made only when a page reaches it. */
export type Chunk<T> = () => readonly T[];

export interface Position {
  readonly chunk: number;
  readonly offset: number;
}

export interface Page<T> {
  readonly rows: readonly T[];
  /** Where the next page starts, unless this is the last. */
  readonly next: Position | undefined;
}

export function pageOf<T>(chunks: readonly Chunk<T>[], size: number, start: Position): Page<T> {
  const rows: T[] = [];
  let { chunk, offset } = start;
  for (; chunk < chunks.length; chunk++, offset = 0) {
    const all = chunks[chunk]!();
    const room = size - rows.length;
    if (all.length > offset && room === 0) return { rows, next: { chunk, offset } };
    rows.push(...all.slice(offset, offset + room));
    if (all.length > offset + room) return { rows, next: { chunk, offset: offset + room } };
  }
  return { rows, next: undefined };
}

/** A token is good for the list that it was given out for, and for no other. */
export function tokenOf(position: Position, list: string): string {
  return Buffer.from(JSON.stringify([position.chunk, position.offset, fingerprint(list)])).toString(
    'base64url',
  );
}

/** Another token for the page of `own` (the first one where there is none), in a list with that token for the next page. Once only: a page that comes on and on is no list any more. */
export function tokenAgain(next: string, own: string | undefined): string | undefined {
  const [, , of] = read(next);
  const [chunk, offset, , times] = own === undefined ? [0, 0] : read(own);
  if (times !== undefined) return undefined;
  return Buffer.from(JSON.stringify([chunk, offset, of, 'again'])).toString('base64url');
}

export function positionOf(token: string | undefined, list: string): Position {
  if (token === undefined) return { chunk: 0, offset: 0 };
  const [chunk, offset, of] = read(token);
  if (of !== fingerprint(list))
    throw refusal(400, 'InvalidSkipToken', 'The skip token is not one of this list.');
  return { chunk: chunk as number, offset: offset as number };
}

/** A page of a list as ARM answers it: with an absolute link to the next. */
export function armPage<T>(request: AzureRequest, chunks: readonly Chunk<T>[], size: number): ArmPage<T> {
  const list = `${request.path.toLowerCase()} ${parameter(request.query, '$filter') ?? ''}`;
  const position = positionOf(parameter(request.query, '$skipToken'), list);
  const { rows, next } = pageOf(chunks, size, position);
  if (next === undefined) return { value: rows };
  const query = new URLSearchParams([...request.query].filter(([key]) => key.toLowerCase() !== '$skiptoken'));
  query.set('$skipToken', tokenOf(next, list));
  return { value: rows, nextLink: `${request.origin}${request.path}?${query}` };
}

export interface ArmPage<T> {
  readonly value: readonly T[];
  readonly nextLink?: string;
}

function read(token: string): unknown[] {
  try {
    const parts: unknown = JSON.parse(Buffer.from(token, 'base64url').toString());
    if (Array.isArray(parts) && parts.length >= 3) return parts;
  } catch {}
  throw refusal(400, 'InvalidSkipToken', 'The skip token is malformed.');
}

function fingerprint(list: string): string {
  return createHash('sha256').update(list).digest('base64url').slice(0, 8);
}
