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

/** The text of the one file that a run reads: rules without what only explains or tests them. */
export function encodeRuleSet({ rules, groups, profiles }: RuleSet<DocumentedRule>): string {
  const lean = rules.map(({ examples: _, ...rule }): Rule => rule);
  return `${JSON.stringify({ rules: lean, groups, profiles } satisfies RuleSet)}\n`;
}

/**
 * Reads what {@link encodeRuleSet} wrote.
 * @throws UserError where the file is missing or damaged.
 */
export function loadRuleSet(file: string): RuleSet {
  try {
    const { rules, groups, profiles } = JSON.parse(readFileSync(file, 'utf8')) as RuleSet;
    if (Array.isArray(rules) && Array.isArray(groups) && Array.isArray(profiles))
      return { rules, groups, profiles };
  } catch (cause) {
    throw damaged(file, cause);
  }
  throw damaged(file, undefined);
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

/** By UTF-16 code units, the same on every machine. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
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

function damaged(file: string, cause: unknown): UserError {
  const why = cause === undefined ? 'it is not a compiled rule set' : (cause as Error).message;
  return new UserError(`The rules in "${file}" cannot be read: ${why}.`, {
    hint: 'Reinstall azrbac.',
    cause,
  });
}
