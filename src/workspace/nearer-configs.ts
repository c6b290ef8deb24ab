import { dirname, resolve } from 'node:path';
import type { Notice } from '../errors.js';
import type { Config } from '../lint/engine/config.js';
import type { SettingsSources } from '../lint/engine/configured-settings.js';
import type { FileSettings } from '../lint/engine/file-settings.js';
import { globInFolder } from '../lint/engine/glob-in-folder.js';
import { fileKeyOf, type LoadedConfig, loadConfigFile, shownPath } from '../lint/engine/load-config.js';
import { overriddenSettings } from '../lint/engine/overridden-settings.js';
import type { RuleSet } from '../lint/engine/rules.js';
import { ruleIdOf, type RuleSettings, rulesNamed } from '../lint/engine/settings.js';
import type { NearerConfigFiles } from './nearer-config-files.js';
import type { Workspace } from './workspace.js';

/** What configurations nearer to the files say in place of the one of the run, and beside it. */
export interface NearerConfigs extends Pick<Config, 'suppressions' | 'placeholders'> {
  readonly fileSettings: FileSettings;
  /** The configuration that holds for a file in place of the one of the run. */
  readonly nearestTo: (file: string) => LoadedConfig | undefined;
  readonly notices: readonly Notice[];
}

/** What holds for the run, and which rules keep what it says of them. */
export interface NearerParts {
  readonly ruleSet: RuleSet;
  readonly sources: SettingsSources;
  readonly neverSuppressed: ReadonlySet<string>;
}

/**
 * Reads the configurations that are nearest to some files: their settings hold there alone, and their suppressions and placeholders
 * beside those of the run.
 * @throws UserError where one cannot be read or something in it is wrong.
 */
export async function readNearerConfigs(
  files: NearerConfigFiles,
  { ruleSet, sources, neverSuppressed }: NearerParts,
  { configuration, cwd }: Workspace,
): Promise<NearerConfigs> {
  const ofRun = overriddenSettings(ruleSet, sources, fileKeyOf(configuration, cwd));
  const loaded = new Map<string, { readonly nearer: LoadedConfig; readonly settings: FileSettings }>();
  for (const path of new Set(files.values())) {
    if (path === undefined) continue;
    const nearer = await loadConfigFile(path, cwd);
    const own = { ...sources, config: withoutOwnRules(nearer.config, ruleSet) };
    loaded.set(path, { nearer, settings: overriddenSettings(ruleSet, own, fileKeyOf(nearer, cwd)) });
  }
  // What nobody may suppress, nobody makes milder from below.
  const protectedRules = new Set([...neverSuppressed].map(ruleIdOf));
  const nearestTo = (file: string) => loaded.get(nearestOf(resolve(cwd, file), files) ?? '');
  const settingsOf = (file: string): RuleSettings => {
    const nearer = nearestTo(file);
    if (nearer === undefined) return ofRun.of(file);
    return keeping(protectedRules, ofRun.of(file), nearer.settings.of(file));
  };
  const configs = [...loaded.values()].map(({ nearer }) => nearer);
  return {
    fileSettings: {
      of: settingsOf,
      every: [ofRun, ...[...loaded.values()].map(({ settings }) => settings)].flatMap(({ every }) => every),
    },
    nearestTo: file => nearestTo(file)?.nearer,
    suppressions: configs.flatMap(nearer => suppressionsOf(nearer, configuration.folder)),
    placeholders: configs.flatMap(({ config, folder }) =>
      config.placeholders.map(glob => globInFolder(glob, shownPath(folder, configuration.folder))),
    ),
    notices: configs.flatMap(noticeOf),
  };
}

/** A file that others use may be in a folder that was not looked at: then what is above it counts. */
function nearestOf(path: string, files: NearerConfigFiles): string | undefined {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    if (files.has(folder) || folder === dirname(folder)) return files.get(folder);
  }
}

/** Settings of rules that only a run in its own folder knows. */
function withoutOwnRules(config: Config, { rules }: RuleSet): Config {
  if (config.rulesFolder === undefined && config.ruleFiles.length === 0) return config;
  const ids = rules.map(({ id }) => id);
  const known = (settings: Config['rules']): Config['rules'] =>
    new Map([...settings].filter(([name]) => rulesNamed(name, ids).length > 0));
  const overrides = config.overrides.map(override => ({ ...override, rules: known(override.rules) }));
  return { ...config, rules: known(config.rules), overrides };
}

function keeping(ids: ReadonlySet<string>, from: RuleSettings, to: RuleSettings): RuleSettings {
  if (ids.size === 0) return to;
  const isKept = ([key]: readonly [string, unknown]): boolean => ids.has(ruleIdOf(key));
  return new Map([...[...to].filter(entry => !isKept(entry)), ...[...from].filter(isKept)]);
}

function suppressionsOf({ config, folder }: LoadedConfig, top: string): Config['suppressions'] {
  const within = shownPath(folder, top);
  return config.suppressions.map(suppression => ({
    ...suppression,
    file: globInFolder(suppression.file ?? '*', within),
  }));
}

/** What is about a run as a whole, a configuration further up has said already. */
function noticeOf({ config, file }: LoadedConfig): Notice[] {
  const keys = keysOfRun.filter(key => {
    const value = config[key];
    return Array.isArray(value) ? value.length > 0 : value !== undefined;
  });
  if (keys.length === 0 || file === undefined) return [];
  const named = keys.map(key => `"${key}"`).join(', ');
  const message = `${named} ${keys.length === 1 ? 'holds' : 'hold'} only for runs that start in this folder.`;
  return [{ code: 'not-of-this-run', message, file }];
}

const keysOfRun = [
  'include',
  'exclude',
  'failOn',
  'baseline',
  'catalog',
  'rulesFolder',
  'ruleFiles',
  'actionSets',
  'neverSuppress',
  'maxSuppressionDays',
] as const satisfies readonly (keyof Config)[];
