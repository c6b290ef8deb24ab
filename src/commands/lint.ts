import { join } from 'node:path';
import { packageFolder, packageVersion } from '../catalog/package-folder.js';
import { UserError } from '../errors.js';
import { configuredSettings } from '../lint/configured-settings.js';
import type { LintResult } from '../lint/finding.js';
import { fileKeyOf, type LoadedConfig, loadConfig } from '../lint/load-config.js';
import { type Severity, severities } from '../lint/rule.js';
import { loadRuleSet } from '../lint/rules.js';
import { type LintRequest, runLint } from '../lint/run.js';
import { visible } from '../reporters/escape.js';
import { formatNotice, reportPieces } from '../reporters/index.js';
import { count } from '../reporters/summary.js';
import { colorLevel } from './color.js';
import type { lintDeclaration } from './declarations/lint.js';
import type { CommandLine } from './declaration.js';
import type { Io } from './io.js';
import { loadBaseline, rewriteBaseline } from './lint-baseline.js';
import type { LintTenant, Surroundings } from './lint-tenant.js';
import { type LintInput, readFiles, type Selection, selectFiles } from './lint-input.js';
import { loadCatalogFor } from './load-catalog.js';
import { withOwnRules } from './load-rules.js';
import { say, toJson, writeReport } from './report.js';
import { today } from './today.js';

type Options = CommandLine<typeof lintDeclaration.options>['options'];

/** `azrbac lint` */
export async function run(
  { positionals, options }: CommandLine<typeof lintDeclaration.options>,
  io: Io,
): Promise<number> {
  if (options['fix-typos'] && !options.fix && !options['fix-dry-run']) {
    throw new UserError('"--fix-typos" needs --fix or --fix-dry-run beside it.');
  }
  if (options.expect !== undefined && options.snapshot === undefined) {
    throw new UserError('"--expect" needs --snapshot beside it: what identities hold must be known.');
  }
  const loaded = loadConfig({ cwd: io.cwd, file: options.config });
  const selection = selectFiles(positionals, loaded, options, io);
  if (options['list-files']) return listFiles(selection, options, io);
  const { request, notices } = await prepare(loaded, options, io);
  const read = await readFiles(selection, io);
  const tenant = await tenantOf(options, read, { catalog: request.catalog, config: loaded, io });
  const run = { ...request, ...tenant?.request, coverage: selection.coverage };
  const { input, result } = await lintAndFix(read, run, options, io);
  const accepted = options['update-baseline'] ? acceptAll(result, input, run, loaded, options, io) : result;
  const everyNotice = [...notices, ...(tenant?.notices ?? []), ...input.notices, ...accepted.notices];
  const roleChanges = tenant?.changes;
  const complete = { ...accepted, notices: everyNotice, ...(roleChanges && { roleChanges }) };
  return report(complete, input, tenant?.mistakes ?? [], loaded, options, io);
}

/** Only a run with a snapshot loads what it takes to read one. */
async function tenantOf(
  { snapshot, expect }: Pick<Options, 'snapshot' | 'expect'>,
  input: LintInput,
  surroundings: Surroundings,
): Promise<LintTenant | undefined> {
  if (snapshot === undefined) return undefined;
  const { readLintTenant } = await import('./lint-tenant.js');
  return readLintTenant({ snapshot, expect }, contentOf(input).roleDefinitions, surroundings);
}

type Prepared = Omit<LintRequest, 'documents' | 'roleDefinitions'>;

/** All that a run needs besides files. Done first: who misspells an option should not wait for 1,000 files. */
async function prepare(
  loaded: LoadedConfig,
  options: Options,
  io: Io,
): Promise<{ request: Prepared; notices: LintResult['notices'] }> {
  const { config } = loaded;
  const asOf = today(options['as-of']);
  const catalog = loadCatalogFor(loaded);
  const shipped = loadRuleSet(join(packageFolder(), 'dist', 'rules.json'));
  const { ruleSet, notices } = await withOwnRules(shipped, loaded, () => catalog, io);
  const settings = configuredSettings(ruleSet, { config, profile: options.profile, overrides: options.rule });
  const request: Prepared = {
    rules: ruleSet,
    settings,
    catalog,
    asOf,
    builtInRoles: options['include-built-in'] ? 'include' : 'skip',
    suppressions: config.suppressions,
    baseline: loadBaseline(loaded, options, io),
    placeholders: config.placeholders,
    fileKey: fileKeyOf(loaded, io.cwd),
  };
  return { request, notices };
}

