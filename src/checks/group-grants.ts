import type { OperationTable } from '../catalog/operation-table.js';
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

/**
 * What a role grants of a group, provider by provider in the group's order. An operation whose plane nobody knows
 * counts only where it is spelled out; one that the catalog lacks counts where any string of the role covers it.
 */
export function grantsOf(
  permissions: RolePermissions,
  group: OperationGroup,
  { catalog }: Pick<CheckContext, 'catalog'>,
): GroupGrant[] {
  const grants: GroupGrant[] = [];
  for (const part of byProvider(group, catalog.operations)) {
    // Most roles are about few providers, and reading one takes time.
    if (!permissions.touches(part.provider)) continue;
    for (const { operation, index } of part.operations()) {
      // The set is asked first: a witness costs a hundred times as much.
      if (index >= 0 && !permissions.set[operation.plane].known.has(index)) continue;
      const [witness] = permissions.witnesses(operation.operation, operation.plane);
      if (witness !== undefined) grants.push({ operation, witness });
    }
  }
  return grants;
}

/** The operations of a group that belong to one provider. */
interface ProviderPart {
  /** In lower case. */
  readonly provider: string;
  /** With their numbers, -1 where the catalog lacks them. Looking these up reads the provider, so it is put off. */
  readonly operations: () => readonly { readonly operation: GroupOperation; readonly index: number }[];
}

function byProvider(group: OperationGroup, table: OperationTable): readonly ProviderPart[] {
  const known = partsByGroup.get(group);
  if (known?.table === table) return known.parts;
  const operations = new Map<string, GroupOperation[]>();
  for (const operation of group.operations) {
    const provider = foldCase(operation.operation.split('/', 1)[0]!);
    const ofProvider = operations.get(provider);
    if (ofProvider === undefined) operations.set(provider, [operation]);
    else ofProvider.push(operation);
  }
  const parts = [...operations].map(([provider, ofProvider]) => toPart(provider, ofProvider, table));
  partsByGroup.set(group, { table, parts });
  return parts;
}

/** Kept for all roles of a run. */
const partsByGroup = new WeakMap<OperationGroup, { table: OperationTable; parts: readonly ProviderPart[] }>();

function toPart(
  provider: string,
  operations: readonly GroupOperation[],
  table: OperationTable,
): ProviderPart {
  let numbered: ReturnType<ProviderPart['operations']> | undefined;
  return {
    provider,
    operations: () =>
      (numbered ??= operations.map(operation => ({ operation, index: table.indexOf(operation.operation) }))),
  };
}
