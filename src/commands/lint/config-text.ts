import type { InputFile } from '../../input/files.js';
import { toJson } from '../../cli/output.js';
import { UserError } from '../../errors.js';
import { settingsOf } from '../../lint/engine/file-settings.js';
import type { ConfigSuppression } from '../../lint/engine/suppression.js';
import type { Rule } from '../../lint/engine/rule.js';
import { severityOf, type RuleSetting, type RuleSettings } from '../../lint/engine/settings.js';
import type { LintOptions, Prepared } from '../../workspace/lint-request.js';

/** What a run was asked to look at, and what it is prepared with. */
export interface Configured {
  readonly positionals: readonly string[];
  readonly files: readonly InputFile[];
  readonly prepared: Prepared;
}

/**
 * What `--print-config` prints: the configuration that holds for a file, else for the run, with every rule's severity.
 * @throws UserError where several paths are named, for which different things may hold.
 */
export function configText({ positionals, files, prepared }: Configured, options: Options): string {
  if (positionals.length > 1) throw new UserError('"--print-config" takes one path.');
  const [first] = files;
  const file = first?.isNamed ? first.shown : undefined;
  const { request, configurationOf } = prepared;
  const { config, file: configuration } = configurationOf(file ?? '');
  const ofRun = configurationOf('').config;
  const settings = file === undefined ? request.settings : settingsOf(request, file);
  return toJson({
    version: 1,
    file: file ?? null,
    configuration: configuration ?? null,
    extends: options.profile ?? config.extends,
    failOn: options['fail-on'] ?? ofRun.failOn ?? 'medium',
    include: ofRun.include,
    exclude: ofRun.exclude,
    placeholders: request.placeholders ?? [],
    baseline: request.baseline?.file ?? null,
    catalog: ofRun.catalog ?? null,
    rulesFolder: ofRun.rulesFolder ?? null,
    ruleFiles: ofRun.ruleFiles,
    actionSets: ofRun.actionSets,
    neverSuppress: [...(request.suppressionPolicy?.neverSuppressed ?? [])],
    maxSuppressionDays: request.suppressionPolicy?.maxDays ?? null,
    suppressions: (request.suppressions ?? []).map(suppressionJson),
    rules: Object.fromEntries(request.rules.rules.flatMap(rule => severitiesIn(rule, settings))),
  });
}

type Options = Pick<LintOptions, 'profile' | 'fail-on'>;

function suppressionJson({ by: _, at, ...suppression }: ConfigSuppression): object {
  return { ...suppression, from: at.document.file };
}

/** A variant is named where it differs from its rule. */
function severitiesIn(rule: Rule, settings: RuleSettings): [name: string, RuleSetting][] {
  const whole = severityOf(rule, undefined, settings);
  const variants = Object.keys(rule.variants ?? {})
    .map((variant): [string, RuleSetting] => [`${rule.id}/${variant}`, severityOf(rule, variant, settings)])
    .filter(([, severity]) => severity !== whole);
  return [[rule.id, whole], ...variants];
}
