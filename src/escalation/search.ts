import { type IncomingEdges, type PathGraph, perStep, type Replacement } from './path-graph.js';

/** What an approach is written in: by node. */
export class ApproachRoom {
  /** What it costs from there to the target; -1 where that is not possible. */
  readonly costs: Int32Array;
  /** The number of the edge to take. */
  readonly next: Int32Array;

  constructor(nodes: number) {
    this.costs = new Int32Array(nodes).fill(-1);
    this.next = new Int32Array(nodes).fill(-1);
  }
}

/** What leads to one target, each node by its best way. In lists of numbers: there are thousands of targets. */
export class Approach {
  private readonly costs: Int32Array;
  private readonly next: Int32Array;
  private readonly edges: IncomingEdges;
  /** Those that lead there, by what it costs. */
  private readonly levels: number[][];

  /**
   * Goes backwards from the target, nearest nodes first: each edge is looked at once. Leaves out what is no nearer to this
   * target than the floor says: to a scope that the target lies in, and control of that is control of it.
   */
  constructor(
    private readonly graph: PathGraph,
    target: number,
    private readonly floor?: Floor,
    private readonly replaced: Replacement['replaced'] = new Map(),
    { costs, next } = new ApproachRoom(graph.nodes.length),
  ) {
    this.costs = costs;
    this.next = next;
    this.levels = [[target]];
    this.edges = graph.incoming;
    const originals = new Map<number, number[]>();
    for (const [original, other] of replaced) {
      const known = originals.get(other);
      if (known === undefined) originals.set(other, [original]);
      else known.push(original);
    }
    this.costs[target] = 0;
    for (let cost = 0; cost < this.levels.length; cost++) {
      // Grows while it is read: what costs nothing more stands on the same level.
      for (const node of this.levels[cost] ?? []) {
        if (this.costs[node] !== cost) continue;
        this.relaxAll(node, cost);
        for (const original of originals.get(node) ?? []) this.relaxAll(original, cost);
      }
    }
  }

  /** What it costs from there; -1 where it leads there no better than to a scope around the target, or not at all. */
  costFrom(node: number): number {
    return this.costs[node]!;
  }

  /** How many steps it takes, by way of a scope around it too; -1 where it leads there in no way. */
  fewestSteps(node: number): number {
    const cost = Math.min(this.costs[node]! < 0 ? far : this.costs[node]!, this.floor?.[node] ?? far);
    return cost === far ? -1 : stepsIn(cost);
  }

  /** Whether the node leads to the target at all, by way of a scope around it too. */
  has(node: number): boolean {
    return this.fewestSteps(node) >= 0;
  }

  /** The numbers of the edges of the best way from the node to the target. */
  pathFrom(node: number): readonly number[] {
    const path: number[] = [];
    for (let edge = this.next[node]!; edge >= 0; edge = this.next[this.graph.edge(edge).to]!) path.push(edge);
    return path;
  }

  /** Leaves the room as it was: from here on nothing may be asked. */
  leave(): void {
    for (const level of this.levels)
      for (const node of level ?? []) {
        this.costs[node] = -1;
        this.next[node] = -1;
      }
  }

  private relaxAll(node: number, cost: number): void {
    const { begin, numbers, from, costs, later } = this.edges;
    for (let place = begin[node]!; place < begin[node + 1]!; place++) {
      const known = this.costs[from[place]!]!;
      // Most are known by then, whatever this edge costs.
      if (known < 0 || known > cost) this.relax(from[place]!, numbers[place]!, cost + costs[place]!);
    }
    if (later.size === 0) return;
    for (const number of later.get(node) ?? [])
      this.relax(this.graph.from(number), number, cost + this.graph.cost(number));
  }

  private relax(node: number, edge: number, cost: number): void {
    const known = this.costs[node]!;
    if (known >= 0 && known <= cost) return;
    if (this.floor !== undefined && this.floor[node]! <= cost) return;
    if (this.replaced.size > 0 && this.replaced.has(node)) return;
    this.costs[node] = cost;
    this.next[node] = edge;
    (this.levels[cost] ??= []).push(node);
  }

  /** Lowers each number of the list to what it costs to get here. */
  lower(list: Int32Array): void {
    for (let node = 0; node < list.length; node++) {
      const cost = this.costs[node]!;
      if (cost >= 0 && cost < list[node]!) list[node] = cost;
    }
  }
}

/** By node, the least of what it costs to get to one of these; {@link far} where that is not possible. */
export function floorOf([first, ...others]: readonly Approach[], nodes: number): Floor | undefined {
  if (first === undefined) return undefined;
  const floor = new Int32Array(nodes).fill(far);
  for (const approach of [first, ...others]) approach.lower(floor);
  return floor;
}

/** Shared by the targets that lie in the same scopes. */
type Floor = Int32Array;

/** How many steps cost that much. */
export function stepsIn(cost: number): number {
  return Math.floor(cost / perStep);
}

/** Farther than anything. */
const far = 0x7fffffff;
