import type { PassedOver } from '../../input/folder-files.js';
import type { Config } from './config.js';
import { everySetting, type Settings } from './file-settings.js';
import { profileSettings, type RuleSet } from './rules.js';
import { isAtLeast, type Rule, type Severity, severities } from './rule.js';
import { ruleIdOf, rulesNamed, severityOf, type RuleSetting, type RuleSettings } from './settings.js';

/** What a run did not report on, and why: silence must not look like soundness. What is not told is none. */
export interface LeftOut extends Partial<PassedOver> {
  /** Azure's own roles. */
  readonly builtInRoles?: number;
  /** Strings that hold placeholders, in templates. */
  readonly templateStrings?: number;
  /** Paths of the command line that could not be opened. */
  readonly unreadablePaths?: number;
  readonly configuration?: Leniency;
  /** Findings that are milder than what was asked for. */
  readonly milder?: {
    readonly number: number;
    readonly least: Severity;
    /** How many of them fail the run all the same. */
    readonly failing: number;
  };
}

/** What a configuration makes milder than the profile has it. */
export interface Leniency {
  readonly rulesOff: number;
  readonly rulesMilder: number;
  /** From which severity on a finding fails the run, where that is milder than without the configuration. */
  readonly failOn: Severity | 'never' | undefined;
}

/** Settings hold in the end, with those of the command line. */
export interface LeniencySources extends Settings {
  readonly config: Config;
  /** The profile of the command line. */
  readonly profile: string | undefined;
  readonly failOn: Severity | 'never' | undefined;
}

/** Undefined where it makes nothing milder. */
export function leniencyOf(
  ruleSet: RuleSet,
  { config, profile, failOn, ...settings }: LeniencySources,
): Leniency | undefined {
  const before = profileSettings(ruleSet, profile ?? config.extends);
  const every = everySetting(settings);
  const rules = settings.fileSettings === undefined ? rulesIn(config, ruleSet) : ruleSet.rules;
  const changes = rules.map(rule => worstOf(every.map(after => changeOf(rule, before, after))));
  const leniency = {
    rulesOff: changes.filter(change => change === 'off').length,
    rulesMilder: changes.filter(change => change === 'milder').length,
    failOn: failOn === undefined && failsLess(config.failOn) ? config.failOn : undefined,
  };
  const { rulesOff, rulesMilder } = leniency;
  return rulesOff + rulesMilder === 0 && leniency.failOn === undefined ? undefined : leniency;
}

function rulesIn(config: Config, { rules }: RuleSet): readonly Rule[] {
  const known = rules.map(({ id }) => id);
  const named = new Set([...config.rules.keys()].flatMap(key => rulesNamed(key, known)).map(ruleIdOf));
  return rules.filter(({ id }) => named.has(id));
}

type Change = 'off' | 'milder' | 'none';

/** What is off for some files is off. */
function worstOf(changes: readonly Change[]): Change {
  return changes.find(change => change === 'off') ?? changes.find(change => change === 'milder') ?? 'none';
}

function changeOf(rule: Rule, before: RuleSettings, after: RuleSettings): Change {
  const variants = [undefined, ...Object.keys(rule.variants ?? {})];
  const pairs = variants.map(variant => [
    severityOf(rule, variant, before),
    severityOf(rule, variant, after),
  ]) satisfies RuleSetting[][];
  const milder = pairs.filter(([was, is]) => isMilder(is!, was!));
  if (milder.length === 0) return 'none';
  return pairs.every(([, is]) => is === 'off') ? 'off' : 'milder';
}

function isMilder(one: RuleSetting, other: RuleSetting): boolean {
  return rankOf(one) > rankOf(other);
}

function rankOf(setting: RuleSetting): number {
  return setting === 'off' ? severities.length : severities.indexOf(setting);
}

/** Than from `medium` on, which is what holds where nothing is said. */
function failsLess(failOn: Severity | 'never' | undefined): boolean {
  return failOn !== undefined && !isAtLeast('medium', failOn);
}
