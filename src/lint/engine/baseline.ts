import { compareText } from '../../compare-text.js';
import { UserError } from '../../errors.js';
import type { RunCoverage } from './config-suppressions.js';
import type { Finding, LintResult } from './finding.js';
import { isOfSnapshot, snapshotKey } from './snapshot-key.js';

/** Findings that were accepted as they stood at a date, so that only new ones count. */
export interface Baseline {
  readonly version: 1;
  readonly kind: 'azrbac-baseline';
  /** The day on which it last changed, `YYYY-MM-DD`. */
  readonly date: string;
  readonly findings: readonly BaselineEntry[];
}

/** A baseline and the name of its file, as shown to people. */
export interface BaselineFile {
  readonly file: string;
  readonly baseline: Baseline;
  /** The command that writes it anew, with its subject; `azrbac lint` unless told. */
  readonly command?: string;
}

/** The fingerprint decides; the rest is for the reader of the file. */
export interface BaselineEntry {
  readonly fingerprint: string;
  readonly ruleId: string;
  /** Relative to the configuration's folder; {@link snapshotKey} for what is found in a snapshot. */
  readonly file: string;
  readonly role: string | null;
}

/**
 * Reads the text of a baseline file.
 * @throws UserError where it is none; `file` names it in the message.
 */
export function parseBaseline(text: string, file: string): Baseline {
  try {
    const baseline = JSON.parse(text) as Baseline;
    if (isBaseline(baseline)) return baseline;
  } catch {
    // Said below.
  }
  throw new UserError(`The baseline "${file}" is not a baseline of azrbac.`, {
    hint: `Name another file, or write a new one: remove it and run: azrbac lint --baseline "${file}" --update-baseline`,
  });
}

export interface BaselineUpdate {
  readonly before: Baseline | undefined;
  readonly asOf: string;
  readonly fileKey: (file: string) => string;
  readonly reach: RunCoverage;
}

/**
 * The baseline that accepts all that a run found. Of the one before, what speaks of files that the run did not read
 * stays where the run was about a few files only, and the date stays where nothing changed.
 */
export function updateBaseline(
  { findings, suppressed }: Pick<LintResult, 'findings' | 'suppressed'>,
  { before, asOf, fileKey, reach }: BaselineUpdate,
): Baseline {
  const accepted = suppressed.filter(({ by }) => by === 'baseline').map(({ finding }) => finding);
  const isRead = readBy(reach);
  const kept = (before?.findings ?? []).filter(({ file }) => !isRead(file));
  const entries = [...kept, ...[...findings, ...accepted].map(finding => toEntry(finding, fileKey))].sort(
    compareEntries,
  );
  const isSame = before !== undefined && encodeEntries(entries) === encodeEntries(before.findings);
  return { version: 1, kind: 'azrbac-baseline', date: isSame ? before.date : asOf, findings: entries };
}

/** Entries about files that the run read, of findings that are gone. */
export function staleEntries(
  { findings }: Baseline,
  matched: ReadonlySet<string>,
  reach: RunCoverage,
): BaselineEntry[] {
  const isRead = readBy(reach);
  return findings.filter(({ fingerprint, file }) => !matched.has(fingerprint) && isRead(file));
}

/** Tells of a file whether the run has read it, would it be there. */
function readBy({ coverage, files, snapshot }: RunCoverage): (file: string) => boolean {
  const read = new Set(files);
  return file => {
    if (file === snapshotKey) return snapshot !== undefined;
    return (
      coverage === 'everything' || read.has(file) || (snapshot !== undefined && isOfSnapshot(file, snapshot))
    );
  };
}

/** One finding per line, so that a change shows as what it is. */
export function encodeBaseline({ findings, ...head }: Baseline): string {
  const start = JSON.stringify(head, null, 2).replace(/\n\}$/, '');
  return `${start},\n  "findings": [${encodeEntries(findings)}${findings.length === 0 ? '' : '\n  '}]\n}\n`;
}

function encodeEntries(entries: readonly BaselineEntry[]): string {
  return entries.map(entry => `\n    ${JSON.stringify(entry)}`).join(',');
}

function toEntry(
  { fingerprint, rule, at, subject }: Finding,
  fileKey: (file: string) => string,
): BaselineEntry {
  return {
    fingerprint,
    ruleId: rule.id,
    file: fileKey(at.document.file),
    role: subject?.name ?? subject?.id ?? null,
  };
}

function compareEntries(a: BaselineEntry, b: BaselineEntry): number {
  return (
    compareText(a.file, b.file) ||
    compareText(a.ruleId, b.ruleId) ||
    compareText(a.fingerprint, b.fingerprint)
  );
}

function isBaseline(value: Partial<Baseline> | null): boolean {
  return (
    value?.version === 1 &&
    value.kind === 'azrbac-baseline' &&
    Array.isArray(value.findings) &&
    value.findings.every(isEntry)
  );
}

function isEntry(entry: Partial<BaselineEntry> | null): boolean {
  return typeof entry?.fingerprint === 'string' && typeof entry.file === 'string';
}
