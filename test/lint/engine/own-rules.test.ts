import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { UserError } from '../../../src/errors.js';
import { readJson } from '../../../src/input/json.js';
import { loadConfig } from '../../../src/lint/engine/load-config.js';
import { addOwnRules, type OwnRules } from '../../../src/lint/engine/own-rules.js';
import { runLint } from '../../../src/lint/engine/run.js';
import { findRoleDefinitions } from '../../../src/rbac/model/find-role-definitions.js';
import { shippedRules } from '../../lint-example.js';
import { shippedCatalog } from '../../shipped-catalog.js';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'azrbac-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

const group = {
  name: 'our-crown-jewels',
  title: 'What only the platform team may do',
  operations: [
    {
      operation: 'Microsoft.Network/dnsZones/delete',
      plane: 'control',
      reason: 'takes our sites off the net',
    },
  ],
};

const rule = {
  id: 'role-touches-crown-jewels',
  title: 'A role may do what only the platform team may',
  category: 'sensitive-operations',
  severity: 'high',
  check: 'grants-operation-group',
  options: { cases: [{ allOf: ['our-crown-jewels'] }] },
  message: 'Role "{role}" allows {operations} through "{pattern}".',
  variants: { literal: { severity: 'medium' } },
  why: 'Our sites would be off the net.',
  fix: 'Ask the platform team.',
};

function write(file: string, value: unknown): void {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), typeof value === 'string' ? value : JSON.stringify(value, null, 2));
}

async function addRules(config: object = { rulesFolder: 'own' }): Promise<OwnRules> {
  write('azrbac.config.json', config);
  return addOwnRules(shippedRules, await loadConfig({ cwd: folder }), {
    catalog: shippedCatalog,
    cwd: folder,
  });
}

async function inputError(config?: object): Promise<string> {
  try {
    await addRules(config);
  } catch (error) {
    if (error instanceof UserError) return [error.message, error.hint].filter(Boolean).join(' ');
    throw error;
  }
  return 'none';
}

test('a rule of the user’s over a group of the user’s finds what ours find', async () => {
  write('own/role-touches-crown-jewels.json', rule);
  write('own/operation-groups/our-crown-jewels.json', group);
  const { ruleSet, notices } = await addRules();
  const document = readJson(
    '{"Name": "DNS Operator", "Actions": ["Microsoft.Network/*"], "AssignableScopes": ["/subscriptions/11111111-1111-1111-1111-111111111111"]}',
    'dns-operator.json',
  );
  const { findings } = runLint({
    documents: [document],
    roleDefinitions: findRoleDefinitions(document, true).roleDefinitions,
    rules: ruleSet,
    settings: new Map(),
    catalog: shippedCatalog,
    asOf: '2026-11-21',
  });
  expect(notices).toEqual([]);
  expect(
    findings
      .filter(({ rule }) => rule.id === 'role-touches-crown-jewels')
      .map(({ severity, message }) => [severity, message]),
  ).toEqual([
    ['high', 'Role "DNS Operator" allows Microsoft.Network/dnsZones/delete through "Microsoft.Network/*".'],
  ]);
});

test('rules and groups may be named one by one, and have comments', async () => {
  write('rules/jewels.jsonc', `// Ours\n${JSON.stringify(rule)}`);
  write('groups/jewels.json', group);
  const { ruleSet } = await addRules({ ruleFiles: ['rules/jewels.jsonc', 'groups/jewels.json'] });
  expect(ruleSet.rules.map(({ id }) => id)).toContain('role-touches-crown-jewels');
  expect(ruleSet.groups.map(({ name }) => name)).toContain('our-crown-jewels');
});

test('without rules of the user’s the shipped ones are as they are', async () => {
  expect((await addRules({})).ruleSet).toBe(shippedRules);
});

