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
import { formatNotice, formatReport } from '../reporters/index.js';
import { colorLevel } from './color.js';
import type { lintDeclaration } from './command-table.js';
import type { CommandLine } from './declaration.js';
import type { Io } from './io.js';
import { loadBaseline, rewriteBaseline } from './lint-baseline.js';
import { type LintInput, readFiles, type Selection, selectFiles } from './lint-input.js';
import { loadCatalogFor } from './load-catalog.js';
import { say, toJson, writeReport } from './report.js';
import { today } from './today.js';

type Options = CommandLine<typeof lintDeclaration.options>['options'];

/** `azrbac lint` */
export async function run(
  { positionals, options }: CommandLine<typeof lintDeclaration.options>,
  io: Io,
): Promise<number> {
  const loaded = loadConfig({ cwd: io.cwd, file: options.config });
  const selection = selectFiles(positionals, loaded, options, io);
  if (options['list-files']) return listFiles(selection, options, io);
  const { request, notices } = await prepare(loaded, options, io);
  const input = await readFiles(selection, io);
  const result = lint(
    { ...request, ...contentOf(input), coverage: selection.coverage },
    input,
    loaded,
    options,
    io,
  );
  return report(
    { ...result, notices: [...notices, ...input.notices, ...result.notices] },
    input,
    loaded,
    options,
    io,
  );
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
  const hasOwnRules = config.rulesFolder !== undefined || config.ruleFiles.length > 0;
  const { ruleSet, notices } = hasOwnRules
    ? await (await import('../lint/own-rules.js')).addOwnRules(shipped, loaded, { catalog, cwd: io.cwd })
    : { ruleSet: shipped, notices: [] };
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

function contentOf({ files }: LintInput): Pick<LintRequest, 'documents' | 'roleDefinitions'> {
  return {
    documents: files.map(({ document }) => document),
    roleDefinitions: files.flatMap(({ roleDefinitions }) => roleDefinitions),
  };
}

function lint(
  request: LintRequest,
  input: LintInput,
  loaded: LoadedConfig,
  options: Options,
  io: Io,
): LintResult {
  const result = runLint(request);
  if (!options['update-baseline']) return result;
  if (input.problems.length > 0) {
    throw new UserError(`The baseline was not updated: ${input.problems[0]?.message}`, {
      hint: 'What cannot be read would be forgotten.',
    });
  }
  return runLint({ ...request, baseline: rewriteBaseline(result, request, loaded, options, io) });
}

async function report(
  result: LintResult,
  input: LintInput,
  { config }: LoadedConfig,
  options: Options,
  io: Io,
): Promise<number> {
  const failOn = options['fail-on'] ?? config.failOn ?? 'medium';
  const text = await formatReport(options.format ?? 'text', result, {
    color: colorLevel(options, io),
    version: packageVersion(),
    failOn,
  });
  writeReport(text, options, io);
  say(result.notices.map(formatNotice), options, io);
  const failures = failuresOf(result, input, options);
  say(failures, { quiet: false }, io);
  if (failures.length > 0) return 2;
  return result.findings.some(({ severity }) => isAtLeast(severity, failOn)) ? 1 : 0;
}

/** What kept the job from being done; bad content is none. */
function failuresOf(result: LintResult, { files, problems }: LintInput, options: Options): string[] {
  const failures = problems.map(({ message }) => `azrbac: ${visible(message)}`);
  const isEmpty =
    files.every(({ roleDefinitions }) => roleDefinitions.length === 0) && result.findings.length === 0;
  if (!isEmpty || options['allow-empty'] || failures.length > 0) return failures;
  const where = files.length === 1 ? '1 file' : `${files.length} files`;
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
