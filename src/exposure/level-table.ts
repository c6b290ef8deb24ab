import type { GuardedSet } from '../access/guarded-set.js';
import type { KindTable } from './kind-table.js';
import { type ReachedKind, twentieths, underCondition } from './reach.js';

/** The levels that access gives, kind by kind: one list for all that give the same at as wide a scope. */
export class LevelTable {
  private readonly known = new WeakMap<GuardedSet, Partial<Record<ReachedKind, Uint8Array>>>();

  constructor(private readonly table: KindTable) {}

  /** Not to be changed by the caller. */
  of(access: GuardedSet, reach: ReachedKind): Uint8Array {
    let byReach = this.known.get(access);
    if (byReach === undefined) this.known.set(access, (byReach = {}));
    return (byReach[reach] ??= this.make(access, twentieths[reach]));
  }

  private make({ certain, perhaps }: GuardedSet, full: number): Uint8Array {
    const [sure, conditional] = [this.table.kindsIn(certain), this.table.kindsIn(perhaps)];
    return Uint8Array.from(this.table.kinds, (_, kind) => {
      if ((sure >> kind) & 1) return full;
      return (conditional >> kind) & 1 ? underCondition(full) : 0;
    });
  }
}

/** Raises each level to that of the others where that is higher. */
export function raiseAll(levels: Uint8Array, others: Uint8Array): void {
  for (let kind = 0; kind < levels.length; kind++)
    if (others[kind]! > levels[kind]!) levels[kind] = others[kind]!;
}
