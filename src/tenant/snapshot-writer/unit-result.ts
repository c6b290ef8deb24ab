import { compareText } from '../../compare-text.js';
import type { Collection } from '../snapshot/collections.js';
import type { SnapshotGap } from '../snapshot/snapshot.js';

/** A row of a snapshot, as the text that is written. */
export interface WrittenRow {
  /** Equal for equal things, and what rows are sorted by: the id in lower case. */
  readonly key: string;
  readonly json: string;
}

/** A row that several units may come across: it is written once. */
export interface SharedRow extends WrittenRow {
  readonly kind: Collection;
}

/** What one piece of the work of a collection came to. */
export interface UnitResult {
  /** Rows that no other unit can have. */
  readonly rows: ReadonlyMap<Collection, readonly WrittenRow[]>;
  readonly shared: readonly SharedRow[];
  readonly gaps: readonly SnapshotGap[];
  /** Worth another try when the collection is resumed: what failed may work then. */
  readonly isOpen: boolean;
}

/** Sorted and each once, so that the same answers make the same bytes in whatever order they came. */
export function inOrder<Row extends WrittenRow>(rows: readonly Row[]): Row[] {
  const sorted = [...rows].sort((a, b) => compareText(a.key, b.key));
  return sorted.filter((row, at) => row.key !== sorted[at - 1]?.key);
}
