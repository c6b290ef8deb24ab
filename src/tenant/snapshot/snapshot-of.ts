import { buildSnapshot } from './build-snapshot.js';
import { Collected } from './collected.js';
import { collections } from './collections.js';
import { addRow } from './row-handlers.js';
import { RowRef, rowList } from './row-ref.js';
import type { Snapshot } from './snapshot.js';

/** A snapshot of rows that are at hand, by collection; those that are missing are empty. `source` is shown to people. */
export function snapshotOf(rows: Readonly<Record<string, readonly object[]>>, source: string): Snapshot {
  const collected = new Collected();
  for (const name of collections) {
    const list = rowList(source, `/${name}`);
    for (const [at, value] of (rows[name] ?? []).entries())
      addRow(collected, name, { value, at: new RowRef(list, at), place: `${name}[${at}]` });
  }
  return buildSnapshot(collected, source);
}
