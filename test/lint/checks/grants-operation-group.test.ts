import { expect, test } from 'vitest';
import type { StoredPermission } from '../../../src/rbac/catalog/built-in-roles.js';
import {
  grantsOperationGroup,
  type GrantsOperationGroupOptions,
} from '../../../src/lint/checks/grants-operation-group.js';
import type { OperationGroup } from '../../../src/lint/checks/operation-group.js';
import { RunContext } from '../../../src/lint/engine/context.js';
import { shippedCatalog } from '../../shipped-catalog.js';
import { customRole } from './custom-role.js';
import { lintRole, customRole as roleOf, verdicts } from './lint-role.js';

const keys: OperationGroup = {
  name: 'keys',
  title: 'Operations that return keys',
  operations: [
    {
      operation: 'Microsoft.Cache/redis/listKeys/action',
      plane: 'control',
      reason: 'can read the keys of the cache',
    },
    {
      operation: 'Microsoft.Cache/redis/regenerateKey/action',
      plane: 'control',
      reason: 'receives a new key',
    },
    {
      operation: 'Microsoft.KeyVault/vaults/secrets/getSecret/action',
      plane: 'data',
      reason: 'can read secrets',
    },
    {
      operation: 'Microsoft.ApiManagement/service/toolServers/listSecrets/action',
      plane: 'control',
      reason: 'can read the secrets',
    },
    {
      operation: 'Microsoft.Search/searchServices/listAdminKeys/action',
      plane: 'control',
      reason: 'can read the keys',
    },
  ],
};
const tags: OperationGroup = {
  name: 'tags',
  title: 'Operations that write tags',
  operations: [{ operation: 'Microsoft.Resources/tags/write', plane: 'control', reason: 'can write tags' }],
};

function evaluate(
  permissions: StoredPermission | readonly StoredPermission[],
  options: Partial<GrantsOperationGroupOptions> = {},
) {
  const role = customRole(permissions);
  const context = new RunContext({
    catalog: shippedCatalog,
    inventory: { documents: [], assignments: [], roleDefinitions: [role] },
    asOf: '2026-11-21',
    groups: [keys, tags],
    isDeclaredTemplate: () => false,
  });
  return [...grantsOperationGroup.evaluate(role, { cases: [{ allOf: ['keys'] }], ...options }, context)];
}

function places(
  permissions: StoredPermission | readonly StoredPermission[],
  options: Partial<GrantsOperationGroupOptions> = {},
) {
  return evaluate(permissions, options).map(
    ({ at, variant }) => `${at.pointer}${variant === undefined ? '' : ` ${variant}`}`,
  );
}

test.each([
  ['a wildcard', { actions: ['Microsoft.Cache/*'] }, ['/permissions/0/actions/0']],
  [
    'a wildcard, though a string before it spells one out',
    { actions: ['Microsoft.Cache/redis/listKeys/action', 'Microsoft.Search/*'] },
    ['/permissions/0/actions/1'],
  ],
  [
    'no wildcard that adds nothing to what is spelled out',
    { actions: ['Microsoft.Search/*', 'Microsoft.Search/searchServices/listAdminKeys/action'] },
    ['/permissions/0/actions/1 literal'],
  ],
  [
    'the operation spelled out, in any case',
    { actions: ['MICROSOFT.CACHE/Redis/listkeys/action'] },
    ['/permissions/0/actions/0 literal'],
  ],
  [
    'a data action',
    { dataActions: ['Microsoft.KeyVault/vaults/secrets/*'] },
    ['/permissions/0/dataActions/0'],
  ],
  [
    'no data action among the actions',
    { actions: ['Microsoft.KeyVault/vaults/secrets/getSecret/action'] },
    [],
  ],
  [
    'nothing that NotActions subtract',
    { actions: ['Microsoft.Cache/*'], notActions: ['Microsoft.Cache/redis/*/action'] },
    [],
  ],
  [
    'an operation of unknown plane that is spelled out',
    { actions: ['Microsoft.ApiManagement/service/toolServers/listSecrets/action'] },
    ['/permissions/0/actions/0 literal'],
  ],
  [
    'no operation of unknown plane under a wildcard',
    { actions: ['Microsoft.ApiManagement/service/toolServers/*'] },
    [],
  ],
  ['nothing in an empty role', {}, []],
] as const)('it finds %s', (_, permission, expected) => {
  expect(places(permission)).toEqual(expected);
});

