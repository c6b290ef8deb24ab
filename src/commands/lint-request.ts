import { join } from 'node:path';
import { packageFolder } from '../catalog/package-folder.js';
import { UserError } from '../errors.js';
import { configuredSettings } from '../lint/configured-settings.js';
import type { LintResult } from '../lint/finding.js';
import { fileKeyOf, type LoadedConfig } from '../lint/load-config.js';
import { loadRuleSet } from '../lint/rules.js';
import { type LintRequest, runLint } from '../lint/run.js';
import type { Io } from './io.js';
import { type BaselineOptions, loadBaseline, rewriteBaseline } from './lint-baseline.js';
import type { LintInput } from './lint-input.js';
import { loadCatalogFor } from './load-catalog.js';
import { withOwnRules } from './load-rules.js';
import { today } from './today.js';

/** A request without the files that it is about. */
export type PreparedLint = Omit<LintRequest, 'documents' | 'roleDefinitions'>;

export interface LintOptions extends BaselineOptions {
  readonly 'as-of': string | undefined;
  readonly profile: 'recommended' | 'strict' | undefined;
  readonly rule: readonly string[];
  readonly 'include-built-in': boolean;
}

/** All that a run needs besides files. Done first: who misspells an option should not wait for 1,000 files. */
export async function prepareLint(
  loaded: LoadedConfig,
  options: LintOptions,
  io: Io,
  command?: string,
): Promise<{ request: PreparedLint; notices: LintResult['notices'] }> {
  const { config } = loaded;
  const asOf = today(options['as-of']);
  const catalog = loadCatalogFor(loaded);
  const shipped = loadRuleSet(join(packageFolder(), 'dist', 'rules.json'));
  const { ruleSet, notices } = await withOwnRules(shipped, loaded, () => catalog, io);
  const settings = configuredSettings(ruleSet, { config, profile: options.profile, overrides: options.rule });
  const request: PreparedLint = {
    rules: ruleSet,
    settings,
    catalog,
    asOf,
    builtInRoles: options['include-built-in'] ? 'include' : 'skip',
    suppressions: config.suppressions,
    baseline: loadBaseline(loaded, options, io, command),
    placeholders: config.placeholders,
    fileKey: fileKeyOf(loaded, io.cwd),
  };
  return { request, notices };
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
