import { readSync } from 'node:fs';
import { UserError } from '../errors.js';
import type { Collection } from '../snapshot/collected.js';
import type { SnapshotGap } from '../snapshot/snapshot.js';
import type { SharedRow } from './unit-result.js';

/** What a collection was asked for: only the same one may go on with its journal. */
export interface JournalHeader {
  readonly journal: typeof journalVersion;
  readonly collectedAt: string;
  readonly tenantId: string;
  readonly cloud: string;
  /** Options that decide what is collected, in words that a person can compare. */
  readonly request: Readonly<Record<string, string>>;
}

export const journalVersion = 'azrbac-journal 1';

export interface JournalEntry {
  readonly unit: string;
  readonly order: number;
  readonly parts: readonly {
    readonly kind: Collection;
    readonly count: number;
    readonly bytes: number;
    readonly offset: number;
  }[];
  readonly shared: readonly SharedRow[];
  readonly gaps: readonly SnapshotGap[];
  /** Not done: what failed in passing is worth another try. */
  readonly isOpen: boolean;
}

/**
 * An entry is a line of JSON, then the packed rows that it announces, then a line feed. Those that were written whole
 * are read; `end` is where they end.
 * @throws UserError where the file is no journal.
 */
export function readEntries(
  file: number,
  shown: string,
): { header: JournalHeader; entries: JournalEntry[]; end: number } {
  const reader = new LineReader(file);
  const header = parsed(reader.lineAt(0)?.text) as JournalHeader | undefined;
  if (header?.journal !== journalVersion) throw notOurs(shown);
  const entries: JournalEntry[] = [];
  let end = reader.lineAt(0)!.end;
  for (let line = reader.lineAt(end); line !== undefined; line = reader.lineAt(end)) {
    const entry = parsed(line.text) as JournalEntry | undefined;
    if (entry === undefined) break;
    let offset = line.end;
    const parts = entry.parts.map(part => ({ ...part, offset: (offset += part.bytes) - part.bytes }));
    if (!reader.endsLineAt(offset)) break;
    end = offset + 1;
    entries.push({ ...entry, parts });
  }
  return { header, entries, end };
}

export function notOurs(shown: string): UserError {
  return new UserError(`"${shown}" was left by no collection that this azrbac can resume.`, {
    hint: 'Run the same command without --resume.',
  });
}

function parsed(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

class LineReader {
  private readonly buffer = Buffer.allocUnsafe(1 << 16);

  constructor(private readonly file: number) {}

  /** The line that starts there, and where the next one starts; undefined where no line feed follows. */
  lineAt(start: number): { text: string; end: number } | undefined {
    const chunks: Buffer[] = [];
    for (let at = start; ; ) {
      const got = readSync(this.file, this.buffer, 0, this.buffer.length, at);
      if (got === 0) return undefined;
      const feed = this.buffer.subarray(0, got).indexOf(10);
      chunks.push(Buffer.from(this.buffer.subarray(0, feed < 0 ? got : feed)));
      at += got;
      if (feed >= 0) return { text: Buffer.concat(chunks).toString('utf8'), end: at - got + feed + 1 };
    }
  }

  endsLineAt(offset: number): boolean {
    return readSync(this.file, this.buffer, 0, 1, offset) === 1 && this.buffer[0] === 10;
  }
}
