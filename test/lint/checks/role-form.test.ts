import { expect, test } from 'vitest';
import { assignableScope } from '../../../src/lint/checks/assignable-scope.js';
import { firstTwo } from '../../../src/text/list.js';
import { roleDescriptionMissing } from '../../../src/lint/checks/role-description-missing.js';
import { roleEmpty } from '../../../src/lint/checks/role-empty.js';
import { readJson } from '../../../src/input/json.js';
import { findRoleDefinitions } from '../../../src/rbac/model/find-role-definitions.js';
import type { RoleDefinition } from '../../../src/rbac/model/role-definition.js';
import { evaluate } from './custom-role.js';

function read(role: object): RoleDefinition {
  const document = readJson(JSON.stringify({ Name: 'Disk Keeper', IsCustom: true, ...role }), 'role.json');
  return findRoleDefinitions(document, true).roleDefinitions[0]!;
}

const subscription = '/subscriptions/6f8a3c52-1d0e-4b7a-9c54-2e9b7f10a3d6';
const scopes = { AssignableScopes: [subscription] };

test.each([
  ['no list at all', { Actions: [] }, ['']],
  ['empty lists', { Actions: [], DataActions: [], NotActions: ['*/write'] }, ['']],
  ['a permission without lists', { permissions: [{ notActions: [] }] }, ['/permissions/0']],
  ['an action', { Actions: ['*/read'] }, []],
  ['a data action', { Actions: [], DataActions: ['*/read'] }, []],
  ['a list that is a text, which is the fault', { Actions: '*/read' }, []],
  ['a misspelt list, which is the fault', { Action: ['*/read'] }, []],
  ['another text where a list belongs', { Actions: [], NotActions: '*/read' }, ['']],
  ['a misspelt name of something else', { Actions: [], Descripton: 'Keeps disks.' }, ['']],
  ['no list and no permissions, which is the fault', {}, []],
  ['a list of no permissions', { permissions: [] }, ['']],
])('a role of %s', (_, lists, expected) => {
  const role = read({ ...scopes, ...lists });
  expect(evaluate(roleEmpty, role, {}).map(({ at }) => at.pointer)).toEqual(expected);
});

test.each([
  ['none', {}, ['']],
  ['an empty one', { Description: ' ' }, ['/Description']],
  ['one', { Description: 'Keeps disks.' }, []],
  ['one under a misspelt key', { Descripton: 'Keeps disks.' }, []],
  ['a number for one', { Description: 7 }, []],
  ['none, and another misspelt key', { Action: ['*/read'] }, ['']],
])('of descriptions a role has %s', (_, more, expected) => {
  const role = read({ Actions: ['*/read'], ...scopes, ...more });
  expect(evaluate(roleDescriptionMissing, role, {}).map(({ at }) => at.pointer)).toEqual(expected);
});

test.each([
  ['', 'is empty'],
  [` ${subscription}`, 'has spaces around it'],
  [subscription.slice(1), 'does not start with a slash'],
  [`${subscription}//resourceGroups/a`, 'has nothing between two slashes'],
  ['/subscriptions', 'is incomplete'],
  ['/tenants/a', 'starts with neither /subscriptions/ nor /providers/'],
  [`${subscription}/groups/a`, 'continues with neither resourceGroups nor providers'],
  ['/subscriptions/production', 'does not name the subscription by its GUID'],
  [`${subscription}/resourceGroups/${'a'.repeat(5_000)}`, 'is longer than any Azure ID'],
])('the scope "%s" is one that %s', (scope, reason) => {
  const role = read({ Actions: ['*/read'], AssignableScopes: [subscription, scope] });
  expect(evaluate(assignableScope, role, { kind: 'malformed' })).toMatchObject([
    { at: { pointer: '/AssignableScopes/1' }, evidence: { scope, reason } },
  ]);
});

test.each([
  ['root', '/', {}],
  ['placeholder', '/subscriptions/${subscription}', { placeholder: '${subscription}' }],
  ['resource', `${subscription}/resourceGroups/a/providers/Microsoft.Compute/disks/data1`, {}],
] as const)('a scope of the kind %s: %s', (kind, scope, evidence) => {
  const role = read({ Actions: ['*/read'], AssignableScopes: [subscription, scope] });
  expect(evaluate(assignableScope, role, { kind }).map(match => match.evidence)).toEqual([
    { scope, ...evidence },
  ]);
});

test.each([
  [[], ''],
  [['a'], 'a'],
  [['a', 'b'], 'a and b'],
  [['a', 'b', 'c'], 'a, b and 1 more'],
  [['a', 'b', 'c', 'd', 'e'], 'a, b and 3 more'],
])('%j in a message: %s', (names, expected) => {
  expect(firstTwo(names)).toBe(expected);
});
