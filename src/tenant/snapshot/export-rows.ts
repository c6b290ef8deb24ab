import type { Collected } from './collected.js';
import type { Collection } from './collections.js';
import { addRow, type CollectedRow } from './row-handlers.js';
import { bodyOf, isRow, own, textOf, type Row } from './row.js';
import { RowRef, rowList } from './row-ref.js';

/**
 * Adds the rows of an output of `az … -o json`, told by their shape.
 * @returns how many of them are none that a snapshot is made of, and which collections the others belong to.
 */
export function addExport(
  collected: Collected,
  list: readonly unknown[],
  file: string,
): { readonly strange: number; readonly found: ReadonlySet<Collection> } {
  let strange = 0;
  const found = new Set<Collection>();
  const rows = rowList(file, '');
  for (const [at, value] of list.entries()) {
    const collection = isRow(value) ? collectionOf(value) : undefined;
    if (collection === undefined) {
      strange++;
      continue;
    }
    found.add(collection);
    addExportRow(collected, collection, { value, at: new RowRef(rows, at), place: `[${at}]` });
  }
  return { strange, found };
}

/** `az account management-group show --expand --recurse` holds the groups below in `children`. */
function addExportRow(collected: Collected, collection: Collection, row: CollectedRow): void {
  if (collection !== 'managementGroups') return addRow(collected, collection, row);
  const waiting: CollectedRow[] = [row];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const value = next.value as Row;
    const isSubscription = /^\/?subscriptions$/i.test(textOf(value, 'type') ?? '');
    addRow(collected, isSubscription ? 'subscriptions' : 'managementGroups', next);
    const children = own(bodyOf(value), 'children');
    if (!Array.isArray(children)) continue;
    const parent = textOf(value, 'name') ?? textOf(value, 'id');
    for (const child of children) if (isRow(child)) waiting.push({ ...row, value: { parent, ...child } });
  }
}

function collectionOf(row: Row): Collection | undefined {
  const body = bodyOf(row);
  const type = (textOf(row, 'type') ?? '').toLowerCase();
  if (own(body, 'principalId') !== undefined && own(body, 'roleDefinitionId') !== undefined) {
    if (type.endsWith('/roleeligibilityscheduleinstances')) return 'eligibleAssignments';
    return type.endsWith('/roleassignmentscheduleinstances') ? 'activeAssignments' : 'roleAssignments';
  }
  if (type.endsWith('/denyassignments') || own(body, 'denyAssignmentName') !== undefined)
    return 'denyAssignments';
  if (Array.isArray(own(body, 'permissions')) && own(body, 'roleName') !== undefined)
    return 'roleDefinitions';
  if (type.endsWith('/managementgroups')) return 'managementGroups';
  if (/^\/?subscriptions$/.test(type)) return 'subscriptions';
  const isAccount =
    own(row, 'tenantId') !== undefined && (own(row, 'state') ?? own(row, 'cloudName')) !== undefined;
  return isAccount ? 'subscriptions' : undefined;
}
