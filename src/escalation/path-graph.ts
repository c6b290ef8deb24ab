import type { Scope } from '../model/scope.js';
import type { Actor } from './actor.js';
import type { DenySubject } from './denied.js';
import type { Certainty, Growth } from './growth.js';
import type { Way } from './method-table.js';
import type { Opening } from './openings.js';

/**
 * What leads where. `actor`: somebody. `power`: ways open at a scope, shared by all who have them. `target`: control of
 * a scope.
 */
export type PathNode =
  | { readonly kind: 'actor'; readonly actor: Actor }
  | {
      readonly kind: 'power';
      readonly scope: Scope;
      /** A set of ways of the method table. */
      readonly ways: bigint;
      readonly isCertain: boolean;
      readonly subject: DenySubject;
    }
  | { readonly kind: 'target'; readonly scope: Scope };

/** What is done on an edge. */
export type EdgeStep =
  | {
      readonly kind: 'become';
      readonly way: Way;
      readonly opening: Opening;
      readonly identity: string;
    }
  | { readonly kind: 'own'; readonly owned: string }
  | { readonly kind: 'grow'; readonly growth: Growth }
  /** Assigns roles at the target, where a deny assignment may stand in the way. */
  | { readonly kind: 'assign' };

/** From a node to one that follows from it: for nothing, or by a step. */
export interface PathEdge {
  /** Its place among all edges. */
  readonly number: number;
  readonly from: number;
  readonly to: number;
  readonly step: EdgeStep | undefined;
  readonly certainty: Certainty;
}

/** Nodes that others stand for: nothing goes by them, and what leads to them leads to the others. */
export interface Replacement {
  readonly replaced: ReadonlyMap<number, number>;
}

/** The edges by the node that they lead to, in lists of numbers: thousands of searches go through them. */
export interface PackedEdges {
  /** By node, where its edges begin; those of the next one begin where they end. */
  readonly begin: Int32Array;
  /** By place: the number of the edge, and the node that it comes from. */
  readonly numbers: Int32Array;
  readonly from: Int32Array;
  /** By place, too: what the edge costs. */
  readonly costs: Uint8Array;
}

/** More steps than any path has that are not certain: a step that is not certain costs one more. */
export const perStep = 64;

function costOf({ step, certainty }: PathEdge): number {
  if (step === undefined) return 0;
  return certainty === 'certain' ? perStep : perStep + 1;
}

/** Nodes and edges, in the order in which they were found. */
export class PathGraph {
  readonly nodes: PathNode[] = [];
  readonly edges: PathEdge[] = [];
  private packedEdges: PackedEdges | undefined;
  /** By the node that they come from. */
  readonly outgoing: PathEdge[][] = [];

  add(node: PathNode): number {
    this.nodes.push(node);
    this.outgoing.push([]);
    return this.nodes.length - 1;
  }

  connect(from: number, to: number, step?: EdgeStep, certainty: Certainty = 'certain'): void {
    const edge = { number: this.edges.length, from, to, step, certainty };
    this.edges.push(edge);
    this.outgoing[from]!.push(edge);
  }

  /** As of now. */
  get packed(): PackedEdges {
    const isCurrent = this.packedEdges?.numbers.length === this.edges.length;
    if (this.packedEdges === undefined || !isCurrent || this.packedEdges.begin.length <= this.nodes.length)
      this.packedEdges = pack(this.nodes.length, this.edges);
    return this.packedEdges;
  }
}

function pack(nodes: number, edges: readonly PathEdge[]): PackedEdges {
  const begin = new Int32Array(nodes + 1);
  for (const { to } of edges) begin[to + 1]! += 1;
  for (let node = 0; node < nodes; node++) begin[node + 1]! += begin[node]!;
  const next = begin.slice();
  const numbers = new Int32Array(edges.length);
  const from = new Int32Array(edges.length);
  const costs = new Uint8Array(edges.length);
  for (const edge of edges) {
    const place = next[edge.to]!++;
    numbers[place] = edge.number;
    from[place] = edge.from;
    costs[place] = costOf(edge);
  }
  return { begin, numbers, from, costs };
}
