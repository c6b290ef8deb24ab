import type { Notice } from '../errors.js';
import { RowRef, rowList } from './row-ref.js';
import { bodyOf, isRow, own, textOf, type Row } from './rows.js';

/** The collections of a snapshot, named as its properties are. */
export const collections = [
  'roleDefinitions',
  'roleAssignments',
  'denyAssignments',
  'eligibleAssignments',
  'activeAssignments',
  'principals',
  'managementGroups',
  'subscriptions',
  'resources',
  'gaps',
] as const;

export type Collection = (typeof collections)[number];

/** A row and where it was read; `place` is for people, as in `roleAssignments[12]` or `line 7`. */
export interface CollectedRow {
  readonly value: unknown;
  readonly at: RowRef;
  readonly place: string;
}

/** What was read, before any row was looked at. */
export class Collected {
  readonly rows: Readonly<Record<Collection, CollectedRow[]>>;
  readonly notices: Notice[] = [];
  isComplete = true;
  collectedAt: string | undefined;
  tenantId: string | undefined;

  constructor() {
    this.rows = Object.fromEntries(collections.map(name => [name, []])) as unknown as Record<
      Collection,
      CollectedRow[]
    >;
  }

  add(collection: Collection, row: CollectedRow): void {
    this.rows[collection].push(row);
  }

  /** @returns how many rows of the list are none that a snapshot is made of. */
  addExport(list: readonly unknown[], file: string): number {
    let strange = 0;
    const rows = rowList(file, '');
    list.forEach((value, at) => {
      const collection = isRow(value) ? collectionOf(value) : undefined;
      if (collection === undefined) strange++;
      else this.addRow(collection, { value, at: new RowRef(rows, at), place: `[${at}]` });
    });
    return strange;
  }

  /** `az account management-group show --expand --recurse` holds the groups below in `children`. */
  private addRow(collection: Collection, row: CollectedRow): void {
    if (collection !== 'managementGroups') return this.add(collection, row);
    const waiting: CollectedRow[] = [row];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      const value = next.value as Row;
      this.add(
        /^\/?subscriptions$/i.test(textOf(value, 'type') ?? '') ? 'subscriptions' : 'managementGroups',
        next,
      );
      const children = own(bodyOf(value), 'children');
      if (!Array.isArray(children)) continue;
      const parent = textOf(value, 'name') ?? textOf(value, 'id');
      for (const child of children) if (isRow(child)) waiting.push({ ...row, value: { parent, ...child } });
    }
  }
}

/** Tells by its shape what a row of an export is. */
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
