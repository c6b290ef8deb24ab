import { expect, test } from 'vitest';
import { toRoleDefinition, type StoredPermission } from '../../../src/rbac/catalog/built-in-roles.js';
import { emptySet, permissionsOf } from '../../../src/rbac/permissions/role-permissions.js';
import { expandPatterns, undecidablePatterns } from '../../../src/rbac/permissions/expand-patterns.js';
import { OperationIndex } from '../../../src/rbac/permissions/operation-index.js';
import { isEmptyPlane, type PermissionSet, unionOf } from '../../../src/rbac/permissions/permission-set.js';
import { ProviderCounter } from '../../../src/rbac/permissions/provider-counts.js';
import { wildcardGrants } from '../../../src/rbac/permissions/wildcard-grants.js';
import { shippedCatalog } from '../../shipped-catalog.js';

const index = new OperationIndex(shippedCatalog);
const nothing = emptySet(shippedCatalog, index);

function permissions(...lists: readonly StoredPermission[]) {
  const guid = '00000000-0000-4000-8000-000000000001';
  return permissionsOf(
    toRoleDefinition({ guid, name: 'Tested Role', permissions: lists }),
    shippedCatalog,
    index,
  );
}

function setOf(permission: StoredPermission): PermissionSet {
  return permissions(permission).set;
}

const read = 'Microsoft.Compute/disks/read';
const write = 'Microsoft.Compute/disks/write';
const keys = 'Microsoft.KeyVault/vaults/keys/read';
const spin = 'Contoso.Widgets/widgets/spin/action';
const stop = 'Contoso.Widgets/widgets/stop/action';
const agreements = 'Anyscale.Platform/agreements';

const mixed = setOf({ actions: [read, spin, keys], dataActions: [keys, spin.toUpperCase()] });

test('a set counts and names each plane, and both as one', () => {
  expect([mixed.count('control'), mixed.count('data'), mixed.sizeOnAnyPlane]).toEqual([3, 2, 3]);
  expect(mixed.operations('control')).toEqual([spin, read, keys]);
  expect(mixed.operations('data')).toEqual([spin.toUpperCase(), keys]);
  expect(mixed.operationsOnAnyPlane()).toEqual([spin, read, keys]);
  expect(mixed.operationsOnAnyPlane(2)).toEqual([spin, read]);
  expect(setOf({ actions: [read, spin] }).operationsOnAnyPlane()).toEqual([spin, read]);
  expect(setOf({ actions: [read], dataActions: [spin] }).operationsOnAnyPlane()).toEqual([spin, read]);
  expect(setOf({ actions: [read, write] }).operationsOnAnyPlane(1)).toEqual([read]);
  expect(setOf({ actions: [read], dataActions: [spin] }).sizeOnAnyPlane).toBe(2);
});

test.each([
  [read.toUpperCase(), 'control', true],
  [read, 'data', false],
  [spin.toUpperCase(), 'control', true],
  [stop, 'control', false],
  [keys, 'data', true],
  [write, 'control', false],
] as const)('%s on %s: %s', (operation, plane, expected) => {
  expect(mixed.has(operation, plane)).toBe(expected);
});

test.each<[string, StoredPermission, boolean, boolean]>([
  ['nothing', {}, true, true],
  ['one operation', { actions: [read] }, false, false],
  ['one on data', { dataActions: [keys] }, false, false],
  ['one that nobody published', { actions: [spin] }, false, false],
  ['one that nobody published, on data', { dataActions: [spin] }, false, false],
  ['what may be granted', { actions: [`${agreements}/*`] }, true, false],
])('a set of %s is empty: %s; for certain: %s', (_, permission, isEmpty, isForCertain) => {
  const set = setOf(permission);
  expect(set.isEmpty).toBe(isEmpty);
  expect(isEmptyPlane(set.control) && isEmptyPlane(set.data)).toBe(isForCertain);
});

const one = setOf({ actions: [read, spin, `${agreements}/*`], dataActions: [keys] });
const two = setOf({
  actions: [write, stop, spin.toUpperCase(), `${agreements}/read/*`, `${agreements}/*/read`],
});
const shown = (set: PermissionSet) => [
  set.operations('control'),
  set.operations('data'),
  set.unknownPlaneOperations('control').map(name => name.slice(agreements.length)),
];

