import type { ScopeNode, ScopeNodes } from '../../../tenant/access/scope-nodes.js';
import type { Scope } from '../../../rbac/model/scope.js';
import type { Guard } from './grant-evaluator.js';
import { type InternedSets, nothing } from '../methods/interned-sets.js';
import type { MethodGrant } from './grant.js';

/** What is held at one scope itself. */
export interface HeldAt {
  readonly scope: Scope;
  /** The node of the scope. */
  readonly place: ScopeNode;
  /** The number of a set of operations. */
  readonly held: number;
}

/** Grants, and what they give together at each scope that they are held at. */
export class GrantList {
  /** Each scope once, in the order of the grants. */
  readonly spots: readonly HeldAt[];
  /** What is held anywhere: the number of a set of operations. */
  readonly all: number;
  /** Grants that assign roles under conditions. */
  readonly guarded: readonly MethodGrant[];
  /** Guards of these, each once. */
  readonly guards: readonly Guard[];

  constructor(
    readonly grants: readonly MethodGrant[],
    scopeNodes: ScopeNodes,
    sets: InternedSets,
  ) {
    const spots = new Map<ScopeNode, { readonly scope: Scope; readonly place: ScopeNode; held: number }>();
    for (const { scope, granted } of grants) {
      const place = scopeNodes.at(scope);
      const known = spots.get(place);
      if (known === undefined) spots.set(place, { scope, place, held: granted.number });
      else known.held = sets.union(known.held, granted.number);
    }
    this.spots = [...spots.values()];
    this.all = grants.reduce((all, { granted }) => sets.union(all, granted.number), nothing);
    this.guarded = grants.filter(({ granted }) => granted.guards.length > 0);
    this.guards = [...new Set(this.guarded.flatMap(({ granted }) => granted.guards))];
  }
}
