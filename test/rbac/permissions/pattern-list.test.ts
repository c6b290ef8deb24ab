import { expect, test } from 'vitest';
import { toRoleDefinition } from '../../../src/rbac/catalog/built-in-roles.js';
import { PatternList } from '../../../src/rbac/permissions/pattern-list.js';

function listOf(...actions: readonly string[]): PatternList {
  const guid = '00000000-0000-4000-8000-000000000001';
  const role = toRoleDefinition({ guid, name: 'Tested Role', permissions: [{ actions }] });
  return new PatternList(role.permissions[0]!.actions);
}

test('all that covers an operation is the operation itself and every wildcard over it, each once', () => {
  const list = listOf(
    'Microsoft.Compute/*',
    'Microsoft.Compute/disks/read',
    'microsoft.compute/DISKS/read',
    'Microsoft.Compute/disks/re*',
    '*/disks/*',
    'Microsoft.Compute/disks/write',
  );
  expect([...list.findAll('Microsoft.Compute/disks/READ')].map(({ text }) => text)).toEqual([
    'Microsoft.Compute/disks/read',
    'Microsoft.Compute/*',
    'Microsoft.Compute/disks/re*',
    '*/disks/*',
  ]);
});

test.each([
  ['Microsoft.Compute/disks/*/disks/read', 'Microsoft.Compute/disks/disks/read', true],
  ['Microsoft.Compute/disks/*/disks/read', 'Microsoft.Compute/disks/read', false],
  ['Microsoft.Compute/disks/re*ead', 'Microsoft.Compute/disks/reread', true],
  ['Microsoft.Compute/disks/re*ead', 'Microsoft.Compute/disks/read', false],
])(
  'what stands before and behind the star of %s shares no more than a slash in %s: %s',
  (pattern, name, covers) => {
    expect(listOf(pattern).find(name)?.text).toBe(covers ? pattern : undefined);
  },
);

test.each([
  ['what its provider is', ['Microsoft.Compute/disks/read'], new Set(['microsoft.compute'])],
  ['the provider alone', ['Microsoft.Compute'], new Set(['microsoft.compute'])],
  ['a provider without a name', ['/disks/*'], new Set([''])],
  ['every provider', ['Microsoft.Compute/disks/read', '*/read'], 'every provider'],
  ['nothing', [], new Set()],
])('a list touches %s', (_, actions, touched) => {
  expect(listOf(...actions).touched).toEqual(touched);
});