test('NotActions subtract in their own permission alone', () => {
  const lists = [
    { actions: ['Microsoft.Cache/*'] },
    { actions: ['*/read'], notActions: ['Microsoft.Cache/*'] },
  ];
  expect(places(lists)).toEqual(['/permissions/0/actions/0']);
});

test('of what a string is to blame for, two reasons are given', () => {
  const [match] = evaluate({ actions: ['*'] });
  expect(match?.evidence).toMatchObject({ count: 3 });
  expect(match?.related?.map(({ at, message }) => [at.pointer, message])).toEqual([
    ['/permissions/0/actions/0', 'Microsoft.Cache/redis/listKeys/action: can read the keys of the cache.'],
    ['/permissions/0/actions/0', 'Microsoft.Cache/redis/regenerateKey/action: receives a new key.'],
  ]);
});

test('the evidence names what the string grants, sorted; the others are related, each with its reason', () => {
  const [match] = evaluate({
    actions: ['Microsoft.Search/searchServices/listAdminKeys/action', 'Microsoft.Cache/redis/*'],
  });
  expect(match?.evidence).toEqual({
    operations: ['Microsoft.Cache/redis/listKeys/action', 'Microsoft.Cache/redis/regenerateKey/action'],
    count: 2,
    listing: 'Microsoft.Cache/redis/listKeys/action and Microsoft.Cache/redis/regenerateKey/action',
    pattern: 'Microsoft.Cache/redis/*',
  });
  expect(match?.related?.map(({ at, message }) => [at.pointer, message])).toEqual([
    ['/permissions/0/actions/1', 'Microsoft.Cache/redis/listKeys/action: can read the keys of the cache.'],
    ['/permissions/0/actions/1', 'Microsoft.Cache/redis/regenerateKey/action: receives a new key.'],
    ['/permissions/0/actions/0', 'Microsoft.Search/searchServices/listAdminKeys/action: can read the keys.'],
  ]);
});

test('a reason is given once for all operations of a string that share it', () => {
  const role = roleOf({ actions: ['Microsoft.Network/networkSecurityGroups/*'] });
  const [finding] = lintRole(role, 'role-exposes-network');
  expect(finding?.evidence.count).toBe(2);
  expect(finding?.related.map(({ message }) => message)).toEqual([
    'Microsoft.Network/networkSecurityGroups/securityRules/write: can open ports of machines to the internet.',
  ]);
});

test('the order of the strings changes nothing but the place', () => {
  const strings = [
    'Microsoft.Cache/redis/listKeys/action',
    'Microsoft.Search/searchServices/listAdminKeys/action',
  ];
  const [match] = evaluate({ actions: strings });
  const [reversed] = evaluate({ actions: [...strings].reverse() });
  expect(match?.evidence.operations).toEqual(strings);
  expect(reversed?.evidence.operations).toEqual(strings);
});

const together = { cases: [{ allOf: ['keys', 'tags'], variant: 'with-tags' }, { allOf: ['keys'] }] };

test.each([
  [
    'both groups',
    { actions: ['Microsoft.Resources/tags/write', 'Microsoft.Cache/*'] },
    together,
    ['/permissions/0/actions/1 with-tags'],
  ],
  ['the first group alone', { actions: ['Microsoft.Cache/*'] }, together, ['/permissions/0/actions/0']],
  ['the second group alone', { actions: ['Microsoft.Resources/tags/write'] }, together, []],
  [
    'one of two groups where either will do',
    { actions: ['Microsoft.Resources/tags/*'] },
    { cases: [{ allOf: [['keys', 'tags']] }] },
    ['/permissions/0/actions/0'],
  ],
  [
    'one group spelled out, one under a wildcard',
    { actions: ['Microsoft.Cache/redis/listKeys/action', 'Microsoft.Resources/*'] },
    { cases: [{ allOf: ['keys', 'tags'] }] },
    ['/permissions/0/actions/0'],
  ],
  [
    'both groups spelled out',
    { actions: ['Microsoft.Cache/redis/listKeys/action', 'Microsoft.Resources/tags/write'] },
    { cases: [{ allOf: ['keys', 'tags'] }] },
    ['/permissions/0/actions/0 literal'],
  ],
] as const)('the first case that holds makes the match: %s', (_, permission, options, expected) => {
  expect(places(permission, options)).toEqual(expected);
});

