import type { Notice } from '../errors.js';
import { type FixableFinding, type FixedDocument, fixDocument } from '../fix/fix-document.js';
import { readJson } from '../input/json.js';
import { readerFor } from '../input/readers.js';
import type { SourceDocument } from '../input/source-document.js';
import type { Finding } from '../lint/finding.js';
import type { LintRequest } from '../lint/run.js';
import { findRoleDefinitions } from '../model/find-role-definitions.js';
import { OperationIndex } from '../permissions/operation-index.js';
import { holdingSignals } from './hold-signals.js';
import type { LintedFile, LintInput } from './lint-input.js';
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
}

/** Mends what can be mended without judgement, and typos where that is asked for; writes it unless it is a rehearsal. */
export async function fixFiles(
  findings: readonly Finding[],
  input: LintInput,
  { catalog }: Pick<LintRequest, 'catalog'>,
  options: FixOptions,
): Promise<Fixed> {
  const tools = { catalog, index: new OperationIndex(catalog) };
  const fixable = byDocument(findings.filter(finding => isWanted(finding, options)));
  const notices: Notice[] = [];
  let [fixedFindings, fixedFiles] = [0, 0];
  const files: LintedFile[] = [];
  for (const file of input.files) {
    files.push(file);
    const wanted = fixable.get(file.document);
    if (wanted === undefined) continue;
    const fixed = fixDocument(file.document, wanted, tools);
    const isWritten = fixed.applied.length > 0 && options.fix;
    const problem = isWritten ? await holdingSignals(() => write(file, fixed.text)) : undefined;
    notices.push(...refusals(fixed, file), ...(problem === undefined ? [] : [problem]));
    if (problem !== undefined || fixed.applied.length === 0) continue;
    fixedFindings += fixed.applied.length;
    fixedFiles++;
    files[files.length - 1] = readAgain(file, fixed.text);
  }
  return {
    input: { ...input, files, notices: [...input.notices, ...notices] },
    findings: fixedFindings,
    files: fixedFiles,
  };
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
    const group = groups.get(finding.at.document);
    if (group === undefined) groups.set(finding.at.document, [finding]);
    else group.push(finding);
  }
  return groups;
}

function readAgain({ file }: LintedFile, text: string): LintedFile {
  const document = (readerFor(file.shown)?.read ?? readJson)(text, file.shown);
  return { file, document, roleDefinitions: findRoleDefinitions(document, file.isNamed).roleDefinitions };
}

/** A notice where the file is not as it was read, or not to be written: the others are fixed all the same. */
function write({ file, document }: LintedFile, text: string): Notice | undefined {
  const read = readFixable(file);
  if ('reason' in read) return notWritten(file.shown, read.reason);
  const encode = encodings.find(candidate => candidate(document.text).equals(read.bytes));
  if (encode === undefined)
    return notWritten(file.shown, 'it changed since it was read, or has an unusual encoding');
  const reason = writeFixedFile(file, read.bytes, encode(text));
  return reason === undefined ? undefined : notWritten(file.shown, reason);
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

function refusals({ refused }: FixedDocument, { file }: LintedFile): Notice[] {
  if (refused.length === 0) return [];
  const ids = [...new Set(refused.map(({ rule }) => rule.id))].join(', ');
  return [
    notFixed(file.shown, `What would mend ${refused.length} findings (${ids}) changes more than it should`),
  ];
}

function notFixed(file: string, reason: string): Notice {
  return { code: 'not-fixed', message: `${reason}; nothing was written for it.`, file };
}

function notWritten(file: string, reason: string): Notice {
  return { code: 'not-fixed', message: `The file was not fixed: ${reason}.`, file };
}
