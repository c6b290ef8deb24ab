import { append } from '../../../maps.js';
import { type IncomingEdges, type PathGraph, perStep, type Replacement } from '../graph/path-graph.js';

/** What a search is written in: by node. */
export class BfsBuffers {
  /** The least that it costs to get to the target from there, or to a scope around it; {@link unreachableCost} where that is not possible. */
  readonly costs: Int32Array;
  /** The number of the edge to take to the target; -1 where none is better than what leads to a scope around it. */
  readonly next: Int32Array;

  constructor(nodes: number) {
    this.costs = new Int32Array(nodes);
    this.next = new Int32Array(nodes).fill(-1);
  }
}

/** What a search may be told. */
export interface BfsOptions {
  /** What it costs by way of a scope around the target. */
  readonly bound?: AncestorBound | undefined;
  readonly replaced?: Replacement['replaced'] | undefined;
  readonly buffers?: BfsBuffers | undefined;
}

/** Breadth-first search from one target backwards: what leads to it, each node by its best way. In lists of numbers: there are thousands of targets. */
export class ReverseBfs {
  private readonly costs: Int32Array;
  private readonly next: Int32Array;
  private readonly edges: IncomingEdges;
  /** Nodes by what it costs from there; one that was found to be nearer later stands in both places. */
  private readonly levels: number[][];

  /**
   * Goes backwards from the target, nearest nodes first: each edge is looked at once. Leaves out what is no nearer to this
   * target than the bound says: to a scope that the target lies in, and control of that is control of it.
   */
  constructor(
    private readonly graph: PathGraph,
    target: number,
    { bound, replaced = new Map(), buffers = new BfsBuffers(graph.nodes.length) }: BfsOptions = {},
  ) {
    const { costs, next } = buffers;
    this.costs = costs;
    this.next = next;
    this.edges = graph.incoming;
    if (bound === undefined) costs.fill(unreachableCost);
    else costs.set(bound);
    // Nothing goes by them.
    for (const original of replaced.keys()) costs[original] = -1;
    const originals = new Map<number, number[]>();
    for (const [original, other] of replaced) {
      append(originals, other, original);
    }
    this.levels = [[target]];
    costs[target] = 0;
    for (let cost = 0; cost < this.levels.length; cost++) {
      // Grows while it is read: what costs nothing more stands on the same level.
      for (const node of this.levels[cost] ?? []) {
        if (costs[node] !== cost) continue;
        this.relaxAll(node, cost);
        for (const original of originals.get(node) ?? []) this.relaxAll(original, cost);
      }
    }
  }

  /** What it costs from there; -1 where it leads there no better than to a scope around the target, or not at all. */
  costFrom(node: number): number {
    return this.next[node]! < 0 ? -1 : this.costs[node]!;
  }

  /** How many steps it takes, by way of a scope around it too; -1 where it leads there in no way. */
  fewestSteps(node: number): number {
    const cost = this.costs[node]!;
    return cost === unreachableCost || cost < 0 ? -1 : stepsIn(cost);
  }

  /** Whether the node leads to the target at all, by way of a scope around it too. */
  has(node: number): boolean {
    return this.fewestSteps(node) >= 0;
  }

  /** The numbers of the edges of the best way from the node to the target. */
  pathFrom(node: number): readonly number[] {
    const path: number[] = [];
    for (let edge = this.next[node]!; edge >= 0; edge = this.next[this.graph.to(edge)]!) path.push(edge);
    return path;
  }

  /** Leaves the room to the next one: from here on nothing may be asked. */
  leave(): void {
    for (const level of this.levels) for (const node of level ?? []) this.next[node] = -1;
  }

  private relaxAll(node: number, cost: number): void {
    const { costs, graph } = this;
    const { begin, numbers, from: froms, costs: more, later } = this.edges;
    for (let place = begin[node]!; place < begin[node + 1]!; place++) {
      const from = froms[place]!;
      // Most are known by then, whatever this edge costs.
      if (costs[from]! > cost) this.relax(from, numbers[place]!, cost + more[place]!);
    }
    if (later.size === 0) return;
    for (const number of later.get(node) ?? [])
      this.relax(graph.from(number), number, cost + graph.cost(number));
  }

  private relax(node: number, edge: number, cost: number): void {
    if (this.costs[node]! <= cost) return;
    this.costs[node] = cost;
    this.next[node] = edge;
    (this.levels[cost] ??= []).push(node);
  }

  /** Lowers each number of the list to what it costs to get here. */
  lower(list: Int32Array): void {
    for (let node = 0; node < list.length; node++)
      if (this.next[node]! >= 0 && this.costs[node]! < list[node]!) list[node] = this.costs[node]!;
  }
}

/** The least, by node, of what it costs to get to one of these; {@link unreachableCost} where that is not possible. */
export function ancestorBoundOf(
  [first, ...others]: readonly ReverseBfs[],
  nodes: number,
): AncestorBound | undefined {
  if (first === undefined) return undefined;
  const bound = new Int32Array(nodes).fill(unreachableCost);
  for (const search of [first, ...others]) search.lower(bound);
  return bound;
}

/** Shared by the targets that lie in the same scopes. */
export type AncestorBound = Int32Array;

/** How many steps cost that much. */
export function stepsIn(cost: number): number {
  return Math.floor(cost / perStep);
}

/** Farther than anything. */
export const unreachableCost = 0x7fffffff;
