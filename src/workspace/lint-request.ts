import type { Catalog } from '../rbac/catalog/catalog.js';
import type { Notice } from '../errors.js';
import type { Config } from '../lint/engine/config.js';
import { configuredSettings } from '../lint/engine/configured-settings.js';
import type { LintResult } from '../lint/engine/finding.js';
import { type LeftOut, type Leniency, leniencyOf } from '../lint/engine/left-out.js';
import { fileKeyOf, type LoadedConfig } from '../lint/engine/load-config.js';
import type { Severity } from '../lint/engine/rule.js';
import type { RuleSet } from '../lint/engine/rules.js';
import { type BaselineOptions, loadBaseline } from './lint-baseline.js';
import type { LintInput, Selection } from './lint-input.js';
import type { PreparedLint } from './lint-session.js';
import { shippedRules, withOwnRules } from './load-rules.js';
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
  workspace: Workspace,
  options: LintOptions,
  { asOf, command }: { readonly asOf: string; readonly command?: string },
): Promise<Prepared> {
  const { configuration, catalog, cwd } = workspace;
  const { config } = configuration;
  const { ruleSet, notices } = await withOwnRules(shippedRules(), workspace);
  const { profile, rule: overrides, 'fail-on': failOn } = options;
  const builtInRoles = options['include-built-in'] ? 'include' : 'skip';
  const request: PreparedLint = {
    ...lintRequest({ rules: ruleSet, config, profile, overrides, catalog, asOf, builtInRoles }),
    inlineSuppressions: options['no-inline-suppressions'] ? 'ignored' : 'hold',
    baseline: loadBaseline(options, workspace, command),
    fileKey: fileKeyOf(configuration, cwd),
  };
  return {
    request,
    notices: [...catalogNotices(configuration, catalog), ...notices],
    leniency: leniencyOf(ruleSet, { config, profile, failOn, settings: request.settings }),
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
