import type { Scope } from '../model/scope.js';
import type { BuiltGraph, GraphSource } from './build-graph.js';
import { Approach } from './search.js';

/** What of a search is left out. */
export interface PathLimits {
  readonly maxSteps?: number | undefined;
  /** Whether whoever controls a scope as it is is listed, too. */
  readonly includeOwners: boolean;
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
  readonly approach: Approach;
  readonly steps: number;
  readonly uncertain: number;
}

/** All paths to one target; those that go by a scope around it are listed there. */
export interface TargetPaths {
  readonly target: Scope;
  readonly summary: TargetSummary;
  readonly paths: readonly FoundPath[];
}

/** Looks from targets back to principals. Scopes come before what lies in them. */
export class PathSearch {
  private readonly approaches = new Map<string, Approach>();

  constructor(
    private readonly source: GraphSource,
    private readonly built: BuiltGraph,
    private readonly targets: readonly Scope[],
    private readonly limits: PathLimits,
  ) {}

  towards(target: Scope): TargetPaths {
    const around = this.around(target);
    const { graph, starts, targets } = this.built;
    const approach = new Approach(graph, targets.get(target.key)!, around);
    this.approaches.set(target.key, approach);
    const { maxSteps = Number.MAX_SAFE_INTEGER, includeOwners } = this.limits;
    const paths: FoundPath[] = [];
    let [owners, reached] = [0, 0];
    for (const [principal, start] of starts) {
      const nearest = Math.min(...[approach, ...around].map(each => each.distance(start)?.steps ?? Infinity));
      if (nearest === 0) owners++;
      else if (nearest <= maxSteps) reached++;
      const distance = approach.distance(start);
      if (distance === undefined || distance.steps > maxSteps) continue;
      if (distance.steps > 0 || includeOwners)
        paths.push({ principal, start, target, approach, ...distance });
    }
    return { target, summary: { scope: target.text, owners, reached }, paths };
  }

  /** Those that the target lies in and whose control is control of it: nothing is denied on the way. */
  private around(target: Scope): readonly Approach[] {
    const { tenant, denials, table } = this.source;
    if (denials.mayTake(table.control.mask, target)) return [];
    const keys = tenant.tree.keysFrom(target);
    return this.targets.flatMap(({ key }) =>
      key !== target.key && keys.has(key) ? (this.approaches.get(key) ?? []) : [],
    );
  }
}
