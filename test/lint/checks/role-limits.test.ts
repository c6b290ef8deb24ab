import { expect, test } from 'vitest';
import { roleLimit } from '../../../src/lint/checks/role-limit.js';
import { roleExceedsBudget } from '../../../src/lint/checks/role-exceeds-budget.js';
import { readJson } from '../../../src/input/json.js';
import { findRoleDefinitions } from '../../../src/rbac/model/find-role-definitions.js';
import type { RoleDefinition } from '../../../src/rbac/model/role-definition.js';
import { customRole, evaluate } from './custom-role.js';

function read(role: object): RoleDefinition {
  return [...findRoleDefinitions(readJson(JSON.stringify(role), 'role.json'), true).roleDefinitions][0]!;
}

const role = {
  Name: 'Disk Keeper',
  Description: 'Keeps disks.',
  AssignableScopes: ['/subscriptions/6f8a3c52-1d0e-4b7a-9c54-2e9b7f10a3d6', '/subscriptions/x', '/'],
};
const flat = { ...role, Actions: ['*/read'] };
const nested = { ...role, Permissions: [{ Actions: ['*/read'] }, { Actions: ['*/write'] }] };

test.each([
  { of: 'name', most: 10, written: flat, found: '/Name' },
  { of: 'name', most: 11, written: flat, found: undefined },
  { of: 'name', most: 0, written: { Actions: [], AssignableScopes: [] }, found: undefined },
  { of: 'description', most: 11, written: flat, found: '/Description' },
  { of: 'description', most: 12, written: flat, found: undefined },
  { of: 'assignable-scopes', most: 2, written: flat, found: '/AssignableScopes/2' },
  { of: 'assignable-scopes', most: 3, written: flat, found: undefined },
  { of: 'permissions', most: 1, written: nested, found: '/Permissions/1' },
  { of: 'permissions', most: 2, written: nested, found: undefined },
  { of: 'permissions', most: 1, written: { ...nested, Actions: ['*/read'] }, found: undefined },
] as const)('$of, of which $most may be: $found', ({ of, most, written, found }) => {
  const matches = evaluate(roleLimit, read(written), { of, most });
  expect(matches.map(({ at }) => at.pointer)).toEqual(found === undefined ? [] : [found]);
});

const keys = 'Microsoft.KeyVault/vaults/secrets/getSecret/action';

test.each([
  [{ control: 2, data: 1 }, []],
  [{ control: 1 }, ['control']],
  [{ data: 0 }, ['data']],
  [{ control: 0, data: 0 }, ['control', 'data']],
  [{}, []],
])('a role of two control operations and one on data, where %j are the most', (options, expected) => {
  const written = customRole({
    actions: ['Microsoft.Compute/disks/read', 'Microsoft.Compute/disks/write'],
    dataActions: [keys],
  });
  expect(evaluate(roleExceedsBudget, written, options).map(({ evidence }) => evidence['plane'])).toEqual(
    expected,
  );
  for (const { at } of evaluate(roleExceedsBudget, written, options)) expect(at).toBe(written.name!.at);
  for (const { at } of evaluate(roleExceedsBudget, { ...written, name: undefined }, options))
    expect(at).toBe(written.at);
});
