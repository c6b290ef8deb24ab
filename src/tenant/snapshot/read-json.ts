import { UserError } from '../../errors.js';
import { decode } from '../../input/decode.js';
import type { Collected } from './collected.js';
import { collections } from './collections.js';
import { readExport, readTable } from './exports/read-export.js';
import { isHeader, readHeader } from './header.js';
import { addRow } from './row-handlers.js';
import { isRow, own, type Row } from './row.js';
import { RowRef, rowList } from './row-ref.js';
import { UnusableFile } from './unusable-file.js';

/** Reads a snapshot that is one JSON object, or what a tool printed as JSON. @throws UserError where it is neither. */
export function readSnapshotJson(bytes: Buffer, file: string, collected: Collected): void {
  const value = parse(textOf(bytes, file), file);
  if (isRow(value) && isHeader(value)) readDocument(value, file, collected);
  else readExport(value, file, collected);
}

/** Reads a table that the portal or PowerShell wrote. @throws UserError where a snapshot is made of nothing in it. */
export function readCsvFile(bytes: Buffer, file: string, collected: Collected): void {
  readTable(textOf(bytes, file), file, collected);
}

function textOf(bytes: Buffer, file: string): string {
  const { text } = decode(bytes, file);
  if (text === undefined) throw new UnusableFile(file, `"${file}" holds no text.`);
  if (text.trim() === '') throw new UnusableFile(file, `"${file}" is empty.`);
  return text;
}

function parse(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    if (/^\s*</.test(text))
      throw new UnusableFile(file, `"${file}" is a web page or XML, not JSON.`, { cause });
    const isLoss = /"roleDefinitionId"/i.test(text);
    throw new UnusableFile(file, `"${file}" is not JSON: ${(cause as Error).message}.`, { cause, isLoss });
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
