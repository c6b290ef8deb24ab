import { getOrInsert } from '../../maps.js';
import type { GuardedSet } from '../../tenant/access/guarded-set.js';
import type { KindTable } from './kind-table.js';
import { twentieths, type ScopeLevel } from './scope-level.js';

/** What is held under a condition counts half. */
export function underCondition(level: number): number {
  return level / 2;
}

/** The levels of each kind of access, by how far it reaches. Not to be changed. */
export type LevelsByScope = Readonly<Record<ScopeLevel, Uint8Array>>;

/** Looks up which levels access gives: one list for all that give the same at as wide a scope. */
export class LevelTable {
  private readonly known = new WeakMap<GuardedSet, LevelsByScope>();

  constructor(private readonly table: KindTable) {}

  of(access: GuardedSet): LevelsByScope {
    return getOrInsert(this.known, access, () => this.make(access));
  }

  private make({ definite, possible }: GuardedSet): LevelsByScope {
    const [sure, conditional] = [this.table.kindsIn(definite), this.table.kindsIn(possible)];
    const at = (reach: ScopeLevel): Uint8Array =>
      Uint8Array.from(this.table.kinds, (_, kind) => {
        if ((sure >> kind) & 1) return twentieths[reach];
        return (conditional >> kind) & 1 ? underCondition(twentieths[reach]) : 0;
      });
    return {
      tenant: at('tenant'),
      subscription: at('subscription'),
      'resource-group': at('resource-group'),
      resource: at('resource'),
    };
  }
}

/** Raises each level to that of the others where that is higher. */
export function raiseAll(levels: Uint8Array, others: Uint8Array): void {
  for (let kind = 0; kind < levels.length; kind++)
    if (others[kind]! > levels[kind]!) levels[kind] = others[kind]!;
}

/** Twentieths as points with one decimal: weights are even, so nothing is rounded. */
export function toPoints(twentieths: number): number {
  return Math.round(twentieths / 2) / 10;
}
