import { expect, test } from 'vitest';
import type { StoredPermission } from '../../../src/rbac/catalog/built-in-roles.js';
import { customRole, lintRole, verdicts } from './lint-role.js';

const ml = 'Microsoft.MachineLearningServices/workspaces/';
const online = `${ml}onlineEndpoints/`;
const batch = `${ml}batchEndpoints/`;

interface Case {
  readonly name: string;
  readonly permissions: readonly StoredPermission[];
  readonly expected: readonly string[];
}

const cases: readonly Case[] = [
  { name: 'scoring alone', permissions: [{ actions: [`${online}score/action`] }], expected: [] },
  {
    name: 'scoring and the read that the CLI needs, in other case',
    permissions: [{ actions: [`${online}SCORE/Action`, `${online}read`, `${online}deployments/read`] }],
    expected: [],
  },
  {
    name: 'the documented scoring role',
    permissions: [{ actions: [`${online}*/action`] }],
    expected: ['ml-scoring-wildcard high'],
  },
  {
    name: 'the documented control-plane role',
    permissions: [
      {
        actions: ['write', 'delete', 'read', 'token/action', 'listKeys/action', 'regenerateKeys/action'].map(
          end => online + end,
        ),
      },
    ],
    expected: [
      'ml-control-role-holds-credentials low',
      'ml-control-role-lacks-deployments low',
      'ml-endpoint-switches-auth-mode/literal info',
    ],
  },
  {
    name: 'a pipeline that deploys and scores',
    permissions: [{ actions: [`${online}deployments/write`, `${online}score/action`] }],
    expected: ['ml-scoring-role-writes critical'],
  },
  {
    name: 'scoring and endpoint writes in two permissions',
    permissions: [{ actions: [`${online}score/action`] }, { actions: [`${online}write`] }],
    expected: ['ml-scoring-role-writes critical'],
  },
  {
    name: 'scoring by wildcard and writes by wildcard',
    permissions: [{ actions: [`${online}*/action`, `${online}*/write`] }],
    expected: ['ml-scoring-role-writes critical', 'ml-scoring-wildcard high'],
  },
  {
    name: 'the deletes that a workspace wildcard brings along',
    permissions: [{ actions: [`${online}score/action`, `${ml}*/delete`] }],
    expected: ['ml-scoring-role-writes critical'],
  },
  {
    name: 'writes of endpoints that NotActions take away, beside others',
    permissions: [{ actions: [`${online}score/action`, `${ml}*/write`], notActions: [`${online}*/write`] }],
    expected: ['ml-scoring-role-writes critical'],
  },
  {
    name: 'all writes, which NotActions take away',
    permissions: [{ actions: [`${online}score/action`, `${ml}*/write`], notActions: [`${ml}*/write`] }],
    expected: [],
  },
  {
    name: 'scoring and the computes of the workspace',
    permissions: [{ actions: [`${online}score/action`, `${ml}computes/write`, `${ml}computes/delete`] }],
    expected: ['ml-scoring-role-writes critical'],
  },
  {
    name: 'scoring and jobs',
    permissions: [{ actions: [`${online}score/action`, `${ml}jobs/write`] }],
    expected: ['ml-scoring-role-writes critical'],
  },
  {
    name: 'scoring and another provider',
    permissions: [{ actions: [`${online}score/action`, 'Microsoft.Storage/storageAccounts/write'] }],
    expected: ['ml-scoring-role-writes critical'],
  },
  {
    name: 'scoring and data that is written',
    permissions: [
      {
        actions: [`${online}score/action`],
        dataActions: ['Microsoft.Storage/storageAccounts/blobServices/containers/blobs/add/action'],
      },
    ],
    expected: ['ml-scoring-role-writes critical'],
  },
  {
    name: 'scoring and a write that the catalog does not know',
    permissions: [{ actions: [`${online}score/action`, 'Contoso.Claims/reports/write'] }],
    expected: ['ml-scoring-role-writes critical'],
  },
  {
    name: 'scoring and data that is read',
    permissions: [
      {
        actions: [`${online}score/action`],
        dataActions: ['Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read'],
      },
    ],
    expected: [],
  },
  {
    name: 'everything of endpoints less what changes them',
    permissions: [
      {
        actions: [`${online}*`],
        notActions: [`${online}*/write`, `${online}*/delete`, `${online}listkeys/*`],
      },
    ],
    expected: ['ml-scoring-role-reads-keys high'],
  },
  {
    name: 'every action of a workspace reaches scoring and changes no endpoint',
    permissions: [{ actions: [`${ml}*/action`] }],
    expected: ['ml-scoring-role-reads-keys high', 'ml-workspace-keys high'],
  },
  {
    name: 'NotActions of another permission take nothing away',
    permissions: [
      { actions: [`${online}score/action`, `${online}write`] },
      { actions: [], notActions: [`${online}write`] },
    ],
    expected: ['ml-scoring-role-writes critical'],
  },
  {
    name: 'scoring that NotActions take away',
    permissions: [
      { actions: [`${online}score/action`, `${online}deployments/write`], notActions: [`${online}score/*`] },
    ],
    expected: [],
  },
  {
    name: 'scoring and keys',
    permissions: [{ actions: [`${online}score/action`, `${online}listkeys/action`] }],
    expected: ['ml-scoring-role-reads-keys high'],
  },
  {
    name: 'the scoring wildcard less all that it adds',
    permissions: [
      {
        actions: [`${online}*/action`],
        notActions: [
          'listkeys/action',
          'regeneratekeys/action',
          'token/action',
          'deployments/getlogs/action',
        ].map(end => online + end),
      },
    ],
    expected: [],
  },
  {
    name: 'everything of online endpoints is no scoring role',
    permissions: [{ actions: [`${online}*`] }],
    expected: [
      'ml-control-role-holds-credentials low',
      'ml-control-role-scores low',
      'ml-endpoint-switches-auth-mode info',
    ],
  },
  {
    name: 'endpoints and deployments without credentials',
    permissions: [{ actions: [`${online}*/read`, `${online}*/write`, `${online}*/delete`] }],
    expected: ['ml-endpoint-switches-auth-mode info'],
  },
  {
    name: 'deployments taken away on purpose',
    permissions: [{ actions: [`${online}*/write`], notActions: [`${online}deployments/write`] }],
    expected: ['ml-endpoint-switches-auth-mode info'],
  },
  {
    name: 'reading keys is not managing endpoints',
    permissions: [{ actions: [`${online}read`, `${online}listkeys/action`] }],
    expected: [],
  },
  {
    name: 'invoking a batch endpoint',
    permissions: [{ actions: [`${batch}read`, `${batch}jobs/write`, `${ml}datastores/listsecrets/action`] }],
    expected: [],
  },
  {
    name: 'an invoker that repoints the endpoint',
    permissions: [{ actions: [`${batch}deployments/jobs/write`, `${batch}write`] }],
    expected: ['ml-batch-invoker-edits-endpoint low'],
  },
  {
    name: 'an invoker that reads the storage keys',
    permissions: [{ actions: [`${batch}jobs/*`, `${ml}listStorageAccountKeys/action`] }],
    expected: ['ml-batch-invoker-reads-credentials low'],
  },
  {
    name: 'every action of a workspace',
    permissions: [{ actions: [`${ml}*/action`], notActions: [`${online}*/action`] }],
    expected: ['ml-workspace-keys high'],
  },
  {
    name: 'the workspace keys, spelled out',
    permissions: [{ actions: [`${ml}read`, `${ml}listKeys/action`] }],
    expected: ['ml-workspace-keys/literal low'],
  },
  { name: 'managing batch endpoints', permissions: [{ actions: [`${batch}*`] }], expected: [] },
  {
    name: 'a wildcard among data actions',
    permissions: [{ dataActions: [`${online}*`] }],
    expected: ['ml-data-action high'],
  },
  {
    name: 'an unknown string among NotDataActions',
    permissions: [{ dataActions: [], notDataActions: [`${online}invoke/action`] }],
    expected: ['ml-data-action high'],
  },
  {
    name: 'a placeholder among data actions is another fault',
    permissions: [{ dataActions: [`${online}<verb>/action`] }],
    expected: [],
  },
  {
    name: 'a known operation among data actions is in the wrong list, which another rule says',
    permissions: [{ dataActions: [`${online}score/action`] }],
    expected: [],
  },
];

