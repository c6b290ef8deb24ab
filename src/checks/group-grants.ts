import { foldCase } from '../permissions/action-pattern.js';
import type { RolePermissions, Witness } from '../permissions/effective.js';
import type { CheckContext } from './check.js';
import type { GroupOperation, OperationGroup } from './operation-group.js';

/** An operation of a group that a role grants, and the strongest reason why. */
export interface GroupGrant {
  readonly operation: GroupOperation;
  /** Unconditional before conditional, spelled out before wildcard. */
  readonly witness: Witness;
}

type GrantContext = Pick<CheckContext, 'catalog' | 'index'>;

/**
 * What a role grants of a group, provider by provider in the group's order. An operation whose plane nobody knows
 * counts only where it is spelled out; one that the catalog lacks counts where any string of the role covers it.
 */
export function grantsOf(
  permissions: RolePermissions,
  group: OperationGroup,
  context: GrantContext,
): GroupGrant[] {
  const grants: GroupGrant[] = [];
  for (const [provider, operations] of byProvider(group)) {
    if (!reaches(permissions, provider, context)) continue;
    for (const operation of operations) {
      if (!mayGrant(permissions, operation, context)) continue;
      const [witness] = permissions.witnesses(operation.operation, operation.plane);
      if (witness !== undefined) grants.push({ operation, witness });
    }
  }
  return grants;
}

/** Without reading the provider's operations, which takes time, and most roles are about few providers. */
function reaches({ set }: RolePermissions, provider: string, { catalog, index }: GrantContext): boolean {
  if (catalog.operations.provider(provider) === undefined) return true;
  const all = index.expand(`${provider}/*`);
  return set.control.known.intersects(all) || set.data.known.intersects(all);
}

/** Asks the set first: a witness costs a hundred times as much. */
function mayGrant(
  { set }: RolePermissions,
  { operation, plane }: GroupOperation,
  { catalog }: GrantContext,
): boolean {
  const index = catalog.operations.indexOf(operation);
  return index < 0 || set[plane].known.has(index);
}

function byProvider(group: OperationGroup): ReadonlyMap<string, readonly GroupOperation[]> {
  const known = operationsByProvider.get(group);
  if (known !== undefined) return known;
  const made = new Map<string, GroupOperation[]>();
  for (const operation of group.operations) {
    const provider = foldCase(operation.operation.split('/', 1)[0]!);
    const ofProvider = made.get(provider);
    if (ofProvider === undefined) made.set(provider, [operation]);
    else ofProvider.push(operation);
  }
  operationsByProvider.set(group, made);
  return made;
}

/** Kept for all roles of a run. */
const operationsByProvider = new WeakMap<OperationGroup, ReadonlyMap<string, readonly GroupOperation[]>>();
