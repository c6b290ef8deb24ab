import { expect, test } from 'vitest';
import { toRoleDefinition } from '../../../src/rbac/catalog/built-in-roles.js';
import {
  broadGrants,
  broadPattern,
  isProviderWildcard,
} from '../../../src/rbac/permissions/broad-pattern.js';

test.each([
  { pattern: '*', broad: '*' },
  { pattern: ' */* ', broad: '*' },
  { pattern: '**', broad: '*' },
  { pattern: 'Microsoft.*', broad: '*' },
  { pattern: '*/Write', broad: '*/write' },
  { pattern: '*/*/delete', broad: '*/delete' },
  { pattern: 'Microsoft.*/action', broad: '*/action' },
  { pattern: '*/read', broad: '*/read' },
  { pattern: '*/register/action', broad: undefined },
  { pattern: '*read', broad: undefined },
  { pattern: 'Microsoft.Compute/*', broad: undefined },
  { pattern: 'Microsoft.Compute/*/read', broad: undefined },
])('$pattern comes down to $broad', ({ pattern, broad }) => {
  expect(broadPattern(pattern)).toBe(broad);
});

test.each([
  { pattern: 'Microsoft.Compute/*', is: true },
  { pattern: 'Microsoft.Compute/*/*', is: true },
  { pattern: ' Microsoft.Compute/* ', is: true },
  { pattern: 'Microsoft.Compute/virtualMachines/*', is: false },
  { pattern: 'Microsoft.Compute/*/read', is: false },
  { pattern: 'Microsoft.*/*', is: false },
  { pattern: '*', is: false },
])('$pattern is all of one provider: $is', ({ pattern, is }) => {
  expect(isProviderWildcard(pattern)).toBe(is);
});

const everyChange = ['*/write', '*/delete', '*/action'];

test.each([
  ['everything', ['*'], [], ['*']],
  ['everything and a verb, at the first of each', ['*/read', '*', '*/*'], [], ['*/read', '*']],
  ['every read, as all changes are taken away', ['*'], everyChange, ['*/read']],
  ['everything, as not all changes are', ['*'], everyChange.slice(1), ['*']],
  ['nothing, as it is taken away', ['*/write'], ['*/write'], []],
  ['nothing, as a change is no read', ['*/write'], everyChange, []],
  ['nothing, as everything is', ['*', '*/read'], ['Microsoft.*'], []],
  ['nothing broad', ['Microsoft.Compute/*'], [], []],
])('what is broad of a list is %s', (_, actions, notActions, expected) => {
  const guid = '00000000-0000-4000-8000-000000000001';
  const lists = [
    { actions, notActions },
    { dataActions: actions, notDataActions: notActions },
  ];
  const [control, data] = toRoleDefinition({ guid, name: 'Tested Role', permissions: lists }).permissions;
  expect([...broadGrants(control!, 'actions').keys()]).toEqual(expected);
  expect([...broadGrants(data!, 'dataActions').keys()]).toEqual(expected);
});
