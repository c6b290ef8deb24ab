import type { Catalog } from '../rbac/catalog/catalog.js';
import { type Notice, UserError } from '../errors.js';
import type { InputFile } from '../input/files.js';
import type { Config } from '../lint/engine/config.js';
import { configuredSettings } from '../lint/engine/configured-settings.js';
import type { FileSettings } from '../lint/engine/file-settings.js';
import type { LintResult } from '../lint/engine/finding.js';
import { type LeftOut, type Leniency, leniencyOf } from '../lint/engine/left-out.js';
import { fileKeyOf, type LoadedConfig } from '../lint/engine/load-config.js';
import type { Severity } from '../lint/engine/rule.js';
import type { RuleSet } from '../lint/engine/rules.js';
import { type BaselineOptions, loadBaseline } from './lint-baseline.js';
import type { LintInput, Selection } from './lint-input.js';
import type { PreparedLint } from './lint-session.js';
import { rulesNeverSuppressed, type SuppressionPolicy } from '../lint/engine/suppression-policy.js';
import { shippedRules, withOwnRules } from './load-rules.js';
import { nearerConfigFiles } from './nearer-config-files.js';
import type { NearerConfigs, NearerParts } from './nearer-configs.js';
import type { Workspace } from './workspace.js';

/** What a request is made of. */
export interface RequestParts {
  readonly rules: RuleSet;
  readonly config: Config;
  readonly profile: 'recommended' | 'strict' | undefined;
  /** Severities of rules, as `ID=SEVERITY`, over those of the profile. */
  readonly overrides: readonly string[];
  readonly catalog: Catalog;
  readonly asOf: string;
  readonly builtInRoles: 'skip' | 'include';
}

/** The one place where requests are put together. @throws UserError where an override names what does not exist. */
export function lintRequest({ rules, config, profile, overrides, ...rest }: RequestParts): PreparedLint {
  return {
    ...rest,
    rules,
    settings: configuredSettings(rules, { config, profile, overrides }),
    suppressions: config.suppressions,
    placeholders: config.placeholders,
  };
}

export interface LintOptions extends BaselineOptions {
  readonly profile: 'recommended' | 'strict' | undefined;
  readonly rule: readonly string[];
  readonly 'include-built-in': boolean;
  readonly 'no-inline-suppressions': boolean;
  readonly 'never-suppress': readonly string[];
  readonly 'max-suppression-days': string | undefined;
  readonly 'fail-on': Severity | 'never' | undefined;
}

/** A request, and what is to be said beside what the run finds. */
export interface Prepared {
  readonly request: PreparedLint;
  readonly notices: LintResult['notices'];
  /** What the configuration makes milder. */
  readonly leniency: Leniency | undefined;
  /** The configuration that holds for a file. */
  readonly configurationOf: (file: string) => LoadedConfig;
}

/** What a run is about. */
export interface RunParts {
  readonly asOf: string;
  /** What writes the baseline anew; `azrbac lint` unless told. */
  readonly command?: string;
  readonly files: readonly InputFile[];
}

/** All that a run needs besides files. Done first: who misspells an option should not wait for 1,000 files. */
export async function prepareLint(
  workspace: Workspace,
  options: LintOptions,
  { asOf, command, files }: RunParts,
): Promise<Prepared> {
  const { configuration, catalog, cwd } = workspace;
  const { config } = configuration;
  const { ruleSet, notices } = await withOwnRules(shippedRules(), workspace);
  const { profile, rule: overrides, 'fail-on': failOn } = options;
  const builtInRoles = options['include-built-in'] ? 'include' : 'skip';
  const ofRun = lintRequest({ rules: ruleSet, config, profile, overrides, catalog, asOf, builtInRoles });
  const suppressionPolicy = policyOf(config, options, ruleSet);
  const sources = { config, profile, overrides };
  const nearer = await byFile(files, { ruleSet, sources, ...suppressionPolicy }, workspace);
  const request: PreparedLint = {
    ...ofRun,
    fileSettings: nearer?.fileSettings,
    suppressions: [...config.suppressions, ...(nearer?.suppressions ?? [])],
    placeholders: [...config.placeholders, ...(nearer?.placeholders ?? [])],
    inlineSuppressions: options['no-inline-suppressions'] ? 'ignored' : 'hold',
    suppressionPolicy,
    baseline: loadBaseline(options, workspace, command),
    fileKey: fileKeyOf(configuration, cwd),
  };
  return {
    request,
    notices: [...catalogNotices(configuration, catalog), ...notices, ...(nearer?.notices ?? [])],
    leniency: leniencyOf(ruleSet, { config, profile, failOn, ...request }),
    configurationOf: file => nearer?.nearestTo?.(file) ?? configuration,
  };
}

/** The command line adds to what the configuration says, and takes nothing away. */
function policyOf(config: Config, options: LintOptions, { rules }: RuleSet): SuppressionPolicy {
  const { 'never-suppress': named, 'max-suppression-days': days } = options;
  const names = [...config.neverSuppress, ...named.flatMap(text => text.split(',')).map(name => name.trim())];
  const limits = [config.maxSuppressionDays, days === undefined ? undefined : daysOf(days)];
  const given = limits.filter(limit => limit !== undefined);
  return {
    neverSuppressed: rulesNeverSuppressed(names, rules),
    maxDays: given.length === 0 ? undefined : Math.min(...given),
  };
}

function daysOf(text: string): number {
  if (/^[1-9]\d{0,3}$/.test(text)) return Number(text);
  throw new UserError(`"--max-suppression-days ${text}" must be a whole number of days, from 1 to 9999.`);
}

interface ByFile extends Partial<NearerConfigs> {
  readonly fileSettings: FileSettings;
}

/** Undefined where one configuration without overrides is all that there is: nothing more is loaded then. */
async function byFile(
  files: readonly InputFile[],
  parts: NearerParts,
  workspace: Workspace,
): Promise<ByFile | undefined> {
  const nearer = nearerConfigFiles(files, workspace);
  if (nearer !== undefined) {
    const { readNearerConfigs } = await import('./nearer-configs.js');
    return readNearerConfigs(nearer, parts, workspace);
  }
  const { configuration, cwd } = workspace;
  if (configuration.config.overrides.length === 0) return undefined;
  const { overriddenSettings } = await import('../lint/engine/overridden-settings.js');
  const { ruleSet, sources } = parts;
  return { fileSettings: overriddenSettings(ruleSet, sources, fileKeyOf(configuration, cwd)) };
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
