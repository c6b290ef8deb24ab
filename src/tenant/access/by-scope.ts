import type { Scope } from '../../rbac/model/scope.js';
import type { ScopeRelation, ScopeTree } from '../snapshot/scope-tree.js';

/** What stands at scopes, found by where it reaches: without asking each of thousands of scopes. */
export class ByScope<Item> {
  private readonly lists = new Map<string, Item[]>();
  /** Nobody may know what lies in a management group, so these are asked one by one. */
  private readonly managementGroups: string[] = [];

  constructor(
    items: Iterable<Item>,
    scopeOf: (item: Item) => Scope,
    private readonly tree: ScopeTree,
  ) {
    for (const item of items) {
      const { key, kind } = scopeOf(item);
      const list = this.lists.get(key);
      if (list !== undefined) {
        list.push(item);
        continue;
      }
      this.lists.set(key, [item]);
      if (kind === 'management-group') this.managementGroups.push(key);
    }
  }

  get isEmpty(): boolean {
    return this.lists.size === 0;
  }

  /** What stands at the scope or around it, and what may. */
  *reaching(scope: Scope): Generator<readonly [item: Item, reach: Exclude<ScopeRelation, 'apart'>]> {
    for (const key of this.tree.keysFrom(scope))
      for (const item of this.lists.get(key) ?? []) yield [item, 'reaches'];
    for (const key of this.managementGroups) {
      if (this.tree.reach(key, scope) !== 'unknown') continue;
      for (const item of this.lists.get(key) ?? []) yield [item, 'unknown'];
    }
  }
}