test.each([
  ['under the string', ['*'], []],
  ['in any case', ['MICROSOFT.cache/*', '*'], []],
  [
    'spelled out as well',
    ['*', 'Microsoft.Cache/redis/listKeys/action'],
    ['/permissions/0/actions/1 literal'],
  ],
] as const)('what is left to other rules does not count: %s', (_, actions, expected) => {
  expect(places({ actions }, { notThrough: ['*', 'microsoft.Cache/*'] })).toEqual(expected);
});

const condition = "@Resource[Microsoft.Cache/redis:Name] StringEquals 'shared'";

test.each([
  [
    'under a condition alone',
    [{ actions: ['Microsoft.Cache/*'], condition }],
    ['/permissions/0/actions/0 conditional'],
  ],
  [
    'elsewhere without one',
    [{ actions: ['Microsoft.Cache/*'], condition }, { actions: ['Microsoft.Search/*'] }],
    ['/permissions/1/actions/0'],
  ],
  [
    'spelled out without one, and by a wildcard under one',
    [{ actions: ['Microsoft.Search/*'], condition }, { actions: ['Microsoft.Cache/redis/listKeys/action'] }],
    ['/permissions/1/actions/0 literal'],
  ],
  [
    'under one alone, spelled out and by a wildcard',
    [{ actions: ['Microsoft.Cache/redis/listKeys/action', 'Microsoft.Search/*'], condition }],
    ['/permissions/0/actions/1 conditional'],
  ],
] as const)('operations that are granted %s', (_, permissions, expected) => {
  expect(places(permissions, { conditionalVariant: true })).toEqual(expected);
});

test('a condition is shown with the finding', () => {
  const [match] = evaluate({ actions: ['Microsoft.Search/*'], condition });
  expect(match?.related?.map(({ at, message }) => [at.pointer, message])).toEqual([
    ['/permissions/0/condition', 'Granted only if this condition is true.'],
    ['/permissions/0/actions/0', 'Microsoft.Search/searchServices/listAdminKeys/action: can read the keys.'],
  ]);
});

test('100,000 strings are as good as one', () => {
  const strings = Array.from({ length: 100_000 }, (_, i) => `Microsoft.Cache/redis/read${i}`);
  expect(places({ actions: [...strings, 'Microsoft.Cache/*'] })).toEqual(['/permissions/0/actions/100000']);
});

const roles: readonly [title: string, permission: StoredPermission, expected: readonly string[]][] = [
  [
    'assigning roles counts however it is written',
    { actions: ['Microsoft.Authorization/roleAssignments/write'] },
    ['role-assigns-roles/literal critical'],
  ],
  ['deployments are a carrier, not a danger', { actions: ['Microsoft.Resources/deployments/*'] }, []],
  ['reads of everything are for another rule', { actions: ['*/read'] }, []],
  [
    'a service that returns secrets on reads',
    { actions: ['Microsoft.Network/connections/*/read'] },
    ['role-reads-credentials/reads low'],
  ],
  [
    'identities without anything to run on',
    { actions: ['Microsoft.ManagedIdentity/userAssignedIdentities/assign/action'] },
    ['role-assigns-identity/alone low'],
  ],
  [
    'scripts take in identities',
    {
      actions: [
        'Microsoft.Resources/deploymentScripts/*',
        'Microsoft.ManagedIdentity/userAssignedIdentities/assign/action',
      ],
    },
    ['role-deploys-with-identity high'],
  ],
  [
    'connection templates without passwords are no credentials',
    { actions: ['Microsoft.DocumentDB/mongoClusters/*/action'] },
    [],
  ],
];

test.each(roles)('%s', (_, permission, expected) => {
  const prefixes = [
    'role-assigns',
    'role-deploys',
    'role-reads',
    'role-runs',
    'role-creates',
    'role-exports',
    'role-disables',
  ];
  expect(verdicts(lintRole(roleOf(permission), ...prefixes))).toEqual(expected);
});
