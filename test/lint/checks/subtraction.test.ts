import { expect, test } from 'vitest';
import type { StoredPermission } from '../../../src/rbac/catalog/built-in-roles.js';
import { notActionEffect } from '../../../src/lint/checks/not-action-effect.js';
import { notActionsCancelRole } from '../../../src/lint/checks/not-actions-cancel-role.js';
import { repeatedAction } from '../../../src/lint/checks/repeated-action.js';
import type { RoleDefinition } from '../../../src/rbac/model/role-definition.js';
import { customRole, evaluate } from './custom-role.js';
import { lintRole } from './lint-role.js';

const named = (name: string, permission: StoredPermission): RoleDefinition => {
  const role = customRole(permission);
  return { ...role, name: { value: name, at: role.name!.at } };
};

test.each<{ name: string; permission: StoredPermission; spare: string[] }>([
  {
    name: 'what a wildcard of Actions covers is removed',
    permission: { actions: ['Microsoft.Compute/*'], notActions: ['Microsoft.Compute/disks/write'] },
    spare: [],
  },
  {
    name: 'an operation that the catalog does not know is removed by a wildcard',
    permission: {
      actions: ['Microsoft.Compute/disks/defrost/action'],
      notActions: ['Microsoft.Compute/disks/*/action'],
    },
    spare: [],
  },
  {
    name: 'what only reads is not touched by writes',
    permission: {
      actions: ['*/read'],
      notActions: ['Microsoft.Compute/*/write', 'Microsoft.Compute/disks/read'],
    },
    spare: ['/permissions/0/notActions/0'],
  },
  {
    name: 'each permission for itself',
    permission: { actions: [], notActions: ['Microsoft.Compute/disks/write'] },
    spare: ['/permissions/0/notActions/0'],
  },
  {
    name: 'a misspelt entry has a rule of its own',
    permission: { actions: ['*/read'], notActions: ['Microsoft.Compute/disk/write'] },
    spare: [],
  },
  {
    name: 'a misplaced entry has a rule of its own',
    permission: {
      actions: ['*/read'],
      notActions: ['Microsoft.Storage/storageAccounts/blobServices/containers/blobs/delete'],
    },
    spare: [],
  },
  {
    name: 'data actions are subtracted from data actions',
    permission: {
      actions: ['*'],
      dataActions: ['Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read'],
      notDataActions: ['Microsoft.Storage/storageAccounts/blobServices/containers/blobs/delete'],
    },
    spare: ['/permissions/0/notDataActions/0'],
  },
  {
    name: 'operations that may belong to the plane are removed, too',
    permission: { actions: ['Anyscale.Platform/*'], notActions: ['Anyscale.Platform/agreements/*'] },
    spare: [],
  },
])('without effect: $name', ({ permission, spare }) => {
  const matches = evaluate(notActionEffect, customRole(permission), { as: 'spare' });
  expect(matches.map(({ at }) => at.pointer)).toEqual(spare);
});

test.each([
  { name: 'No Network Guy', isDeny: true },
  { name: 'NetworkReaderNoWrite', isDeny: true },
  { name: 'Reader without network changes', isDeny: true },
  { name: 'Notebook Keeper', isDeny: false },
  { name: 'Denim Shop Reader', isDeny: false },
  { name: 'Nobel Reader', isDeny: false },
])('a role named "$name" promises a denial: $isDeny', ({ name, isDeny }) => {
  const role = named(name, {
    actions: ['*/read'],
    notActions: ['Microsoft.Network/*/write', 'Microsoft.Network/*/delete'],
  });
  expect(evaluate(notActionEffect, role, { as: 'deny' })).toHaveLength(isDeny ? 1 : 0);
  expect(evaluate(notActionEffect, role, { as: 'spare' })).toHaveLength(isDeny ? 0 : 2);
});

test.each<{ name: string; permissions: StoredPermission[]; cancelled: string[] }>([
  {
    name: 'everything less everything',
    permissions: [{ actions: ['*'], notActions: ['*'] }],
    cancelled: ['/permissions/0/notActions/0'],
  },
  {
    name: 'the data actions are left',
    permissions: [
      {
        actions: ['*'],
        notActions: ['*'],
        dataActions: ['Microsoft.KeyVault/vaults/secrets/getSecret/action'],
      },
    ],
    cancelled: [],
  },
  {
    name: 'an operation that the catalog does not know is left',
    permissions: [{ actions: ['Microsoft.Compute/disks/defrost/action'], notActions: ['*/read'] }],
    cancelled: [],
  },
  { name: 'nothing was granted', permissions: [{ notActions: ['*'] }], cancelled: [] },
])('cancelled: $name', ({ permissions, cancelled }) => {
  expect(evaluate(notActionsCancelRole, customRole(permissions), {}).map(({ at }) => at.pointer)).toEqual(
    cancelled,
  );
});

