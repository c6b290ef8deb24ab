import { compareText } from '../../compare-text.js';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Catalog } from '../../rbac/catalog/catalog.js';
import { packageFolder } from '../../package/package-folder.js';
import { checkNames, findCheck } from '../checks/index.js';
import type { OperationGroup } from '../checks/operation-group.js';
import { didYouMean } from '../../did-you-mean.js';
import { UserError, type Notice } from '../../errors.js';
import { memberOf, type JsonNode, type JsonObject } from '../../input/json-node.js';
import type { SourceDocument } from '../../input/source-document.js';
import { errorAt } from './config-reader.js';
import { readOwnFile, shownPath, type LoadedConfig } from './load-config.js';
import type { RuleSet } from './rules.js';
import type { Rule } from './rule.js';
import { SchemaValidator } from './schema-validator.js';

export interface OwnRules {
  /** The shipped rules and the user's own. */
  readonly ruleSet: RuleSet;
  readonly notices: readonly Notice[];
}

/** A rule or operation group of the user's, and the tree that it was read from. */
interface OwnFile {
  readonly document: SourceDocument;
  readonly root: JsonObject;
}

/**
 * Adds the rules and operation groups that the configuration names. They are data: nothing in them is executed.
 * @throws UserError at the first mistake in one of them, naming file, line, column and key.
 */
export async function addOwnRules(
  shipped: RuleSet,
  loaded: LoadedConfig,
  { catalog, cwd }: { readonly catalog: Catalog; readonly cwd: string },
): Promise<OwnRules> {
  const paths = ownPaths(loaded, cwd);
  if (paths.length === 0) return { ruleSet: shipped, notices: [] };
  const files = paths.map(path => readOwn(path, cwd));
  const isGroup = ({ root }: OwnFile): boolean => memberOf(root, 'operations') !== undefined;

  const ownGroups = await readGroups(files.filter(isGroup), shipped);
  const groups = [...shipped.groups, ...ownGroups.map(({ group }) => group)];
  const ownRules = await readRules(
    files.filter(file => !isGroup(file)),
    shipped,
    groups,
  );
  const ruleSet = {
    rules: [...shipped.rules, ...ownRules].sort((a, b) => compareText(a.id, b.id)),
    groups: groups.sort((a, b) => compareText(a.name, b.name)),
    profiles: shipped.profiles,
  };
  return { ruleSet, notices: ownGroups.flatMap(own => unknownOperations(own, catalog)) };
}

function ownPaths({ config, folder }: LoadedConfig, cwd: string): string[] {
  const single = config.ruleFiles.map(file => resolve(folder, file));
  if (config.rulesFolder === undefined) return single;
  const rules = resolve(folder, config.rulesFolder);
  return [...jsonFilesIn(rules, cwd), ...jsonFilesIn(join(rules, 'operation-groups')), ...single];
}

/** Sorted. A folder that is not there is an error where `cwd` is given to name it by. */
function jsonFilesIn(folder: string, cwd?: string): string[] {
  try {
    return readdirSync(folder)
      .filter(name => /\.jsonc?$/.test(name))
      .sort(compareText)
      .map(name => join(folder, name));
  } catch (cause) {
    if (cwd === undefined) return [];
    throw new UserError(`The folder of rules "${shownPath(folder, cwd)}" cannot be read.`, {
      hint: 'Correct "rulesFolder" in your configuration.',
      cause,
    });
  }
}

function readOwn(path: string, cwd: string): OwnFile {
  const document = readOwnFile(path, cwd);
  const { root, syntaxProblems } = document;
  const [problem] = syntaxProblems;
  if (problem !== undefined) throw errorAt(document, problem, `This is not JSON: ${problem.message}`);
  if (root?.kind !== 'object')
    throw errorAt(document, { start: 0, end: 0 }, 'A rule or an operation group is an object.');
  return { document, root };
}

async function readGroups(
  files: readonly OwnFile[],
  shipped: RuleSet,
): Promise<(OwnFile & { group: OperationGroup })[]> {
  if (files.length === 0) return [];
  const validator = await SchemaValidator.of(
    readSchema('operation-group.schema.json'),
    'an operation group',
    new Set(),
  );
  const taken = new Set(shipped.groups.map(({ name }) => name));
  return files.map(file => {
    const group = validator.read<OperationGroup>(file.document, file.root);
    claim(group.name, taken, file, { what: 'operation group', key: 'name' });
    return { ...file, group };
  });
}

async function readRules(
  files: readonly OwnFile[],
  shipped: RuleSet,
  groups: readonly OperationGroup[],
): Promise<Rule[]> {
  if (files.length === 0) return [];
  const groupNames = new Set(groups.map(({ name }) => name));
  const validator = await SchemaValidator.of(readSchema('rule.schema.json'), 'a rule', groupNames);
  const taken = new Set(shipped.rules.map(({ id }) => id));
  const rules: Rule[] = [];
  for (const file of files) {
    const rule = validator.read<Rule>(file.document, file.root);
    claim(rule.id, taken, file, { what: 'rule', key: 'id' });
    await validateOptions(rule, file, groupNames);
    rules.push({ ...rule, references: rule.references ?? [], since: 'own' });
  }
  rules.forEach((rule, i) => validateImplied(rule, taken, files[i]!));
  return rules;
}

async function validateOptions(
  rule: Rule,
  { document, root }: OwnFile,
  groupNames: ReadonlySet<string>,
): Promise<void> {
  const check = findCheck(rule.check);
  if (check === undefined) {
    throw errorAt(
      document,
      memberOf(root, 'check') ?? root,
      `There is no check "${rule.check}".`,
      didYouMean(rule.check, checkNames()),
    );
  }
  const what = `the options of the check "${rule.check}"`;
  const validator = await SchemaValidator.of(check.optionsSchema, what, groupNames);
  const options = memberOf(root, 'options');
  if (options !== undefined) validator.read(document, options);
  else if (!validator.accepts({}))
    throw errorAt(document, root, `The key "options" is missing: the check "${rule.check}" needs some.`);
}

function validateImplied(rule: Rule, known: ReadonlySet<string>, { document, root }: OwnFile): void {
  const unknown = rule.implies?.find(id => !known.has(id));
  if (unknown === undefined) return;
  throw errorAt(
    document,
    memberOf(root, 'implies') ?? root,
    `There is no rule "${unknown}".`,
    didYouMean(unknown, [...known]),
  );
}

function claim(
  name: string,
  taken: Set<string>,
  { document, root }: OwnFile,
  { what, key }: { readonly what: string; readonly key: string },
): void {
  const at: JsonNode = memberOf(root, key) ?? root;
  if (taken.has(name))
    throw errorAt(
      document,
      at,
      `There is another ${what} of the name "${name}".`,
      'Give yours another name.',
    );
  taken.add(name);
}

function unknownOperations(
  { group, document }: OwnFile & { group: OperationGroup },
  catalog: Catalog,
): Notice[] {
  const unknown = group.operations.filter(({ operation }) => catalog.findOperation(operation) === undefined);
  if (unknown.length === 0) return [];
  const names = unknown
    .slice(0, 3)
    .map(({ operation }) => `"${operation}"`)
    .join(', ');
  const more = unknown.length > 3 ? ` and ${unknown.length - 3} more` : '';
  const message = `The operation group "${group.name}" names operations that the catalog of ${catalog.date} does not know: ${names}${more}.`;
  return [{ code: 'own-group-unknown-operation', message, file: document.file }];
}

function readSchema(name: string): object {
  return JSON.parse(readFileSync(join(packageFolder(), 'rules', name), 'utf8')) as object;
}
