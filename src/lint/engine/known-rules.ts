import { nearestWord } from '../../did-you-mean.js';
import { everySetting, settingsOf, type Settings } from './file-settings.js';
import type { Rule } from './rule.js';
import { enabledRules, ruleIdOf } from './settings.js';

/** What a run knows of rules. Each name is a rule id, or a rule id and variant. */
export interface KnownRules {
  has(name: string): boolean;
  /** The known rule id nearest to an unknown one. */
  nearest(name: string): string | undefined;
  /** Whether the run looks for what the rule finds, in that file if one is named, so that finding nothing means something. */
  isLookedFor(name: string, file?: string): boolean;
}

/** `mayApply` tells which rules the run could look for at all. */
export function knownRules(
  rules: readonly Rule[],
  settings: Settings,
  mayApply: (rule: Rule) => boolean,
): KnownRules {
  const ids = rules.map(({ id }) => id);
  const known = new Set(ids);
  const applying = rules.filter(rule => rule.category !== 'suppressions' && mayApply(rule));
  const anywhere = new Set(enabledRules(applying, everySetting(settings)).map(({ id }) => id));
  const isEnabledIn = (id: string, file: string): boolean =>
    enabledRules(applying, [settingsOf(settings, file)]).some(rule => rule.id === id);
  return {
    has: name => known.has(ruleIdOf(name)),
    nearest: name => (known.has(ruleIdOf(name)) ? undefined : nearestWord(ruleIdOf(name), ids)),
    // What is found of suppressions shows only when all other suppressions were needed or not.
    isLookedFor: (name, file) =>
      anywhere.has(ruleIdOf(name)) &&
      (file === undefined || settings.fileSettings === undefined || isEnabledIn(ruleIdOf(name), file)),
  };
}
