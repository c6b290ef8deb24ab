import { append } from '../../maps.js';
import type { Notice } from '../../errors.js';
import {
  type FixableFinding,
  fixDocument,
  type FixedDocument,
  type Refusal,
} from '../../lint/fix/fix-document.js';
import { decode } from '../../input/decode.js';
import type { SourceDocument } from '../../input/source-document.js';
import type { Finding } from '../../lint/engine/finding.js';
import { OperationIndex } from '../../rbac/permissions/operation-index.js';
import { count } from '../../reporters/lint/summary.js';
import { holdingSignals } from '../../cli/hold-signals.js';
import type { LintedFile, LintInput } from '../../workspace/lint-input.js';
import { openDocument } from '../../workspace/open-document.js';
import type { LintSession } from '../../workspace/lint-session.js';
import { unifiedDiff } from '../../text/unified-diff.js';
import { readFixable, writeFixedFile } from './write-fixed-file.js';

interface FixOptions {
  /** Otherwise nothing is written. */
  readonly fix: boolean;
  readonly 'fix-typos': boolean;
}

/** What fixing changed, or would change. */
export interface Fixed {
  /** The input as it is with the fixes, and notices on those that could not be applied. */
  readonly input: LintInput;
  readonly findings: number;
  readonly files: number;
  /** The differences, as `git apply` takes them. */
  readonly diff: string;
}

/**
 * Mends what can be mended without judgement, and typos where that is asked for, until nothing is left that can be; writes
 * it unless it is a rehearsal.
 */
export async function fixFiles(session: LintSession, input: LintInput, options: FixOptions): Promise<Fixed> {
  const { catalog } = session.request;
  const tools: FixTools = { catalog, index: new OperationIndex(catalog) };
  const fixes = input.files.map(file => new FileFix(file, session, options));
  for (let pass = 0; ; pass++) {
    if (pass === maxPasses)
      throw new Error(`Fixing does not come to an end: after ${pass} passes there is more to do.`);
    const { findings } = session.lint();
    const fixable = byDocument(findings.filter(finding => isWanted(finding, options)));
    const changed = fixes.filter(fix => fix.apply(fixable.get(fix.file.document) ?? [], tools));
    if (changed.length === 0) break;
  }
  const done = fixes.filter(({ isChanged }) => isChanged);
  if (options.fix) for (const fix of done) await holdingSignals(() => fix.write());
  const files = fixes.map(({ file }) => file);
  const notices = [...input.notices, ...fixes.flatMap(fix => fix.notices)];
  return {
    input: { ...input, files, notices },
    findings: done.reduce((sum, { applied }) => sum + applied, 0),
    files: done.filter(({ isChanged }) => isChanged).length,
    diff: done.map(({ diff }) => diff).join(''),
  };
}

/**
 * What one fix uncovers, such as a blank in front of an entry on the wrong plane, the next pass mends. Each makes a file
 * shorter or takes a fault out of it: so many are beyond all files.
 */
const maxPasses = 10_000;

type FixTools = Omit<Parameters<typeof fixDocument>[2], 'fromDisk'>;

/** The way of one file. */
class FileFix {
  file: LintedFile;
  applied = 0;
  private refused: readonly Refusal[] = [];
  private problem: string | undefined;
  private source: FileSource | undefined;

  constructor(
    private readonly original: LintedFile,
    private readonly session: LintSession,
    private readonly options: FixOptions,
  ) {
    this.file = original;
  }

  get isChanged(): boolean {
    return this.applied > 0;
  }

  /** Applies what can be proved. Whether that was anything. */
  apply(findings: readonly FixableFinding[], tools: FixTools): boolean {
    if (findings.length === 0 || this.problem !== undefined) {
      this.refused = [];
      return false;
    }
    this.source ??= sourceOf(this.original, this.options);
    if ('reason' in this.source) {
      this.problem = this.source.reason;
      return false;
    }
    const { encode } = this.source;
    const fromDisk = (text: string) => decode(encode(text), this.file.file.shown).text;
    const refused: Refusal[] = [];
    for (const stage of inStages(findings)) {
      const fixed = fixDocument(this.file.document, stage, { ...tools, fromDisk });
      if (fixed.applied.length > 0) return this.accept(fixed);
      refused.push(...fixed.refused);
    }
    this.refused = refused;
    return false;
  }

  private accept({ text, applied }: FixedDocument): true {
    this.applied += applied.length;
    this.take(readAgain(this.original, text));
    return true;
  }

  private take(file: LintedFile): void {
    this.file = file;
    this.session.put(file.file.path, file);
  }

