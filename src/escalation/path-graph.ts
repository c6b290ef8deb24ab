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

/** Nodes and edges, in the order in which they were found. */
export class PathGraph {
  readonly nodes: PathNode[] = [];
  readonly edges: PathEdge[] = [];
  /** By the node that they lead to. */
  readonly incoming: PathEdge[][] = [];
  /** By the node that they come from. */
  readonly outgoing: PathEdge[][] = [];

  add(node: PathNode): number {
    this.nodes.push(node);
    this.incoming.push([]);
    this.outgoing.push([]);
    return this.nodes.length - 1;
  }

  connect(from: number, to: number, step?: EdgeStep, certainty: Certainty = 'certain'): void {
    const edge = { number: this.edges.length, from, to, step, certainty };
    this.edges.push(edge);
    this.incoming[to]!.push(edge);
    this.outgoing[from]!.push(edge);
  }
}
