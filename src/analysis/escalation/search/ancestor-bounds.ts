import type { Scope } from '../../../rbac/model/scope.js';
import type { BuiltGraph } from '../graph/build-graph.js';
import type { GraphSource } from '../graph/graph-source.js';
import { ReverseBfs, type AncestorBound, ancestorBoundOf } from './reverse-bfs.js';

/** What leads to the scopes around targets: control of these is control of what lies in them, and is listed there. */
export class AncestorBounds {
  private readonly keys = new Map<Scope, string>();
  private readonly bounds = new Map<string, AncestorBound | undefined>();

  /** `targets`: those that are no management groups are around none of the others. Scopes come before what lies in them. */
  constructor(source: GraphSource, built: BuiltGraph, targets: readonly Scope[]) {
    const searches = new Map<string, ReverseBfs>();
    for (const target of targets) {
      const around = aroundOf(target, source, searches);
      const key = around.join(' ');
      this.keys.set(target, key);
      if (!this.bounds.has(key)) {
        const there = around.map(each => searches.get(each)!);
        this.bounds.set(key, ancestorBoundOf(there, built.graph.nodes.length));
      }
      if (target.kind === 'management-group') {
        const node = built.targets.get(target.key)!;
        searches.set(target.key, new ReverseBfs(built.graph, node, { bound: this.bounds.get(key) }));
      }
    }
  }

  /** Undefined where no target is around it. */
  around(target: Scope): AncestorBound | undefined {
    return this.bounds.get(this.keyOf(target));
  }

  /** Equal for targets that lie in the same ones. */
  keyOf(target: Scope): string {
    return this.keys.get(target)!;
  }
}

/** The keys of those that the target lies in and whose control is control of it: nothing is denied on the way. */
function aroundOf(
  target: Scope,
  { tenant, denials, table }: GraphSource,
  searches: ReadonlyMap<string, ReverseBfs>,
): readonly string[] {
  if (denials.mayTake(table.control.mask, target)) return [];
  return [...tenant.tree.keysFrom(target)].filter(key => key !== target.key && searches.has(key));
}
