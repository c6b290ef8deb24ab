import type { Scope } from '../../../rbac/model/scope.js';
import type { BuiltGraph } from '../graph/build-graph.js';
import type { GraphSource } from '../graph/graph-source.js';
import { cutSteps } from './cut-steps.js';
import { type DescribedPath, PathDescriber } from './describe-path.js';
import { CutEffort, minimumCut } from '../search/min-cut.js';
import type { CutStep, EscalationPath } from './path.js';
import { principalOf } from './path-principal.js';
import type { FoundPath } from '../search/search-paths.js';
import { Approach } from '../search/reverse-bfs.js';

/** Puts paths into words when they are asked for: a large tenant has hundreds of thousands of them. */
export class PathList {
  private readonly describer: PathDescriber;
  private readonly effort = new CutEffort();
  private readonly approaches = new Map<string, Approach>();
  private readonly cuts = new Map<string, readonly CutStep[] | null>();
  private last: { readonly path: FoundPath; readonly described: DescribedPath } | undefined;

  constructor(
    private readonly source: GraphSource,
    private readonly built: BuiltGraph,
  ) {
    this.describer = new PathDescriber(source, built.graph);
  }

  of(paths: readonly FoundPath[]): readonly EscalationPath[] {
    const withCuts = !this.areCutsLeftOut(paths);
    return paths.map(path => this.listed(path, withCuts));
  }

  /** Whether there are too many of them to work out for each which steps cut it off. */
  areCutsLeftOut(paths: readonly FoundPath[]): boolean {
    return paths.length > mostCut;
  }

  /** Whoever asks for the steps of a path asks for its reasons next. */
  describe(path: FoundPath): DescribedPath {
    if (this.last?.path !== path) {
      const { principal, edges, target } = path;
      this.last = { path, described: this.describer.describe(principal, edges, target) };
    }
    return this.last.described;
  }

  /** Its properties are those of the report, each worked out when it is read. */
  private listed(path: FoundPath, withCuts: boolean): EscalationPath {
    const { tenant } = this.source;
    const describe = (): DescribedPath => this.describe(path);
    const cut = (): readonly CutStep[] | null => (withCuts ? this.cutOf(path) : null);
    return {
      get from() {
        return principalOf(path.principal, tenant);
      },
      to: path.target.text,
      stepCount: path.steps,
      get steps() {
        return describe().steps;
      },
      get because() {
        return describe().because;
      },
      get cut() {
        return cut();
      },
    };
  }

  private cutOf({ start, target, steps }: FoundPath): readonly CutStep[] | null {
    if (steps === 0) return null;
    const key = `${start} ${target.key}`;
    let cut = this.cuts.get(key);
    if (cut === undefined) {
      const node = this.built.targets.get(target.key)!;
      cut = cutSteps(
        minimumCut(this.built.graph, start, node, this.approachTo(target), this.effort),
        this.source,
      );
      this.cuts.set(key, cut);
    }
    return cut;
  }

  /** Everything that leads there, by way of what is around it too. */
  private approachTo(target: Scope): Approach {
    let approach = this.approaches.get(target.key);
    if (approach === undefined) {
      if (this.approaches.size >= mostApproaches) this.approaches.clear();
      approach = new Approach(this.built.graph, this.built.targets.get(target.key)!);
      this.approaches.set(target.key, approach);
    }
    return approach;
  }
}

const mostCut = 5_000;
const mostApproaches = 100;
