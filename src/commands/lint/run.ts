import { type ExitCode, exitSuccess, exitFindings, exitFailure, exitUnknown } from '../../cli/exit-codes.js';
import { packageVersion } from '../../package/package-folder.js';
import { UserError } from '../../errors.js';
import type { LintResult } from '../../lint/engine/finding.js';
import { isAtLeast, type Severity } from '../../lint/engine/rule.js';
import { visible } from '../../text/escape.js';
import {
  formatNotice,
  type ReportFormat,
  type ReportOptions,
  reportPieces,
} from '../../reporters/lint/reporters.js';
import { count } from '../../reporters/lint/summary.js';
import { colorLevel } from '../../cli/color.js';
import type { lintDeclaration } from './options.js';
import type { CommandLine } from '../../cli/command-spec.js';
import type { Io } from '../../cli/io.js';
import {
  assignmentsIn,
  byPath,
  type LintInput,
  readFiles,
  rolesIn,
  type Selection,
  selectFiles,
} from '../../workspace/lint-input.js';
import { holdsAny } from '../../workspace/linted-file.js';
import { leftOutOf, prepareLint } from '../../workspace/lint-request.js';
import { LintSession, type PreparedLint } from '../../workspace/lint-session.js';
import { openWorkspace, type Workspace } from '../../workspace/workspace.js';
import { acceptAll } from './accept-all.js';
import type { Configured } from './config-text.js';
import type { LintTenant } from './lint-tenant.js';
import { expectNotOverwritten } from '../../cli/output-apart.js';
import { isBareGithubStep, outputsOf } from '../../cli/outputs.js';
import { printNotices, toJson, writeReport } from '../../cli/output.js';
import { today } from '../../cli/today.js';

type Options = CommandLine<typeof lintDeclaration.options>['options'];

/** `azrbac lint` */
export async function run(
  { positionals, options }: CommandLine<typeof lintDeclaration.options>,
  io: Io,
): Promise<ExitCode> {
  if (options['fix-typos'] && !options.fix && !options['fix-dry-run']) {
    throw new UserError('"--fix-typos" needs --fix or --fix-dry-run beside it.');
  }
  if (options.expect !== undefined && options.snapshot === undefined) {
    throw new UserError('"--expect" needs --snapshot beside it: what identities hold must be known.');
  }
  const workspace = await openWorkspace(options, io);
  const selection = selectFiles(positionals, options, workspace);
  if (options['list-files']) return listFiles(selection, options, io);
  const prepared = await prepareLint(workspace, options, {
    asOf: today(options['as-of']),
    files: selection.files,
  });
  if (options['print-config']) {
    return printConfig({ positionals, files: selection.files, prepared }, options, io);
  }
  const { request, notices, leniency } = prepared;
  const read = await readFiles(selection, workspace);
  for (const { file } of outputsOf(options)) expectNotOverwritten(file, filesToKeep(read, request), io);
  const tenant = await tenantOf(options, read, workspace);
  const { coverage } = selection;
  const code = await codeChecks(read);
  const session = new LintSession({ ...request, ...code, ...tenant?.request, coverage }, byPath(read));
  const { input, diff } = await fix(session, read, options, io);
  const accepted = options['update-baseline']
    ? acceptAll(session, input, options, workspace)
    : session.lint();
  const everyNotice = [...notices, ...(tenant?.notices ?? []), ...input.notices, ...accepted.notices];
  const roleChanges = tenant?.changes;
  const leftOut = leftOutOf(accepted, input, selection, leniency);
  const complete = { ...accepted, notices: everyNotice, leftOut, ...(roleChanges && { roleChanges }) };
  const inputErrors = tenant?.inputErrors ?? [];
  return report({ result: complete, input, inputErrors, diff }, workspace, options, io);
}

async function printConfig(configured: Configured, options: Options, io: Io): Promise<ExitCode> {
  const { configText } = await import('./config-text.js');
  writeReport(configText(configured, options), options, io);
  return exitSuccess;
}

/** Other files in a folder may be last week's report. */
function filesToKeep({ files }: LintInput, { baseline }: PreparedLint): string[] {
  const roles = files.filter(holdsAny);
  return [...roles.map(({ file }) => file.path), ...(baseline === undefined ? [] : [baseline.file])];
}

/** Only a run with role assignments in its files loads what looks at them. */
async function codeChecks(input: LintInput): Promise<Pick<PreparedLint, 'findCheck' | 'tenantsOfCode'>> {
  if (assignmentsIn(input).length === 0) return {};
  const { assignmentChecks } = await import('../../workspace/assignment-checks.js');
  return assignmentChecks;
}

/** Only a run with a snapshot loads what it takes to read one. */
async function tenantOf(
  options: Pick<Options, 'snapshot' | 'expect' | 'assume-complete' | 'strict-exports'>,
  input: LintInput,
  workspace: Workspace,
): Promise<LintTenant | undefined> {
  const { snapshot } = options;
  if (snapshot === undefined) return undefined;
  const { readLintTenant } = await import('./lint-tenant.js');
  return readLintTenant({ ...options, snapshot }, rolesIn(input), workspace);
}

/** The input as it is with the fixes, where they were asked for; it is the session's, too. */
async function fix(
  session: LintSession,
  input: LintInput,
  options: Options,
  io: Io,
): Promise<{ readonly input: LintInput; readonly diff: string | undefined }> {
  if (!options.fix && !options['fix-dry-run']) return { input, diff: undefined };
  const { fixFiles } = await import('./lint-fix.js');
  const fixed = await fixFiles(session, input, options);
  const verb = options.fix ? 'Fixed' : 'Would fix';
  printNotices(
    [`${verb} ${count(fixed.findings, 'finding')} in ${count(fixed.files, 'file')}.`],
    options,
    io,
  );
  // A report that was asked for is one of what would be left.
  const isDiff = !options.fix && options.format.length === 0;
  return { input: fixed.input, diff: isDiff ? fixed.diff : undefined };
}

