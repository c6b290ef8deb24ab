import { expect, test } from 'vitest';
import { assign, id, roles, subscription, user } from '../../../tenant/access/tenant-rows.js';
import { container, guard, guardBoth, readBlobs, requested, write } from './conditions.js';
import { lintTenant } from './lint-tenant.js';

function found(condition: string, role: string = roles.rbacAdministrator, version = '2.0') {
  const rows = {
    roleAssignments: [
      assign(role, id(1), subscription, { condition, conditionVersion: version, principalType: 'User' }),
    ],
    principals: [user(1)],
  };
  return lintTenant(rows, 'condition-');
}

test('the message says where in the condition the fault is', () => {
  const [finding] = found(
    `(\n  !(ActionMatches{'${write}'})\n)\nOR\n(${requested} GuidEqual ${roles.reader})`,
  );
  expect(finding?.message).toBe(
    `The condition on the assignment of "Role Based Access Control Administrator" to User 1 at ${subscription} is invalid at line 5, column 69: There is no operator "GuidEqual". Did you mean "GuidEquals"?`,
  );
});

test('other faults of the same condition are related to the first', () => {
  const [finding] = found(`${requested} GuidEqual 'x' AND @Reqest[Key] StringEquals word`);
  const others = finding?.related.filter(({ ruleId }) => ruleId === undefined) ?? [];
  expect(others.length).toBeGreaterThan(1);
  expect(others[0]?.message).toMatch(/^Line 1, column \d+: /);
});

test.each([
  ['does not parse', `${requested} GuidEquals {`],
  ['compares GUIDs with texts', guard(write, `${requested} GuidEquals '${roles.owner}'`)],
  [
    'asks for the attribute of the other change',
    guard(
      write,
      `@Resource[Microsoft.Authorization/roleAssignments:RoleDefinitionId] GuidEquals ${roles.owner}`,
    ),
  ],
  [
    'misspells an attribute',
    guard(write, `@Request[Microsoft.Authorization/roleAssignments:RoleId] GuidEquals ${roles.owner}`),
  ],
])('nothing else is said of a condition that %s', (_, condition) => {
  const findings = found(condition, roles.rbacAdministrator, '1.0');
  expect(findings.map(({ rule, variant }) => [rule.id, variant])).toEqual([['condition-syntax', undefined]]);
});

test.each([
  [
    'an attribute of storage that is newer than the pages',
    `@Resource[Microsoft.Storage/storageAccounts/blobServices/containers:retentionLock] BoolEquals true`,
  ],
  ['an operator that only the evaluator knows', `${container} StringContains 'public'`],
])('%s is no fault for sure', (_, expression) => {
  const ids = found(guard(readBlobs, expression), roles.blobReader).map(
    ({ rule, variant, severity }) => `${rule.id} ${variant} ${severity}`,
  );
  expect(ids).toEqual(['condition-syntax undocumented low']);
});

test('what no page documents keeps the rules on delegation silent', () => {
  const condition = guardBoth('ForAnyOfAnyValues:GuidEquals', roles.owner).replace(
    'ForAnyOfAnyValues:GuidEquals',
    'ListContains',
  );
  expect(found(condition).map(({ rule }) => rule.id)).toEqual(['condition-syntax']);
});
