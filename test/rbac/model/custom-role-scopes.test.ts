import { expect, test } from 'vitest';
import { customRole } from '../../../src/rbac/model/custom-role.js';
import { parseScope } from '../../../src/rbac/model/scope.js';

const subscription = '/subscriptions/11111111-2222-3333-4444-555555555555';
const disk = (group: string): string =>
  `${subscription}/resourceGroups/${group}/providers/Microsoft.Compute/disks/d`;

function scopesFor(...scopes: readonly string[]): readonly string[] {
  const named = { name: 'Mine', description: 'Mine.' };
  return customRole(
    named,
    { control: ['Microsoft.Compute/disks/read'] },
    scopes.map(text => parseScope(text)),
  ).AssignableScopes;
}

test('a role is assignable at every scope that is asked for, each group once', () => {
  expect(scopesFor(disk('a'), disk('b'), disk('A'))).toEqual([
    `${subscription}/resourceGroups/a`,
    `${subscription}/resourceGroups/b`,
  ]);
});

test('a group inside a subscription that is asked for is not listed beside it', () => {
  expect(scopesFor(disk('a'), subscription)).toEqual([subscription]);
});

test('without a scope there is something to fill in', () => {
  expect(scopesFor()).toEqual(['/subscriptions/SUBSCRIPTION_ID']);
});
