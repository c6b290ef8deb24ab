import type { Scope } from '../../../rbac/model/scope.js';
import type { BuiltGraph } from '../graph/build-graph.js';
import type { GraphSource } from '../graph/graph-source.js';
import { Floors } from './ancestor-bounds.js';
import { nearestShares } from './nearest-shares.js';
import { Approach, ApproachRoom, stepsIn } from './reverse-bfs.js';
import { countTargets, type PathLimits } from './target-counts.js';

/** One scope, and how many can control it. */
export interface TargetSummary {
  readonly scope: string;
  /** Principals that control it as they are. */
  readonly owners: number;
  /** Principals that can come to control it. */
  readonly reached: number;
}

/** That there is a path, not yet in words. */
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
  const floors = new Floors(source, built, targets);
  const counts = countTargets(built, targets, floors, limits);
  const shares = nearestShares(
    counts.map(({ listed }) => listed),
    mostListed,
  );
  const lister = new PathLister(built, floors);
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
  private readonly room: ApproachRoom;
  /** By what they cost; those that cost the same in the order of targets and principals. */
  private readonly byCost = new Map<number, FoundPath[]>();

  constructor(
    private readonly built: BuiltGraph,
    private readonly floors: Floors,
  ) {
    this.room = new ApproachRoom(built.graph.nodes.length);
  }

  /** `shares`: how many of those that cost so much. */
  take(target: Scope, shares: ReadonlyMap<number, number>): void {
    if (shares.size === 0) return;
    const { graph, targets, starts } = this.built;
    const floor = this.floors.around(target);
    const approach = new Approach(graph, targets.get(target.key)!, floor, undefined, this.room);
    const left = new Map(shares);
    for (const [principal, start] of starts) {
      const cost = approach.costFrom(start);
      const share = left.get(cost) ?? 0;
      if (share === 0) continue;
      left.set(cost, share - 1);
      const path = { principal, start, target, edges: approach.pathFrom(start), steps: stepsIn(cost) };
      const there = this.byCost.get(cost);
      if (there === undefined) this.byCost.set(cost, [path]);
      else there.push(path);
    }
    approach.leave();
  }

  sorted(): readonly FoundPath[] {
    const levels = [...this.byCost].sort(([a], [b]) => a - b);
    return levels.flatMap(([, paths]) => paths);
  }
}

/** More than anybody reads, and as many as fit into memory. */
const mostListed = 200_000;
