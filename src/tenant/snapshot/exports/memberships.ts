import { guidOf } from '../../../rbac/model/guid.js';
import { isRow, own, type Row, textOf } from '../row.js';
import { camelCased, camelCasedRows } from '../camel-case.js';
import { directoryObjects, kindOf, objectIdOf } from './directory-objects.js';
import type { ExportShape, ExportSink } from './export-shape.js';

/** A row that names a group and all its members, as a JMESPath query may write it: `{group: '…', members: …}`. */
export const groupMembers: ExportShape = {
  name: 'a group and its members',
  matches: row => guidOf(textOf(row, 'group') ?? '') !== undefined && Array.isArray(own(row, 'members')),
  read(row, say) {
    const list = own(row, 'members') as readonly unknown[];
    sayMembers(guidOf(textOf(row, 'group')!)!, list, say);
  },
};

/** A row that names somebody and all their groups: `{id: '…', transitiveMemberOf: …}`. */
export const principalGroups: ExportShape = {
  name: 'a principal and its groups',
  matches: row => objectIdOf(row) !== undefined && Array.isArray(own(row, 'transitiveMemberOf')),
  read(row, say, raw) {
    if (directoryObjects.matches(row)) directoryObjects.read(row, say, raw);
    // What Microsoft Graph expands ends at 20 without a word.
    const list = own(row, 'transitiveMemberOf') as readonly unknown[];
    if (list.length !== maxExpanded) sayGroups(objectIdOf(row)!, list, say);
  },
};

const maxExpanded = 20;

/** Groups that somebody is in, as ids or as rows. @returns false where one of them is neither. */
export function sayGroups(principal: string, list: readonly unknown[], say: ExportSink): boolean {
  const groups = list.map(item => (isRow(item) && isNoGroup(item) ? 'none' : idIn(item)));
  if (groups.includes(undefined)) return false;
  for (const row of camelCasedRows(list)) sayObject(row, say);
  say.groupsOf(
    principal,
    groups.flatMap(id => (id === undefined || id === 'none' ? [] : [id])),
  );
  return true;
}

/** Members of a group, as ids or as rows. @returns false where one of them is neither. */
export function sayMembers(group: string, list: readonly unknown[], say: ExportSink): boolean {
  const members = list.map(idIn).filter(id => id !== undefined);
  if (members.length < list.length) return false;
  for (const row of camelCasedRows(list)) sayObject(row, say);
  say.principal({ id: group, type: 'Group' });
  say.membersOf(group, members);
  return true;
}

function sayObject(row: Row, say: ExportSink): void {
  if (directoryObjects.matches(row)) directoryObjects.read(row, say, row);
}

/** A role in the directory, or an administrative unit. */
function isNoGroup(item: Row): boolean {
  const row = camelCased(item);
  const type = textOf(row, '@odata.type') ?? textOf(row, 'odataType');
  return type !== undefined && kindOf(row) !== 'Group';
}

function idIn(item: unknown): string | undefined {
  if (typeof item === 'string') return guidOf(item.trim());
  return isRow(item) ? objectIdOf(camelCased(item)) : undefined;
}
