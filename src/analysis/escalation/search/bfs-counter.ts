import type { PathGraph } from '../graph/path-graph.js';
import { unreachableCost, type AncestorBound, stepsIn } from './reverse-bfs.js';

/** How many lead to one target, and how far from it they are. */
export interface BfsCounts {
  /** Nodes that are nearer to it than to the scopes around it, by what it costs from there. */
  readonly nearer: ReadonlyMap<number, number>;
  /** The same ones by how many steps it would take by way of a scope around it; without those that have no such way. */
  readonly around: ReadonlyMap<number, number>;
}

/** As many targets as a number has bits. */
export const maxInBatch = 32;

/**
 * Counts what approaches to some targets would find, all of them in one search: where it has been for which of the targets
 * is a set of bits for each node. Thousands of targets are reached through the same nodes.
 */
export class BfsCounter {
  /** The targets, by node, that are reached from there, at the cost that is looked at or at less. */
  private readonly seen: Int32Array;
  /** Nodes, by cost, from which targets may be reached at that cost. */
  private readonly waiting: Frontier[] = [];
  /** Nodes from which more targets were found to be reached at the cost that is looked at. */
  private readonly reached: Frontier;
  private bound: AncestorBound | undefined;
  private nearer: Counts = new Map();
  private around: Counts = new Map();

  constructor(
    private readonly graph: PathGraph,
    /** How many principals begin at a node. */
    private readonly starting: Int32Array,
  ) {
    this.seen = new Int32Array(graph.nodes.length);
    this.reached = new Frontier(graph.nodes.length);
  }

  /** Counts of no more targets than {@link maxInBatch}, by their nodes, with the same bound. */
  of(targets: readonly number[], bound: AncestorBound | undefined): readonly BfsCounts[] {
    this.bound = bound;
    this.nearer = new Map();
    this.around = new Map();
    this.seen.fill(0);
    for (const [at, target] of targets.entries()) this.waitAt(0).add(target, 1 << at);
    for (let cost = 0; cost < this.waiting.length; cost++) {
      this.waiting[cost]?.empty((node, mask) => this.reach(node, mask, cost));
      this.reached.empty((node, mask) => this.goBack(node, mask, cost));
    }
    return targets.map((_, target) => ({
      nearer: countsOf(this.nearer, target),
      around: countsOf(this.around, target),
    }));
  }

  private waitAt(cost: number): Frontier {
    return (this.waiting[cost] ??= new Frontier(this.graph.nodes.length));
  }

  private reach(node: number, mask: number, cost: number): void {
    const more = mask & ~this.seen[node]!;
    if (more === 0) return;
    this.seen[node]! |= more;
    this.reached.add(node, more);
    const principals = this.starting[node]!;
    if (principals === 0) return;
    addTo(this.nearer, cost, more, principals);
    const bound = this.bound?.[node] ?? unreachableCost;
    if (bound !== unreachableCost) addTo(this.around, stepsIn(bound), more, principals);
  }

  private goBack(node: number, mask: number, cost: number): void {
    const { seen, bound } = this;
    const { begin, from, costs } = this.graph.incoming;
    for (let place = begin[node]!; place < begin[node + 1]!; place++) {
      const before = from[place]!;
      if ((mask & ~seen[before]!) === 0) continue;
      const further = cost + costs[place]!;
      if (bound !== undefined && bound[before]! <= further) continue;
      if (further === cost) this.reach(before, mask, cost);
      else this.waitAt(further).add(before, mask);
    }
  }
}

/** How many of each target, by cost or steps. */
type Counts = Map<number, Int32Array>;

/** Nodes, each with some targets. */
class Frontier {
  private readonly nodes: number[] = [];
  private readonly masks: Int32Array;

  constructor(size: number) {
    this.masks = new Int32Array(size);
  }

  add(node: number, mask: number): void {
    if (this.masks[node] === 0) this.nodes.push(node);
    this.masks[node]! |= mask;
  }

  /** Takes all of it away, what is added in the meantime too: a node that gets more after its turn has another one. */
  empty(take: (node: number, mask: number) => void): void {
    for (let at = 0; at < this.nodes.length; at++) {
      const node = this.nodes[at]!;
      const mask = this.masks[node]!;
      this.masks[node] = 0;
      take(node, mask);
    }
    this.nodes.length = 0;
  }
}

function addTo(counts: Counts, key: number, mask: number, count: number): void {
  let byTarget = counts.get(key);
  if (byTarget === undefined) counts.set(key, (byTarget = new Int32Array(maxInBatch)));
  for (let rest = mask; rest !== 0; rest &= rest - 1) byTarget[31 - Math.clz32(rest & -rest)]! += count;
}

function countsOf(counts: Counts, target: number): ReadonlyMap<number, number> {
  return new Map(Array.from(counts, ([key, byTarget]) => [key, byTarget[target]!]));
}