test.each<{ name: string; actions: string[]; notActions?: string[]; redundant: Record<string, string> }>([
  {
    name: 'under the star',
    actions: ['*', 'Microsoft.Compute/*'],
    redundant: { 'Microsoft.Compute/*': '*' },
  },
  {
    name: 'a wildcard by its end',
    actions: ['Microsoft.Compute/*/read', '*/read'],
    redundant: { 'Microsoft.Compute/*/read': '*/read' },
  },
  {
    name: 'in other case',
    actions: ['microsoft.compute/*', 'MICROSOFT.COMPUTE/DISKS/READ'],
    redundant: { 'MICROSOFT.COMPUTE/DISKS/READ': 'microsoft.compute/*' },
  },
  { name: 'siblings', actions: ['Microsoft.Compute/disks/*', 'Microsoft.Compute/images/*'], redundant: {} },
  {
    name: 'a name that starts alike',
    actions: ['Microsoft.Compute/disks/*', 'Microsoft.Compute/disksPool/*'],
    redundant: {},
  },
  { name: 'an overlap', actions: ['Microsoft.Compute/*/read', 'Microsoft.Compute/disks/*'], redundant: {} },
  {
    name: 'a duplicate is not redundant',
    actions: ['Microsoft.Compute/*', 'microsoft.compute/*'],
    redundant: {},
  },
  {
    name: 'a misspelt one has a rule of its own',
    actions: ['Microsoft.Compute/*', 'Microsoft.Compute/disk/read'],
    redundant: {},
  },
  {
    name: 'subtracted by a wildcard',
    actions: ['Microsoft.Compute/*', 'Microsoft.Compute/disks/write'],
    notActions: ['Microsoft.Compute/*/write'],
    redundant: {},
  },
  {
    name: 'spelled out, as nobody knows whether the wildcard grants it: its plane is not published',
    actions: ['Anyscale.Platform/*', 'Anyscale.Platform/agreements/read'],
    redundant: {},
  },
  {
    name: 'among NotActions too',
    actions: ['*'],
    notActions: ['Microsoft.Authorization/*', 'Microsoft.Authorization/*/write'],
    redundant: { 'Microsoft.Authorization/*/write': 'Microsoft.Authorization/*' },
  },
])('redundant: $name', ({ actions, notActions = [], redundant }) => {
  const matches = evaluate(repeatedAction, customRole({ actions, notActions }), { as: 'redundant' });
  expect(Object.fromEntries(matches.map(({ evidence }) => [evidence['action'], evidence['wider']]))).toEqual(
    redundant,
  );
});

test('what is covered only because a star may stand for nothing is not removed unasked', () => {
  const role = customRole({
    actions: [
      'Microsoft.Compute/*/read',
      'Microsoft.Compute/disks/read',
      'Microsoft.Cache/*/write',
      'Microsoft.Cache/redis/write',
    ],
  });
  const fixes = evaluate(repeatedAction, role, { as: 'redundant' }).map(({ fix }) => fix?.kind);
  expect(fixes).toEqual(['remove', 'remove']);
  const atRoot = customRole({ actions: ['Microsoft.Compute/disks/*/read', 'Microsoft.Compute/disks/read'] });
  expect(evaluate(repeatedAction, atRoot, { as: 'redundant' }).map(({ fix }) => fix)).toEqual([undefined]);
});

test('a duplicate is found whatever its case and blanks, at the later entry', () => {
  const role = customRole({
    actions: ['Microsoft.Compute/disks/read', ' microsoft.compute/disks/READ', '', ''],
  });
  expect(evaluate(repeatedAction, role, { as: 'duplicate' }).map(({ at }) => at.pointer)).toEqual([
    '/permissions/0/actions/1',
  ]);
});

test('of 100,000 entries that differ none is a duplicate', () => {
  const actions = Array.from({ length: 100_000 }, (_, i) => `Microsoft.Compute/disks/read${i}/*`);
  const role = customRole({ actions: [...actions, 'Microsoft.Compute/disks/*/read'] });
  expect(evaluate(repeatedAction, role, { as: 'duplicate' })).toEqual([]);
});

const access = 'Microsoft.Authorization';
const removals = ['locks', 'policyAssignments'].map(type => `${access}/${type}/delete`);
const removesAccess = [
  `${access}/roleAssignments/delete`,
  `${access}/roleDefinitions/delete`,
  `${access}/elevateAccess/action`,
];

test.each<[string, StoredPermission, string[] | undefined]>([
  [
    'all that goes with it',
    { actions: ['*'], notActions: [`${access}/roleAssignments/write`] },
    [...removesAccess, ...removals],
  ],
  [
    'what is not taken away beside it',
    { actions: ['*'], notActions: [`${access}/*/write`, `${access}/locks/*`] },
    [...removesAccess, removals[1]!],
  ],
  ['not the removing of roles', { actions: ['*'], notActions: [`${access}/roleAssignments/*`] }, undefined],
  [
    'nothing, as the whole was never granted',
    { actions: [`${access}/*`], notActions: [`${access}/*/write`] },
    undefined,
  ],
  ['nothing, as nothing is taken away', { actions: ['*'] }, undefined],
])('what NotActions leave beside the assigning of roles: %s', (_, permission, expected) => {
  const found = lintRole(customRole(permission), 'not-action-leaves-authorization');
  expect(found.map(({ evidence }) => evidence['operations'])).toEqual(
    expected === undefined ? [] : [expected],
  );
});
