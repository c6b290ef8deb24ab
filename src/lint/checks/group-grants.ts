import { providerOf } from '../../rbac/model/provider-of.js';
import { append, getOrInsert } from '../../maps.js';
import type { OperationTable } from '../../rbac/catalog/operation-table.js';
import type { Plane } from '../../rbac/model/role-definition.js';
import { foldCase } from '../../rbac/permissions/action-pattern.js';
import type { RolePermissions, Witness } from '../../rbac/permissions/role-permissions.js';
import type { CheckContext } from './check-context.js';
import type { GroupOperation, OperationGroup } from './operation-group.js';

/** An operation of a group that a role grants, and the strongest reason why. */
export type GroupGrant = Granted<'none'> | Granted<'condition'>;

/** A granted operation, and what guards it: `none` is granted whatever a condition says. */
export interface Granted<Guard extends string> {
  readonly operation: GroupOperation;
  /** Unconditional before conditional, spelled out before wildcard. */
  readonly witness: Witness;
  readonly guard: Guard;
}

/**
 * What a role grants of a group, in the group's order. An operation whose plane nobody knows
 * counts only where it is spelled out; one that the catalog lacks counts where any string of the role covers it.
 *
 * Worked out for all groups at once: they share operations, and a role is about few of the providers.
 */
export function grantsOf(
  permissions: RolePermissions,
  group: OperationGroup,
  context: GroupContext,
): readonly GroupGrant[] {
  const known = getOrInsert(grantsByRole, permissions, () => grantsByGroup(permissions, context));
  return known.get(group) ?? [];
}

type GroupContext = Pick<CheckContext, 'catalog' | 'groups'>;

/** Kept for all rules that ask about a role. */
const grantsByRole = new WeakMap<RolePermissions, ReadonlyMap<OperationGroup, readonly GroupGrant[]>>();

function grantsByGroup(
  permissions: RolePermissions,
  { catalog, groups }: GroupContext,
): ReadonlyMap<OperationGroup, readonly GroupGrant[]> {
  const found = new Map<OperationGroup, (GroupGrant & { readonly place: number })[]>();
  for (const provider of byProvider(groups, catalog.operations)) {
    // Most roles are about few providers, and reading one takes time.
    if (!permissions.touches(provider.name)) continue;
    for (const { name, plane, number, sought } of provider.operations()) {
      // The set is asked first: a witness costs a hundred times as much.
      if (number >= 0 && !permissions.set[plane].known.has(number)) continue;
      const [witness] = permissions.witnesses(name, plane);
      if (witness === undefined) continue;
      const guard = witness.isConditional ? 'condition' : 'none';
      for (const { group, operation, place } of sought) {
        append(found, group, { operation, witness, guard, place });
      }
    }
  }
  for (const grants of found.values()) grants.sort((a, b) => a.place - b.place);
  return found;
}

/** The operations of one provider that some group holds. */
interface SoughtProvider {
  /** In lower case. */
  readonly name: string;
  /** Looking up their numbers reads the provider, so it is put off. */
  readonly operations: () => readonly SoughtOperation[];
}

interface SoughtOperation {
  readonly name: string;
  readonly plane: Plane;
  /** -1 where the catalog lacks it. */
  readonly number: number;
  readonly sought: readonly SoughtIn[];
}

/** An operation in a group, and its place there. */
interface SoughtIn {
  readonly group: OperationGroup;
  readonly operation: GroupOperation;
  readonly place: number;
}

function byProvider(groups: readonly OperationGroup[], table: OperationTable): readonly SoughtProvider[] {
  const known = providersByGroups.get(groups);
  if (known?.table === table) return known.providers;
  const operations = new Map<string, SoughtIn[]>();
  for (const group of groups) {
    for (const [place, operation] of group.operations.entries()) {
      const provider = foldCase(providerOf(operation.operation));
      append(operations, provider, { group, operation, place });
    }
  }
  const providers = [...operations].map(([name, sought]) => toProvider(name, sought, table));
  providersByGroups.set(groups, { table, providers });
  return providers;
}

/** Kept for all roles of a run. */
const providersByGroups = new WeakMap<
  readonly OperationGroup[],
  { table: OperationTable; providers: readonly SoughtProvider[] }
>();

function toProvider(name: string, sought: readonly SoughtIn[], table: OperationTable): SoughtProvider {
  let operations: readonly SoughtOperation[] | undefined;
  return { name, operations: () => (operations ??= byOperation(sought, table)) };
}

function byOperation(sought: readonly SoughtIn[], table: OperationTable): SoughtOperation[] {
  const operations = new Map<string, SoughtOperation & { readonly sought: SoughtIn[] }>();
  for (const one of sought) {
    const { operation: name, plane } = one.operation;
    const key = `${plane} ${name}`;
    const known = operations.get(key);
    if (known !== undefined) known.sought.push(one);
    else operations.set(key, { name, plane, number: table.indexOf(name), sought: [one] });
  }
  return [...operations.values()];
}
