import { append } from '../../maps.js';
import type { Scope } from '../../rbac/model/scope.js';
import { isManagementGroup, type ScopeRelation, type ScopeTree } from '../snapshot/scope-tree.js';

/** Something that stands at a scope around the one asked about, or may stand around it. */
export interface Around<Item> {
  readonly item: Item;
  readonly reach: Exclude<ScopeRelation, 'apart'>;
}

/** What stands at scopes, found from below. A tenant has a million assignments, and a scope a few thousand around it. */
export class AncestorIndex<Item> {
  private readonly byKey = new Map<string, Item[]>();
  private managementGroups: readonly string[] | undefined;

  /** `keyOf` is the key of the scope that an item stands at. */
  constructor(
    items: Iterable<Item>,
    keyOf: (item: Item) => string,
    private readonly tree: ScopeTree,
  ) {
    for (const item of items) {
      const key = keyOf(item);
      append(this.byKey, key, item);
    }
  }

  /** What stands at the scope and around it, and at management groups of which nobody knows whether it lies in them. */
  *around(scope: Scope): Generator<Around<Item>> {
    if (this.byKey.size === 0) return;
    for (const key of this.tree.keysFrom(scope)) {
      for (const item of this.byKey.get(key) ?? []) yield { item, reach: 'reaches' };
    }
    if (this.tree.isComplete(scope)) return;
    this.managementGroups ??= [...this.byKey.keys()].filter(isManagementGroup);
    for (const key of this.managementGroups) {
      if (this.tree.reach(key, scope) !== 'unknown') continue;
      for (const item of this.byKey.get(key)!) yield { item, reach: 'unknown' };
    }
  }
}
