import { guidOf } from '../../../rbac/model/guid.js';
import type { Collected } from '../collected.js';
import { isRow, type Row } from '../row.js';
import { UnusableFile } from '../unusable-file.js';
import { addRows, sinkOf } from './add-rows.js';
import { camelCased } from '../camel-case.js';
import { objectIdOf } from './directory-objects.js';
import { batchIn, unwrap } from './envelope.js';
import { sayGroups, sayMembers } from './memberships.js';
import { toolOf, toolOfColumns, type OtherTool } from './other-tools.js';
import { readCsv } from './read-csv.js';

/** Reads what a tool printed as JSON. @throws UnusableFile where a snapshot is made of nothing in it. */
export function readExport(value: unknown, file: string, collected: Collected): void {
  const tool = toolOf(value);
  if (tool !== undefined) throw ofTool(file, tool);
  if (readBatch(value, file, collected)) return;
  const { rows, hasNext, isPage } = unwrap(value);
  if (hasNext === 'no' && readNamedList(rows, file, collected)) return;
  if (rows.length > 0 && rows.every(isObjectId)) throw namelessGroups(file);
  const { found } = readRows(rows, file, collected);
  if (!found.has('roleAssignments')) collected.exports.addOther(rows.length === 0);
  if (isPage) collected.pages.add(file, found, hasNext);
}

/** Reads a table that the portal or PowerShell wrote. @throws UnusableFile where a snapshot is made of nothing in it. */
export function readTable(text: string, file: string, collected: Collected): void {
  const { columns, rows } = readCsv(text);
  const tool = toolOfColumns(new Set(columns.map(name => name.toLowerCase())));
  if (tool !== undefined) throw ofTool(file, tool);
  if (rows.length === 0) throw new UnusableFile(file, `"${file}" is a table without rows.`);
  readRows(rows, file, collected);
}

function readRows(rows: readonly unknown[], file: string, collected: Collected): ReturnType<typeof addRows> {
  const added = addRows(collected, rows, file);
  const { strange } = added;
  if (strange > 0 && strange === rows.length) throw noExport(file);
  if (strange > 0) {
    const message = `${strange} of ${rows.length} entries are none that a snapshot is made of; they were skipped.`;
    collected.notices.add('snapshot-entry-unknown', message, file, 'files hold entries that were skipped');
  }
  return added;
}

/** Answers of Microsoft Graph about the groups of several principals. */
function readBatch(value: unknown, file: string, collected: Collected): boolean {
  const answers = batchIn(value);
  if (answers === undefined) return false;
  const say = sinkOf(collected, file);
  for (const { id, list, status } of answers) {
    if (list !== undefined && sayGroups(id, list, say)) continue;
    const why = status === 200 ? 'the answer is not whole' : `the answer was ${String(status).slice(0, 20)}`;
    const message = `The groups of ${id} are not known: ${why}.`;
    collected.notices.add('groups-not-read', message, file, 'principals have groups that are not known');
  }
  return true;
}

/**
 * Lists of groups and of members never say whose they are: the name of the file does, as in `members-GUID.json` and
 * `transitiveMemberOf-GUID.json`.
 */
function readNamedList(rows: readonly unknown[], file: string, collected: Collected): boolean {
  const name = file.slice(file.lastIndexOf('/') + 1);
  const guid = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/i.exec(name)?.[0].toLowerCase();
  if (guid === undefined || !rows.every(row => isObjectId(row) || isDirectoryObject(row))) return false;
  const say = sinkOf(collected, file);
  if (/transitive-?member-?of/i.test(name)) return sayGroups(guid, rows, say);
  return /^(?:group-?)?members/i.test(name) && sayMembers(guid, rows, say);
}

function isObjectId(value: unknown): boolean {
  return typeof value === 'string' && guidOf(value.trim()) !== undefined;
}

function isDirectoryObject(value: unknown): boolean {
  return isRow(value) && objectIdOf(camelCased(value as Row)) !== undefined;
}

function namelessGroups(file: string): UnusableFile {
  return new UnusableFile(file, `"${file}" is a list of object ids and does not say whose they are.`, {
    hint: 'Name it transitiveMemberOf-OBJECT-ID.json, or members-GROUP-ID.json.',
  });
}

function ofTool(file: string, { name, instead }: OtherTool): UnusableFile {
  return new UnusableFile(file, `"${file}" is a file of ${name}, which is not read.`, {
    hint: `Instead, ${instead}.`,
  });
}

function noExport(file: string): UnusableFile {
  return new UnusableFile(
    file,
    `"${file}" is neither a snapshot nor a list of role assignments, role definitions or what else a snapshot is made of.`,
    {
      hint: 'A snapshot has "kind": "azrbac-snapshot"; lists come from: az role assignment list --all -o json',
    },
  );
}
