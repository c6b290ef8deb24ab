import { keysAround, parseScope, type Scope } from '../../rbac/model/scope.js';
import type { Snapshot } from './snapshot.js';

/** Whether what is granted at one scope reaches another. `unknown`: the snapshot does not tell how management groups lie. */
export type ScopeRelation = 'reaches' | 'apart' | 'unknown';

/** How the scopes of a tenant lie in each other, management groups included. Case and a slash at the end say nothing. */
export class ScopeTree {
  private readonly known = new Map<string, Ancestry>();
  private readonly groupKeys = new Map<string, string>();

  constructor(private readonly tenant: Pick<Snapshot, 'managementGroups' | 'subscriptions'>) {}

  /** Whether what is granted at `outer`, the key of a scope, reaches `inner`. */
  reach(outer: string, inner: Scope): ScopeRelation {
    const { keys, isComplete } = this.ancestryOf(inner);
    if (keys.has(outer)) return 'reaches';
    return !isComplete && isManagementGroup(outer) ? 'unknown' : 'apart';
  }

  /** The keys of a scope and of all that it is known to lie in. */
  keysFrom(scope: Scope): ReadonlySet<string> {
    return this.ancestryOf(scope).keys;
  }

  /** Whether nothing is missing between the scope and the root. */
  isComplete(scope: Scope): boolean {
    return this.ancestryOf(scope).isComplete;
  }

  private ancestryOf(scope: Scope): Ancestry {
    let ancestry = this.known.get(scope.key);
    if (ancestry === undefined) this.known.set(scope.key, (ancestry = this.findAncestry(scope)));
    return ancestry;
  }

  private findAncestry(scope: Scope): Ancestry {
    const keys = new Set([...keysAround(scope), scope.key]);
    const group = this.managementGroupAround(scope);
    if (group === 'none') return { keys, isComplete: true };
    return { keys, isComplete: group !== null && this.climb(group.name, keys) };
  }

  /** The nearest one; null where it is not known. Resources lie in management groups, too: policy assignments do. */
  private managementGroupAround({ key }: Scope): { readonly name: string } | 'none' | null {
    const [, first, second = '', third, name] = key.split('/', 5);
    if (first === 'subscriptions') {
      const group = this.tenant.subscriptions.get(second);
      return group == null ? null : { name: group };
    }
    const isInOne = `/${first}/${second}/${third}/` === managementGroupPrefix;
    return isInOne && name !== undefined ? { name } : 'none';
  }

  /**
   * Adds a management group and all above it; false where the way up is not known to its end, goes in a circle, or is longer
   * than any of Azure's: what lies further up is then as unknown as what is missing.
   */
  private climb(start: string, keys: Set<string>): boolean {
    const passed = new Set<string>();
    for (
      let group: string | null | undefined = start;
      group !== null;
      group = this.tenant.managementGroups.get(group)
    ) {
      if (group === undefined || passed.has(group) || passed.size === longestWayUp) return false;
      passed.add(group);
      keys.add(this.keyOf(group));
    }
    return true;
  }

  /** The same text each time: thousands of scopes lie in a group. */
  private keyOf(group: string): string {
    let key = this.groupKeys.get(group);
    if (key === undefined) this.groupKeys.set(group, (key = `${managementGroupPrefix}${group}`));
    return key;
  }
}

/**
 * Management groups on the way from a scope to the root. Azure allows six below the root's own
 * (https://learn.microsoft.com/azure/governance/management-groups/overview#hierarchy-of-management-groups-and-subscriptions).
 */
export const longestWayUp = 20;

/** Whether the way up from a management group is longer than {@link longestWayUp}; one in a circle is told as that. */
export function isTooDeep(group: string, parents: Snapshot['managementGroups']): boolean {
  const passed = new Set<string>();
  for (let at: string | null = group; at !== null; at = parents.get(at) ?? null) {
    if (passed.has(at)) return false;
    if (passed.size === longestWayUp) return true;
    passed.add(at);
  }
  return false;
}

/** The narrowest scope that all of these lie in; undefined where that is the root or a management group. */
export function narrowestAround(scopes: readonly Scope[]): string | undefined {
  const [first, ...rest] = scopes;
  if (first === undefined) return undefined;
  const shared = [...keysAround(first), first.key].filter(key =>
    rest.every(scope => scope.key === key || keysAround(scope).includes(key)),
  );
  const narrowest = shared.at(-1);
  return narrowest === undefined || parseScope(narrowest).kind === 'root' ? undefined : narrowest;
}

interface Ancestry {
  readonly keys: ReadonlySet<string>;
  /** Nothing is missing between the scope and the root. */
  readonly isComplete: boolean;
}

const managementGroupPrefix = '/providers/microsoft.management/managementgroups/';

/** Whether the key is that of a management group itself, not of a resource in one. */
export function isManagementGroup(key: string): boolean {
  return key.startsWith(managementGroupPrefix) && !key.includes('/', managementGroupPrefix.length);
}
