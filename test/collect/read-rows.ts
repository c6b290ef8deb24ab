import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { SnapshotRow } from '../azure-server/snapshot-rows.js';

export interface CollectedGap {
  readonly what: string;
  readonly scope: string;
  readonly reason: string;
}

export interface CollectedRows {
  readonly header: Readonly<Record<string, unknown>>;
  readonly rows: readonly SnapshotRow[];
  readonly gaps: readonly CollectedGap[];
}

/** Reads a snapshot line by line without the code under test. @throws Error where its end is missing or its counts are wrong. */
export function readRows(file: string): CollectedRows {
  const lines = gunzipSync(readFileSync(file)).toString('utf8').split('\n');
  if (lines.pop() !== '') throw new Error('The snapshot does not end with a line.');
  const [header, ...rest] = lines.map(line => JSON.parse(line) as Record<string, unknown>);
  const end = rest.pop();
  if (end?.['kind'] !== 'end') throw new Error('The snapshot has no end.');
  const counts: Record<string, number> = {};
  for (const { kind } of rest) counts[String(kind)] = (counts[String(kind)] ?? 0) + 1;
  const told = Object.entries(end['counts'] as Record<string, number>).filter(([, count]) => count > 0);
  if (
    JSON.stringify(Object.fromEntries(told.sort())) !==
    JSON.stringify(Object.fromEntries(Object.entries(counts).sort()))
  )
    throw new Error(
      `The snapshot counts ${JSON.stringify(end['counts'])}, and holds ${JSON.stringify(counts)}.`,
    );
  const gaps = rest.filter(({ kind }) => kind === 'gaps').map(({ value }) => value as CollectedGap);
  const rows = rest.filter(({ kind }) => kind !== 'gaps') as unknown as SnapshotRow[];
  return { header: header!, rows, gaps };
}
