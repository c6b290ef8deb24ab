import { getOrInsert } from '../../maps.js';
import { configuredSettings, type SettingsSources } from './configured-settings.js';
import { fileMatcher } from './file-matcher.js';
import type { FileSettings } from './file-settings.js';
import type { RuleSet } from './rules.js';
import type { RuleSettings } from './settings.js';

/**
 * What a configuration with overrides says of each file. `fileKey` makes a file's path relative to the configuration.
 * @throws UserError for a rule that does not exist, with its place and what was meant.
 */
export function overriddenSettings(
  ruleSet: RuleSet,
  sources: Omit<SettingsSources, 'overridden'>,
  fileKey: (file: string) => string,
): FileSettings {
  const overrides = sources.config.overrides.map(override => {
    const matchers = override.files.map(fileMatcher);
    return { override, matches: (key: string) => matchers.some(matches => matches(key)) };
  });
  const known = new Map<string, RuleSettings>();
  const settingsWith = (overridden: typeof sources.config.overrides): RuleSettings =>
    configuredSettings(ruleSet, { ...sources, overridden });
  return {
    of(file) {
      const key = fileKey(file);
      const isMatched = overrides.map(({ matches }) => matches(key));
      return getOrInsert(known, isMatched.join(), () =>
        settingsWith(overrides.filter((_, i) => isMatched[i]).map(({ override }) => override)),
      );
    },
    every: [settingsWith([]), ...overrides.map(({ override }) => settingsWith([override]))],
  };
}
