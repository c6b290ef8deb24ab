import { UserError } from '../../errors.js';
import { decode } from '../../input/decode.js';
import type { Collected } from './collected.js';
import { collections } from './collections.js';
import { addRow } from './row-handlers.js';
import { addExport } from './export-rows.js';
import { noSnapshot, readHeader } from './header.js';
import { isRow, own, type Row, textOf } from './row.js';
import { RowRef, rowList } from './row-ref.js';

/** Reads a snapshot that is one JSON object, or an output of `az … -o json`. @throws UserError where it is neither. */
export function readJson(bytes: Buffer, file: string, collected: Collected): void {
  const value = parse(bytes, file);
  if (isRow(value) && own(value, 'kind') !== undefined) readDocument(value, file, collected);
  else readExport(value, file, collected);
}

function parse(bytes: Buffer, file: string): unknown {
  const { text } = decode(bytes, file);
  if (text === undefined) throw new UserError(`"${file}" holds no text.`);
  if (text.trim() === '') throw new UserError(`"${file}" is empty.`);
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new UserError(`"${file}" is not JSON: ${(cause as Error).message}.`, { cause });
  }
}

function readDocument(document: Row, file: string, collected: Collected): void {
  readHeader(document, file, collected);
  for (const collection of collections) {
    const list = own(document, collection) ?? [];
    if (!Array.isArray(list)) throw new UserError(`"${file}": "${collection}" must be a list.`);
    const rows = rowList(file, `/${collection}`);
    for (const [at, value] of list.entries())
      addRow(collected, collection, { value, at: new RowRef(rows, at), place: `${collection}[${at}]` });
  }
  noteUnknownLists(document, file, collected);
}

/** A list under a name that is misspelt would be passed over, and what it says with it. */
function noteUnknownLists(document: Row, file: string, collected: Collected): void {
  const known = new Set<string>(collections);
  for (const [name, value] of Object.entries(document)) {
    if (!Array.isArray(value) || known.has(name)) continue;
    const message = `The list "${name}" is none that a snapshot has; it was not read.`;
    collected.isComplete = false;
    collected.notices.add('snapshot-entry-unknown', message, file, 'lists were not read');
  }
}

/** REST answers with the list in `value`. */
function readExport(value: unknown, file: string, collected: Collected): void {
  const list = isRow(value) ? own(value, 'value') : value;
  const rows = Array.isArray(list) ? list : [value];
  const { strange, found } = addExport(collected, rows, file);
  if (isRow(value) && Array.isArray(list))
    collected.pages.add(file, found, (textOf(value, 'nextLink') ?? '') !== '');
  if (strange === 0) return;
  if (strange === rows.length) throw noSnapshot(file);
  const message = `${strange} of ${rows.length} entries are none that a snapshot is made of; they were skipped.`;
  collected.notices.add('snapshot-entry-unknown', message, file, `files hold entries that were skipped`);
}
