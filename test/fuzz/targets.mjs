// Everything that reads what strangers wrote, as functions from bytes, over the modules of the last build. Each goes on to
// what is made of the input: a report, a decision, a sentence. A UserError is an answer; any other error is a fault.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bicepOf, templateOf, terraformOf, yamlOf } from './code-samples.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const load = path => import(join(root, 'dist', path));

const { decode } = await load('input/decode.js');
const { readJson } = await load('input/json.js');
const { readYaml } = await load('input/yaml.js');
const { runLint } = await load('lint/engine/run.js');
const { compileRules } = await load('lint/engine/rules.js');
const { readConfig } = await load('lint/engine/config.js');
const { parseBaseline } = await load('lint/engine/baseline.js');
const { findRoleDefinitions } = await load('rbac/model/find-role-definitions.js');
const { formatReport, reportFormats } = await load('reporters/lint/reporters.js');
const { Catalog } = await load('rbac/catalog/catalog.js');
const { OperationIndex } = await load('rbac/permissions/operation-index.js');
const { expandPatterns } = await load('rbac/permissions/expand-patterns.js');
const { matchesAction } = await load('rbac/permissions/action-pattern.js');
const { parseCondition } = await load('rbac/conditions/parse-condition.js');
const { checkCondition } = await load('rbac/conditions/check-condition.js');
const { printCondition } = await load('rbac/conditions/print-condition.js');
const { evaluateCondition } = await load('rbac/conditions/evaluate-condition.js');
const { knowingAction } = await load('rbac/conditions/knowledge.js');
const { vacuousComparisons } = await load('rbac/conditions/outcome.js');
const { Collected } = await load('tenant/snapshot/collected.js');
const { readSnapshotJson } = await load('tenant/snapshot/read-json.js');
const { LineReader } = await load('tenant/snapshot/read-lines.js');
const { buildSnapshot } = await load('tenant/snapshot/build-snapshot.js');
const { Tenant } = await load('tenant/access/tenant.js');
const { whoCan } = await load('tenant/access/who-can.js');
const { AccessQuestion } = await load('tenant/access/access-question.js');
const { findTenantCheck } = await load('lint/checks/tenant/index.js');
const { findCheck } = await load('lint/checks/index.js');
const { parseScope } = await load('rbac/model/scope.js');
const { readExpectations } = await load('analysis/expectations/read-expectations.js');
const { readAccessTests } = await load('analysis/access-tests/read-access-tests.js');
const { ActionSets } = await load('rbac/action-sets/action-sets.js');
const { RolePurposes } = await load('rbac/recommendations/role-purposes.js');
const { explainText } = await load('analysis/explain/explain.js');
const { loadKnowledge } = await load('analysis/explain/known-errors.js');
const { readAccessToken } = await load('analysis/explain/access-token.js');
const { readAzureMl } = await load('analysis/azure-ml/read-resources.js');
const { findRoles } = await load('rbac/model/find-roles.js');
const { assignmentChecks } = await load('workspace/assignment-checks.js');
const { readTerraformFiles } = await load('workspace/terraform-input.js');
const { readOperationExport, readRoleExport } = await load('rbac/catalog-writer/read-exports.js');

const catalog = Catalog.load(join(root, 'role-catalog'));
const index = new OperationIndex(catalog);
const rules = compileRules(join(root, 'rules'));
const sets = new ActionSets(join(root, 'role-catalog/action-sets'));
const knowledge = loadKnowledge();
const purposes = new RolePurposes();
const asOf = '2026-08-22';
const examples = rules.rules.flatMap(rule => rule.examples ?? []);
const report = { color: 0, version: '0.0.0', failOn: 'medium' };

const filesUnder = (folder, pattern) =>
  readdirSync(join(root, folder), { recursive: true })
    .filter(name => pattern.test(name))
    .sort()
    .map(name => readFileSync(join(root, folder, name)));
