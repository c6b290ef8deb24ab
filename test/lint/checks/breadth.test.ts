import { expect, test } from 'vitest';
import type { StoredPermission } from '../../../src/rbac/catalog/built-in-roles.js';
import { shippedCatalog } from '../../shipped-catalog.js';
import { customRole, lintRole, verdicts } from './lint-role.js';

const prefixes = ['role-equals-', 'role-grants-', 'role-matches-builtin', 'role-near-builtin'];

interface Case {
  readonly name: string;
  readonly permissions: readonly StoredPermission[];
  readonly expected: readonly string[];
}

const cases: readonly Case[] = [
  { name: 'everything', permissions: [{ actions: ['*'] }], expected: ['role-equals-owner critical'] },
  {
    name: 'everything, in two stars',
    permissions: [{ actions: ['*/*'] }],
    expected: ['role-equals-owner critical'],
  },
  {
    name: 'every verb by itself, reads left out',
    permissions: [{ actions: ['*/write'] }, { actions: ['*/delete', '*/action'] }],
    expected: ['role-equals-owner critical'],
  },
  {
    name: 'everything, with the assignment of roles under a condition',
    permissions: [
      { actions: ['*'], notActions: ['Microsoft.Authorization/roleAssignments/write'] },
      {
        actions: ['Microsoft.Authorization/roleAssignments/write'],
        condition: "((!(ActionMatches{'Microsoft.Authorization/roleAssignments/write'})))",
        conditionVersion: '2.0',
      },
    ],
    expected: ['role-equals-contributor high'],
  },
  {
    name: 'everything less the documented part of access',
    permissions: [
      { actions: ['*'], notActions: ['Microsoft.Authorization/*/write', 'Microsoft.Authorization/*/delete'] },
    ],
    expected: ['role-equals-contributor high'],
  },
  {
    name: 'everything less compute and networks',
    permissions: [{ actions: ['*'], notActions: ['Microsoft.Compute/*', 'Microsoft.Network/*'] }],
    expected: ['role-grants-all-actions high'],
  },
  {
    name: 'everything less every change',
    permissions: [{ actions: ['*'], notActions: ['*/write', '*/delete', '*/action'] }],
    expected: ['role-grants-all-reads low', 'role-matches-builtin low'],
  },
  { name: 'everything less everything', permissions: [{ actions: ['*'], notActions: ['*'] }], expected: [] },
  {
    name: 'every read, as Reader has it',
    permissions: [{ actions: ['*/read'] }],
    expected: ['role-grants-all-reads low', 'role-matches-builtin low'],
  },
  {
    name: 'every action',
    permissions: [{ actions: ['*/action', 'Microsoft.Compute/disks/read'] }],
    expected: ['role-grants-verb-wildcard high'],
  },
  {
    name: 'every write that NotActions take away',
    permissions: [{ actions: ['*/write', 'Microsoft.Compute/disks/read'], notActions: ['*/write'] }],
    expected: [],
  },
  {
    name: 'every data action',
    permissions: [{ actions: ['Microsoft.Storage/storageAccounts/read'], dataActions: ['*'] }],
    expected: ['role-grants-all-data-actions critical'],
  },
  {
    name: 'all of storage',
    permissions: [{ actions: ['Microsoft.Storage/*'] }],
    expected: ['role-grants-provider-wildcard medium'],
  },
  {
    name: 'all of support, as Support Request Contributor has it among others',
    permissions: [{ actions: ['Microsoft.Support/*', 'Microsoft.Compute/disks/read'] }],
    expected: ['role-grants-provider-wildcard/harmless info'],
  },
  {
    name: 'AcrPull in other case',
    permissions: [{ actions: ['microsoft.containerregistry/REGISTRIES/pull/read'] }],
    expected: ['role-matches-builtin low'],
  },
  {
    name: 'AcrPull on the other plane is not AcrPull',
    permissions: [{ dataActions: ['Microsoft.ContainerRegistry/registries/pull/read'] }],
    expected: [],
  },
  {
    name: 'AcrPull under a condition is not AcrPull',
    permissions: [{ actions: ['Microsoft.ContainerRegistry/registries/pull/read'], condition: 'true' }],
    expected: [],
  },
  {
    name: 'AcrPull and an operation that the catalog does not know',
    permissions: [
      {
        actions: [
          'Microsoft.ContainerRegistry/registries/pull/read',
          'Microsoft.ContainerRegistry/registries/fresh/read',
        ],
      },
    ],
    expected: [],
  },
  {
    name: 'two of five operations of a built-in role differ: not near',
    permissions: [
      {
        actions: [
          'Microsoft.ContainerRegistry/registries/pull/read',
          'Microsoft.ContainerRegistry/registries/read',
        ],
      },
    ],
    expected: [],
  },
  { name: 'nothing', permissions: [], expected: [] },
];

