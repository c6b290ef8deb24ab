import { expect, test } from 'vitest';
import { grantsOperationGroup } from '../../../src/lint/checks/grants-operation-group.js';
import type { OperationGroup } from '../../../src/lint/checks/operation-group.js';
import { readJson } from '../../../src/input/json.js';
import type { LintResult } from '../../../src/lint/engine/finding.js';
import type { Rule } from '../../../src/lint/engine/rule.js';
import { runLint } from '../../../src/lint/engine/run.js';
import { findRoleDefinitions } from '../../../src/rbac/model/find-role-definitions.js';
import { shippedCatalog } from '../../shipped-catalog.js';

const rule: Rule = {
  id: 'role-reads-keys',
  title: 'A role reads keys',
  category: 'sensitive-operations',
  severity: 'high',
  check: 'grants-operation-group',
  options: { cases: [{ allOf: ['keys'] }], conditionalVariant: true },
  message: 'Role "{role}" reads keys through "{pattern}", which allows {listing}.',
  why: 'Keys need no role.',
  fix: 'Remove it.',
  references: [],
  since: '0.1.0',
};

function keys(...operations: readonly string[]): OperationGroup {
  const reason = 'can read the keys';
  return {
    name: 'keys',
    title: 'Keys',
    operations: operations.map(operation => ({ operation, plane: 'control', reason })),
  };
}

const redisKeys = keys('Microsoft.Cache/redis/listKeys/action');
const allKeys = keys('Microsoft.Cache/redis/listKeys/action', 'Microsoft.Cache/redis/regenerateKey/action');

function lint(actions: readonly string[], group: OperationGroup, permission: object = {}): LintResult {
  const role = {
    properties: {
      roleName: 'Cache Operator',
      type: 'CustomRole',
      permissions: [{ actions, ...permission }],
      assignableScopes: ['/subscriptions/11111111-1111-1111-1111-111111111111'],
    },
  };
  const document = readJson(JSON.stringify(role, null, 2), 'roles/cache-operator.json');
  return runLint({
    documents: [document],
    roleDefinitions: findRoleDefinitions(document, true).roleDefinitions,
    rules: { rules: [rule], groups: [group] },
    settings: new Map(),
    catalog: shippedCatalog,
    asOf: '2026-11-21',
    findCheck: () => grantsOperationGroup,
  });
}

const fingerprint = (actions: readonly string[], group: OperationGroup): string | undefined =>
  lint(actions, group).findings[0]?.fingerprint;

test('a finding that somebody accepted stays accepted when the group learns of another operation', () => {
  expect(lint(['Microsoft.Cache/*'], allKeys).findings[0]?.evidence.count).toBe(2);
  expect(fingerprint(['Microsoft.Cache/*'], allKeys)).toBe(fingerprint(['Microsoft.Cache/*'], redisKeys));
});

test('it is another finding when another string grants such operations', () => {
  const strings = ['Microsoft.Cache/redis/listKeys/action', 'Microsoft.Cache/redis/regenerateKey/action'];
  expect(fingerprint(strings, allKeys)).not.toBe(fingerprint(strings.slice(0, 1), allKeys));
});

test('the order and case of strings make no other finding', () => {
  const strings = ['Microsoft.Cache/*', 'Microsoft.Cache/redis/listKeys/action'];
  expect(fingerprint(['microsoft.cache/redis/listkeys/action', 'MICROSOFT.Cache/*'], allKeys)).toBe(
    fingerprint(strings, allKeys),
  );
});

test('a condition that cannot be read makes a notice at its place', () => {
  const condition = "@Resource[Microsoft.Cache/redis:Name] StringEquals 'shared";
  expect(lint(['Microsoft.Cache/*'], allKeys, { condition }).notices).toEqual([
    {
      code: 'condition-not-read',
      message: 'This condition cannot be read: what it guards counts as if it always held.',
      file: 'roles/cache-operator.json',
      line: 10,
      column: 22,
    },
  ]);
});

test('a condition that can be read makes none', () => {
  const condition = "@Resource[Microsoft.Cache/redis:Name] StringEquals 'shared'";
  const { findings, notices } = lint(['Microsoft.Cache/*'], allKeys, { condition });
  expect([findings[0]?.variant, notices]).toEqual(['conditional', []]);
});

test.each([
  ['never lets the operations through', "!(ActionMatches{'Microsoft.Cache/redis/*'})", []],
  ['guards other operations', "!(ActionMatches{'Microsoft.Search/*'})", [undefined]],
])('a condition that %s', (_, condition, variants) => {
  const { findings } = lint(['Microsoft.Cache/*'], allKeys, { condition });
  expect(findings.map(({ variant }) => variant)).toEqual(variants);
});

test('a condition that no finding depends on makes no notice', () => {
  expect(lint(['Microsoft.Cache/redis/read'], allKeys, { condition: 'true' }).notices).toEqual([]);
});
