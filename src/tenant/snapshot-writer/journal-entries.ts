import { UserError } from '../../errors.js';
import {
  isHead,
  isJournalHeader,
  type JournalHeader,
  type AnnouncedPart,
  type EntryHead,
} from './journal-shape.js';
import { type Seal, type SealedRecord, SealedFile } from './sealed-file.js';

/** Where the packed rows stand in the journal. */
export interface StoredPart extends AnnouncedPart {
  readonly offset: number;
}

export interface JournalEntry extends EntryHead {
  readonly parts: readonly StoredPart[];
}

export interface ReadJournal {
  readonly header: JournalHeader;
  readonly entries: readonly JournalEntry[];
  /** Where what can be trusted ends, and the seal that it ends with. */
  readonly end: number;
  readonly seal: Seal;
  /** Bytes behind it. */
  readonly lost: number;
}

/**
 * Reads the entries up to the first one that is not as it was written. None behind it counts, either: what it had, they
 * may have left out.
 * @throws UserError where the file is no journal.
 */
export function readEntries(file: number, shown: string): ReadJournal {
  const sealed = new SealedFile(file);
  const first = sealed.recordAt(0, firstSeal);
  const header = first === undefined ? undefined : parsed(first.text);
  if (first === undefined || !isJournalHeader(header)) {
    throw sealed.startsWith(olderStart) ? leftByOlder(shown) : notOurs(shown);
  }
  const entries: JournalEntry[] = [];
  let last: SealedRecord = first;
  for (;;) {
    const next = sealed.recordAt(last.end, last.seal);
    const head = next === undefined ? undefined : parsed(next.text);
    if (next === undefined || !isHead(head)) break;
    const parts = placed(head.parts, next.bodyStart);
    if (parts.reduce((sum, { bytes }) => sum + bytes, 0) !== next.bodyLength) break;
    entries.push({ ...head, parts });
    last = next;
  }
  return { header, entries, end: last.end, seal: last.seal, lost: sealed.size - last.end };
}

/** The parts, one behind the other from there on. */
export function placed(parts: readonly AnnouncedPart[], start: number): StoredPart[] {
  let offset = start;
  return parts.map(part => ({ ...part, offset: (offset += part.bytes) - part.bytes }));
}

/** What the first entry goes on from: tells one version of the format from another. */
export const firstSeal = 'azrbac-journal 2';

const olderStart = '{"journal":"azrbac-journal 1"';

export function notOurs(shown: string): UserError {
  return new UserError(`"${shown}" was left by no collection that this azrbac can resume.`, {
    hint: 'Run the same command without --resume.',
  });
}

function leftByOlder(shown: string): UserError {
  return new UserError(`"${shown}" was left by an older azrbac, whose work this one cannot go on with.`, {
    hint: 'Run the same command without --resume to collect anew.',
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