  write(): void {
    if (this.source === undefined || 'reason' in this.source) return;
    const { bytes, encode } = this.source;
    this.problem = writeFixedFile(this.file.file, bytes, encode(this.file.document.text));
    if (this.problem === undefined) return;
    this.take(this.original);
    this.applied = 0;
  }

  /** The difference of what is in the file, its byte order mark included. */
  get diff(): string {
    if (this.source === undefined || 'reason' in this.source || this.isUtf16) return '';
    const { encode } = this.source;
    const [before, after] = [this.original, this.file].map(({ document }) =>
      encode(document.text).toString(),
    );
    return unifiedDiff({ path: this.file.file.shown, before: before!, after: after! });
  }

  private get isUtf16(): boolean {
    return this.source !== undefined && 'bytes' in this.source && this.source.bytes.includes(0);
  }

  get notices(): Notice[] {
    const file = this.file.file.shown;
    const reasons = this.problem === undefined ? reasonsOf(this.refused) : [];
    const messages = reasons.map(([reason, fixes]) => `${nameOf(fixes)} not fixed: ${reason}.`);
    if (!this.options.fix && this.isChanged && this.isUtf16)
      messages.push('The difference is not shown: Git takes UTF-16 for binary.');
    if (this.problem !== undefined) messages.push(`The file was not fixed: ${this.problem}.`);
    return messages.map(message => ({ code: 'not-fixed', message, file }));
  }
}

/** A file's bytes, and how they are made of its text. */
type FileSource =
  | { readonly bytes: Buffer; readonly encode: (text: string) => Buffer }
  | { readonly reason: string };

/** What a rehearsal would find in the way is in the way of the real thing. */
function sourceOf({ file, document }: LintedFile, { fix }: FixOptions): FileSource {
  if (file.path === '-' && !fix) return { bytes: Buffer.alloc(0), encode: text => Buffer.from(text) };
  const read = readFixable(file);
  if ('reason' in read) return read;
  const encode = encodings.find(candidate => candidate(document.text).equals(read.bytes));
  if (encode === undefined) return { reason: 'it changed since it was read, or has an unusual encoding' };
  return { bytes: read.bytes, encode };
}

/** A file keeps its encoding and its byte order mark. */
const encodings: readonly ((text: string) => Buffer)[] = [
  text => Buffer.from(text, 'utf8'),
  text => Buffer.from(`\ufeff${text}`, 'utf8'),
  text => Buffer.from(`\ufeff${text}`, 'utf16le'),
  text => Buffer.from(`\ufeff${text}`, 'utf16le').swap16(),
  text => Buffer.from(text, 'utf16le'),
  text => Buffer.from(text, 'utf16le').swap16(),
];

/**
 * What changes nothing, then typos, then moves: only once all entries are mended is it known what takes away from those
 * that move.
 */
function inStages(findings: readonly FixableFinding[]): FixableFinding[][] {
  const isMove = ({ fix }: FixableFinding): boolean => fix.kind === 'move';
  return [
    findings.filter(finding => finding.fix.effect === 'none'),
    findings.filter(finding => finding.fix.effect === 'intended' && !isMove(finding)),
    findings.filter(isMove),
  ];
}

/** A typo's cure is a guess, if a good one; all else leaves what the role grants as it is, or as it was meant. */
function isWanted(finding: Finding, options: FixOptions): finding is FixableFinding {
  const { fix } = finding;
  if (fix === undefined) return false;
  return fix.kind !== 'replace' || fix.effect === 'none' || options['fix-typos'];
}

function byDocument(findings: readonly FixableFinding[]): Map<SourceDocument, FixableFinding[]> {
  const groups = new Map<SourceDocument, FixableFinding[]>();
  for (const finding of findings) {
    append(groups, finding.at.document, finding);
  }
  return groups;
}

function readAgain({ file }: LintedFile, text: string): LintedFile {
  const { document, roleDefinitions } = openDocument({ text, file: file.shown });
  return { file, document: document!, roleDefinitions };
}

function reasonsOf(refused: readonly Refusal[]): [string, FixableFinding[]][] {
  const findings = new Map<string, FixableFinding[]>();
  for (const { reason, finding } of refused) {
    append(findings, reason, finding);
  }
  return [...findings];
}

function nameOf(findings: readonly FixableFinding[]): string {
  const ids = [...new Set(findings.map(({ rule }) => rule.id))].join(', ');
  return `${count(findings.length, 'finding')} (${ids}) ${findings.length === 1 ? 'was' : 'were'}`;
}
