import { expect, test } from 'vitest';
import * as azrbac from '../src/index.js';
import {
  expandPatterns,
  format,
  lint,
  loadCatalog,
  matchesAction,
  permissionsOf,
  readRoleDefinitions,
  UserError,
} from '../src/index.js';
import { misspelt, scorer } from './commands/project.js';

const endpoints = 'Microsoft.MachineLearningServices/workspaces/onlineEndpoints';

test('the library has these names and no others', () => {
  expect(Object.keys(azrbac).sort()).toEqual([
    'UserError',
    'collectFromAzure',
    'expandPatterns',
    'format',
    'lint',
    'loadCatalog',
    'matchesAction',
    'permissionsOf',
    'readRoleDefinitions',
  ]);
});

test('a text is linted and the result formatted', async () => {
  const result = lint([{ text: JSON.stringify(misspelt), file: 'roles/restarter.json' }], {
    asOf: '2026-10-01',
  });
  expect(result.findings.map(({ rule, at }) => [rule.id, at.document.file, at.pointer])).toEqual([
    ['action-unknown', 'roles/restarter.json', '/Actions/0'],
  ]);
  expect(await format(result, 'text')).toContain('Did you mean …/restart/action?');
  expect(JSON.parse(await format(result, 'sarif'))).toMatchObject({ version: '2.1.0' });
});

test('severities can be set, and a mistake in them is a UserError', () => {
  const sources = [{ text: JSON.stringify(misspelt), file: 'role.json' }];
  expect(lint(sources, { rules: { 'action-unknown': 'off' } }).findings).toEqual([]);
  expect(() => lint(sources, { rules: { 'action-unknwon': 'off' } })).toThrow(UserError);
});

test('what holds no role definition is a notice', () => {
  expect(lint([{ text: '{}', file: 'empty.json' }]).notices).toMatchObject([
    { code: 'no-role-definition', file: 'empty.json' },
  ]);
});

test('a format whose files are read together is a notice', () => {
  expect(lint([{ text: 'resource "azurerm_role_definition" "reader" {}', file: 'main.tf' }])).toMatchObject({
    files: 0,
    findings: [],
    notices: [{ code: 'not-read-alone', file: 'main.tf' }],
  });
});

test('patterns are matched and expanded', () => {
  expect(matchesAction(`${endpoints}/*/action`, `${endpoints.toUpperCase()}/SCORE/ACTION`)).toBe(true);
  const { operations } = expandPatterns([`${endpoints}/*/action`], {
    not: ['*/listkeys/action', '*/deployments/*'],
  });
  expect(operations).toEqual([
    `${endpoints}/regeneratekeys/action`,
    `${endpoints}/score/action`,
    `${endpoints}/token/action`,
  ]);
});

test('a role is read, and what it grants is known with its reasons', () => {
  const [role] = readRoleDefinitions(JSON.stringify(scorer), 'scorer.json').roleDefinitions;
  const permissions = permissionsOf(role!);
  expect(permissions.set.count('control')).toBe(5);
  expect(
    permissions.witnesses(`${endpoints}/score/action`, 'control').map(({ entry }) => entry.text),
  ).toEqual([`${endpoints}/*/action`]);
});

test('built-in roles come with the catalog', () => {
  const reader = loadCatalog().builtInRoles.find('Reader');
  expect(permissionsOf(reader!).set.has('Microsoft.Compute/virtualMachines/read', 'control')).toBe(true);
});

test('a catalog that is not there is a UserError', () => {
  expect(() => loadCatalog('no/such/folder')).toThrow(UserError);
});