test.each(cases)('$name: $expected', ({ permissions, expected }) => {
  expect(verdicts(lintRole(customRole(...permissions), ...prefixes))).toEqual(expected);
});

test('what an owner-like role implies hangs under its finding', () => {
  const [finding] = lintRole(customRole({ actions: ['*'] }), ...prefixes, 'ml-');
  expect(finding?.related.map(({ ruleId }) => ruleId)).toEqual(
    expect.arrayContaining(['role-grants-all-actions', 'role-matches-builtin', 'ml-control-role-scores']),
  );
});

test('a contributor-like role implies what Contributor can do, the worst of it included, and nothing beyond', () => {
  const notActions = ['Microsoft.Authorization/*/write', 'Microsoft.Authorization/*/delete'];
  const like = customRole({ actions: ['*'], notActions });
  expect(verdicts(lintRole(like, ...prefixes, 'role-writes-', 'role-runs-', 'role-reads-', 'ml-'))).toEqual([
    'role-equals-contributor high',
  ]);
  const beyond = customRole({
    actions: ['*'],
    notActions: ['Microsoft.Authorization/roleAssignments/write'],
  });
  expect(verdicts(lintRole(beyond, ...prefixes, 'role-edits-role-', 'role-writes-'))).toEqual([
    'role-edits-role-definitions critical',
    'role-equals-contributor high',
  ]);
});

test('an owner-like role is reported at its broadest string', () => {
  const [finding] = lintRole(customRole({ actions: ['Microsoft.Compute/*', '*'] }), 'role-equals-owner');
  expect(finding?.at.pointer).toBe('/permissions/0/actions/1');
});

test('of the built-in roles, only Owner is owner-like and only Contributor is contributor-like', () => {
  const found = [...shippedCatalog.builtInRoles.all()].flatMap(role =>
    lintRole({ ...role, roleType: 'CustomRole' }, 'role-equals-').map(
      ({ rule }) => `${role.name?.value}: ${rule.id}`,
    ),
  );
  expect(found).toEqual(['Contributor: role-equals-contributor', 'Owner: role-equals-owner']);
});

test('a copy of a built-in role that lacks one of its many operations is near it', () => {
  const role = shippedCatalog.builtInRoles.find('Virtual Machine Contributor')!;
  const [permission] = role.permissions;
  const withoutOne = permission!.actions.map(({ text }) => text);
  const copy = customRole({
    actions: withoutOne,
    notActions: ['Microsoft.Compute/virtualMachines/runCommand/action'],
  });
  const [finding] = lintRole(copy, 'role-near-builtin');
  expect(finding?.variant).toBe('less');
  expect(finding?.evidence).toEqual({
    builtInRole: 'Virtual Machine Contributor',
    missing: ['Microsoft.Compute/virtualMachines/runCommand/action'],
    extra: [],
  });
});

test('a built-in role in an export is not told that it matches itself', () => {
  expect(lintRole(shippedCatalog.builtInRoles.find('AcrPull')!, 'role-matches-builtin')).toEqual([]);
});
