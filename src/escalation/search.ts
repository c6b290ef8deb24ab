import type { PathEdge, PathGraph, Replacement } from './path-graph.js';

/** How far a node is from a target: fewest steps first, then fewest that are not certain. */
export interface Distance {
  readonly steps: number;
  readonly uncertain: number;
}

/** What leads to one target, each node by its best way. */
export class Approach {
  private readonly costs = new Map<number, number>();
  private readonly next = new Map<number, PathEdge>();

  /**
   * Goes backwards from the target, nearest nodes first: each edge is looked at once. Leaves out what is no nearer to this
   * target than to one of `around`, scopes that the target lies in: control of those is control of it.
   */
  constructor(
    graph: PathGraph,
    target: number,
    private readonly around: readonly Approach[] = [],
    private readonly replaced: Replacement['replaced'] = new Map(),
  ) {
    const originals = new Map<number, number[]>();
    for (const [original, other] of replaced)
      originals.set(other, [...(originals.get(other) ?? []), original]);
    const levels: number[][] = [[target]];
    this.costs.set(target, 0);
    for (let cost = 0; cost < levels.length; cost++) {
      // Grows while it is read: what costs nothing more stands on the same level.
      for (const node of levels[cost] ?? []) {
        if (this.costs.get(node) !== cost) continue;
        for (const at of [node, ...(originals.get(node) ?? [])])
          for (const edge of graph.incoming[at]!) this.relax(edge, cost + costOf(edge), levels);
      }
    }
  }

  /** Undefined where it leads there no better than to a scope around the target, or not at all. */
  distance(node: number): Distance | undefined {
    const cost = this.costs.get(node);
    return cost === undefined ? undefined : { steps: Math.floor(cost / perStep), uncertain: cost % perStep };
  }

  /** Whether the node leads to the target at all, by way of a scope around it too. */
  has(node: number): boolean {
    return this.costs.has(node) || this.around.some(other => other.has(node));
  }

  /** The edges of the best way from the node to the target. */
  pathFrom(node: number): PathEdge[] {
    const path: PathEdge[] = [];
    for (let edge = this.next.get(node); edge !== undefined; edge = this.next.get(edge.to)) path.push(edge);
    return path;
  }

  private relax(edge: PathEdge, cost: number, levels: number[][]): void {
    if (this.replaced.has(edge.from)) return;
    const known = this.costs.get(edge.from);
    if (known !== undefined && known <= cost) return;
    if (this.around.some(other => (other.costs.get(edge.from) ?? Infinity) <= cost)) return;
    this.costs.set(edge.from, cost);
    this.next.set(edge.from, edge);
    (levels[cost] ??= []).push(edge.from);
  }
}

function costOf({ step, certainty }: PathEdge): number {
  if (step === undefined) return 0;
  return certainty === 'certain' ? perStep : perStep + 1;
}

/** More steps than any path has that are not certain. */
const perStep = 64;