test.each([
  [{ sevrity: 'low' }, 'own/rule.json:24:3: "sevrity" is not a key of a rule. Did you mean "severity"?'],
  [
    { severity: 'warning' },
    'own/rule.json:5:15: "severity" is none of critical, high, medium, low, info. There is: critical, high, medium, low, info.',
  ],
  [{ id: 'Role Touches' }, 'own/rule.json:2:9: "id" must match pattern "^[a-z][a-z0-9]*(-[a-z0-9]+)*$".'],
  [{ why: undefined }, 'own/rule.json:1:1: The key "why" is missing: a rule needs one.'],
  [{ title: 7 }, 'own/rule.json:3:12: "title" must be string.'],
  [
    { variants: { literal: { level: 'low' } } },
    'own/rule.json:19:7: "level" is not a key of "variants/literal". There is: severity, message, headline, detail.',
  ],
  [
    { check: 'grants-operation-groups' },
    'own/rule.json:6:12: There is no check "grants-operation-groups". Did you mean "grants-operation-group"?',
  ],
  [
    { options: {} },
    'own/rule.json:7:14: The key "cases" is missing: the options of the check "grants-operation-group" needs one.',
  ],
  [
    { options: undefined },
    'own/rule.json:1:1: The key "options" is missing: the check "grants-operation-group" needs some.',
  ],
  [
    { options: { cases: [{ allOf: ['our-crown-jewel'] }] } },
    'own/rule.json:11:11: There is no operation group "our-crown-jewel". Did you mean "our-crown-jewels"?',
  ],
  [
    { implies: ['role-destroyes'] },
    'own/rule.json:24:14: There is no rule "role-destroyes". Did you mean "role-destroys"?',
  ],
  [
    { id: 'ml-scoring-wildcard' },
    'own/rule.json:2:9: There is another rule of the name "ml-scoring-wildcard". Give yours another name.',
  ],
])('a rule with %j is refused', async (change, message) => {
  write('own/rule.json', { ...rule, ...change });
  write('own/operation-groups/jewels.json', group);
  expect(await inputError()).toBe(message);
});

test.each([
  ['{ "id": ', /^own\/rule\.json:1:\d+: This is not JSON: /],
  ['[]', /^own\/rule\.json:1:1: A rule or an operation group is an object\.$/],
  [
    '{"__proto__": {"id": "role-touches-crown-jewels"}}',
    /^own\/rule\.json:1:1: The key "id" is missing: a rule needs one\.$/,
  ],
  [
    `{"options": ${'['.repeat(50_000)}${']'.repeat(50_000)}}`,
    /^own\/rule\.json:1:1: The key "id" is missing/,
  ],
])('a file with %.20s is refused', async (text, message) => {
  write('own/rule.json', text);
  expect(await inputError()).toMatch(message);
});

test('a group with a wildcard is refused', async () => {
  const operations = [{ ...group.operations[0], operation: 'Microsoft.Network/*' }];
  write('own/operation-groups/jewels.json', { ...group, operations });
  expect(await inputError()).toMatch(
    /^own\/operation-groups\/jewels\.json:6:20: "operations\/0\/operation" must match pattern /,
  );
});

test('a group may name operations that the catalog does not know, with a notice', async () => {
  const operations = [
    { operation: 'Contoso.Vaults/doors/open/action', plane: 'control', reason: 'opens doors' },
  ];
  write('own/operation-groups/jewels.json', { ...group, operations });
  expect((await addRules()).notices).toEqual([
    {
      code: 'own-group-unknown-operation',
      message: `The operation group "our-crown-jewels" names operations that the catalog of ${shippedCatalog.date} does not know: "Contoso.Vaults/doors/open/action".`,
      file: 'own/operation-groups/jewels.json',
    },
  ]);
});

test.each([
  [
    { rulesFolder: 'nowhere' },
    'The folder of rules "nowhere" cannot be read. Correct "rulesFolder" in your configuration.',
  ],
  [{ ruleFiles: ['nowhere.json'] }, '"nowhere.json" cannot be read: it does not exist.'],
])('%j names what is not there', async (config, message) => {
  expect(await inputError(config)).toBe(message);
});
