import { type ExitCode, exitSuccess, exitFindings, exitFailure, exitUnknown } from '../../cli/exit-codes.js';
import type { Tenant } from '../../tenant/access/tenant.js';
import { auditTenant } from '../../analysis/audit/audit-tenant.js';
import type { AuditResult } from '../../analysis/audit/audit-result.js';
import { packageVersion } from '../../package/package-folder.js';
import { findPaths } from '../../analysis/escalation/find-paths.js';
import { openCodes } from '../../analysis/escalation/describe/path-notices.js';
import { isAtLeast, type Severity } from '../../lint/engine/rule.js';
import type { ReportFormat } from '../../reporters/lint/reporters.js';
import { auditPieces } from '../../reporters/audit/reporters.js';
import { visible } from '../../text/escape.js';
import { formatNotice } from '../../text/notice.js';
import { type AuditedSnapshot, auditedSnapshot } from './audited-snapshot.js';
import { exitCodeOfReport } from '../check/check-outcome.js';
import { colorLevel } from '../../cli/color.js';
import type { auditDeclaration } from './options.js';
import type { CommandLine } from '../../cli/command-spec.js';
import type { Io } from '../../cli/io.js';
import {
  byPath,
  type LintInput,
  readFiles,
  rolesIn,
  type Selection,
  selectFiles,
} from '../../workspace/lint-input.js';
import { leftOutOf, type Prepared, prepareLint } from '../../workspace/lint-request.js';
import { LintSession, type PreparedLint } from '../../workspace/lint-session.js';
import { openWorkspace, type Workspace } from '../../workspace/workspace.js';
import { acceptAll } from '../lint/accept-all.js';
import { readLintTenant } from '../lint/lint-tenant.js';
import { type Progress, progressOn } from '../../cli/progress.js';
import { readDocument } from '../../workspace/read-document.js';
import { outputsOf } from '../../cli/outputs.js';
import { type Report, printNotices, writeReport } from '../../cli/output.js';
import { today } from '../../cli/today.js';

type Options = CommandLine<typeof auditDeclaration.options>['options'];

/** `azrbac audit` */
export async function run(
  { positionals, options }: CommandLine<typeof auditDeclaration.options>,
  io: Io,
): Promise<ExitCode> {
  if (options.preflight && options.snapshot === undefined) return preflight(options, io);
  const workspace = await openWorkspace(options, io);
  const prepared = await prepare(positionals, workspace, options);
  const snapshot = await auditedSnapshot(options, io);
  const progress = progressOn(io, options);
  try {
    const audited = await audit({ ...prepared, snapshot }, workspace, options, progress);
    // What goes to the terminal would stand behind the line.
    if (outputsOf(options).some(({ file }) => file === undefined)) progress.end();
    else progress.stage('writing the report');
    return await report(audited, workspace, options, { io, progress });
  } finally {
    progress.end();
    snapshot.remove();
  }
}

/** Before anything is collected: of its formats there are text and JSON. */
async function preflight(options: Options, io: Io): Promise<ExitCode> {
  const [{ format, file }] = outputsOf(options);
  return (await import('../collect/preflight.js')).run({ ...options, format }, file, io);
}

interface PreparedAudit extends Prepared {
  readonly selection: Selection;
  readonly input: LintInput;
}

/** Done first: who misspells an option should not wait for a tenant to be collected. */
async function prepare(
  paths: readonly string[],
  workspace: Workspace,
  options: Options,
): Promise<PreparedAudit> {
  const { snapshot = options['save-snapshot'] } = options;
  const source = snapshot === undefined ? '--tenant' : `--snapshot "${snapshot}"`;
  const selection = selectFiles(
    paths,
    { snapshot: '', 'stdin-filename': undefined, 'no-ignore': options['no-ignore'] },
    workspace,
  );
  const prepared = await prepareLint(workspace, options, {
    asOf: today(options['as-of']),
    command: `azrbac audit ${source}`,
    files: selection.files,
  });
  // It is made sense of when it is known who there is.
  if (options.expect !== undefined && options.expect !== '-')
    await readDocument(options.expect, undefined, workspace.surroundings);
  return { ...prepared, selection, input: await readFiles(selection, workspace) };
}

