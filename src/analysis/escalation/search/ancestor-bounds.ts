import type { Scope } from '../../../rbac/model/scope.js';
import type { BuiltGraph } from '../graph/build-graph.js';
import type { GraphSource } from '../graph/graph-source.js';
import { Approach, type Floor, floorOf } from './reverse-bfs.js';

/** What leads to the scopes around targets: control of these is control of what lies in them, and is listed there. */
export class Floors {
  private readonly keys = new Map<Scope, string>();
  private readonly floors = new Map<string, Floor | undefined>();

  /** `targets`: those that are no management groups are around none of the others. Scopes come before what lies in them. */
  constructor(source: GraphSource, built: BuiltGraph, targets: readonly Scope[]) {
    const approaches = new Map<string, Approach>();
    for (const target of targets) {
      const around = aroundOf(target, source, approaches);
      const key = around.join(' ');
      this.keys.set(target, key);
      if (!this.floors.has(key)) {
        const there = around.map(each => approaches.get(each)!);
        this.floors.set(key, floorOf(there, built.graph.nodes.length));
      }
      if (target.kind === 'management-group') {
        const node = built.targets.get(target.key)!;
        approaches.set(target.key, new Approach(built.graph, node, this.floors.get(key)));
      }
    }
  }

  /** Undefined where no target is around it. */
  around(target: Scope): Floor | undefined {
    return this.floors.get(this.keyOf(target));
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
  approaches: ReadonlyMap<string, Approach>,
): readonly string[] {
  if (denials.mayTake(table.control.mask, target)) return [];
  return [...tenant.tree.keysFrom(target)].filter(key => key !== target.key && approaches.has(key));
}
