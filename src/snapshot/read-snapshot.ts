import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { constants, gunzipSync } from 'node:zlib';
import { reasonOfError, UserError } from '../errors.js';
import { decode } from '../input/decode.js';
import { slashed } from '../input/slashed-path.js';
import { buildSnapshot } from './build-snapshot.js';
import { Collected, collections, type Collection } from './collected.js';
import { RowRef, rowList } from './row-ref.js';
import { isRow, own, textOf, type Row } from './rows.js';
import type { Snapshot } from './snapshot.js';

/**
 * Reads a snapshot: a `.json` file, gzip NDJSON, or a folder (or one file) of `az … list -o json` outputs, told by
 * their shape. `path` is relative to `cwd`. A row that makes no sense is a notice.
 * @throws UserError where there is nothing to read, or it is no snapshot.
 */
export function readSnapshot(path: string, cwd: string): Snapshot {
  const place = { path: resolve(cwd, path), shown: shownPath(resolve(cwd, path), cwd) };
  const collected = new Collected();
  if (isFolder(place)) readFolder(place, collected);
  else readFile(place, collected);
  return buildSnapshot(collected, place.shown);
}

interface Place {
  /** Absolute. */
  readonly path: string;
  readonly shown: string;
}

/** Bytes, unpacked too: what one text of JavaScript can hold is the limit. */
const largestFile = 512 * 1024 * 1024;
const largestUnpacked = 2 ** 31 - 1;

function isFolder({ path, shown }: Place): boolean {
  try {
    return statSync(path).isDirectory();
  } catch (cause) {
    throw unreadable(shown, cause);
  }
}

function readFolder({ path, shown }: Place, collected: Collected): void {
  const names = readdirSync(path, { withFileTypes: true })
    .filter(entry => !entry.isDirectory() && /\.(json|ndjson)(\.gz)?$/i.test(entry.name))
    .map(entry => entry.name)
    .sort();
  if (names.length === 0) {
    throw new UserError(`The folder "${shown}" holds no JSON file.`, {
      hint: 'Write one there with: az role assignment list --all -o json',
    });
  }
  for (const name of names)
    readFile({ path: join(path, name), shown: `${shown.replace(/\/$/, '')}/${name}` }, collected);
}

function readFile(place: Place, collected: Collected): void {
  const bytes = bytesOf(place);
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) return readLines(unpack(bytes, place), place, collected);
  if (/\.ndjson$/i.test(place.path)) return readLines(bytes, place, collected);
  readValue(parse(bytes, place), place, collected);
}

function bytesOf({ path, shown }: Place): Buffer {
  try {
    if (statSync(path).size > largestFile)
      throw new UserError(`"${shown}" is too large: keep it as gzip NDJSON.`);
    return readFileSync(path);
  } catch (cause) {
    throw cause instanceof UserError ? cause : unreadable(shown, cause);
  }
}

/** What is left of a file that was cut off is read, and its missing end noticed. */
function unpack(bytes: Buffer, { shown }: Place): Buffer {
  try {
    return gunzipSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: largestUnpacked });
  } catch (cause) {
    throw new UserError(`"${shown}" cannot be unpacked: ${(cause as Error).message}.`, { cause });
  }
}

function parse(bytes: Buffer, { shown }: Place): unknown {
  const { text } = decode(bytes, shown);
  if (text === undefined) throw new UserError(`"${shown}" holds no text.`);
  if (text.trim() === '') throw new UserError(`"${shown}" is empty.`);
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new UserError(`"${shown}" is not JSON: ${(cause as Error).message}.`, { cause });
  }
}

function readValue(value: unknown, place: Place, collected: Collected): void {
  if (isRow(value) && own(value, 'kind') !== undefined) return readDocument(value, place, collected);
  const list = isRow(value) ? own(value, 'value') : value;
  const rows = Array.isArray(list) ? list : [value];
  const strange = collected.addExport(rows, place.shown);
  if (strange === 0) return;
  if (strange === rows.length) throw noSnapshot(place);
  const message = `${strange} of ${rows.length} entries are none that a snapshot is made of; they were skipped.`;
  collected.notices.push({ code: 'snapshot-entry-unknown', message, file: place.shown });
}