test.each([
  [
    'and',
    one.union(two),
    [[spin, stop, read, write], [keys], ['/accept/action', '/delete', '/read', '/write']],
  ],
  [
    'and, in one go',
    one.unionWith([two, nothing]),
    [[spin, stop, read, write], [keys], ['/accept/action', '/delete', '/read', '/write']],
  ],
  ['less', one.subtract(two), [[read], [keys], ['/accept/action', '/delete', '/write']]],
  ['as far as it is in', one.intersect(two), [[spin], [], ['/read']]],
  ['and nothing', one.union(nothing), shown(one)],
  ['after nothing', nothing.union(one), shown(one)],
  ['less nothing', one.subtract(nothing), shown(one)],
  ['taken from nothing', nothing.subtract(one), [[], [], []]],
  ['as far as it is in nothing', one.intersect(nothing), [[], [], []]],
  ['of nothing as far as it is in', nothing.intersect(one), [[], [], []]],
])('one set %s the other', (_, set, expected) => {
  expect(shown(set)).toEqual(expected);
});

test('the union of several is that of those that hold something', () => {
  expect(unionOf([], nothing)).toBe(nothing);
  expect(unionOf([nothing, one, nothing], nothing)).toBe(one);
  expect(shown(unionOf([nothing, one, two], nothing))).toEqual(shown(one.union(two)));
});

test.each<[StoredPermission, StoredPermission, boolean, boolean]>([
  [{ actions: [read] }, { actions: [read, write] }, true, true],
  [{ actions: [read, write] }, { actions: [read] }, false, true],
  [{ actions: [read] }, { actions: [write] }, false, false],
  [{ actions: [keys] }, { dataActions: [keys] }, false, false],
  [{ dataActions: [keys] }, { actions: ['*'], dataActions: [keys] }, true, true],
  [{ actions: [spin] }, { actions: [spin.toUpperCase()] }, true, true],
  [{ actions: [spin] }, { actions: [stop] }, false, false],
  [{ actions: [read, spin] }, { actions: [read] }, false, true],
  [{}, { actions: [read] }, true, false],
])('%j is in %j: %s; shares with it: %s', (inner, outer, isIn, shares) => {
  expect(setOf(inner).isSubsetOf(setOf(outer))).toBe(isIn);
  expect(setOf(inner).intersects(setOf(outer))).toBe(shares);
  expect(setOf(inner).equals(setOf(outer))).toBe(isIn && setOf(outer).isSubsetOf(setOf(inner)));
});

test.each([
  ['an operation', [read], {}, { operations: [read], unknownPlane: [], matchingNothing: [] }],
  [
    'one with blanks around it',
    [` ${read} `],
    {},
    { operations: [read], unknownPlane: [], matchingNothing: [] },
  ],
  [
    'one of the other plane',
    [read],
    { plane: 'data' },
    { operations: [], unknownPlane: [], matchingNothing: [read] },
  ],
  [
    'one of a pattern',
    ['Microsoft.Compute/disks/*'],
    { not: [' Microsoft.Compute/disks/*/action ', write, 'Microsoft.Compute/disks/delete'] },
    { operations: [read], unknownPlane: [], matchingNothing: [] },
  ],
  [
    'one of unknown plane, spelled out',
    [`${agreements}/read`],
    {},
    { operations: [`${agreements}/read`], unknownPlane: [], matchingNothing: [] },
  ],
  [
    'those of unknown plane under a wildcard',
    [`${agreements}/*`],
    { not: [` ${agreements}/accept/* `, ` ${agreements}/delete`] },
    { operations: [], unknownPlane: [`${agreements}/read`, `${agreements}/write`], matchingNothing: [] },
  ],
  [
    'one of them spelled out beside it',
    [`${agreements}/*/read`, `${agreements}/read`],
    {},
    { operations: [`${agreements}/read`], unknownPlane: [], matchingNothing: [] },
  ],
  [
    'nothing',
    ['Contoso.Widgets/*', read],
    {},
    { operations: [read], unknownPlane: [], matchingNothing: ['Contoso.Widgets/*'] },
  ],
] as const)('patterns expand to %s', (_, patterns, options, expected) => {
  expect(expandPatterns(patterns, shippedCatalog, index, options)).toMatchObject(expected);
});

