import type { ActionEntry, RoleDefinition } from '../model/role-definition.js';
import { planeOf } from '../model/role-definition.js';
import type { Bitset } from './bitset.js';
import type { RolePermissions } from './role-permissions.js';
import type { OperationIndex } from './operation-index.js';

/** What one wildcard of a role stands for. */
export interface WildcardGrants {
  readonly entry: ActionEntry;
  /** What it grants: operations of its plane, less what its permission subtracts. */
  readonly granted: Bitset;
  /** How many more it covers, which NotActions or NotDataActions take away. */
  readonly subtracted: number;
  /** How many more it covers whose plane the catalog does not know. */
  readonly unknownPlane: number;
}

/**
 * The wildcards among Actions and DataActions, in the order of the role, each once per permission. One at a time: each
 * takes some kilobytes.
 */
export function* wildcardGrants(
  role: RoleDefinition,
  permissions: RolePermissions,
  index: OperationIndex,
): Generator<WildcardGrants> {
  for (const [i, { actions, dataActions }] of role.permissions.entries()) {
    const seen = new Set<string>();
    for (const entry of [...actions, ...dataActions]) {
      const key = `${entry.list} ${entry.key}`;
      if (!entry.text.includes('*') || seen.has(key)) continue;
      seen.add(key);
      yield reachOf(entry, permissions.entries[i]!.set[planeOf[entry.list]], index);
    }
  }
}

function reachOf(
  entry: ActionEntry,
  set: { readonly known: Bitset; readonly unknownPlane: Bitset },
  index: OperationIndex,
): WildcardGrants {
  const covered = index.expand(entry.key);
  const ofPlane = intersectionSize(covered, index.mask(planeOf[entry.list]));
  const granted = covered.clone();
  granted.keepAll(set.known);
  // Of unknown plane and spelled out elsewhere in the list: granted, though not by this wildcard alone.
  granted.keepAll(index.mask(planeOf[entry.list]));
  return {
    entry,
    granted,
    subtracted: ofPlane - granted.size,
    unknownPlane: intersectionSize(covered, set.unknownPlane),
  };
}

function intersectionSize(a: Bitset, b: Bitset): number {
  const both = a.clone();
  both.keepAll(b);
  return both.size;
}
