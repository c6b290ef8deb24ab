/** Of how many paths are kept, by target and by cost. */
export interface Shares {
  readonly byTarget: readonly ReadonlyMap<number, number>[];
  /** How many are not kept. */
  readonly left: number;
}

/** Keeps so many of all, the nearest ones; of those that are as near, the ones to the first targets. */
export function nearestShares(counts: readonly ReadonlyMap<number, number>[], most: number): Shares {
  const byTarget = counts.map(() => new Map<number, number>());
  const costs = [...new Set(counts.flatMap(each => [...each.keys()]))].sort((a, b) => a - b);
  let [room, left] = [most, 0];
  for (const cost of costs) {
    for (const [target, count] of counts.entries()) {
      const all = count.get(cost) ?? 0;
      const share = Math.min(all, room);
      if (share > 0) byTarget[target]!.set(cost, share);
      room -= share;
      left += all - share;
    }
  }
  return { byTarget, left };
}
