import { join } from 'node:path';
import { packageFolder } from '../package/package-folder.js';
import type { Catalog } from '../rbac/catalog/catalog.js';
import { type Notice, UserError } from '../errors.js';
import { configuredSettings } from '../lint/engine/configured-settings.js';
import type { LintResult } from '../lint/engine/finding.js';
import { type LeftOut, type Leniency, leniencyOf } from '../lint/engine/left-out.js';
import { fileKeyOf, type LoadedConfig } from '../lint/engine/load-config.js';
import type { Severity } from '../lint/engine/rule.js';
import { loadRuleSet } from '../lint/engine/rules.js';
import { type LintRequest, runLint } from '../lint/engine/run.js';
import type { Io } from '../cli/io.js';
import { type BaselineOptions, loadBaseline, rewriteBaseline } from './lint-baseline.js';
import type { LintInput, Selection } from './lint-input.js';
import { loadCatalogFor } from './load-catalog.js';
import { withOwnRules } from './load-rules.js';
import { today } from '../cli/today.js';

/** A request without the files that it is about. */
export type PreparedLint = Omit<LintRequest, 'documents' | 'roleDefinitions'>;

export interface LintOptions extends BaselineOptions {
  readonly 'as-of': string | undefined;
  readonly profile: 'recommended' | 'strict' | undefined;
  readonly rule: readonly string[];
  readonly 'include-built-in': boolean;
  readonly 'no-inline-suppressions': boolean;
  readonly 'fail-on': Severity | 'never' | undefined;
}

/** A request, and what is to be said beside what the run finds. */
export interface Prepared {
  readonly request: PreparedLint;
  readonly notices: LintResult['notices'];
  /** What the configuration makes milder. */
  readonly leniency: Leniency | undefined;
}

/** All that a run needs besides files. Done first: who misspells an option should not wait for 1,000 files. */
export async function prepareLint(
  loaded: LoadedConfig,
  options: LintOptions,
  io: Io,
  command?: string,
): Promise<Prepared> {
  const { config } = loaded;
  const asOf = today(options['as-of']);
  const catalog = loadCatalogFor(loaded);
  const shipped = loadRuleSet(join(packageFolder(), 'dist', 'rules.json'));
  const { ruleSet, notices } = await withOwnRules(shipped, loaded, () => catalog, io);
  const { profile, rule: overrides, 'fail-on': failOn } = options;
  const settings = configuredSettings(ruleSet, { config, profile, overrides });
  const request: PreparedLint = {
    rules: ruleSet,
    settings,
    catalog,
    asOf,
    builtInRoles: options['include-built-in'] ? 'include' : 'skip',
    suppressions: config.suppressions,
    inlineSuppressions: options['no-inline-suppressions'] ? 'ignored' : 'hold',
    baseline: loadBaseline(loaded, options, io, command),
    placeholders: config.placeholders,
    fileKey: fileKeyOf(loaded, io.cwd),
  };
  return {
    request,
    notices: [...catalogNotices(loaded, catalog), ...notices],
    leniency: leniencyOf(ruleSet, { config, profile, failOn, settings }),
  };
}

/** Whoever names a catalog decides which operations and which built-in roles there are. */
function catalogNotices({ config }: LoadedConfig, { date }: Catalog): Notice[] {
  if (config.catalog === undefined) return [];
  const message = `Operations and built-in roles are those of the catalog in "${config.catalog}", of ${date}, as the configuration says.`;
  return [{ code: 'catalog-of-configuration', message }];
}

/** What the run passed over, or made milder, on the way to its result. */
export function leftOutOf(
  { leftOut }: LintResult,
  { problems }: LintInput,
  { passedOver }: Selection,
  configuration: Leniency | undefined,
): LeftOut {
  return {
    ...leftOut,
    ...passedOver,
    unreadablePaths: problems.length,
    ...(configuration && { configuration }),
  };
}

/** What is found in these files, and in the tenant of the request. */
export function lint(input: LintInput, request: PreparedLint): LintResult {
  return runLint({ ...request, ...contentOf(input) });
}

export function contentOf({ files }: LintInput): Pick<LintRequest, 'documents' | 'roleDefinitions'> {
  return {
    documents: files.map(({ document }) => document),
    roleDefinitions: files.flatMap(({ roleDefinitions }) => roleDefinitions),
  };
}

/** Writes the baseline, and gives the result as it is under it. */
export function acceptAll(
  result: LintResult,
  input: LintInput,
  request: PreparedLint,
  loaded: LoadedConfig,
  options: BaselineOptions,
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
