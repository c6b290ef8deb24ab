import { append } from '../../../maps.js';
import type { ScopeNode } from '../../../tenant/access/scope-nodes.js';
import type { Scope } from '../../../rbac/model/scope.js';
import type { PrincipalState } from './principal-state.js';
import type { DenySubject } from '../grants/denials.js';
import type { Certainty, PrivilegeGain } from './privilege-gains.js';
import { NumberList } from './number-list.js';
import type { Way } from '../methods/method-table.js';
import type { IdentityHost } from './identity-hosts.js';

/**
 * What leads where. `state`: somebody with all that they hold. `ways`: ways open at a scope, shared by all who have them. `target`: control of
 * a scope.
 */
export type PathNode =
  | { readonly kind: 'state'; readonly state: PrincipalState }
  | {
      readonly kind: 'ways';
      readonly place: ScopeNode;
      /** The number of a set of ways: all of them certain, or none. */
      readonly ways: number;
      readonly subject: DenySubject;
    }
  | { readonly kind: 'target'; readonly scope: Scope };

/** What is done on an edge. */
export type EdgeStep =
  | {
      readonly kind: 'become';
      readonly way: Way;
      readonly host: IdentityHost;
      readonly identity: string;
    }
  | { readonly kind: 'own'; readonly owned: string }
  | { readonly kind: 'gain'; readonly gain: PrivilegeGain }
  /** Assigns roles at the target, where a deny assignment may block it. */
  | { readonly kind: 'assign' };

/** From a node to one that follows from it: for nothing, or by a step. */
export interface PathEdge {
  /** The edge's place among all edges. */
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

/** The edges by one of their ends, in lists of numbers: thousands of searches go through them. */
export interface PackedEdges {
  /** Where the edges of a node begin, by node; those of the next one begin where they end. */
  readonly begin: Int32Array;
  /** The number, by place, of the edge. */
  readonly numbers: Int32Array;
}

/** What leads to each node. */
export interface IncomingEdges extends PackedEdges {
  /** The node, by place too, that the edge comes from, and what it costs. */
  readonly from: Int32Array;
  readonly costs: Uint8Array;
  /** The numbers, by node, of edges that were found since. */
  readonly later: ReadonlyMap<number, readonly number[]>;
}

/** More steps than any path has that are not certain: a step that is not certain costs one more. */
export const perStep = 64;

/** Nodes and edges, in the order in which they were found. There are millions of edges, so that they are no objects. */
export class PathGraph {
  readonly nodes: PathNode[] = [];
  private readonly froms = new NumberList();
  private readonly tos = new NumberList();
  private readonly steps: (EdgeStep | undefined)[] = [];
  private readonly certainties: Certainty[] = [];
  private packedIncoming: (IncomingEdges & { readonly later: Map<number, number[]> }) | undefined;
  private laterEdges = 0;
  private packedOutgoing: PackedEdges | undefined;

  add(node: PathNode): number {
    return this.nodes.push(node) - 1;
  }

  connect(from: number, to: number, step?: EdgeStep, certainty: Certainty = 'certain'): void {
    if (this.packedIncoming !== undefined) this.noteLater(this.packedIncoming.later, to);
    this.froms.push(from);
    this.tos.push(to);
    this.steps.push(step);
    this.certainties.push(certainty);
  }

  /** Edges have numbers from 0 on. */
  edge(number: number): PathEdge {
    return {
      number,
      from: this.froms.at(number),
      to: this.tos.at(number),
      step: this.steps[number],
      certainty: this.certainties[number]!,
    };
  }

  from(edge: number): number {
    return this.froms.at(edge);
  }

  to(edge: number): number {
    return this.tos.at(edge);
  }

  /** What an edge costs. */
  cost(edge: number): number {
    if (this.steps[edge] === undefined) return 0;
    return this.certainties[edge] === 'certain' ? perStep : perStep + 1;
  }

  /** Until more edges are found. They are packed again once there are many more. */
  get incoming(): IncomingEdges {
    if (this.packedIncoming === undefined || this.laterEdges > this.packedIncoming.numbers.length / 8) {
      const packed = this.pack(this.tos);
      const from = new Int32Array(packed.numbers.length);
      const costs = new Uint8Array(packed.numbers.length);
      for (let place = 0; place < from.length; place++) {
        from[place] = this.froms.at(packed.numbers[place]!);
        costs[place] = this.cost(packed.numbers[place]!);
      }
      this.packedIncoming = { ...packed, from, costs, later: new Map() };
      this.laterEdges = 0;
    }
    return this.packedIncoming;
  }

  /** What comes from a node, as of now. */
  *edgesFrom(node: number): Generator<PathEdge> {
    const isCurrent =
      this.packedOutgoing?.numbers.length === this.froms.length &&
      this.packedOutgoing.begin.length > this.nodes.length;
    if (!isCurrent) this.packedOutgoing = this.pack(this.froms);
    const { begin, numbers } = this.packedOutgoing!;
    for (let place = begin[node]!; place < begin[node + 1]!; place++) yield this.edge(numbers[place]!);
  }

  private noteLater(later: Map<number, number[]>, to: number): void {
    append(later, to, this.froms.length);
    this.laterEdges++;
  }

  /** Sorts the edges by one of their ends; those of a node stay in their order. */
  private pack(ends: NumberList): PackedEdges {
    const nodes = ends.toArray();
    const begin = new Int32Array(this.nodes.length + 1);
    for (const node of nodes) begin[node + 1]! += 1;
    for (let node = 0; node < this.nodes.length; node++) begin[node + 1]! += begin[node]!;
    const next = begin.slice();
    const numbers = new Int32Array(nodes.length);
    for (let number = 0; number < nodes.length; number++) numbers[next[nodes[number]!]!++] = number;
    return { begin, numbers };
  }
}