interface Audited {
  readonly result: AuditResult;
  readonly tenant: Tenant;
  readonly ruleSet: PreparedLint['rules'];
  /** What kept the job from being done in whole. */
  readonly failures: readonly string[];
}

async function audit(
  {
    request,
    notices,
    leniency,
    selection,
    input,
    snapshot,
  }: PreparedAudit & { readonly snapshot: AuditedSnapshot },
  workspace: Workspace,
  options: Options,
  progress: Progress,
): Promise<Audited> {
  progress.stage('reading the snapshot');
  const read = await readLintTenant(
    { ...options, snapshot: snapshot.path, snapshotFolder: snapshot.folder },
    rolesIn(input),
    workspace,
  );
  // It is in memory now; whoever ends the run from here on leaves nothing on the disk.
  snapshot.remove();
  const onRule = (done: number, of: number): void => progress.update(done, of, 'rules');
  const { coverage } = selection;
  const session = new LintSession({ ...request, ...read.request, coverage, onRule }, byPath(input));
  progress.stage('applying rules');
  const accepted = options['update-baseline']
    ? acceptAll(session, input, options, workspace)
    : session.lint();
  progress.stage('looking for paths to control');
  const { tenant } = read.request;
  const escalation = findPaths(tenant, {
    includeEligible: options['include-eligible'],
    includeOwners: false,
    onTarget: (done, of) => progress.update(done, of, 'scopes'),
  });
  progress.stage('grouping by cause');
  const everyNotice = [
    ...notices,
    ...snapshot.notices,
    ...read.notices,
    ...input.notices,
    ...accepted.notices,
  ];
  const result = auditTenant({
    tenant,
    lint: {
      ...accepted,
      notices: everyNotice,
      roleChanges: read.changes,
      leftOut: leftOutOf(accepted, input, selection, leniency),
    },
    paths: escalation,
    check: read.check,
    needed: read.needed,
    groups: request.rules.groups,
    fileKey: request.fileKey ?? (file => file),
  });
  const problems = input.problems.map(({ message }) => `azrbac: ${visible(message)}`);
  return { result, tenant, ruleSet: request.rules, failures: [...read.inputErrors, ...problems] };
}

async function report(
  audited: Audited,
  { configuration: { config } }: Workspace,
  options: Options,
  { io, progress }: { readonly io: Io; readonly progress: Progress },
): Promise<ExitCode> {
  const { result, failures } = audited;
  const failOn = options['fail-on'] ?? config.failOn ?? 'medium';
  for (const { format, file: output } of outputsOf(options)) {
    const text = await piecesOf(audited, { format, failOn }, { color: options.color, output }, io);
    writeReport(text, { output, isPrivate: true }, io);
  }
  progress.end();
  printNotices(result.lint.notices.map(formatNotice), options, io);
  printNotices(failures, { quiet: false }, io);
  if (failures.length > 0) return exitFailure;
  const code = exitCode(result, failOn);
  return options['exit-zero'] && code === exitFindings ? exitSuccess : code;
}

/** Only a run that makes a page loads what that takes. */
async function piecesOf(
  audited: Audited,
  { format, failOn }: { readonly format: string; readonly failOn: Severity | 'never' },
  to: Pick<Options, 'color' | 'output'>,
  io: Io,
): Promise<Report> {
  const version = packageVersion();
  if (format === 'html')
    return (await import('../../reporters/html-report/html-report.js')).htmlReport({ ...audited, version });
  return auditPieces(format as ReportFormat, audited.result, {
    color: colorLevel(to, io),
    version,
    failOn,
    command: 'azrbac audit',
    columns: (to.output === undefined && io.stdout.isTTY && io.columns) || undefined,
  });
}

/** Findings and failed expectations come before what could not be looked at. Paths alone fail nothing: azrbac paths does. */
function exitCode(
  { lint: { findings, notices }, check, gaps, tenant }: AuditResult,
  failOn: Severity | 'never',
): ExitCode {
  const checked = check === undefined ? exitSuccess : exitCodeOfReport(check);
  if (
    (checked === exitFindings && failOn !== 'never') ||
    findings.some(({ severity }) => isAtLeast(severity, failOn))
  )
    return exitFindings;
  const isOpen = gaps.length > 0 || !tenant.isComplete || notices.some(({ code }) => openCodes.has(code));
  return isOpen || checked === exitUnknown ? exitUnknown : exitSuccess;
}
