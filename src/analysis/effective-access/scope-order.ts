import type { Scope } from '../../rbac/model/scope.js';
import type { ScopeTree } from '../../tenant/snapshot/scope-tree.js';

/** Compares scopes so that one stands before all that lies in it. */
export function outermostFirst(tree: ScopeTree): (a: Scope, b: Scope) => number {
  return (a, b) =>
    kinds.indexOf(a.kind) - kinds.indexOf(b.kind) ||
    tree.keysFrom(a).size - tree.keysFrom(b).size ||
    byText(a.key, b.key);
}

const kinds: readonly Scope['kind'][] = [
  'root',
  'management-group',
  'subscription',
  'resource-group',
  'resource',
];

/** Compares texts by their code units, whatever the language. */
export function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
