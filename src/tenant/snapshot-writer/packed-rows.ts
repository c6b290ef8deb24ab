import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Collection } from '../snapshot/collections.js';
import type { AnnouncedPart } from './journal-shape.js';
import type { SharedRow, WrittenRow } from './unit-result.js';

const pack = promisify(gzip);

export interface PackedPart {
  readonly announced: AnnouncedPart;
  readonly member: Buffer;
}

/** Rows as gzip members, made of lines as a snapshot has them. */
export async function packedRows(kind: Collection, rows: readonly WrittenRow[]): Promise<PackedPart[]> {
  return packed(
    { kind, isShared: false },
    textsOf(rows, row => lineOf(kind, row)),
  );
}

/** The same of rows that are shared, which stand behind their keys. */
export async function packedSharedRows(kind: Collection, rows: readonly SharedRow[]): Promise<PackedPart[]> {
  return packed(
    { kind, isShared: true },
    textsOf(rows, ({ key, json }) => `${JSON.stringify(key)}\t${json}\n`),
  );
}

/** What {@link packedSharedRows} packed; undefined where a line is not such. */
export function sharedRowIn(kind: Collection, line: string): SharedRow | undefined {
  const tab = line.indexOf('\t');
  try {
    const key: unknown = JSON.parse(line.slice(0, Math.max(0, tab)));
    return typeof key === 'string' ? { kind, key, json: line.slice(tab + 1) } : undefined;
  } catch {
    return undefined;
  }
}

/** Lines of a snapshot in NDJSON, in texts that are not too long to be one. */
export function linesOf(kind: Collection, rows: readonly WrittenRow[]): Iterable<{ readonly text: string }> {
  return textsOf(rows, row => lineOf(kind, row));
}

function lineOf(kind: Collection, { json }: WrittenRow): string {
  return `{"kind":"${kind}","value":${json}}\n`;
}

function* textsOf<Row>(
  rows: readonly Row[],
  lineOf: (row: Row) => string,
): Generator<{ readonly text: string; readonly count: number }> {
  let text = '';
  let count = 0;
  for (const row of rows) {
    text += lineOf(row);
    count++;
    if (text.length < longEnough) continue;
    yield { text, count };
    text = '';
    count = 0;
  }
  if (count > 0) yield { text, count };
}

async function packed(
  what: Pick<AnnouncedPart, 'kind' | 'isShared'>,
  texts: Iterable<{ readonly text: string; readonly count: number }>,
): Promise<PackedPart[]> {
  const parts: PackedPart[] = [];
  for (const { text, count } of texts) {
    const member = await pack(text, { level: 4 });
    parts.push({ announced: { ...what, count, bytes: member.length }, member });
  }
  return parts;
}

/** Characters. A text of JavaScript ends at 512 Mi, and a unit may hold more than that. */
const longEnough = 16 << 20;