test.each(cases)('$name: $expected', ({ permissions, expected }) => {
  expect(verdicts(lintRole(customRole(...permissions), 'ml-'))).toEqual(expected);
});

test('the scoring wildcard names the four operations that it adds to scoring', () => {
  const [finding] = lintRole(customRole({ actions: [`${online}*/action`] }), 'ml-scoring-wildcard');
  expect(finding?.evidence['operations']).toEqual([
    `${online}deployments/getlogs/action`,
    `${online}listkeys/action`,
    `${online}regeneratekeys/action`,
    `${online}token/action`,
  ]);
});

test('a scoring role that writes is reported at the first string that grants a write', () => {
  const actions = [`${online}read`, `${online}delete`, `${online}score/action`, `${online}write`];
  const [finding] = lintRole(customRole({ actions }), 'ml-scoring-role-writes');
  expect(finding?.at.pointer).toBe('/permissions/0/actions/1');
  expect(finding?.evidence['operations']).toEqual([`${online}delete`, `${online}write`]);
  expect(finding?.related[0]).toMatchObject({
    at: { pointer: '/permissions/0/actions/2' },
    message: 'Treated as a scoring role: it can call online endpoints.',
  });
});

test('the scoring wildcard counts beside a wider one that comes first', () => {
  const actions = [`${ml}*`, `${online}*/action`];
  const [finding] = lintRole(customRole({ actions }), 'ml-scoring-wildcard');
  expect(finding?.at.pointer).toBe('/permissions/0/actions/1');
});

test.each([
  [[`${online}*`], [`${online}*/write`, `${online}*/delete`]],
  [[`${ml}*/action`], []],
  [[`${online}score/action`, `${ml}computes/write`], []],
  [[`${online}*/action`, `${online}write`], []],
])('no fix takes scoring away from the scoring role %j without %j', (actions, notActions) => {
  const fixes = lintRole(customRole({ actions, notActions }), '').map(({ rule }) => rule.fix);
  expect(fixes.filter(fix => /score\/action to NotActions/.test(fix))).toEqual([]);
  expect(fixes.length).toBeGreaterThan(0);
});
