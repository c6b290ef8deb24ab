import type { Collection } from '../snapshot/collections.js';
import { longestLine } from '../snapshot/limits.js';
import type { SnapshotGap } from '../snapshot/snapshot.js';
import type { UnitResult, WrittenRow } from './unit-result.js';

/** The result without the rows that nobody could read again: each of them is a gap. */
export function fittingRows(result: UnitResult): UnitResult {
  const gaps: SnapshotGap[] = [];
  const fits = (kind: Collection, row: WrittenRow): boolean => {
    if (row.json.length * maxBytes < longestRow) return true;
    const length = Buffer.byteLength(row.json);
    if (length <= longestRow) return true;
    const reason = `a row of ${Math.ceil(length / (1 << 20))} MiB is longer than a snapshot can hold: left out`;
    gaps.push({ what: kind, scope: container.exec(row.key)?.[0] ?? '/', reason });
    return false;
  };
  const rows = new Map([...result.rows].map(([kind, some]) => [kind, some.filter(row => fits(kind, row))]));
  const shared = result.shared.filter(row => fits(row.kind, row));
  return gaps.length === 0 ? result : { ...result, rows, shared, gaps: [...result.gaps, ...gaps] };
}

/** In a line, `{"kind":"…","value":…}` stands around it. */
const longestRow = longestLine - 200;

/** Bytes of a character in UTF-8, or half a one. */
const maxBytes = 3;

/** Keys begin with the scope, in lower case. */
const container =
  /^\/(?:subscriptions\/[0-9a-f-]{36}|providers\/microsoft\.management\/managementgroups\/[\w().-]{1,90})(?=\/)/;
