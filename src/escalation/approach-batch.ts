import type { PathGraph } from './path-graph.js';
import { far, type Floor, stepsIn } from './search.js';

/** How many lead to one target, and how far from it they are. */
export interface ApproachCounts {
  /** Those that are nearer to it than to the scopes around it, by what it costs from there. */
  readonly nearer: ReadonlyMap<number, number>;
  /** The same ones by how many steps it would take by way of a scope around it; without those that have no such way. */
  readonly around: ReadonlyMap<number, number>;
}

/** As many targets as a number has bits. */
export const mostInBatch = 32;

/**
 * Counts what an approach to each of some targets would find, all of them in one search: where it has been for which of
 * the targets is a set of bits for each node. Thousands of targets are reached through the same nodes.
 */
export function countApproaches(
  graph: PathGraph,
  targets: readonly number[],
  floor: Floor | undefined,
  /** How many principals begin at a node. */
  starting: Int32Array,
): readonly ApproachCounts[] {
  const batch = new ApproachBatch(graph, floor, starting);
  batch.search(targets);
  return targets.map((_, target) => ({
    nearer: countsOf(batch.nearer, target),
    around: countsOf(batch.around, target),
  }));
}

/** By cost or steps, how many of each target. */
type Counts = Map<number, Int32Array>;

class ApproachBatch {
  readonly nearer: Counts = new Map();
  readonly around: Counts = new Map();
  /** By node: the targets that are reached from there, at the cost that is looked at or at less. */
  private readonly seen: Int32Array;
  /** By cost: nodes from which targets may be reached at that cost. */
  private readonly waiting: Frontier[] = [];
  /** Nodes from which more targets were found to be reached at the cost that is looked at. */
  private readonly reached = new Frontier();

  constructor(
    private readonly graph: PathGraph,
    private readonly floor: Floor | undefined,
    private readonly starting: Int32Array,
  ) {
    this.seen = new Int32Array(graph.nodes.length);
  }

  search(targets: readonly number[]): void {
    const first = new Frontier();
    for (const [at, target] of targets.entries()) first.add(target, 1 << at);
    this.waiting[0] = first;
    for (let cost = 0; cost < this.waiting.length; cost++) {
      const { nodes, masks } = this.waiting[cost] ?? none;
      this.reached.clear();
      for (let at = 0; at < nodes.length; at++) this.reach(nodes[at]!, masks[at]!, cost);
      // Grows while it is read: what costs nothing more is reached at the same cost.
      for (let at = 0; at < this.reached.nodes.length; at++)
        this.goBack(this.reached.nodes[at]!, this.reached.masks[at]!, cost);
    }
  }

  private reach(node: number, mask: number, cost: number): void {
    const more = mask & ~this.seen[node]!;
    if (more === 0) return;
    this.seen[node]! |= more;
    this.reached.add(node, more);
    const principals = this.starting[node]!;
    if (principals === 0) return;
    addTo(this.nearer, cost, more, principals);
    const floor = this.floor?.[node] ?? far;
    if (floor !== far) addTo(this.around, stepsIn(floor), more, principals);
  }

  private goBack(node: number, mask: number, cost: number): void {
    const { seen, floor } = this;
    const { begin, from, costs } = this.graph.incoming;
    for (let place = begin[node]!; place < begin[node + 1]!; place++) {
      const before = from[place]!;
      if ((mask & ~seen[before]!) === 0) continue;
      const further = cost + costs[place]!;
      if (floor !== undefined && floor[before]! <= further) continue;
      if (further === cost) this.reach(before, mask, cost);
      else (this.waiting[further] ??= new Frontier()).add(before, mask);
    }
  }
}

/** Nodes, each with some targets. */
class Frontier {
  readonly nodes: number[] = [];
  readonly masks: number[] = [];

  add(node: number, mask: number): void {
    this.nodes.push(node);
    this.masks.push(mask);
  }

  clear(): void {
    this.nodes.length = 0;
    this.masks.length = 0;
  }
}

const none = new Frontier();

function addTo(counts: Counts, key: number, mask: number, count: number): void {
  let byTarget = counts.get(key);
  if (byTarget === undefined) counts.set(key, (byTarget = new Int32Array(mostInBatch)));
  for (let rest = mask; rest !== 0; rest &= rest - 1) byTarget[31 - Math.clz32(rest & -rest)]! += count;
}

function countsOf(counts: Counts, target: number): ReadonlyMap<number, number> {
  return new Map(Array.from(counts, ([key, byTarget]) => [key, byTarget[target]!]));
}
