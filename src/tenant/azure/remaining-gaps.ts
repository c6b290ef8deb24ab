import { append } from '../../maps.js';
import type { SnapshotGap } from '../snapshot/snapshot.js';
import type { SharedRow } from '../snapshot-writer/unit-result.js';
import type { ScopeHierarchy } from './scope-hierarchy.js';

const groupPrefix = '/providers/microsoft.management/managementgroups/';

/**
 * The gaps that are left. A list of a subscription also shows what it inherits: where that was read, nothing is missing
 * of the management groups around it, though their own lists were refused. Of the root nothing may be inherited in sight
 * unless somebody has elevated access (https://learn.microsoft.com/azure/role-based-access-control/elevate-access-global-admin):
 * only of the kinds `inSight` a subscription did show something that stands at the root.
 */
export function remainingGaps(
  gaps: readonly SnapshotGap[],
  containers: ScopeHierarchy,
  inSight: ReadonlySet<string>,
): SnapshotGap[] {
  const lost = new Set(gaps.map(({ what, scope }) => `${what} ${scope.toLowerCase()}`));
  const shownBy = subscriptionsByGroup(containers);
  const isShown = ({ what, scope }: SnapshotGap): boolean => {
    const key = decoded(scope.toLowerCase());
    if (key === '/' && what !== 'denyAssignments' && !inSight.has(what)) return false;
    if (key !== '/' && !key.startsWith(groupPrefix)) return false;
    if (!inherited.has(what)) return false;
    const subscriptions =
      key === '/' ? containers.subscriptions.map(({ id }) => id) : shownBy.get(key.slice(groupPrefix.length));
    return (subscriptions ?? []).some(id => !lost.has(`${what} /subscriptions/${id}`));
  };
  const left = new Map(
    gaps.filter(gap => !isShown(gap)).map(gap => [`${gap.what}\n${gap.scope}\n${gap.reason}`, gap]),
  );
  return [...left.keys()].sort().map(key => left.get(key)!);
}

/** Names of management groups are encoded in URLs; other names may hold a bare `%`. */
function decoded(scope: string): string {
  try {
    return decodeURIComponent(scope);
  } catch {
    return scope;
  }
}

/** The collections of which something stands at the root, by the rows that were found; ids begin with their scope. */
export function kindsAtRoot(rows: Iterable<Pick<SharedRow, 'kind' | 'key'>>): Set<string> {
  const kinds = new Set<string>();
  for (const { kind, key } of rows) if (key.startsWith(rootPrefix)) kinds.add(kind);
  return kinds;
}

const rootPrefix = '/providers/microsoft.authorization/';

const inherited: ReadonlySet<string> = new Set([
  'roleDefinitions',
  'roleAssignments',
  'denyAssignments',
  'eligibleAssignments',
  'activeAssignments',
]);

/** Subscriptions by the lower-case names of all management groups around them. */
function subscriptionsByGroup({ managementGroups, subscriptions }: ScopeHierarchy): Map<string, string[]> {
  const parents = new Map(
    managementGroups.map(({ id, parent }) => [id.toLowerCase(), parent?.toLowerCase()]),
  );
  const found = new Map<string, string[]>();
  for (const { id, managementGroup } of subscriptions) {
    const passed = new Set<string>();
    for (let at = managementGroup?.toLowerCase(); at !== undefined && !passed.has(at); at = parents.get(at)) {
      passed.add(at);
      append(found, at, id);
    }
  }
  return found;
}