interface Linted {
  readonly result: LintResult;
  readonly input: LintInput;
  /** In expectations. */
  readonly inputErrors: readonly string[];
  /** What is written in place of the report, if that is what was asked for. */
  readonly diff: string | undefined;
}

async function report(
  { result, input, inputErrors, diff }: Linted,
  { configuration: { config } }: Workspace,
  options: Options,
  io: Io,
): Promise<ExitCode> {
  const failOn = options['fail-on'] ?? config.failOn ?? 'medium';
  const failures = [...inputErrors, ...failuresOf(result, input, options)];
  const shown = atLeast(result, options['min-severity'], failOn);
  const reportOptions = {
    version: packageVersion(),
    failOn,
    sort: options.sort,
    verbose: options.verbose,
    withoutSummary: options['no-summary'],
    isIncomplete: failures.length > 0,
  };
  if (diff !== undefined) writeDiff(diff, result, options, io);
  else
    for (const { format, file: output } of outputsOf(options)) {
      const color = colorLevel({ color: options.color, output }, io);
      const columns = output === undefined ? io.columns : undefined;
      const text = await reportPieces(format as ReportFormat, shown, { ...reportOptions, color, columns });
      writeReport(text, { ...options, output }, io);
    }
  if (isBareGithubStep(options, io)) await writeGithub(shown, reportOptions, io);
  printNotices(noticeLines(result.notices, options), options, io);
  printNotices(failures, { quiet: false }, io);
  if (failures.length > 0) return exitFailure;
  // What is not shown fails a run as well.
  const isFailed = result.findings.some(({ severity }) => isAtLeast(severity, failOn));
  if (isFailed && !options['exit-zero']) return exitFindings;
  return options['fail-on-unknown'] && result.notices.some(saysUnknown) ? exitUnknown : exitSuccess;
}

/** To the letter, as `git apply` needs it; only a terminal is spared what would command it. */
function writeDiff(diff: string, { findings }: LintResult, options: Options, io: Io): void {
  const isSeen = options.output === undefined && io.stdout.isTTY;
  const shown = isSeen ? diff.split('\n').map(visible).join('\n') : diff;
  if (diff !== '') writeReport(shown, options, io);
  printNotices([`${count(findings.length, 'finding')} would be left.`], options, io);
}

/** Whether a notice is about something that was not looked at, or only in part. */
function saysUnknown({ code }: LintResult['notices'][number]): boolean {
  return unknownCodes.has(code);
}

const unknownCodes: ReadonlySet<string> = new Set([
  'condition-not-read',
  'file-too-large',
  'file-unreadable',
  'module-not-read',
  'nested-too-deeply',
  'not-a-regular-file',
  'not-supported-yet',
  'pattern-not-evaluated',
  'template-link',
  'unknown-value',
]);

/** Without the milder findings, whose numbers the summary keeps. */
function atLeast(result: LintResult, least: Severity | undefined, failOn: Severity | 'never'): LintResult {
  if (least === undefined) return result;
  const findings = result.findings.filter(({ severity }) => isAtLeast(severity, least));
  const hidden = result.findings.filter(({ severity }) => !isAtLeast(severity, least));
  const failing = hidden.filter(({ severity }) => isAtLeast(severity, failOn)).length;
  const milder = { number: hidden.length, least, failing };
  return { ...result, findings, leftOut: { ...result.leftOut, milder } };
}

/** Only a step of a workflow loads what it takes to annotate. */
async function writeGithub(result: LintResult, options: Omit<ReportOptions, 'color'>, io: Io): Promise<void> {
  const { writeGithubStep } = await import('../../cli/github-actions.js');
  const annotations = await reportPieces('github', result, { ...options, color: 0 });
  const summary = await reportPieces('markdown', result, { ...options, color: 0 });
  writeGithubStep({ annotations, summary }, io);
}

/** A hook passes every JSON file that is committed: where nothing need be a role, files that are none are only counted. */
function noticeLines(notices: LintResult['notices'], options: Options): string[] {
  if (!options['allow-empty']) return notices.map(formatNotice);
  const others = notices.filter(({ code }) => code !== 'no-role-definition');
  const lines = others.map(formatNotice);
  const emptyFiles = notices.length - others.length;
  if (emptyFiles > 0) lines.push(`notice  ${count(emptyFiles, 'file')} without a role definition`);
  return lines;
}

/** What kept the job from being done; bad content is none. */
function failuresOf(result: LintResult, { files, problems }: LintInput, options: Options): string[] {
  const failures = problems.map(({ message }) => `azrbac: ${visible(message)}`);
  const isEmpty =
    options.snapshot === undefined && files.every(file => !holdsAny(file)) && result.findings.length === 0;
  if (!isEmpty || options['allow-empty'] || failures.length > 0) return failures;
  const where = count(files.length, 'file');
  return [`azrbac: No role definition was found in ${where}. If that is intended, add --allow-empty.`];
}

/** `--list-files`: what a run would read. */
function listFiles({ files, problems, notices }: Selection, options: Options, io: Io): ExitCode {
  const shown = files.map(file => file.shown);
  const list = options.format.includes('json')
    ? toJson({ version: 1, files: shown, notices })
    : shown.map(line => `${visible(line)}\n`).join('');
  writeReport(list, options, io);
  printNotices(notices.map(formatNotice), options, io);
  printNotices(
    problems.map(({ message }) => `azrbac: ${visible(message)}`),
    { quiet: false },
    io,
  );
  return problems.length > 0 ? exitFailure : exitSuccess;
}
