import { type PackedEdges, type PathEdge, type PathGraph, perStep, type Replacement } from './path-graph.js';

/** How far a node is from a target: fewest steps first, then fewest that are not certain. */
export interface Distance {
  readonly steps: number;
  readonly uncertain: number;
}

/** What leads to one target, each node by its best way. In lists of numbers: there are thousands of targets. */
export class Approach {
  /** By node; -1 for those that do not lead there. */
  private readonly costs: Int32Array;
  /** By node, the number of the edge to take. */
  private readonly next: Int32Array;
  private readonly edges: PackedEdges;
  /**
   * Goes backwards from the target, nearest nodes first: each edge is looked at once. Leaves out what is no nearer to this
   * target than the floor says: to a scope that the target lies in, and control of that is control of it.
   */
  constructor(
    private readonly graph: PathGraph,
    target: number,
    private readonly floor?: Floor,
    private readonly replaced: Replacement['replaced'] = new Map(),
  ) {
    this.costs = new Int32Array(graph.nodes.length).fill(-1);
    this.next = new Int32Array(graph.nodes.length).fill(-1);
    this.edges = graph.packed;
    const originals = new Map<number, number[]>();
    for (const [original, other] of replaced) {
      const known = originals.get(other);
      if (known === undefined) originals.set(other, [original]);
      else known.push(original);
    }
    const levels: number[][] = [[target]];
    this.costs[target] = 0;
    for (let cost = 0; cost < levels.length; cost++) {
      // Grows while it is read: what costs nothing more stands on the same level.
      for (const node of levels[cost] ?? []) {
        if (this.costs[node] !== cost) continue;
        this.relaxAll(node, cost, levels);
        for (const original of originals.get(node) ?? []) this.relaxAll(original, cost, levels);
      }
    }
  }

  /** Undefined where it leads there no better than to a scope around the target, or not at all. */
  distance(node: number): Distance | undefined {
    const cost = this.costs[node]!;
    return cost < 0 ? undefined : { steps: stepsIn(cost), uncertain: cost % perStep };
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

  /** The edges of the best way from the node to the target. */
  pathFrom(node: number): readonly PathEdge[] {
    const path: PathEdge[] = [];
    for (let edge = this.next[node]!; edge >= 0; edge = this.next[path.at(-1)!.to]!)
      path.push(this.graph.edges[edge]!);
    return path;
  }

  private relaxAll(node: number, cost: number, levels: number[][]): void {
    const { costs, floor, replaced } = this;
    const { begin, numbers, from: froms, costs: packedCosts } = this.edges;
    for (let place = begin[node]!; place < begin[node + 1]!; place++) {
      const from = froms[place]!;
      const known = costs[from]!;
      // Most are known by then, whatever this edge costs.
      if (known >= 0 && known <= cost) continue;
      const number = numbers[place]!;
      const further = cost + packedCosts[place]!;
      if (known >= 0 && known <= further) continue;
      if (floor !== undefined && floor[from]! <= further) continue;
      if (replaced.size > 0 && replaced.has(from)) continue;
      costs[from] = further;
      this.next[from] = number;
      (levels[further] ??= []).push(from);
    }
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

function stepsIn(cost: number): number {
  return Math.floor(cost / perStep);
}

/** Farther than anything. */
const far = 0x7fffffff;
