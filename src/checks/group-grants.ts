import type { OperationTable } from '../catalog/operation-table.js';
import type { Plane } from '../model/role-definition.js';
import type { RolePermissions, Witness } from '../permissions/effective.js';
import type { CheckContext } from './check.js';
import type { GroupOperation, OperationGroup } from './operation-group.js';

/** An operation of a group that a role grants, and the strongest reason why. */
export interface GroupGrant {
  readonly operation: GroupOperation;
  /** Unconditional before conditional, spelled out before wildcard. */
  readonly witness: Witness;
}

/**
 * What a role grants of a group, in the group's order. An operation whose plane nobody knows counts only where it is
 * spelled out; one that the catalog does not know counts where any string of the role covers it.
 */
export function grantsOf(permissions: RolePermissions, group: OperationGroup, context: CheckContext): GroupGrant[] {
  const indexes = indexesOf(group, context.catalog.operations);
  const grants: GroupGrant[] = [];
  group.operations.forEach((operation, i) => {
    if (!mayGrant(permissions, operation.plane, indexes[i]!)) return;
    const [witness] = permissions.witnesses(operation.operation, operation.plane);
    if (witness !== undefined) grants.push({ operation, witness });
  });
  return grants;
}

/** Asks the set first: a witness costs a hundred times as much, and most roles grant nothing of most groups. */
function mayGrant(permissions: RolePermissions, plane: Plane, index: number): boolean {
  return index < 0 || permissions.set[plane].known.has(index);
}

function indexesOf(group: OperationGroup, operations: OperationTable): readonly number[] {
  const known = indexesByGroup.get(group);
  if (known?.operations === operations) return known.indexes;
  const indexes = group.operations.map(({ operation }) => operations.indexOf(operation));
  indexesByGroup.set(group, { operations, indexes });
  return indexes;
}

/** Numbers in the catalog, kept for all roles of a run. */
const indexesByGroup = new WeakMap<OperationGroup, { operations: OperationTable; indexes: readonly number[] }>();
