import type { Scope } from '../model/scope.js';
import type { BuiltGraph } from './build-graph.js';
import type { GraphSource } from './graph-source.js';
import { NearestPaths } from './nearest-paths.js';
import { Approach, ApproachRoom, floorOf, stepsIn } from './search.js';

/** What of a search is left out. */
export interface PathLimits {
  readonly maxSteps?: number | undefined;
  /** Whether whoever controls a scope as it is is listed, too. */
  readonly includeOwners: boolean;
  /** Told how many of how many scopes were looked at. */
  readonly onTarget?: ((done: number, of: number) => void) | undefined;
}

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
  const nearest = new NearestPaths(mostListed);
  const approaches = new Map<string, Approach>();
  const floors = new Map<string, ReturnType<typeof floorOf>>();
  const room = new ApproachRoom(built.graph.nodes.length);
  const summaries = targets.map((target, done) => {
    limits.onTarget?.(done, targets.length);
    const around = aroundOf(target, source, approaches);
    const key = around.join(' ');
    if (!floors.has(key))
      floors.set(
        key,
        floorOf(
          around.map(each => approaches.get(each)!),
          built.graph.nodes.length,
        ),
      );
    // What lies in a subscription is no target beside it: what leads there is not asked again.
    const isAsked = target.kind === 'management-group';
    const node = built.targets.get(target.key)!;
    const approach = new Approach(built.graph, node, floors.get(key), undefined, isAsked ? undefined : room);
    const summary = listPaths(target, approach, built, limits, nearest);
    if (isAsked) approaches.set(target.key, approach);
    else approach.leave();
    return summary;
  });
  return { ...nearest.sorted(), targets: summaries };
}

function listPaths(
  target: Scope,
  approach: Approach,
  { starts }: BuiltGraph,
  { maxSteps = Number.MAX_SAFE_INTEGER, includeOwners }: PathLimits,
  nearest: NearestPaths,
): TargetSummary {
  let [owners, reached] = [0, 0];
  for (const [principal, start] of starts) {
    const steps = approach.fewestSteps(start);
    if (steps < 0) continue;
    if (steps === 0) owners++;
    else if (steps <= maxSteps) reached++;
    const cost = approach.costFrom(start);
    const length = stepsIn(cost);
    if (cost < 0 || length > maxSteps || (length === 0 && !includeOwners)) continue;
    nearest.add(cost, () => ({
      principal,
      start,
      target,
      edges: approach.pathFrom(start),
      steps: length,
    }));
  }
  return { scope: target.text, owners, reached };
}

/** The keys of those that the target lies in and whose control is control of it: nothing is denied on the way. */
function aroundOf(
  target: Scope,
  { tenant, denials, table }: GraphSource,
  approaches: ReadonlyMap<string, Approach>,
): readonly string[] {
  if (denials.mayTake(table.control.mask, target)) return [];
  return [...tenant.tree.keysFrom(target)].filter(key => key !== target.key && approaches.has(key));
}

/** More than anybody reads, and as many as fit into memory. */
const mostListed = 200_000;
