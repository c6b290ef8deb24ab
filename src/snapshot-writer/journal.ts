import {
  closeSync,
  fchmodSync,
  fsyncSync,
  ftruncateSync,
  lstatSync,
  openSync,
  readSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { promisify } from 'node:util';
import { gunzipSync, gzip } from 'node:zlib';
import { reasonOfError, UserError } from '../errors.js';
import { collections, type Collection } from '../snapshot/collected.js';
import type { SnapshotGap } from '../snapshot/snapshot.js';
import { type JournalHeader, notOurs, readEntries } from './journal-entries.js';
import { SharedRows } from './shared-rows.js';
import { inOrder, type SharedRow, type UnitResult, type WrittenRow } from './unit-result.js';

const pack = promisify(gzip);

/** Where the rows of a unit stand in the journal: a gzip member, made of lines as a snapshot has them. */
export interface StoredPart {
  readonly kind: Collection;
  readonly count: number;
  readonly offset: number;
  readonly bytes: number;
}

export interface StoredUnit {
  readonly parts: readonly StoredPart[];
  readonly gaps: readonly SnapshotGap[];
}

/**
 * What a collection has read so far, beside the file that it is going to write. A unit of the work is appended when it
 * is finished, so that an interrupted collection can go on from there; what was half written at the end is cut off.
 */
export class Journal {
  readonly units = new Map<string, StoredUnit>();
  readonly shared = new SharedRows();
  /** Of all units. */
  rows = 0;
  private end = 0;
  private lastSync = 0;
  private appending: Promise<void> = Promise.resolve();

  private constructor(
    readonly path: string,
    private readonly shown: string,
    private readonly file: number,
    readonly header: JournalHeader,
  ) {}

  /**
   * An empty one. What is there is taken away first, not written over: it may be a link to somebody's file, or be
   * readable for others.
   * @throws UserError where it cannot be written.
   */
  static create(path: string, shown: string, header: JournalHeader): Journal {
    const journal = new Journal(path, shown, open(path, 'wx+', shown), header);
    journal.write(Buffer.from(`${JSON.stringify(header)}\n`));
    return journal;
  }

  /**
   * One that an interrupted collection left behind.
   * @throws UserError where there is none, or it cannot be read.
   */
  static resume(path: string, shown: string): Journal {
    const file = open(path, 'r+', shown);
    const { header, entries, end } = readEntries(file, shown);
    const journal = new Journal(path, shown, file, header);
    for (const { unit, order, parts, shared, gaps, isOpen } of entries) {
      // Units behind one that is to be done again left out what it had: it may find less the next time.
      for (const row of shared) journal.shared.add(row, order);
      if (!isOpen) journal.keep(unit, parts, gaps, shared.length);
    }
    fchmodSync(file, ownerOnly);
    ftruncateSync(file, end);
    journal.end = end;
    return journal;
  }

  /** `order` is the unit's place among all. Rows that a unit before it in that order has as well are left out. */
  async append(unit: string, order: number, result: UnitResult): Promise<void> {
    const members: { kind: Collection; count: number; member: Buffer }[] = [];
    for (const kind of collections) {
      const rows = inOrder(result.rows.get(kind) ?? []);
      if (rows.length > 0)
        members.push({ kind, count: rows.length, member: await pack(linesOf(kind, rows), { level: 4 }) });
    }
    this.appending = this.appending.then(() => this.appendPacked(unit, order, result, members));
    await this.appending;
  }

  /** The lines of a part, for who looks at them again. */
  linesOf(part: StoredPart): string[] {
    const lines = gunzipSync(this.membersOf(part)).toString('utf8').split('\n');
    return lines.slice(0, -1);
  }

  /** The packed member as it is. */
  membersOf({ offset, bytes }: StoredPart): Buffer {
    const member = Buffer.allocUnsafe(bytes);
    for (let read = 0; read < bytes; ) {
      const got = readSync(this.file, member, read, bytes - read, offset + read);
      if (got === 0) throw new Error(`the journal ${this.path} has lost its end`);
      read += got;
    }
    return member;
  }

  close(): void {
    closeSync(this.file);
  }

  private appendPacked(
    unit: string,
    order: number,
    result: UnitResult,
    members: readonly { kind: Collection; count: number; member: Buffer }[],
  ): void {
    const shared = inOrder(
      result.shared.map(row => ({ ...row, key: `${row.kind} ${row.key}`, plain: row })),
    ).map(({ plain }): SharedRow => plain);
    const news = shared.filter(row => this.shared.add(row, order));
    const { gaps, isOpen } = result;
    const parts = members.map(({ kind, count, member }) => ({ kind, count, bytes: member.length }));
    const head = Buffer.from(`${JSON.stringify({ unit, order, parts, shared: news, gaps, isOpen })}\n`);
    let offset = this.end + head.length;
    const stored = parts.map(
      (part): StoredPart => ({ ...part, offset: (offset += part.bytes) - part.bytes }),
    );
    this.write(Buffer.concat([head, ...members.map(({ member }) => member), Buffer.from('\n')]));
    this.keep(unit, stored, gaps, news.length);
  }

  private keep(
    unit: string,
    parts: readonly StoredPart[],
    gaps: readonly SnapshotGap[],
    shared: number,
  ): void {
    this.units.set(unit, { parts, gaps });
    this.rows += parts.reduce((sum, { count }) => sum + count, shared);
  }

  /** @throws UserError where there is no room left. */
  private write(bytes: Buffer): void {
    try {
      for (let written = 0; written < bytes.length; )
        written += writeSync(this.file, bytes, written, bytes.length - written, this.end + written);
      this.end += bytes.length;
      const now = Date.now();
      if (now - this.lastSync < syncEvery) return;
      this.lastSync = now;
      fsyncSync(this.file);
    } catch (cause) {
      throw new UserError(`"${this.shown}" cannot be written: ${reasonOfError(cause)}.`, {
        hint: 'What was read before is kept: --resume goes on with it.',
        cause,
      });
    }
  }
}

/** Milliseconds of work that a power failure may cost. */
const syncEvery = 2_000;

/** Lines of a snapshot in NDJSON. */
export function linesOf(kind: Collection, rows: readonly WrittenRow[]): string {
  let text = '';
  for (const { json } of rows) text += `{"kind":"${kind}","value":${json}}\n`;
  return text;
}

const ownerOnly = 0o600;

function open(path: string, flag: 'wx+' | 'r+', shown: string): number {
  try {
    if (flag === 'wx+') rmSync(path, { force: true });
    else if (!lstatSync(path).isFile()) throw notOurs(shown);
    return openSync(path, flag, ownerOnly);
  } catch (cause) {
    if (cause instanceof UserError) throw cause;
    if (flag === 'r+' && (cause as NodeJS.ErrnoException).code === 'ENOENT') {
      throw new UserError(`There is nothing to resume: "${shown}" does not exist.`, {
        hint: 'Run the same command without --resume.',
        cause,
      });
    }
    const isFolderMissing = (cause as NodeJS.ErrnoException).code === 'ENOENT';
    const reason = isFolderMissing ? 'its folder does not exist' : reasonOfError(cause);
    throw new UserError(`"${shown}" cannot be written: ${reason}.`, { cause });
  }
}
