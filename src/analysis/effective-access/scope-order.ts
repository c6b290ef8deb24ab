import { compareText } from '../../compare-text.js';
import type { Scope } from '../../rbac/model/scope.js';
import type { ScopeTree } from '../../tenant/snapshot/scope-tree.js';

/** Compares scopes so that one stands before all that lies in it. */
export function outermostFirst(tree: ScopeTree): (a: Scope, b: Scope) => number {
  return (a, b) =>
    kinds.indexOf(a.kind) - kinds.indexOf(b.kind) ||
    tree.keysFrom(a).size - tree.keysFrom(b).size ||
    compareText(a.key, b.key);
}

const kinds: readonly Scope['kind'][] = [
  'root',
  'management-group',
  'subscription',
  'resource-group',
  'resource',
];
