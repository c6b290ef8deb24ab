import { nearestWord } from '../../did-you-mean.js';
import { UserError } from '../../errors.js';
import type { Config } from './config.js';
import { errorAt } from './config-reader.js';
import { profileSettings, type RuleSet } from './rules.js';
import { severities } from './rule.js';
import { layerSettings, ruleIdOf, rulesNamed, type RuleSetting, type RuleSettings } from './settings.js';

export interface SettingsSources {
  readonly config: Config;
  /** Overrides that hold, the later over the earlier; none unless told. */
  readonly overridden?: Config['overrides'];
  /** A profile in place of the one that the configuration extends. */
  readonly profile?: string | undefined;
  /** `ID=SEVERITY`, `ID=off`, several with commas between; the id may name a variant, `ID/VARIANT`, or have stars. The last one counts. */
  readonly overrides?: readonly string[];
}

/**
 * What profile, configuration and command line say together, the later over the earlier.
 * @throws UserError for a rule that does not exist, with its place and what was meant.
 */
export function configuredSettings(
  ruleSet: RuleSet,
  { config, overridden = [], profile, overrides = [] }: SettingsSources,
): RuleSettings {
  const known = ruleSet.rules.map(({ id }) => id);
  return layerSettings(
    profileSettings(ruleSet, profile ?? config.extends),
    ...[config, ...overridden].map(({ rules }) => settingsIn(rules, known)),
    new Map(overrides.flatMap(text => text.split(',')).flatMap(text => readOverride(text, known))),
  );
}

function settingsIn(rules: Config['rules'], known: readonly string[]): RuleSettings {
  const settings = [...rules].flatMap(([name, { value, at }]) => {
    const ids = rulesNamed(name, known);
    const range = at.range ?? { start: 0, end: 0 };
    if (ids.length === 0)
      throw errorAt(at.document, range, `There is no rule "${name}".`, hintFor(name, known));
    return ids.map(id => [id, value] as const);
  });
  return new Map(settings);
}

function readOverride(text: string, known: readonly string[]): [name: string, setting: RuleSetting][] {
  const equals = text.indexOf('=');
  const [name, wanted] = [text.slice(0, Math.max(equals, 0)).trim(), text.slice(equals + 1).trim()];
  const setting = ([...severities, 'off'] as const).find(candidate => candidate === wanted);
  if (equals < 0 || setting === undefined) {
    throw new UserError(`"--rule ${text}" is not of the form ID=SEVERITY.`, {
      hint: `The severities are ${severities.join(', ')} and off, as in: --rule action-casing=off`,
    });
  }
  const names = rulesNamed(name, known);
  if (names.length === 0) throw new UserError(`There is no rule "${name}".`, { hint: hintFor(name, known) });
  return names.map(id => [id, setting]);
}

function hintFor(name: string, known: readonly string[]): string {
  const nearest = nearestWord(ruleIdOf(name), known);
  return nearest === undefined ? 'All rules: azrbac rules' : `Did you mean "${nearest}"?`;
}
