import { readdirSync, statSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { reasonOfError, UserError } from '../../errors.js';
import { FileRefusal } from '../../input/regular-file.js';
import { slashed } from '../../input/slashed-path.js';
import { buildSnapshot } from './build-snapshot.js';
import { isCutOff, isGzip, longestRatio, openBytes, Unpacked } from './byte-stream.js';
import { Collected } from './collected.js';
import type { ExportTrust } from './export-coverage.js';
import { largestJson, longestLine } from './limits.js';
import { LineSplitter } from './line-splitter.js';
import { readCsvFile, readSnapshotJson } from './read-json.js';
import { cutOffAtOnce, LineReader, maxStrangeLines } from './read-lines.js';
import type { Snapshot } from './snapshot.js';
import { UnusableFile } from './unusable-file.js';

/**
 * Reads a snapshot: a `.json` file, NDJSON, packed with gzip or not, or a folder (or one file) of what the Azure CLI,
 * PowerShell and the portal export, told by its shape. NDJSON is read as it comes, whatever its size. `path` is relative to `cwd`. A row that
 * makes no sense is a notice.
 * @throws UserError where there is nothing to read, or it is no snapshot.
 */
export async function readSnapshot(path: string, cwd: string, trust?: ExportTrust): Promise<Snapshot> {
  const place = { path: resolve(cwd, path), shown: shownPath(resolve(cwd, path), cwd) };
  const collected = new Collected();
  if (isFolder(place)) await readFolder(place, collected);
  else await readFile(place, collected);
  return buildSnapshot(collected, place.shown, trust);
}

/** What cannot be used among others is a notice. @throws UserError where nothing can be used. */
async function readFolder(place: SnapshotPath, collected: Collected): Promise<void> {
  const files = filesIn(place);
  const unusable: UnusableFile[] = [];
  for (const file of files) {
    try {
      await readFile(file, collected);
    } catch (error) {
      if (!(error instanceof UnusableFile)) throw error;
      unusable.push(error);
    }
  }
  const [first] = unusable;
  if (first !== undefined && unusable.length === files.length) throw noneUsable(place, first, files.length);
  for (const error of unusable) noteUnusable(error, collected);
}

function noneUsable({ shown }: SnapshotPath, first: UnusableFile, files: number): UserError {
  if (files === 1) return first;
  const { hint } = first;
  return new UserError(`Nothing in the folder "${shown}" can be used: ${first.message}`, {
    ...(hint !== undefined && { hint }),
    cause: first,
  });
}

function noteUnusable({ file, message, hint, isLoss }: UnusableFile, collected: Collected): void {
  const sentence = hint === undefined ? message : `${message} ${hint}`;
  collected.notices.add('snapshot-file-skipped', sentence, file, 'files were skipped');
  if (isLoss) collected.gaps.push({ what: 'roleAssignments', scope: '/', reason: `"${file}" is damaged` });
}

interface SnapshotPath {
  /** Absolute. */
  readonly path: string;
  readonly shown: string;
}

function isFolder({ path, shown }: SnapshotPath): boolean {
  try {
    return statSync(path).isDirectory();
  } catch (cause) {
    throw unreadable(shown, cause);
  }
}

function filesIn({ path, shown }: SnapshotPath): SnapshotPath[] {
  const names = readdirSync(path, { withFileTypes: true })
    .filter(entry => !entry.isDirectory() && /\.(?:(?:json|ndjson)(?:\.gz)?|csv)$/i.test(entry.name))
    .map(entry => entry.name)
    .sort();
  if (names.length === 0) {
    throw new UserError(`The folder "${shown}" holds no JSON or CSV file.`, {
      hint: 'Write one there with: az role assignment list --all -o json',
    });
  }
  return names.map(name => ({ path: join(path, name), shown: `${shown.replace(/\/$/, '')}/${name}` }));
}

async function readFile(place: SnapshotPath, collected: Collected): Promise<void> {
  try {
    const { first, chunks } = await openBytes(place.path);
    if (isGzip(first)) await readPacked(first, chunks, place, collected);
    else if (/\.ndjson$/i.test(place.path)) await readLines(chunks, place, collected);
    else if (/\.csv$/i.test(place.path)) readCsvFile(await bytesOf(chunks, place), place.shown, collected);
    else readSnapshotJson(await bytesOf(chunks, place), place.shown, collected);
  } catch (cause) {
    const isOfFile = cause instanceof FileRefusal || (cause instanceof Error && 'code' in cause);
    throw isOfFile ? unreadable(place.shown, cause) : cause;
  }
}

async function readPacked(
  first: Buffer,
  chunks: AsyncIterable<Buffer>,
  place: SnapshotPath,
  collected: Collected,
): Promise<void> {
  const unpacked = new Unpacked(chunks);
  const reader = new LineReader(place.shown, collected);
  const number = await readInto(reader, unpacked, place);
  if (unpacked.isTooMuch) return reader.stop(`More than ${longestRatio} bytes come out of each of its bytes`);
  if (number === 0 && isCutOff(first)) throw cutOffAtOnce(place.shown);
  finish(reader);
}

async function readLines(
  chunks: AsyncIterable<Buffer>,
  place: SnapshotPath,
  collected: Collected,
): Promise<void> {
  const reader = new LineReader(place.shown, collected);
  await readInto(reader, chunks, place);
  finish(reader);
}

function finish(reader: LineReader): void {
  if (!reader.isHopeless) reader.finish();
  else reader.stop(`More than ${maxStrangeLines.toLocaleString('en-US')} of its lines make no sense`);
}

/** @returns the number of lines. */
async function readInto(
  reader: LineReader,
  chunks: AsyncIterable<Buffer>,
  { shown }: SnapshotPath,
): Promise<number> {
  const lines = new LineSplitter(longestLine, (text, isCutOff) =>
    reader.read(text, { number: lines.number, isCutOff }),
  );
  for await (const chunk of chunks) {
    if (!lines.push(chunk)) {
      const longest = `a line of more than ${longestLine >> 20} MiB`;
      throw new UserError(`"${shown}" has ${longest}: line ${lines.number + 1}.`);
    }
    if (reader.isHopeless) return lines.number;
  }
  lines.finish();
  return lines.number;
}

async function bytesOf(chunks: AsyncIterable<Buffer>, { shown }: SnapshotPath): Promise<Buffer> {
  const all: Buffer[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    all.push(chunk);
    length += chunk.length;
    if (length > largestJson) throw new UserError(`"${shown}" is too large: keep it as gzip NDJSON.`);
  }
  return Buffer.concat(all);
}

function unreadable(shown: string, cause: unknown): UserError {
  const { code = '', message } = cause as NodeJS.ErrnoException;
  if (code.startsWith('Z_')) return new UserError(`"${shown}" cannot be unpacked: ${message}.`, { cause });
  return new UserError(`Cannot read "${shown}": ${reasonOfError(cause)}.`, { cause });
}

function shownPath(path: string, cwd: string): string {
  return slashed(relative(cwd, path)) || '.';
}