const jsonOf = value => Buffer.from(JSON.stringify(value, null, 1));
const header = { version: 1, kind: 'azrbac-snapshot' };
const snapshots = examples.flatMap(({ snapshot }) => (snapshot === undefined ? [] : [{ ...header, ...snapshot }]));
const roleFiles = examples.flatMap(({ text, document }) =>
  text === undefined && document === undefined ? [] : [Buffer.from(text ?? JSON.stringify(document, null, 2))],
);
const conditions = [...new Set(JSON.stringify(snapshots).match(/\(\(?!?\((?:[^"\\]|\\.)+/g) ?? [])].map(text =>
  Buffer.from(JSON.parse(`"${text.replace(/\\$/, '')}"`)),
);

const written = examples.flatMap(({ document }) => (Array.isArray(document?.Actions) ? [document] : []));
const terraformFiles = [
  ...filesUnder('docs', /\.tf$/),
  ...readFileSync(join(root, 'test/input/formats/terraform/hashicorp/answers.jsonl'), 'utf8').trim().split('\n').map(line => Buffer.from(`locals {\n${JSON.parse(line).text}\n}\n`)),
  ...written.map(terraformOf),
];

/** Name, how often in a hundred, what is damaged, and what reads it. @type {readonly Target[]} */
export const targets = [
  { name: 'role definitions', share: 14, samples: roleFiles, run: lintRoles },
  { name: 'role definitions in YAML', share: 4, samples: filesUnder('docs', /\.ya?ml$/), run: lintYaml },
  { name: 'roles in YAML', share: 2, samples: written.map(yamlOf), run: lintCode('main.yaml') },
  { name: 'Terraform', share: 6, samples: terraformFiles, run: lintTerraform },
  { name: 'Bicep', share: 4, samples: written.map(bicepOf), run: lintCode('main.bicep') },
  { name: 'ARM templates', share: 4, samples: written.map(templateOf), run: lintCode('main.json') },
  { name: 'conditions', share: 18, samples: conditions, run: judgeCondition },
  { name: 'snapshots', share: 14, samples: snapshots.map(jsonOf), run: (bytes, run) => askTenant(bytes, run, readSnapshotJson) },
  { name: 'snapshots as NDJSON', share: 4, samples: snapshots.map(linesOf), run: (bytes, run) => askTenant(bytes, run, readLines) },
  { name: 'configuration', share: 6, samples: filesUnder('docs', /azrbac\.config\.json$/), run: text(value => readConfig(readJson(value, 'azrbac.config.json'))) },
  { name: 'baselines', share: 3, samples: [jsonOf({ version: 1, kind: 'azrbac-baseline', date: asOf, findings: [{ fingerprint: 'aaaa', ruleId: 'action-unknown', file: 'a.json', role: null }] })], run: text(value => parseBaseline(value, 'baseline.json')) },
  { name: 'expectations', share: 4, samples: filesUnder('docs', /(?:access|team)\.(?:ya?ml|json)$/), run: readTables(document => readExpectations(document, { sets, catalog, index })) },
  { name: 'access tests', share: 3, samples: filesUnder('docs', /access-tests\.ya?ml$/), run: readTables(document => readAccessTests(document, catalog)) },
  { name: 'pasted errors', share: 2, samples: filesUnder('docs', /\.log$/), run: text(value => explainText(value.slice(0, 20_000), { knowledge, catalog, index, sets, purposes, rules: () => rules, asOf })) },
  { name: 'access tokens', share: 3, samples: [Buffer.from('eyJhbGciOiJub25lIn0.eyJhdWQiOiJodHRwczovL21sLmF6dXJlLmNvbSIsImV4cCI6MX0.c2ln')], run: text(value => readAccessToken(value)) },
  { name: 'Azure ML files', share: 4, samples: filesUnder('docs/azure-ml', /\.ya?ml$/), run: text(value => readAzureMl(value, 'endpoint.yml')) },
  { name: 'catalog exports', share: 3, samples: [jsonOf([{ name: 'Microsoft.Compute', resourceTypes: [{ operations: [{ name: 'Microsoft.Compute/disks/read', isDataAction: false }] }] }]), jsonOf([{ name: 'acdd72a7-3385-48ef-bd42-f606fba81ae7', roleName: 'Reader', roleType: 'BuiltInRole', permissions: [{ actions: ['*/read'] }] }])], run: readExports },
  { name: 'action patterns', share: 2, samples: [Buffer.from('Microsoft.Compute/*/read'), Buffer.from('*/virtualMachines/*/action'), Buffer.from('**/*a*b*/')], run: text(expand) },
];

/** @typedef {{ name: string, share: number, samples: readonly Buffer[], run(bytes: Buffer, run: number): unknown }} Target */

function text(read) {
  return async bytes => {
    const { text: value } = decode(bytes, 'input');
    if (value !== undefined) await read(value);
  };
}

async function lintRoles(bytes, run) {
  const { text: value } = decode(bytes, 'role.json');
  if (value !== undefined) await reportOn([readJson(value, 'role.json')], run);
}

async function lintYaml(bytes, run) {
  const { text: value } = decode(bytes, 'role.yaml');
  if (value !== undefined) await reportOn([await readYaml(value, 'role.yaml')], run);
}

/** In a folder that is not there, so that no file on the disk matters. */
async function lintTerraform(bytes, run) {
  const { text: value } = decode(bytes, 'main.tf');
  if (value === undefined) return;
  const file = { path: '/azrbac-fuzz/main.tf', shown: 'main.tf', isNamed: true };
  const document = { file: 'main.tf', text: value, root: undefined, comments: [], tolerated: [], syntaxProblems: [] };
  const { files, context } = await readTerraformFiles([{ file, document }], [], '/azrbac-fuzz');
  context();
  await reportOn(files.map(each => each.document), run, codeIn(files));
}

function lintCode(name) {
  return async (bytes, run) => {
    const { text: value } = decode(bytes, name);
    if (value === undefined) return;
    const isText = !name.endsWith('.json');
    const document = isText ? { file: name, text: value, comments: [], tolerated: [], syntaxProblems: [] } : readJson(value, name);
    const place = { path: `/azrbac-fuzz/${name}`, cwd: '/azrbac-fuzz' };
    const found = await findRoles(document, true, isText ? place : undefined);
    found.context?.();
    await reportOn([found.document ?? document], run, codeIn([found]));
  };
}

function codeIn(files) {
  return {
    roleDefinitions: files.flatMap(each => each.roleDefinitions),
    assignments: files.flatMap(each => each.assignments ?? []),
    ...assignmentChecks,
  };
}

async function reportOn(documents, run, more = {}) {
  const roleDefinitions = documents.flatMap(document => findRoleDefinitions(document, true).roleDefinitions);
  const result = runLint({ documents, roleDefinitions, rules, settings: new Map(), catalog, asOf, builtInRoles: 'include', ...more });
  const format = reportFormats[run % reportFormats.length];
  const written = await formatReport(format, result, report);
  if (written.includes('\u001b')) throw new Error(`an escape character in ${format}`);
  if (['json', 'sarif', 'gitlab'].includes(format)) JSON.parse(written);
}

function judgeCondition(bytes, run) {
  const condition = parseCondition(bytes.toString('utf8'));
  checkCondition(condition);
  const expression = condition.expression ?? condition.recovered;
  if (expression === undefined) return;
  printCondition(expression);
  evaluateCondition(expression, knowingAction('Microsoft.Authorization/roleAssignments/write'));
  if (run % 8 === 0) vacuousComparisons(expression);
}

async function askTenant(bytes, run, read) {
  const collected = new Collected();
  read(bytes, 'snapshot.json', collected);
  const snapshot = buildSnapshot(collected, 'snapshot.json');
  const tenant = new Tenant(snapshot, catalog, index);
  const scope = parseScope(snapshot.roleAssignments[0]?.scope ?? '/');
  whoCan(tenant, new AccessQuestion(tenant, { operation: 'Microsoft.Compute/virtualMachines/read', plane: 'control', scope }));
  if (run % 4 === 0) await reportOn([], run, { tenant, findCheck: name => findCheck(name) ?? findTenantCheck(name) });
}

function readLines(bytes, file, collected) {
  const reader = new LineReader(file, collected);
  const lines = bytes.toString('utf8').split('\n');
  lines.forEach((line, i) => reader.read(line, i === lines.length - 1));
  reader.finish();
}

function linesOf({ version, kind, ...lists }) {
  const rows = Object.entries(lists).flatMap(([name, list]) => list.map(value => ({ kind: name, value })));
  const counts = Object.fromEntries(Object.entries(lists).map(([name, list]) => [name, list.length]));
  return Buffer.from([{ version, kind }, ...rows, { kind: 'end', counts }].map(row => JSON.stringify(row)).join('\n'));
}

function readTables(read) {
  return async bytes => {
    const { text: value } = decode(bytes, 'table');
    if (value === undefined) return;
    read(value.trimStart().startsWith('{') ? readJson(value, 'table.json') : await readYaml(value, 'table.yaml'));
  };
}

function readExports(bytes, run) {
  const value = bytes.toString('utf8');
  if (run % 2 === 0) readOperationExport(value, 'operations.json');
  else readRoleExport(value, 'roles.json');
}

function expand(value) {
  const patterns = value.split('\n').slice(0, 4);
  expandPatterns(patterns, catalog, index, { plane: 'control', not: [] });
  matchesAction(patterns[0].slice(0, 2_000), 'Microsoft.Compute/virtualMachines/read');
}
