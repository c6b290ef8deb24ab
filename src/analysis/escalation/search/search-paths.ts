import { append } from '../../../maps.js';
import type { Scope } from '../../../rbac/model/scope.js';
import type { BuiltGraph } from '../graph/build-graph.js';
import type { GraphSource } from '../graph/graph-source.js';
import { AncestorBounds } from './ancestor-bounds.js';
import { ReverseBfs, BfsBuffers, stepsIn } from './reverse-bfs.js';
import { countTargets, type PathLimits } from './target-counts.js';

/** One scope, and how many can control it. */
export interface TargetSummary {
  readonly scope: string;
  /** Principals that control it as they are. */
  readonly owners: number;
  /** Principals that can come to control it. */
  readonly reached: number;
}

/** A path that was found, not yet in words. */
export interface FoundPath {
  readonly principal: string;
  /** The node of the principal. */
  readonly start: number;
  readonly target: Scope;
  /** The numbers of the edges from there to the target. */
  readonly edges: readonly number[];
  readonly steps: number;
}

/** The paths that are listed, and how many there are to each target. */
export interface FoundPaths {
  /** Nearest first; those that go by a scope around a target are listed there. */
  readonly paths: readonly FoundPath[];
  readonly targets: readonly TargetSummary[];
  /** How many more there are, all of them as far as the last one that is listed or further. */
  readonly left: number;
}

/** Looks from targets back to principals. Scopes come before what lies in them. */
export function searchPaths(
  source: GraphSource,
  built: BuiltGraph,
  targets: readonly Scope[],
  limits: PathLimits,
): FoundPaths {
  const bounds = new AncestorBounds(source, built, targets);
  const counts = countTargets(built, targets, bounds, limits);
  const shares = nearestShares(
    counts.map(({ listed }) => listed),
    maxListed,
  );
  const lister = new PathLister(built, bounds);
  for (const [at, target] of targets.entries()) lister.take(target, shares.byTarget[at]!);
  return {
    paths: lister.sorted(),
    left: shares.left,
    targets: targets.map(({ text }, at) => {
      const { owners, reached } = counts[at]!;
      return { scope: text, owners, reached };
    }),
  };
}

/** Puts the paths together that are listed. */
class PathLister {
  private readonly room: BfsBuffers;
  /** Paths by what they cost; those that cost the same in the order of targets and principals. */
  private readonly byCost = new Map<number, FoundPath[]>();

  constructor(
    private readonly built: BuiltGraph,
    private readonly bounds: AncestorBounds,
  ) {
    this.room = new BfsBuffers(built.graph.nodes.length);
  }

  /** `shares`: how many of those that cost so much. */
  take(target: Scope, shares: ReadonlyMap<number, number>): void {
    if (shares.size === 0) return;
    const { graph, targets, starts } = this.built;
    const bound = this.bounds.around(target);
    const search = new ReverseBfs(graph, targets.get(target.key)!, { bound, buffers: this.room });
    const left = new Map(shares);
    for (const [principal, start] of starts) {
      const cost = search.costFrom(start);
      const share = left.get(cost) ?? 0;
      if (share === 0) continue;
      left.set(cost, share - 1);
      const path = { principal, start, target, edges: search.pathFrom(start), steps: stepsIn(cost) };
      append(this.byCost, cost, path);
    }
    search.leave();
  }

  sorted(): readonly FoundPath[] {
    const levels = [...this.byCost].sort(([a], [b]) => a - b);
    return levels.flatMap(([, paths]) => paths);
  }
}

/** More than anybody reads, and as many as fit into memory. */
const maxListed = 200_000;

/** How many paths are kept, by target and by cost. */
interface Shares {
  readonly byTarget: readonly ReadonlyMap<number, number>[];
  /** How many are not kept. */
  readonly left: number;
}

/** Keeps so many of all, the nearest ones; of those that are as near, the ones to the first targets. */
function nearestShares(counts: readonly ReadonlyMap<number, number>[], most: number): Shares {
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
