import { append } from '../../../maps.js';
import type { Scope } from '../../../rbac/model/scope.js';
import { BfsCounter, type BfsCounts, maxInBatch } from './bfs-counter.js';
import type { BuiltGraph } from '../graph/build-graph.js';
import type { AncestorBounds } from './ancestor-bounds.js';
import { unreachableCost, type AncestorBound, stepsIn } from './reverse-bfs.js';

/** How many come to control a target. */
export interface TargetCounts {
  /** Principals that control it as they are, and those that can come to control it within the steps. */
  readonly owners: number;
  readonly reached: number;
  /** Paths that are listed at it and not at a scope around it, by what they cost. */
  readonly listed: ReadonlyMap<number, number>;
}

/** Counts for each target: without going through all principals once for each of thousands. */
export function countTargets(
  built: BuiltGraph,
  targets: readonly Scope[],
  bounds: AncestorBounds,
  { maxSteps = Number.MAX_SAFE_INTEGER, includeOwners, onTarget }: PathLimits,
): readonly TargetCounts[] {
  const { graph, starts } = built;
  const starting = new Int32Array(graph.nodes.length);
  for (const node of starts.values()) starting[node]! += 1;
  const counter = new BfsCounter(graph, starting);
  const counts: TargetCounts[] = [];
  let done = 0;
  for (const group of groupsOf(targets, bounds)) {
    const bound = bounds.around(targets[group[0]!]!);
    const byWayOfBound = stepsByWayOf(bound, starting);
    for (let first = 0; first < group.length; first += maxInBatch) {
      onTarget?.(done, targets.length);
      const batch = group.slice(first, first + maxInBatch);
      const nodes = batch.map(at => built.targets.get(targets[at]!.key)!);
      for (const [i, found] of counter.of(nodes, bound).entries())
        counts[batch[i]!] = summary(found, byWayOfBound, maxSteps, includeOwners);
      done += batch.length;
    }
  }
  return counts;
}

/** ScopeNodes in the list, of those that lie in the same scopes together. */
function groupsOf(targets: readonly Scope[], bounds: AncestorBounds): Iterable<readonly number[]> {
  const groups = new Map<string, number[]>();
  for (const [at, target] of targets.entries()) {
    append(groups, bounds.keyOf(target), at);
  }
  return groups.values();
}

function summary(
  { nearer, around }: BfsCounts,
  byWayOfBound: ReadonlyMap<number, number>,
  maxSteps: number,
  includeOwners: boolean,
): TargetCounts {
  let [owners, reached] = [0, 0];
  const count = (steps: number, principals: number): void => {
    if (steps === 0) owners += principals;
    else if (steps <= maxSteps) reached += principals;
  };
  const listed = new Map<number, number>();
  for (const [cost, principals] of nearer) {
    const steps = stepsIn(cost);
    count(steps, principals);
    if (principals > 0 && steps <= maxSteps && (steps > 0 || includeOwners)) listed.set(cost, principals);
  }
  for (const [steps, principals] of byWayOfBound) count(steps, principals - (around.get(steps) ?? 0));
  return { owners, reached, listed };
}

function stepsByWayOf(bound: AncestorBound | undefined, starting: Int32Array): ReadonlyMap<number, number> {
  const steps = new Map<number, number>();
  if (bound === undefined) return steps;
  for (let node = 0; node < bound.length; node++) {
    if (starting[node] === 0 || bound[node] === unreachableCost) continue;
    const count = stepsIn(bound[node]!);
    steps.set(count, (steps.get(count) ?? 0) + starting[node]!);
  }
  return steps;
}

/** What of a search is left out. */
export interface PathLimits {
  readonly maxSteps?: number | undefined;
  /** Whether whoever controls a scope as it is is listed, too. */
  readonly includeOwners: boolean;
  /** Told how many of how many scopes were looked at. */
  readonly onTarget?: ((done: number, of: number) => void) | undefined;
}
