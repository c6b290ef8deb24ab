import { UserError } from '../../errors.js';
import { guidOf } from '../../rbac/model/guid.js';
import type { ScheduledAssignment } from '../../rbac/model/role-assignment.js';
import type { AssignmentList } from './assignment-list.js';
import { camelCased } from './camel-case.js';
import { readDenyAssignment, readRoleAssignment, readScheduledAssignment } from './assignment-rows.js';
import type { Collected } from './collected.js';
import type { Collection } from './collections.js';
import { bodyOf, isRow, own, textOf, type Row } from './row.js';
import type { RowRef } from './row-ref.js';
import { readGap, readManagementGroup, readPrincipal, readResource, readSubscription } from './rows.js';

/** A row and where it was read; `place` is for people, as in `roleAssignments[12]` or `line 7`. */
export interface CollectedRow {
  readonly value: unknown;
  readonly at: RowRef;
  readonly place: string;
}

/**
 * Adds a row to what was collected. One that makes no sense is skipped with a notice, and is damage: what it said is lost.
 * @throws UserError where there are more rows than memory has room for.
 */
export function addRow(collected: Collected, collection: Collection, row: CollectedRow): void {
  if (!addExportedRow(collected, collection, row) && collection !== 'resources') collected.isComplete = false;
}

/**
 * Adds a row of an export. One that makes no sense is skipped with a notice; it was never about anybody to ask for.
 * @returns false where it was skipped. @throws UserError where there are more rows than memory has room for.
 */
export function addExportedRow(collected: Collected, collection: Collection, row: CollectedRow): boolean {
  if (collected.count(collection) > maxRows) {
    const most = maxRows.toLocaleString('en-US');
    throw new UserError(`"${row.at.document.file}" holds more than ${most} ${collection}.`);
  }
  const reason = isRow(row.value)
    ? rowHandlers[collection](collected, row.value, row.at)
    : 'it is not an object';
  if (reason === undefined) return true;
  collected.notices.add(
    'snapshot-row-skipped',
    `${row.place} of the snapshot was skipped: ${reason}.`,
    row.at.document.file,
    `rows of ${collection} were skipped`,
  );
  return false;
}

/** How many rows of one collection. Azure takes 4,000 role assignments per subscription: a tenant with more has 1,250 full ones. */
const maxRows = 5_000_000;

/** Keeps what a row says. Returns a reason, the end of a sentence, for a row that makes no sense. */
type RowHandler = (collected: Collected, row: Row, at: RowRef) => string | undefined;

/** What becomes of a row, by the collection that it stands in. */
const rowHandlers: Readonly<Record<Collection, RowHandler>> = {
  roleDefinitions: keepRoleDefinition,
  roleAssignments(collected, row, at) {
    const read = readRoleAssignment(row, at, collected.shared);
    if (typeof read === 'string') return read;
    if (!collected.roleAssignments.add(read, read.name))
      collected.contradiction('role assignment', read.id, at);
    return undefined;
  },
  denyAssignments(collected, row, at) {
    const read = readDenyAssignment(row, at, collected.shared);
    if (typeof read === 'string') return read;
    collected.denyAssignments.push(read);
    return undefined;
  },
  eligibleAssignments: (collected, row, at) =>
    keepScheduled(collected, collected.eligibleAssignments, row, at),
  activeAssignments: (collected, row, at) => keepScheduled(collected, collected.activeAssignments, row, at),
  principals: keepPrincipal,
  managementGroups: keepManagementGroup,
  subscriptions(collected, row) {
    const read = readSubscription(row);
    if (typeof read === 'string') return read;
    const { subscriptions } = collected;
    subscriptions.set(read.id, read.managementGroup ?? subscriptions.get(read.id) ?? null);
    if (read.displayName !== undefined) collected.subscriptionNames.set(read.id, read.displayName);
    return undefined;
  },
  resources(collected, row, at) {
    const read = readResource(row, at, collected.shared);
    if (typeof read === 'string') return read;
    collected.resources.push(read);
    return undefined;
  },
  gaps(collected, row) {
    collected.gaps.push(readGap(row));
    return undefined;
  },
};

function keepRoleDefinition(collected: Collected, value: Row, at: RowRef): string | undefined {
  const row = camelCased(value);
  const guid = lastGuid(textOf(row, 'name')) ?? lastGuid(textOf(row, 'id'));
  if (guid === undefined) return 'neither its name nor its id ends in a GUID';
  const body = bodyOf(row);
  if (!permissionLists.some(name => Array.isArray(own(body, name)))) return 'it has no permissions';
  const known = collected.roleDefinitions.get(guid);
  if (known !== undefined && !isSame(known.value, value))
    collected.contradiction('role definition', guid, at);
  collected.roleDefinitions.set(guid, { value, at });
  return undefined;
}

/** PowerShell writes the lists of the one permission beside the name, up to Az 15. */
const permissionLists = ['permissions', 'actions', 'dataActions'] as const;

function lastGuid(id: string | undefined): string | undefined {
  return id === undefined ? undefined : guidOf(id.slice(id.lastIndexOf('/') + 1).trim());
}

function keepScheduled(
  collected: Collected,
  list: AssignmentList<ScheduledAssignment>,
  row: Row,
  at: RowRef,
): string | undefined {
  const read = readScheduledAssignment(row, at, collected.shared);
  if (typeof read === 'string') return read;
  if (!list.add(read, read.id)) collected.contradiction('role assignment', read.id, at);
  return undefined;
}

function keepPrincipal(collected: Collected, row: Row, at: RowRef): string | undefined {
  const read = readPrincipal(row, collected.shared);
  if (typeof read === 'string') return read;
  const known = collected.principals.get(read.id);
  if (known !== undefined && !isSame(known, read)) collected.contradiction('principal', read.id, at);
  collected.principals.set(read.id, read);
  return undefined;
}

function keepManagementGroup(collected: Collected, row: Row, at: RowRef): string | undefined {
  const read = readManagementGroup(row);
  if (typeof read === 'string') return read;
  const { name, parent, displayName } = read;
  const known = collected.managementGroups.get(name);
  if (known != null && parent != null && known !== parent)
    collected.contradiction('management group', name, at);
  if (parent !== undefined && known == null) collected.managementGroups.set(name, parent);
  if (displayName !== undefined) collected.managementGroupNames.set(name, displayName);
  return undefined;
}

function isSame(a: object, b: object): boolean {
  try {
    return JSON.stringify(a) === JSON.stringify(b);
  } catch {
    // Nested too deeply to be written, and so no role.
    return false;
  }
}
