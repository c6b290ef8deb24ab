import type { Scope } from '../../../rbac/model/scope.js';
import type { BuiltGraph } from '../graph/build-graph.js';
import type { GraphSource } from '../graph/graph-source.js';
import type { PathEdge } from '../graph/path-graph.js';
import type { EscalationMethod } from '../methods/method.js';
import { type DescribedPath, PathDescriber } from './describe-path.js';
import { CutEffort, minimumCut, type StepCut } from '../search/min-cut.js';
import { type CutStep, type EscalationPath, principalOf } from './path.js';
import type { FoundPath } from '../search/search-paths.js';
import { ReverseBfs } from '../search/reverse-bfs.js';

/** Puts paths into words when they are asked for: a large tenant has hundreds of thousands of them. */
export class PathList {
  private readonly describer: PathDescriber;
  private readonly effort = new CutEffort();
  private readonly searches = new Map<string, ReverseBfs>();
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
    return paths.length > maxCut;
  }

  /** Whoever asks for the steps of a path asks for its reasons next. */
  describe(path: FoundPath): DescribedPath {
    if (this.last?.path !== path) {
      const { principal, edges, target } = path;
      this.last = { path, described: this.describer.describe(principal, edges, target) };
    }
    return this.last.described;
  }

  /** A path whose properties are those of the report, each worked out when it is read. */
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
        minimumCut(
          { graph: this.built.graph, start, target: node, search: this.searchFrom(target) },
          this.effort,
        ),
        this.source,
      );
      this.cuts.set(key, cut);
    }
    return cut;
  }

  /** Everything that leads there, by way of what is around it too. */
  private searchFrom(target: Scope): ReverseBfs {
    let search = this.searches.get(target.key);
    if (search === undefined) {
      if (this.searches.size >= maxSearches) this.searches.clear();
      search = new ReverseBfs(this.built.graph, this.built.targets.get(target.key)!);
      this.searches.set(target.key, search);
    }
    return search;
  }
}

const maxCut = 5_000;
const maxSearches = 100;

/** The steps of a cut, in short and in a fixed order; null where no cut was found. */
export function cutSteps(cut: StepCut | undefined, source: GraphSource): readonly CutStep[] | null {
  if (cut === undefined) return null;
  const steps = cut.steps.map(edge => shortStep(edge, source));
  return steps.sort((a, b) => (textOf(a) < textOf(b) ? -1 : 1));
}

function shortStep({ step }: PathEdge, { table, tenant }: GraphSource): CutStep {
  const named = (id: string): string => principalOf(id, tenant).displayName ?? id;
  switch (step?.kind) {
    case 'become':
      return shortOf(step.way.method, named(step.identity), step.host.resource);
    case 'own':
      return shortOf(
        table.methods.find(({ gains }) => gains === 'owned-principals')!,
        named(step.owned),
        '/',
      );
    case 'gain': {
      const { method, gained, joined } = step.gain;
      return shortOf(method, joined.map(named).join(', ') || null, gained[0]?.scope.text ?? '/');
    }
    default:
      return shortOf(table.control.method, null, '/');
  }
}

function shortOf({ id, does }: EscalationMethod, gains: string | null, scope: string): CutStep {
  return { method: id, does, gains, scope };
}

function textOf({ method, gains, scope }: CutStep): string {
  return `${method} ${scope} ${gains ?? ''}`;
}
