import type { JsonNode, JsonObject } from '../../input/json-node.js';
import { pointerOf } from '../../input/json-node.js';
import type { Located, SourceDocument } from '../../input/source-document.js';
import { ConfigReader } from './config-reader.js';
import { severities, type Severity } from './rule.js';
import type { RuleSetting } from './settings.js';
import type { ConfigSuppression } from './suppression.js';

/** What a configuration says. Paths and globs are relative to its folder. */
export interface Config {
  readonly extends: string;
  /** Settings by rule id or `id/variant`; each with its place, as only the rules know which ids exist. */
  readonly rules: ReadonlyMap<string, Located<RuleSetting>>;
  /** Settings for some files over {@link Config.rules}, the later over the earlier. */
  readonly overrides: readonly ConfigOverride[];
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  readonly catalog: string | undefined;
  readonly rulesFolder: string | undefined;
  readonly ruleFiles: readonly string[];
  readonly suppressions: readonly ConfigSuppression[];
  readonly placeholders: readonly string[];
  /** Files, and folders of files, with action sets of the user's own. */
  readonly actionSets: readonly string[];
  readonly failOn: Severity | 'never' | undefined;
  readonly baseline: string | undefined;
  /** Rules whose findings nobody may accept: ids, variants, or names with stars. */
  readonly neverSuppress: readonly string[];
  /** The longest that a suppression may hold, from the day of the run on. */
  readonly maxSuppressionDays: number | undefined;
}

/** Settings that hold for the files that a glob matches. */
export interface ConfigOverride {
  readonly files: readonly string[];
  readonly rules: Config['rules'];
}

/**
 * Reads the configuration in a document.
 * @throws UserError at the first thing in it that is wrong, with its place and, for a misspelt word, what was meant.
 */
export function readConfig(document: SourceDocument): Config {
  const reader = new ConfigReader(document);
  const root = reader.root();
  const members = reader.members(root, 'the configuration', configKeys);
  return {
    extends: members.get('extends', node => reader.word(node, profileNames)) ?? 'recommended',
    rules: members.get('rules', node => readSettings(reader, node)) ?? new Map(),
    overrides: members.get('overrides', node => reader.list(node, item => readOverride(reader, item))) ?? [],
    include: members.get('include', node => reader.texts(node)) ?? [],
    exclude: members.get('exclude', node => reader.texts(node)) ?? [],
    catalog: members.get('catalog', node => reader.text(node)),
    rulesFolder: members.get('rulesFolder', node => reader.text(node)),
    ruleFiles: members.get('ruleFiles', node => reader.texts(node)) ?? [],
    suppressions:
      members.get('suppressions', node => reader.list(node, item => readSuppression(reader, item))) ?? [],
    placeholders: members.get('placeholders', node => reader.texts(node)) ?? [],
    actionSets: members.get('actionSets', node => reader.texts(node)) ?? [],
    failOn: members.get('failOn', node => reader.word(node, [...severities, 'never'] as const)),
    baseline: members.get('baseline', node => reader.text(node)),
    neverSuppress: members.get('neverSuppress', node => reader.texts(node)) ?? [],
    maxSuppressionDays: members.get('maxSuppressionDays', node => reader.days(node)),
  };
}

/** What holds where there is no file. */
export const emptyConfig: Config = {
  extends: 'recommended',
  rules: new Map(),
  overrides: [],
  include: [],
  exclude: [],
  catalog: undefined,
  rulesFolder: undefined,
  ruleFiles: [],
  suppressions: [],
  placeholders: [],
  actionSets: [],
  failOn: undefined,
  baseline: undefined,
  neverSuppress: [],
  maxSuppressionDays: undefined,
};

const profileNames = ['recommended', 'strict'] as const;

const configKeys = [
  '$schema',
  'extends',
  'rules',
  'overrides',
  'include',
  'exclude',
  'catalog',
  'rulesFolder',
  'ruleFiles',
  'suppressions',
  'placeholders',
  'actionSets',
  'failOn',
  'baseline',
  'neverSuppress',
  'maxSuppressionDays',
] as const;

const suppressionKeys = [
  'rule',
  'role',
  'file',
  'operation',
  'principal',
  'scope',
  'reason',
  'owner',
  'expires',
] as const;

/** A rule id, perhaps with a variant, or one with stars. */
const isRuleName = /^[a-z*][a-z0-9*]*(?:-[a-z0-9*]+)*(?:\/[A-Za-z0-9-]+)?$/;

function readSettings(reader: ConfigReader, node: JsonNode): Map<string, Located<RuleSetting>> {
  const settings = new Map<string, Located<RuleSetting>>();
  for (const { key, keyRange, value } of reader.object(node).members) {
    if (!isRuleName.test(key)) throw reader.error(keyRange, `"${key}" is not a rule ID.`);
    settings.set(key, { value: reader.word(value, [...severities, 'off'] as const), at: reader.at(value) });
  }
  return settings;
}

function readOverride(reader: ConfigReader, node: JsonNode): ConfigOverride {
  const members = reader.members(reader.object(node), 'an override', ['files', 'rules']);
  return {
    files: members.required('files', value => reader.texts(value)),
    rules: members.required('rules', value => readSettings(reader, value)),
  };
}

function readSuppression(reader: ConfigReader, node: JsonNode): ConfigSuppression {
  const object: JsonObject = reader.object(node);
  const members = reader.members(object, 'a suppression', suppressionKeys);
  const text = (key: (typeof suppressionKeys)[number]): string | undefined =>
    members.get(key, value => reader.text(value));
  return {
    by: 'config',
    at: { document: reader.document, pointer: pointerOf(node), range: node },
    rule: members.required('rule', value => reader.text(value)),
    reason: members.required('reason', value => reader.text(value)),
    role: text('role'),
    file: text('file'),
    operation: text('operation'),
    principal: text('principal'),
    scope: text('scope'),
    owner: text('owner'),
    // What is no date is no error here: it counts as expired, and a rule says so.
    expires: members.get('expires', value => reader.string(value)),
  };
}
