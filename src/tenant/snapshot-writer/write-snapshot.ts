import {
  closeSync,
  fsyncSync,
  openSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { reasonOfError, UserError } from '../../errors.js';
import { collections, type Collection } from '../snapshot/collections.js';
import type { SnapshotGap } from '../snapshot/snapshot.js';
import { largestJson } from '../snapshot/limits.js';
import type { Journal } from './journal.js';
import { linesOf } from './packed-rows.js';

export type SnapshotCounts = Readonly<Record<Collection, number>>;

export interface SnapshotFile {
  /** Absolute. */
  readonly path: string;
  readonly shown: string;
}

/** Whether a file of that name holds one JSON object, or NDJSON, packed. @throws UserError for any other name. */
export function snapshotFormOf(file: string): 'json' | 'ndjson.gz' {
  if (/\.ndjson\.gz$/i.test(file)) return 'ndjson.gz';
  if (/\.json$/i.test(file)) return 'json';
  throw new UserError(`"${file}" must end in .json or .ndjson.gz.`, {
    hint: 'Take .ndjson.gz for a tenant with many subscriptions: it is read line by line.',
  });
}

/**
 * Makes the snapshot out of the journal: a temporary file beside it, renamed once it is whole. Rows stand in the order
 * of `units`, whatever the order that they were read in.
 * @throws UserError where the file cannot be written.
 */
export function writeSnapshot(
  journal: Journal,
  { units, gaps }: { readonly units: readonly string[]; readonly gaps: readonly SnapshotGap[] },
  file: SnapshotFile,
  largest: number = largestJson,
): SnapshotCounts {
  const isPacked = snapshotFormOf(file.path) === 'ndjson.gz';
  return replace(file, write =>
    isPacked
      ? writeLines(journal, units, gaps, write)
      : writeObject(journal, units, gaps, upTo(largest, file, write)),
  );
}

/** Writes no more than can be read again as one object. */
function upTo(largest: number, { shown }: SnapshotFile, write: Write): Write {
  let size = 0;
  return bytes => {
    size += Buffer.byteLength(bytes);
    if (size <= largest) return write(bytes);
    const packed = shown.replace(/json$/i, 'ndjson.gz');
    throw new UserError(`"${shown}" would be larger than what can be read as one JSON object.`, {
      hint: `Rename "${shown}.partial" to "${packed}.partial" and run the same command with --output ${packed} --resume: nothing is read again.`,
    });
  };
}

type Write = (bytes: string | Buffer) => void;

function headerOf({ header: { collectedAt, cloud, tenantId } }: Journal): object {
  return { version: 1, kind: 'azrbac-snapshot', collectedAt, cloud, tenantId };
}

function writeLines(
  journal: Journal,
  units: readonly string[],
  gaps: readonly SnapshotGap[],
  write: Write,
): SnapshotCounts {
  const counts = zeroCounts();
  write(gzipSync(`${JSON.stringify(headerOf(journal))}\n`));
  for (const kind of collections) {
    const rows = journal.shared.of(kind);
    counts[kind] += rows.length;
    for (const { text } of linesOf(kind, rows)) write(gzipSync(text));
    for (const part of partsOf(journal, units, kind)) {
      counts[kind] += part.count;
      write(journal.membersOf(part));
    }
  }
  counts.gaps = gaps.length;
  const rows = gaps.map(gap => ({ key: '', json: JSON.stringify(gap) }));
  const end = `${JSON.stringify({ kind: 'end', counts })}\n`;
  write(gzipSync([...linesOf('gaps', rows)].map(({ text }) => text).join('') + end));
  return counts;
}

function writeObject(
  journal: Journal,
  units: readonly string[],
  gaps: readonly SnapshotGap[],
  write: Write,
): SnapshotCounts {
  const counts = zeroCounts();
  write(JSON.stringify(headerOf(journal)).slice(0, -1));
  for (const kind of collections) {
    write(`,\n"${kind}":[`);
    const writeRow = (json: string): void => write(`${counts[kind]++ === 0 ? '' : ','}\n${json}`);
    for (const { json } of journal.shared.of(kind)) writeRow(json);
    const prefix = `{"kind":"${kind}","value":`.length;
    for (const part of partsOf(journal, units, kind))
      for (const line of journal.linesOf(part)) writeRow(line.slice(prefix, -1));
    if (kind === 'gaps') for (const gap of gaps) writeRow(JSON.stringify(gap));
    write(']');
  }
  write('}\n');
  return counts;
}

function* partsOf(journal: Journal, units: readonly string[], kind: Collection) {
  for (const unit of units)
    for (const part of journal.units.get(unit)?.parts ?? []) if (part.kind === kind) yield part;
}

function zeroCounts(): Record<Collection, number> {
  return Object.fromEntries(collections.map(name => [name, 0])) as Record<Collection, number>;
}

function replace(file: SnapshotFile, make: (write: Write) => SnapshotCounts): SnapshotCounts {
  let temporary: string | undefined;
  try {
    const known = statSync(file.path, { throwIfNoEntry: false });
    const target = known === undefined ? file.path : realpathSync(file.path);
    removeLeftovers(target);
    temporary = join(dirname(target), `.${basename(target)}.${process.pid}.${Date.now().toString(36)}`);
    const counts = writeFile(temporary, make);
    renameSync(temporary, target);
    return counts;
  } catch (cause) {
    if (temporary !== undefined) rmSync(temporary, { force: true });
    if ((cause as NodeJS.ErrnoException).syscall === undefined) throw cause;
    throw new UserError(`"${file.shown}" cannot be written: ${reasonOfError(cause)}.`, { cause });
  }
}

/** What runs that were killed while they wrote the same file have left. Where that cannot be taken away, it stays. */
function removeLeftovers(target: string): void {
  const prefix = `.${basename(target)}.`;
  try {
    for (const name of readdirSync(dirname(target)).filter(one => one.startsWith(prefix))) {
      const writer = /^(\d+)\.[0-9a-z]+$/.exec(name.slice(prefix.length))?.[1];
      if (writer !== undefined && !isRunning(Number(writer)))
        rmSync(join(dirname(target), name), { force: true });
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).syscall === undefined) throw error;
  }
}

function isRunning(id: number): boolean {
  try {
    return process.kill(id, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Mode of a snapshot: it names people and tells who holds what: that is for its owner alone, whatever stood there before. */
const ownerOnly = 0o600;

/** Small pieces are put together: a system call for each row would take longer than the rest. */
function writeFile(path: string, make: (write: Write) => SnapshotCounts): SnapshotCounts {
  const file = openSync(path, 'wx', ownerOnly);
  let waiting: Buffer[] = [];
  let size = 0;
  const flush = (): void => {
    const bytes = Buffer.concat(waiting);
    for (let written = 0; written < bytes.length; ) written += writeSync(file, bytes, written);
    waiting = [];
    size = 0;
  };
  try {
    const counts = make(bytes => {
      const piece = typeof bytes === 'string' ? Buffer.from(bytes) : bytes;
      waiting.push(piece);
      size += piece.length;
      if (size > 1 << 20) flush();
    });
    flush();
    fsyncSync(file);
    return counts;
  } finally {
    closeSync(file);
  }
}