function readDocument(document: Row, place: Place, collected: Collected): void {
  readHeader(document, place, collected);
  for (const collection of collections) {
    const list = own(document, collection) ?? [];
    if (!Array.isArray(list)) throw new UserError(`"${place.shown}": "${collection}" must be a list.`);
    const rows = rowList(place.shown, `/${collection}`);
    list.forEach((value, at) =>
      collected.add(collection, { value, at: new RowRef(rows, at), place: `${collection}[${at}]` }),
    );
  }
}

function readHeader(header: Row, place: Place, collected: Collected): void {
  if (own(header, 'kind') !== 'azrbac-snapshot') throw noSnapshot(place);
  const version = own(header, 'version');
  if (version !== 1) {
    throw new UserError(
      `"${place.shown}" is a snapshot of version ${JSON.stringify(version)}; this azrbac reads version 1.`,
    );
  }
  collected.collectedAt ??= textOf(header, 'collectedAt');
  collected.tenantId ??= textOf(header, 'tenantId');
}

/** A header, then a `kind` and a `value` per line, last the `end` with what was counted. */
function readLines(bytes: Buffer, place: Place, collected: Collected): void {
  const counts = new Map<string, number>();
  let number = 0;
  for (const text of linesOf(bytes)) {
    number++;
    const line = parseLine(text);
    if (number === 1) {
      if (!isRow(line))
        throw text.trim() === '' ? new UserError(`"${place.shown}" is empty.`) : noSnapshot(place);
      readHeader(line, place, collected);
    } else if (isRow(line) && own(line, 'kind') === 'end') return checkCounts(line, counts, place, collected);
    else readLine(line, text, `line ${number}`, { place, collected, counts });
  }
  if (number === 0) throw new UserError(`"${place.shown}" is empty.`);
  cutOff(place, collected, 'Its end is missing');
}

interface LineReading {
  readonly place: Place;
  readonly collected: Collected;
  readonly counts: Map<string, number>;
}

function readLine(
  line: unknown,
  text: string,
  where: string,
  { place, collected, counts }: LineReading,
): void {
  if (text.trim() === '') return;
  const collection = isRow(line) ? collectionNamed(textOf(line, 'kind') ?? '') : undefined;
  if (collection === undefined) {
    collected.isComplete = false;
    const message = `${where} is none that a snapshot is made of; it was skipped.`;
    collected.notices.push({ code: 'snapshot-entry-unknown', message: capital(message), file: place.shown });
    return;
  }
  const count = counts.get(collection) ?? 0;
  counts.set(collection, count + 1);
  const at = new RowRef(rowList(place.shown, `/${collection}`), count);
  collected.add(collection, { value: own(line as Row, 'value'), at, place: where });
}

/** `roleAssignments`, or `roleAssignment` for the one that stands there. */
function collectionNamed(kind: string): Collection | undefined {
  return collections.find(name => name === kind || name === `${kind}s`);
}

function checkCounts(end: Row, found: ReadonlyMap<string, number>, place: Place, collected: Collected): void {
  const counts = own(end, 'counts');
  if (!isRow(counts)) return;
  for (const [kind, count] of Object.entries(counts)) {
    const collection = collectionNamed(kind);
    const present = collection === undefined ? 0 : (found.get(collection) ?? 0);
    if (present !== count)
      cutOff(place, collected, `It should hold ${String(count)} ${kind} and holds ${present}`);
  }
}

function cutOff(place: Place, collected: Collected, what: string): void {
  collected.isComplete = false;
  const message = `${what}: the snapshot is not complete, and what it lacks was not looked at.`;
  collected.notices.push({ code: 'snapshot-truncated', message, file: place.shown });
}

function* linesOf(bytes: Buffer): Generator<string> {
  for (let start = 0; start < bytes.length; ) {
    const end = bytes.indexOf(0x0a, start);
    yield bytes.toString('utf8', start, end < 0 ? bytes.length : end);
    start = end < 0 ? bytes.length : end + 1;
  }
}

function parseLine(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function noSnapshot({ shown }: Place): UserError {
  return new UserError(
    `"${shown}" is neither a snapshot nor a list of role assignments or role definitions.`,
    {
      hint: 'A snapshot has "kind": "azrbac-snapshot"; lists come from: az role assignment list --all -o json',
    },
  );
}

function unreadable(shown: string, cause: unknown): UserError {
  return new UserError(`Cannot read "${shown}": ${reasonOfError(cause)}.`, { cause });
}

function shownPath(path: string, cwd: string): string {
  return slashed(relative(cwd, path)) || '.';
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