test('patterns that nobody can decide are told, and operations never are', () => {
  const many = '*a'.repeat(65);
  expect(undecidablePatterns([read, '*', many, 'a'.repeat(5_000)])).toEqual([many]);
});

test('providers are counted on each plane, in their order, those that nobody knows too', () => {
  expect(new ProviderCounter(shippedCatalog).count(mixed)).toEqual([
    { provider: 'Contoso.Widgets', control: 1, data: 1 },
    { provider: 'Microsoft.Compute', control: 1, data: 0 },
    { provider: 'Microsoft.KeyVault', control: 1, data: 1 },
  ]);
});

test('a wildcard reaches what it grants, what is subtracted, and what may be of its plane', () => {
  const role = permissions(
    {
      actions: ['Microsoft.Compute/disks/*', 'microsoft.compute/DISKS/*', read, `${agreements}/*`],
      notActions: [write, `${agreements}/read`],
      dataActions: ['Microsoft.KeyVault/vaults/keys/*/read'],
    },
    { actions: ['Microsoft.Compute/disks/*/read'] },
  );
  const reaches = [...wildcardGrants(role.role, role, index)];
  expect(
    reaches.map(({ entry, granted, subtracted, unknownPlane }) => [
      entry.text,
      granted.has(shippedCatalog.findOperation(read)!.index),
      granted.has(shippedCatalog.findOperation(write)!.index),
      subtracted,
      unknownPlane,
    ]),
  ).toEqual([
    ['Microsoft.Compute/disks/*', true, false, 1, 0],
    [`${agreements}/*`, false, false, 0, 3],
    ['Microsoft.KeyVault/vaults/keys/*/read', false, false, 0, 0],
    ['Microsoft.Compute/disks/*/read', true, false, 0, 0],
  ]);
});

test.each([
  [{ actions: [read] }, 'microsoft.compute', true],
  [{ actions: [read] }, 'microsoft.keyvault', false],
  [{ dataActions: [keys] }, 'microsoft.keyvault', true],
  [{ actions: ['Microsoft.Comp*'] }, 'microsoft.keyvault', true],
  [{ notActions: [read] }, 'microsoft.compute', false],
])('a role of %j touches %s: %s', (permission, provider, expected) => {
  expect(permissions({}, permission).touches(provider)).toBe(expected);
});

test.each([
  { lists: { actions: [read] }, names: [read] },
  { lists: { actions: [read, spin] }, names: [spin, read] },
  { lists: { dataActions: [keys, stop] }, names: [stop, keys] },
  { lists: { actions: [spin], dataActions: [stop, keys] }, names: [spin, stop, keys] },
])('$lists is $names on any plane', ({ lists, names }) => {
  expect(setOf(lists).operationsOnAnyPlane()).toEqual(names);
  expect(setOf(lists).operationsOnAnyPlane(1)).toEqual(names.slice(0, 1));
  expect(setOf(lists).sizeOnAnyPlane).toBe(names.length);
});

test('a union of several holds what each holds, of any plane, of none, and unknown', () => {
  const all = unionOf(
    [
      setOf({ actions: [read] }),
      setOf({ actions: [`${agreements}/*`] }),
      setOf({ dataActions: [keys, spin] }),
    ],
    nothing,
  );
  expect(all.operations('control')).toEqual([read]);
  expect(all.operations('data')).toEqual([spin, keys]);
  expect(all.unknownPlaneOperations('control')).toHaveLength(4);
  expect(all.unknownPlaneOperations('data')).toEqual([]);
});

test('an operation of unknown plane that is spelled out is granted, and no longer unknown', () => {
  const spelledOut = setOf({ actions: [`${agreements}/read`] });
  expect(spelledOut.operations('control')).toEqual([`${agreements}/read`]);
  expect(spelledOut.unknownPlaneOperations('control')).toEqual([]);
  const beside = setOf({ actions: [`${agreements}/read`, 'Microsoft.Compute/disks/*'] });
  expect(beside.operations('control')).toContain(`${agreements}/read`);
  expect(beside.unknownPlaneOperations('control')).toEqual([]);
});
