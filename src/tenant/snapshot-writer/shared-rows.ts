import type { Collection } from '../snapshot/collections.js';
import { inOrder, type SharedRow, type WrittenRow } from './unit-result.js';

/**
 * Rows that several units come across, such as what a management group hands down to each of its subscriptions. Of
 * those that are the same thing, the one that the first unit found stays: of the first in order, not in time.
 */
export class SharedRows {
  private readonly kept = new Map<string, SharedRow & { readonly order: number }>();

  /** False where a unit before had it as well. */
  add(row: SharedRow, order: number): boolean {
    const id = `${row.kind} ${row.key}`;
    const known = this.kept.get(id);
    if (known !== undefined && known.order <= order) return false;
    this.kept.set(id, { ...row, order });
    return true;
  }

  of(kind: Collection): WrittenRow[] {
    return inOrder([...this.kept.values()].filter(row => row.kind === kind));
  }

  all(): Iterable<SharedRow> {
    return this.kept.values();
  }
}