async function lintAndFix(
  input: LintInput,
  request: Prepared,
  options: Options,
  io: Io,
): Promise<{ input: LintInput; result: LintResult }> {
  const result = lint(input, request);
  if (!options.fix && !options['fix-dry-run']) return { input, result };
  const { fixFiles } = await import('./lint-fix.js');
  const fixed = fixFiles(result.findings, input, request, options);
  const verb = options.fix ? 'Fixed' : 'Would fix';
  say([`${verb} ${count(fixed.findings, 'finding')} in ${count(fixed.files, 'file')}.`], options, io);
  return { input: fixed.input, result: lint(fixed.input, request) };
}

function lint(input: LintInput, request: Prepared): LintResult {
  return runLint({ ...request, ...contentOf(input) });
}

function contentOf({ files }: LintInput): Pick<LintRequest, 'documents' | 'roleDefinitions'> {
  return {
    documents: files.map(({ document }) => document),
    roleDefinitions: files.flatMap(({ roleDefinitions }) => roleDefinitions),
  };
}

/** Writes the baseline, and gives the result as it is under it. */
function acceptAll(
  result: LintResult,
  input: LintInput,
  request: Prepared,
  loaded: LoadedConfig,
  options: Options,
  io: Io,
): LintResult {
  const [problem] = input.problems;
  if (problem !== undefined) {
    throw new UserError(`The baseline was not updated: ${problem.message}`, {
      hint: 'What cannot be read would be forgotten.',
    });
  }
  const baseline = rewriteBaseline(result, { ...request, ...contentOf(input) }, loaded, options, io);
  return lint(input, { ...request, baseline });
}

async function report(
  result: LintResult,
  input: LintInput,
  mistakes: readonly string[],
  { config }: LoadedConfig,
  options: Options,
  io: Io,
): Promise<number> {
  const failOn = options['fail-on'] ?? config.failOn ?? 'medium';
  const text = await reportPieces(options.format ?? 'text', result, {
    color: colorLevel(options, io),
    version: packageVersion(),
    failOn,
  });
  writeReport(text, options, io);
  say(noticeLines(result.notices, options), options, io);
  const failures = [...mistakes, ...failuresOf(result, input, options)];
  say(failures, { quiet: false }, io);
  if (failures.length > 0) return 2;
  return result.findings.some(({ severity }) => isAtLeast(severity, failOn)) ? 1 : 0;
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
    options.snapshot === undefined &&
    files.every(({ roleDefinitions }) => roleDefinitions.length === 0) &&
    result.findings.length === 0;
  if (!isEmpty || options['allow-empty'] || failures.length > 0) return failures;
  const where = count(files.length, 'file');
  return [`azrbac: No role definition was found in ${where}. Where that is no mistake, add --allow-empty.`];
}

function isAtLeast(severity: Severity, failOn: Severity | 'never'): boolean {
  return failOn !== 'never' && severities.indexOf(severity) <= severities.indexOf(failOn);
}

/** `--list-files`: what a run would read. */
function listFiles({ files, problems, notices }: Selection, options: Options, io: Io): number {
  const shown = files.map(file => file.shown);
  const list =
    options.format === 'json'
      ? toJson({ version: 1, files: shown, notices })
      : shown.map(line => `${visible(line)}\n`).join('');
  writeReport(list, options, io);
  say(notices.map(formatNotice), options, io);
  say(
    problems.map(({ message }) => `azrbac: ${visible(message)}`),
    { quiet: false },
    io,
  );
  return problems.length > 0 ? 2 : 0;
}
