import { compareText } from '../../compare-text.js';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { OperationGroup } from '../checks/operation-group.js';
import { UserError } from '../../errors.js';
import type { DocumentedRule, Rule } from './rule.js';
import type { RuleSetting, RuleSettings } from './settings.js';

/** Which rules run, at what severity, where they differ from the rules' own: `rules/profiles/<name>.json`. */
export interface Profile {
  readonly name: string;
  readonly title: string;
  readonly rules: Readonly<Record<string, RuleSetting>>;
}

/** All that a run needs of `rules/`. */
export interface RuleSet<R extends Rule = Rule> {
  /** Sorted by id. */
  readonly rules: readonly R[];
  /** Sorted by name. */
  readonly groups: readonly OperationGroup[];
  readonly profiles: readonly Profile[];
}

/** Everything in the folder, sorted, examples included. Our own files: the tests check their form. */
export function compileRules(folder: string): RuleSet<DocumentedRule> {
  return {
    rules: readAll<DocumentedRule>(folder).sort((a, b) => compareText(a.id, b.id)),
    groups: readAll<OperationGroup>(join(folder, 'operation-groups')).sort((a, b) =>
      compareText(a.name, b.name),
    ),
    profiles: readAll<Profile>(join(folder, 'profiles')).sort((a, b) => compareText(a.name, b.name)),
  };
}

/** @throws UserError where there is no profile of that name. */
export function profileSettings({ profiles }: RuleSet, name: string): RuleSettings {
  const profile = profiles.find(candidate => candidate.name === name);
  if (profile === undefined) {
    throw new UserError(`There is no profile "${name}".`, {
      hint: `The profiles are ${profiles.map(({ name }) => name).join(' and ')}.`,
    });
  }
  return new Map(Object.entries(profile.rules));
}

function readAll<T>(folder: string): T[] {
  const names = readdirSync(folder).filter(name => name.endsWith('.json') && !name.endsWith('.schema.json'));
  return names.map(name => {
    try {
      return JSON.parse(readFileSync(join(folder, name), 'utf8')) as T;
    } catch (cause) {
      throw new Error(`${basename(folder)}/${name} is not JSON: ${(cause as Error).message}`, { cause });
    }
  });
}
