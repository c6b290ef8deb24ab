import { closeSync, fchmodSync, fsyncSync, ftruncateSync, readSync, writeSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { reasonOfError, UserError } from '../../errors.js';
import { collections } from '../snapshot/collections.js';
import type { SnapshotGap } from '../snapshot/snapshot.js';
import { fittingRows } from './fitting-rows.js';
import {
  firstSeal,
  notOurs,
  placed,
  readEntries,
  type ReadJournal,
  type StoredPart,
} from './journal-entries.js';
import { openJournalFile, ownerOnly } from './journal-file.js';
import type { EntryHead, JournalHeader } from './journal-shape.js';
import { type PackedPart, packedRows, packedSharedRows, sharedRowIn } from './packed-rows.js';
import { sealed } from './sealed-file.js';
import { SharedRows } from './shared-rows.js';
import { inOrder, type SharedRow, type UnitResult } from './unit-result.js';

export interface StoredUnit {
  readonly parts: readonly StoredPart[];
  readonly gaps: readonly SnapshotGap[];
}

/**
 * What a collection has read so far, beside the file that it is going to write. A unit of the work is appended when it
 * is finished, so that an interrupted collection can go on from there; what was half written at the end, or is not as it
 * was written, is cut off.
 */
export class Journal {
  readonly units = new Map<string, StoredUnit>();
  readonly shared = new SharedRows();
  /** How many rows, of all units. */
  rows = 0;
  /** Bytes that were cut off when it was resumed. */
  lost = 0;
  private end = 0;
  private seal = firstSeal;
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
    const journal = new Journal(path, shown, openJournalFile(path, 'wx+', shown), header);
    journal.write(JSON.stringify(header), []);
    return journal;
  }

  /**
   * One that an interrupted collection left behind.
   * @throws UserError where there is none, or it cannot be read.
   */
  static resume(path: string, shown: string): Journal {
    const file = openJournalFile(path, 'r+', shown);
    try {
      const read = readEntries(file, shown);
      const journal = new Journal(path, shown, file, read.header);
      journal.take(read);
      fchmodSync(file, ownerOnly);
      ftruncateSync(file, read.end);
      return journal;
    } catch (error) {
      closeSync(file);
      throw error;
    }
  }

  /** `order` is the unit's place among all. Rows that a unit before it in that order has as well are left out. */
  async append(unit: string, order: number, read: UnitResult): Promise<void> {
    const result = fittingRows(read);
    const parts: PackedPart[] = [];
    for (const kind of collections)
      parts.push(...(await packedRows(kind, inOrder(result.rows.get(kind) ?? []))));
    this.appending = this.appending.then(() => this.appendPacked(unit, order, result, parts));
    await this.appending;
  }

  /** The rows of a part. @throws UserError where they are not such as a collection writes. */
  rowsOf(part: StoredPart): JournalRow[] {
    const prefix = `{"kind":"${part.kind}","value":`.length;
    return this.linesOf(part).map(line => rowIn(line.slice(prefix, -1)) ?? this.refuse());
  }

  /** The lines of a part, for who looks at them again. */
  linesOf(part: StoredPart): string[] {
    try {
      return gunzipSync(this.membersOf(part)).toString('utf8').split('\n').slice(0, -1);
    } catch {
      return this.refuse();
    }
  }

  /** The packed member as it is. */
  membersOf({ offset, bytes }: StoredPart): Buffer {
    const member = Buffer.allocUnsafe(bytes);
    for (let read = 0; read < bytes; ) {
      const got = readSync(this.file, member, read, bytes - read, offset + read);
      if (got === 0) return this.refuse();
      read += got;
    }
    return member;
  }

  close(): void {
    closeSync(this.file);
  }

  private take({ entries, end, seal, lost }: ReadJournal): void {
    for (const { unit, order, parts, gaps, isOpen } of entries) {
      // Units behind one that is to be done again left out what it had: it may find less the next time.
      for (const part of parts) if (part.isShared) this.takeShared(part, order);
      if (!isOpen) this.keep(unit, parts, gaps);
    }
    this.end = end;
    this.seal = seal;
    this.lost = lost;
  }

  private takeShared(part: StoredPart, order: number): void {
    for (const line of this.linesOf(part)) {
      const row = sharedRowIn(part.kind, line);
      if (row === undefined || rowIn(row.json) === undefined) this.refuse();
      else this.shared.add(row, order);
    }
  }

  private async appendPacked(
    unit: string,
    order: number,
    { shared, gaps, isOpen }: UnitResult,
    own: readonly PackedPart[],
  ): Promise<void> {
    const news = inOrder(shared.map(row => ({ ...row, key: `${row.kind} ${row.key}`, plain: row }))).flatMap(
      ({ plain }): SharedRow[] => (this.shared.add(plain, order) ? [plain] : []),
    );
    const parts = [...own];
    for (const kind of collections)
      parts.push(
        ...(await packedSharedRows(
          kind,
          news.filter(row => row.kind === kind),
        )),
      );
    const announced = parts.map(part => part.announced);
    const head: EntryHead = { unit, order, parts: announced, gaps, isOpen };
    const members = parts.map(({ member }) => member);
    const length = members.reduce((sum, { length }) => sum + length, 0);
    this.write(JSON.stringify(head), members);
    this.keep(unit, placed(announced, this.end - 1 - length), gaps);
  }

  private keep(unit: string, parts: readonly StoredPart[], gaps: readonly SnapshotGap[]): void {
    this.units.set(unit, { parts: parts.filter(({ isShared }) => !isShared), gaps });
    this.rows += parts.reduce((sum, { count }) => sum + count, 0);
  }

  /** @throws UserError where there is no room left. */
  private write(text: string, body: readonly Buffer[]): void {
    const { seal, bytes } = sealed(this.seal, text, body);
    try {
      for (let written = 0; written < bytes.length; )
        written += writeSync(this.file, bytes, written, bytes.length - written, this.end + written);
      this.end += bytes.length;
      this.seal = seal;
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

  private refuse(): never {
    throw notOurs(this.shown);
  }
}

/** Every row has an id. */
export type JournalRow = Readonly<Record<string, unknown>> & { readonly id: string };

function rowIn(json: string): JournalRow | undefined {
  try {
    const value: unknown = JSON.parse(json);
    return typeof (value as JournalRow | null)?.id === 'string' ? (value as JournalRow) : undefined;
  } catch {
    return undefined;
  }
}

/** Milliseconds of work that a power failure may cost. */
const syncEvery = 2_000;
