import { UserError } from '../../errors.js';
import type { Collected } from './collected.js';
import { collections, type Collection } from './collections.js';
import { addRow } from './row-handlers.js';
import { isHeader, noSnapshot, readHeader } from './header.js';
import { largeCount } from '../../text/count.js';
import { isRow, own, textOf, type Row } from './row.js';
import { RowRef, type RowList, rowList } from './row-ref.js';

/** Where a line stands. */
export interface LinePlace {
  /** The first line is 1. */
  readonly number: number;
  /** The file ended in the middle of it. */
  readonly isCutOff: boolean;
}

/** What a file is that ends before it says what it is. */
export function cutOffAtOnce(file: string): UserError {
  return new UserError(`"${file}" is cut off before it says what it is.`, {
    hint: 'Copy it again, or collect again.',
  });
}

/** Reads NDJSON line by line: a header, then a `kind` and a `value` per line, last the `end` with what was counted. */
export class LineReader {
  private hasHeader = false;
  private strangeLines = 0;
  private end: Row | undefined;
  private behindEnd = 0;
  private readonly counts = new Map<Collection, number>();
  private readonly lists: Readonly<Record<Collection, RowList>>;

  constructor(
    private readonly file: string,
    private readonly collected: Collected,
  ) {
    const lists = collections.map(name => [name, rowList(file, `/${name}`)]);
    this.lists = Object.fromEntries(lists) as Record<Collection, RowList>;
  }

  /** Whether so much of it makes no sense that the rest is not worth reading. */
  get isHopeless(): boolean {
    return this.strangeLines > maxStrangeLines;
  }

  /** `isCutOff`: the file ended in the middle of the line. @throws UserError where this is no snapshot, or two. */
  read(text: string, { number, isCutOff }: LinePlace): void {
    if (this.isHopeless) return;
    // Of what is blank, but no blank of JSON's; all other blank lines do not get here.
    if (text.trim() === '') return void this.strangeLines++;
    const line = parseLine(number === 1 ? text.replace(/^\ufeff/, '') : text);
    if (!this.hasHeader) {
      if (line === undefined && isCutOff && text.startsWith('{')) throw cutOffAtOnce(this.file);
      return this.readFirst(line);
    }
    if (isRow(line) && isHeader(line))
      throw new UserError(`"${this.file}" holds two snapshots: another one begins in line ${number}.`);
    if (this.end !== undefined) this.behindEnd++;
    else if (isRow(line) && own(line, 'kind') === 'end') this.end = line;
    else if (line !== undefined || !isCutOff) this.readRow(line, number);
  }

  /** Nothing more comes, though the file goes on. `reason` is a whole sentence without its end. */
  stop(reason: string): void {
    if (!this.hasHeader) throw noSnapshot(this.file);
    this.cutOff(reason);
  }

  /** To be called once all lines were read. */
  finish(): void {
    if (!this.hasHeader) throw new UserError(`"${this.file}" is empty.`);
    if (this.end === undefined) return this.cutOff('Its end is missing');
    if (this.behindEnd > 0) {
      const message = `Nothing was read of ${largeCount(this.behindEnd, 'line')} behind the end of the snapshot.`;
      this.incomplete('snapshot-rows-after-end', message, 'lines behind ends');
    }
    this.checkCounts(this.end);
  }

  private readFirst(line: unknown): void {
    if (!isRow(line)) throw noSnapshot(this.file);
    readHeader(line, this.file, this.collected);
    const held = collections.find(name => own(line, name) !== undefined);
    if (held !== undefined) {
      throw new UserError(
        `"${this.file}" holds its ${held} in the first line; NDJSON has a line for each row.`,
        {
          hint: 'A snapshot that is one JSON object belongs into a file named .json that is not packed.',
        },
      );
    }
    this.hasHeader = true;
  }

  private readRow(line: unknown, number: number): void {
    const place = `line ${number}`;
    if (!isRow(line))
      return this.strange(number, line === undefined ? 'it is not JSON' : 'it is not an object');
    const collection = collectionNamed(textOf(line, 'kind') ?? '');
    if (collection === undefined) return this.strange(number, 'its kind is none that a snapshot has');
    const count = this.counts.get(collection) ?? 0;
    this.counts.set(collection, count + 1);
    const at = new RowRef(this.lists[collection], count);
    addRow(this.collected, collection, { value: own(line, 'value'), at, place });
  }

  private strange(number: number, reason: string): void {
    this.strangeLines++;
    const message = `Line ${number} of the snapshot was skipped: ${reason}.`;
    this.incomplete('snapshot-entry-unknown', message, 'lines of the snapshot were skipped');
  }

  private checkCounts(end: Row): void {
    const counts = own(end, 'counts');
    if (!isRow(counts)) return this.cutOff('Its end does not say how many rows it should hold');
    const stated = new Map<string, unknown>();
    for (const [kind, count] of Object.entries(counts)) stated.set(collectionNamed(kind) ?? kind, count);
    for (const name of this.counts.keys()) if (!stated.has(name)) stated.set(name, 0);
    for (const [kind, count] of stated) {
      const present = this.counts.get(kind as Collection) ?? 0;
      if (present === count) continue;
      const shown = typeof count === 'number' ? count : 'no number of';
      this.cutOff(`It should hold ${shown} ${kind.slice(0, longestKind)} and holds ${present}`);
    }
  }

  private cutOff(what: string): void {
    const message = `${what}: the snapshot is not complete, and what it lacks was not looked at.`;
    this.incomplete('snapshot-truncated', message, 'collections of the snapshot are not complete');
  }

  private incomplete(code: string, message: string, group: string): void {
    this.collected.isComplete = false;
    this.collected.notices.add(code, message, this.file, group);
  }
}

const longestKind = 40;

/** Whoever writes a snapshot may get some lines wrong. */
export const maxStrangeLines = 100_000;

/** `roleAssignments`, or `roleAssignment` for the one that stands there. */
function collectionNamed(kind: string): Collection | undefined {
  return names.get(kind);
}

const names: ReadonlyMap<string, Collection> = new Map(
  collections.flatMap(name => [
    [name, name],
    [name.replace(/s$/, ''), name],
  ]),
);

function parseLine(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
