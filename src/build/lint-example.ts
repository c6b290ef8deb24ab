import type { Catalog } from '../rbac/catalog/catalog.js';
import { join } from 'node:path';
import { Tenant } from '../tenant/access/tenant.js';
import { ActionSets } from '../rbac/action-sets/action-sets.js';
import { shippedCatalogFolder } from '../package/package-folder.js';
import type { ExpectationOutcome } from '../lint/checks/expectation-outcome.js';
import { type AnyCheck, findCheck } from '../lint/checks/index.js';
import { findTenantCheck } from '../lint/checks/tenant/index.js';
import { evaluate } from '../analysis/expectations/evaluate.js';
import { outcomesOf } from '../analysis/expectations/outcomes.js';
import { readExpectations } from '../analysis/expectations/read-expectations.js';
import { readJson } from '../input/json.js';
import { readerFor } from '../input/readers.js';
import type { SourceDocument } from '../input/source-document.js';
import { emptyConfig, readConfig } from '../lint/engine/config.js';
import { configFileName } from '../lint/engine/find-config.js';
import type { Finding } from '../lint/engine/finding.js';
import type { DocumentedRule, RuleExample } from '../lint/engine/rule.js';
import { profileSettings, type RuleSet } from '../lint/engine/rules.js';
import { runLint } from '../lint/engine/run.js';
import { layerSettings } from '../lint/engine/settings.js';
import { OperationIndex } from '../rbac/permissions/operation-index.js';
import { snapshotOf } from '../tenant/snapshot/snapshot-of.js';
import { findRolesAtOnce, provideReaders } from '../rbac/model/find-roles.js';
import { rolesOfBicep } from '../rbac/model/roles-of-bicep.js';
import { rolesOfPlan } from '../rbac/model/roles-of-plan.js';
import { rolesOfTemplate } from '../rbac/model/roles-of-template.js';
import { tenantsOfCode } from '../tenant/code/tenants-of-code.js';

provideReaders({ template: rolesOfTemplate, bicep: rolesOfBicep, plan: rolesOfPlan });

/** What an example is linted with. */
export interface ExampleSurroundings {
  readonly ruleSet: RuleSet<DocumentedRule>;
  readonly catalog: Catalog;
  /** Checks that are not in the table. */
  readonly ownChecks?: ReadonlyMap<string, AnyCheck>;
}

/** What the whole lint finds of a rule in one of its examples. What became `related` of another finding does not count. */
export function lintExample(
  rule: DocumentedRule,
  example: RuleExample,
  { ruleSet, catalog, ownChecks }: ExampleSurroundings,
): readonly Finding[] {
  const documents = documentsOf(example);
  const config = readConfigOf(example);
  const own = new Map([...config.rules].map(([name, { value }]) => [name, value]));
  const tenant = tenantOf(example, catalog);
  const found = documents.map(document => findRolesAtOnce(document, true));
  const { findings } = runLint({
    documents: documents.map((document, at) => found[at]!.document ?? document),
    roleDefinitions: found.flatMap(({ roleDefinitions }) => roleDefinitions),
    assignments: found.flatMap(({ assignments = [] }) => assignments),
    tenantsOfCode,
    rules: withOptions(ruleSet, rule, example),
    settings: layerSettings(profileSettings(ruleSet, config.extends), own),
    suppressions: config.suppressions,
    placeholders: config.placeholders,
    catalog,
    tenant,
    expectations: outcomesOfExample(example, tenant),
    findCheck: name => ownChecks?.get(name) ?? findCheck(name) ?? findTenantCheck(name),
    asOf: '2026-11-21',
  });
  return findings.filter(finding => finding.rule.id === rule.id);
}

function withOptions(
  ruleSet: ExampleSurroundings['ruleSet'],
  { id }: DocumentedRule,
  { options }: RuleExample,
): ExampleSurroundings['ruleSet'] {
  if (options === undefined) return ruleSet;
  return { ...ruleSet, rules: ruleSet.rules.map(rule => (rule.id === id ? { ...rule, options } : rule)) };
}

/** The pointer of a finding as examples write it: one into another file than the example's own names that file. */
export function pointerInExample({ at }: Finding, example: RuleExample): string {
  return at.document.file === fileOf(example) ? at.pointer : `${at.document.file}#${at.pointer}`;
}

function outcomesOfExample(
  { expectations: value }: RuleExample,
  tenant: Tenant | undefined,
): ExpectationOutcome[] | undefined {
  if (value === undefined || tenant === undefined) return undefined;
  const { catalog, index } = tenant;
  const sets = new ActionSets(join(shippedCatalogFolder(), 'action-sets'));
  const document = readJson(textOf(value), expectationsFile);
  const { expectations, inputErrors } = readExpectations(document, { sets, catalog, index });
  if (inputErrors[0] !== undefined) throw inputErrors[0];
  const report = evaluate({
    expectations,
    file: expectationsFile,
    tenant,
    roles: new Map(),
    catalog,
    index,
    options: { allowExcess: 'tolerated', conditionalGrants: 'fail' },
  });
  return outcomesOf(report, expectations);
}

const expectationsFile = 'access.json';

function fileOf({ file, snapshot }: RuleExample): string {
  return file ?? (snapshot === undefined ? 'role.json' : 'snapshot.json');
}

function tenantOf({ snapshot }: RuleExample, catalog: Catalog): Tenant | undefined {
  if (snapshot === undefined) return undefined;
  return new Tenant(snapshotOf(snapshot, 'snapshot.json'), catalog, new OperationIndex(catalog));
}

function documentsOf(example: RuleExample): SourceDocument[] {
  const { snapshot, text, document, beside = {} } = example;
  const others = Object.entries(beside).map(([file, value]) => readFileText(file, textOf(value)));
  if (snapshot !== undefined && text === undefined && document === undefined) return others;
  return [readFileText(fileOf(example), text ?? textOf(document)), ...others];
}

function readFileText(file: string, text: string): SourceDocument {
  return (readerFor(file)?.read ?? readJson)(text, file);
}

function textOf(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

function readConfigOf({ config }: RuleExample): ReturnType<typeof readConfig> {
  return config === undefined
    ? emptyConfig
    : readConfig(readJson(JSON.stringify(config, null, 2), configFileName));
}
