import { expect, test } from 'vitest';
import { managementGroupScope } from '../../../src/lint/checks/management-group-scope.js';
import { repeatedScope } from '../../../src/lint/checks/repeated-scope.js';
import { roleDescriptionContradicts } from '../../../src/lint/checks/role-description-contradicts.js';
import { roleNameDuplicate } from '../../../src/lint/checks/role-name-duplicate.js';
import { documentSyntax } from '../../../src/lint/checks/document-syntax.js';
import { readJson } from '../../../src/input/json.js';
import { findRoleDefinitions } from '../../../src/rbac/model/find-role-definitions.js';
import type { RoleDefinition } from '../../../src/rbac/model/role-definition.js';
import { contextOf, customRole, evaluate } from './custom-role.js';

const subscription = '/subscriptions/6f8a3c52-1d0e-4b7a-9c54-2e9b7f10a3d6';

function read(file: string, ...roles: readonly object[]): RoleDefinition[] {
  return [...findRoleDefinitions(readJson(JSON.stringify(roles), file), true).roleDefinitions];
}

function describedAs(description: string, actions: readonly string[]): RoleDefinition {
  const role = customRole({ actions });
  return { ...role, description: { value: description, at: { ...role.at, pointer: '/description' } } };
}

test.each([
  { description: 'Read-only access to disks.', contradicts: true },
  { description: 'View only: disks and their snapshots.', contradicts: true },
  { description: 'Only reads disks.', contradicts: true },
  { description: 'Read-only access to disks. Cannot create or delete anything.', contradicts: true },
  { description: 'Read-only access to disks, and manages their tags.', contradicts: false },
  { description: 'Readers of disks may also delete them.', contradicts: false },
  { description: 'Keeps disks.', contradicts: false },
  { description: 'For the spreadonlyteam.', contradicts: false },
])('"$description" contradicts a delete: $contradicts', ({ description, contradicts }) => {
  const role = describedAs(description, ['Microsoft.Compute/disks/read', 'Microsoft.Compute/disks/delete']);
  const matches = evaluate(roleDescriptionContradicts, role, {});
  expect(matches.map(({ evidence }) => evidence['actions'])).toEqual(
    contradicts ? [['Microsoft.Compute/disks/delete']] : [],
  );
});

test.each([
  { name: 'reads', actions: ['*/read'] },
  { name: 'support tickets', actions: ['*/read', 'Microsoft.Support/*'] },
  { name: 'an action, which may well read', actions: ['Microsoft.Storage/storageAccounts/listKeys/action'] },
])('read-only is not contradicted by $name', ({ actions }) => {
  expect(evaluate(roleDescriptionContradicts, describedAs('Read-only access.', actions), {})).toEqual([]);
});

test.each<{ name: string; roles: RoleDefinition[]; found: (string | undefined)[] }>([
  {
    name: 'in one file',
    roles: read(
      'a.json',
      { Name: 'Disk Keeper', Actions: ['*/read'] },
      { Name: 'disk keeper', Actions: ['*/write'] },
    ),
    found: [undefined],
  },
  {
    name: 'across files',
    roles: [
      ...read('a.json', { Name: 'Disk Keeper', Actions: ['*/read'] }),
      ...read('b.json', { Name: 'Disk Keeper', Actions: ['*/read'] }),
    ],
    found: ['across-files'],
  },
  {
    name: 'in one file and another',
    roles: [
      ...read('a.json', { Name: 'Disk Keeper', Actions: ['*/read'] }),
      ...read(
        'b.json',
        { Name: 'Disk Keeper', Actions: ['*/read'] },
        { Name: 'Disk Keeper', Actions: ['*/read'] },
      ),
    ],
    found: ['across-files', undefined],
  },
  {
    name: 'a placeholder',
    roles: read('a.json', { Name: '${name}', Actions: ['*/read'] }, { Name: '${name}', Actions: ['*/read'] }),
    found: [],
  },
])('one name for two roles: $name', ({ roles, found }) => {
  const context = contextOf(...roles);
  const matches = [...roleNameDuplicate.evaluate(context.inventory, {}, context)];
  expect(matches.map(({ variant }) => variant)).toEqual(found);
});

test.each([
  { text: '{ "Name": "Disk Keeper", "AssignableScopes": [', found: 1 },
  { text: '{ "Actions": ["*/read" }', found: 1 },
  { text: '{ "actions": ["click", "scroll" }', found: 0 },
  { text: '{ "name": "package", }}', found: 0 },
  { text: '{ "Actions": ["*/read"], } // tolerated', found: 0 },
])('of $text, findings on syntax: $found', ({ text, found }) => {
  expect([...documentSyntax.evaluate(readJson(text, 'role.json'), {}, contextOf())]).toHaveLength(found);
});

function scoped(...scopes: readonly string[]): RoleDefinition {
  const role = customRole({ actions: ['*/read'], dataActions: ['*/read'] });
  const assignableScopes = scopes.map((value, i) => ({
    value,
    at: { ...role.at, pointer: `/assignableScopes/${i}` },
  }));
  return { ...role, assignableScopes };
}

test('a scope inside another is nested, whatever their case and order; one under the root is not', () => {
  const role = scoped(
    `${subscription.toUpperCase()}/resourceGroups/web/`,
    subscription,
    '/',
    `${subscription}2`,
  );
  const [match, ...others] = evaluate(repeatedScope, role, { as: 'nested' });
  expect(others).toEqual([]);
  expect(match).toMatchObject({
    at: { pointer: '/assignableScopes/0' },
    related: [{ at: { pointer: '/assignableScopes/1' }, message: 'The wider scope.' }],
  });
});

test('the same scope twice is a duplicate and not nested', () => {
  const role = scoped(subscription, `${subscription}/`, '<scope>', '<scope>');
  const [match, ...others] = evaluate(repeatedScope, role, { as: 'duplicate' });
  expect(others).toEqual([]);
  expect(match).toMatchObject({
    at: { pointer: '/assignableScopes/1' },
    related: [{ at: { pointer: '/assignableScopes/0' }, message: 'First listed here.' }],
  });
  expect(evaluate(repeatedScope, role, { as: 'nested' })).toEqual([]);
});

test('one management group written twice is one', () => {
  const group = '/providers/Microsoft.Management/managementGroups/contoso';
  expect(evaluate(managementGroupScope, scoped(group, group.toLowerCase()), { fault: 'several' })).toEqual(
    [],
  );
  expect(evaluate(managementGroupScope, scoped(group, `${group}2`), { fault: 'several' })).toHaveLength(1);
});
