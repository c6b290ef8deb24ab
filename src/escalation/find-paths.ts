import type { Notice } from '../errors.js';
import type { Tenant } from '../access/tenant.js';
import type { Scope } from '../model/scope.js';
import { type BuiltGraph, buildGraph, GraphSource } from './build-graph.js';
import { type AssignmentCut, assignmentCuts, type CuttablePath } from './assignment-cuts.js';
import { cutSteps } from './cut-steps.js';
import { PathDescriber } from './describe-path.js';
import { principalOf } from './path-principal.js';
import { loadMethods } from './method.js';
import { minimumCut } from './min-cut.js';
import { pathNotices } from './path-notices.js';
import type { CutStep, EscalationPath } from './path.js';
import { Approach } from './search.js';
import { targetsOf } from './targets.js';

/** What is asked of a tenant. */
export interface PathQuery {
  /** Everybody, where it is undefined. */
  readonly from?: string | undefined;
  /** All subscriptions and management groups, where it is undefined. */
  readonly to?: Scope | undefined;
  readonly maxSteps?: number | undefined;
  /** Whether activating an eligible assignment is a step. */
  readonly includeEligible: boolean;
  /** Whether whoever controls a scope as it is is listed, too. */
  readonly includeOwners: boolean;
}

/** Who can get where. */
export interface EscalationReport {
  readonly targets: readonly TargetSummary[];
  /** Nearest first; what control of a scope around the target gives is listed there alone. */
  readonly paths: readonly EscalationPath[];
  readonly cuts: readonly AssignmentCut[];
  readonly notices: readonly Notice[];
}

/** One scope, and how many can control it. */
export interface TargetSummary {
  readonly scope: string;
  /** Principals that control it as they are. */
  readonly owners: number;
  /** Principals that can come to control it. */
  readonly reached: number;
}

/** Finds for each principal the shortest path to control of each target. Deterministic. */
export function findPaths(tenant: Tenant, query: PathQuery, methods = loadMethods()): EscalationReport {
  const source = new GraphSource(tenant, methods, query.includeEligible);
  const targets = query.to === undefined ? targetsOf(tenant) : [query.to];
  const principals = query.from === undefined ? actingPrincipals(tenant) : [query.from];
  const built = buildGraph(source, principals, targets);
  const search = new Search(source, built, targets, query);
  const found = targets.map(target => search.towards(target));
  const paths = found.flatMap(({ listed }) => listed.map(({ path }) => path)).sort(nearestFirst);
  const isEscalation = ({ path }: ListedPath): boolean => path.steps.length > 0;
  return {
    targets: found.map(({ summary }) => summary),
    paths,
    cuts: assignmentCuts(
      source,
      found.map(({ target, listed }) => ({ target, paths: listed.filter(isEscalation) })),
    ),
    notices: pathNotices(tenant, targets, query.includeEligible),
  };
}

/** Users, service principals and who is unknown to the directory; groups do nothing themselves. By id. */
function actingPrincipals({ snapshot, assignments }: Tenant): readonly string[] {
  const ids = new Set<string>();
  for (const { id, type } of snapshot.principals.values()) if (type !== 'Group') ids.add(id);
  for (const { principalId, principalType } of assignments)
    if (principalType !== 'Group' && !snapshot.principals.has(principalId)) ids.add(principalId);
  return [...ids].sort();
}

interface ListedPath extends CuttablePath {
  readonly path: EscalationPath;
}

/** Looks from targets back to principals, scopes before what lies in them. */
class Search {
  private readonly approaches = new Map<string, Approach>();
  private readonly describer: PathDescriber;

  constructor(
    private readonly source: GraphSource,
    private readonly built: BuiltGraph,
    private readonly targets: readonly Scope[],
    private readonly query: PathQuery,
  ) {
    this.describer = new PathDescriber(source, built.graph);
  }

  towards(target: Scope): { target: Scope; summary: TargetSummary; listed: readonly ListedPath[] } {
    const around = this.around(target);
    const node = this.built.targets.get(target.key)!;
    const approach = new Approach(this.built.graph, node, around);
    this.approaches.set(target.key, approach);
    const listed: ListedPath[] = [];
    const cuts = new Map<number, readonly CutStep[] | null>();
    let [owners, reached] = [0, 0];
    for (const [principal, start] of this.built.starts) {
      const steps = Math.min(...[approach, ...around].map(each => each.distance(start)?.steps ?? Infinity));
      if (steps === 0) owners++;
      else if (steps <= (this.query.maxSteps ?? Number.MAX_SAFE_INTEGER)) reached++;
      if (this.isListed(approach, start))
        listed.push(this.describe(principal, start, target, approach, cuts));
    }
    return { target, summary: { scope: target.text, owners, reached }, listed };
  }

  private isListed(approach: Approach, start: number): boolean {
    const distance = approach.distance(start);
    if (distance === undefined) return false;
    if (distance.steps === 0) return this.query.includeOwners;
    return distance.steps <= (this.query.maxSteps ?? Number.MAX_SAFE_INTEGER);
  }

  private describe(
    principal: string,
    start: number,
    target: Scope,
    approach: Approach,
    cuts: Map<number, readonly CutStep[] | null>,
  ): ListedPath {
    const described = this.describer.describe(principal, approach.pathFrom(start), target);
    let cut = cuts.get(start);
    if (cut === undefined) {
      const node = this.built.targets.get(target.key)!;
      const found = minimumCut(this.built.graph, start, node, approach);
      cuts.set(start, (cut = cutSteps(found, this.source)));
    }
    const { steps, because, assignments } = described;
    const from = principalOf(principal, this.source.tenant);
    return { principal, assignments, path: { from, to: target.text, steps, because, cut } };
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

function nearestFirst(a: EscalationPath, b: EscalationPath): number {
  const uncertain = ({ steps }: EscalationPath): number =>
    steps.filter(({ certainty }) => certainty !== 'certain').length;
  return a.steps.length - b.steps.length || uncertain(a) - uncertain(b);
}
