import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { readSnapshot } from '../../../src/tenant/snapshot/read-snapshot.js';
import type { Snapshot } from '../../../src/tenant/snapshot/snapshot.js';
import { projectWith } from '../../commands/project.js';

const subscription = '11111111-2222-3333-4444-555555555555';
const principal = 'aaaaaaaa-0000-0000-0000-000000000001';
const acrPull = '7f951dda-4ed3-4680-a7ca-43fe172d538d';
const customRole = 'cccccccc-0000-0000-0000-000000000001';

const assignment = {
  id: `/subscriptions/${subscription}/providers/Microsoft.Authorization/roleAssignments/dddddddd-0000-0000-0000-000000000001`,
  name: 'dddddddd-0000-0000-0000-000000000001',
  properties: {
    principalId: principal.toUpperCase(),
    principalType: 'ServicePrincipal',
    roleDefinitionId: `/subscriptions/${subscription}/providers/Microsoft.Authorization/roleDefinitions/${acrPull.toUpperCase()}`,
    scope: `/subscriptions/${subscription}`,
  },
};

const role = {
  id: `/subscriptions/${subscription}/providers/Microsoft.Authorization/roleDefinitions/${customRole}`,
  name: customRole,
  properties: {
    roleName: 'Endpoint Scorer',
    type: 'CustomRole',
    assignableScopes: [`/subscriptions/${subscription}`],
    permissions: [{ actions: ['Microsoft.MachineLearningServices/workspaces/onlineEndpoints/score/action'] }],
  },
};

const snapshot = {
  version: 1,
  kind: 'azrbac-snapshot',
  collectedAt: '2026-08-22T06:00:00Z',
  tenantId: '99999999-0000-0000-0000-000000000001',
  roleDefinitions: [role],
  roleAssignments: [assignment],
  principals: [
    {
      id: principal,
      type: 'ServicePrincipal',
      displayName: 'scorer',
      memberOf: ['EEEEEEEE-0000-0000-0000-000000000001'],
    },
    { id: 'eeeeeeee-0000-0000-0000-000000000001', type: 'Group', displayName: 'scorers' },
  ],
  managementGroups: [
    { id: 'root', parent: null },
    { id: 'Corp', parent: 'root' },
  ],
  subscriptions: [{ id: subscription, displayName: 'ML', managementGroup: 'Corp' }],
  gaps: [{ what: 'denyAssignments', scope: `/subscriptions/${subscription}`, reason: '403' }],
};

const flat = {
  id: assignment.id,
  name: assignment.name,
  type: 'Microsoft.Authorization/roleAssignments',
  condition: null,
  principalId: principal,
  principalName: 'scorer',
  principalType: 'ServicePrincipal',
  roleDefinitionId: assignment.properties.roleDefinitionId,
  roleDefinitionName: 'AcrPull',
  scope: `/subscriptions/${subscription}`,
};

const flatRole = {
  id: role.id,
  name: customRole,
  roleName: 'Endpoint Scorer',
  roleType: 'CustomRole',
  type: 'Microsoft.Authorization/roleDefinitions',
  assignableScopes: [`/subscriptions/${subscription}`],
  permissions: [
    {
      actions: ['Microsoft.MachineLearningServices/workspaces/onlineEndpoints/score/action'],
      notActions: [],
      dataActions: [],
      notDataActions: [],
    },
  ],
};

function read(files: Readonly<Record<string, string | Buffer | object>>, path = '.'): Promise<Snapshot> {
  return readSnapshot(path, projectWith(files));
}

const readAssignment = {
  id: assignment.id.toLowerCase(),
  scope: `/subscriptions/${subscription}`,
  principalId: principal,
  principalType: 'ServicePrincipal',
  roleGuid: acrPull,
  condition: undefined,
};

test('a snapshot in one file', async () => {
  const found = await read({ 'tenant.json': snapshot }, 'tenant.json');
  expect(found).toMatchObject({
    source: 'tenant.json',
    collectedAt: '2026-08-22T06:00:00Z',
    isComplete: true,
    notices: [],
    gaps: [{ what: 'denyAssignments', scope: `/subscriptions/${subscription}`, reason: '403' }],
  });
  expect(found.roleAssignments).toMatchObject([readAssignment]);
  expect(found.roleDefinitions.find(customRole)?.name?.value).toBe('Endpoint Scorer');
  expect(found.roleDefinitions.find(customRole)?.permissions[0]?.actions[0]?.text).toBe(
    'Microsoft.MachineLearningServices/workspaces/onlineEndpoints/score/action',
  );
  expect(found.principals.get(principal)?.memberOf).toEqual(['eeeeeeee-0000-0000-0000-000000000001']);
  expect([...found.managementGroups]).toEqual([
    ['root', null],
    ['corp', 'root'],
  ]);
  expect([...found.subscriptions]).toEqual([[subscription, 'corp']]);
  expect([...found.subscriptionNames]).toEqual([[subscription, 'ML']]);
});

test('what roles and deny assignments say stands where the snapshot says it', async () => {
  const permissions = [{ actions: ['*/read', 'Microsoft.Compute/virtualMachines/delete'] }];
  const scope = `/subscriptions/${subscription}`;
  const id = `${scope}/providers/Microsoft.Authorization/denyAssignments/eeeeeeee-0000-0000-0000-000000000002`;
  const rows = {
    ...snapshot,
    roleDefinitions: [flatRole, { ...role, name: principal }],
    denyAssignments: [
      { id, scope, permissions },
      { id, properties: { scope, permissions } },
    ],
  };
  const found = await read({ 'tenant.json': rows }, 'tenant.json');
  const roles = [customRole, principal].map(guid => found.roleDefinitions.find(guid)!);
  expect(roles.map(({ permissions: [first] }) => first?.actions[0]?.at.pointer)).toEqual([
    '/roleDefinitions/0/permissions/0/actions/0',
    '/roleDefinitions/1/properties/permissions/0/actions/0',
  ]);
  expect(found.denyAssignments.map(({ denied }) => denied.permissions[0]?.actions[1]?.at.pointer)).toEqual([
    '/denyAssignments/0/permissions/0/actions/1',
    '/denyAssignments/1/properties/permissions/0/actions/1',
  ]);
  expect(roles[0]?.permissions[0]?.at.document.file).toBe('tenant.json');
});

const lines = [
  { version: 1, kind: 'azrbac-snapshot', collectedAt: '2026-08-22T06:00:00Z' },
  { kind: 'roleDefinition', value: role },
  { kind: 'roleAssignments', value: assignment },
  { kind: 'end', counts: { roleDefinitions: 1, roleAssignments: 1 } },
].map(line => JSON.stringify(line));

test('a snapshot as gzip NDJSON', async () => {
  const found = await read({ 'tenant.ndjson.gz': gzipSync(`${lines.join('\n')}\n`) }, 'tenant.ndjson.gz');
  expect(found.roleAssignments).toMatchObject([readAssignment]);
  expect(found.roleDefinitions.has(customRole)).toBe(true);
  expect([found.isComplete, found.notices]).toEqual([true, []]);
});

test.each([
  ['without its end', gzipSync(lines.slice(0, 3).join('\n'))],
  [
    'cut off in the packed bytes',
    gzipSync([...lines.slice(0, 3), ...Array(500).fill(lines[2]), lines[3]].join('\n')).subarray(0, -30),
  ],
  ['cut off in a line', gzipSync(lines.join('\n').slice(0, -20))],
  ['with fewer rows than counted', gzipSync([lines[0], lines[1], lines[3]].join('\n'))],
])('NDJSON %s is not complete', async (_, bytes) => {
  const found = await read({ 'tenant.ndjson.gz': bytes }, 'tenant.ndjson.gz');
  expect(found.isComplete).toBe(false);
  expect(found.notices.map(({ code }) => code)).toContain('snapshot-truncated');
});

test('a folder of Azure CLI exports, whatever their names', async () => {
  const found = await read({
    'one.json': [flat],
    'two.json': [
      flat,
      {
        ...flat,
        id: assignment.id.replace('d-0000', 'd-1111'),
        scope: `/subscriptions/${subscription}/resourceGroups/ml`,
      },
    ],
    'roles.json': [flatRole],
    'accounts.json': [
      {
        id: subscription,
        name: 'ML',
        state: 'Enabled',
        tenantId: '99999999-0000-0000-0000-000000000001',
        isDefault: true,
      },
    ],
    'notes.txt': 'not read',
  });
  expect(found.roleAssignments.map(({ scope }) => scope)).toEqual([
    `/subscriptions/${subscription}`,
    `/subscriptions/${subscription}/resourceGroups/ml`,
  ]);
  expect(found.roleDefinitions.find(customRole)?.name?.value).toBe('Endpoint Scorer');
  expect([...found.subscriptions]).toEqual([[subscription, null]]);
  expect(found.notices.map(({ code }) => code)).toEqual(['export-may-be-partial']);
});

test('REST answers with a value, and what PowerShell redirects', async () => {
  const utf16 = Buffer.from(`\ufeff${JSON.stringify({ value: [assignment] })}`, 'utf16le');
  expect((await read({ 'answer.json': utf16 })).roleAssignments).toMatchObject([readAssignment]);
});

test('a page that names another is not all there is', async () => {
  const page = { value: [assignment], nextLink: 'https://management.azure.com/next' };
  const [gap, ...others] = (await read({ 'page-1.json': page })).gaps;
  expect(others).toEqual([]);
  expect(gap).toMatchObject({ what: 'roleAssignments', scope: '/' });
  expect(gap!.reason).toContain('page-1.json');
  const last = { value: [{ ...assignment, id: `${assignment.id}0` }] };
  expect((await read({ 'page-1.json': page, 'page-2.json': last })).gaps).toEqual([]);
  // Of another list.
  const roles = {
    value: [{ id: customRole, name: customRole, properties: { roleName: 'R', permissions: [] } }],
  };
  expect((await read({ 'page-1.json': page, 'roles.json': roles })).gaps).toHaveLength(1);
});

test('management groups, from the entities list and from what lies below one', async () => {
  const entities = [
    {
      id: '/providers/Microsoft.Management/managementGroups/Root',
      name: 'Root',
      type: 'Microsoft.Management/managementGroups',
      parent: { id: null },
    },
    {
      id: '/providers/Microsoft.Management/managementGroups/Corp',
      name: 'Corp',
      type: 'Microsoft.Management/managementGroups',
      parent: { id: '/providers/Microsoft.Management/managementGroups/Root' },
    },
    {
      id: `/subscriptions/${subscription}`,
      name: subscription,
      type: '/subscriptions',
      parent: { id: '/providers/Microsoft.Management/managementGroups/Corp' },
    },
  ];
  const shown = {
    id: '/providers/Microsoft.Management/managementGroups/Corp',
    name: 'Corp',
    type: 'Microsoft.Management/managementGroups',
    details: { parent: { id: '/providers/Microsoft.Management/managementGroups/Root', name: 'Root' } },
    children: [
      {
        id: '/providers/Microsoft.Management/managementGroups/Ml',
        name: 'Ml',
        type: 'Microsoft.Management/managementGroups',
        children: [
          {
            id: `/subscriptions/${subscription}`,
            name: subscription,
            type: '/subscriptions',
            displayName: 'ML',
          },
        ],
      },
    ],
  };
  const one = await read({ 'assignments.json': [flat], 'entities.json': entities });
  expect([...one.managementGroups]).toEqual([
    ['root', null],
    ['corp', 'root'],
  ]);
  expect(one.subscriptions.get(subscription)).toBe('corp');
  const two = await read({ 'assignments.json': [flat], 'shown.json': shown });
  expect([...two.managementGroups]).toEqual([
    ['corp', 'root'],
    ['ml', 'corp'],
  ]);
  expect(two.subscriptions.get(subscription)).toBe('ml');
  expect(two.subscriptionNames.get(subscription)).toBe('ML');
});

test.each([
  ['', '"s.json" is empty.'],
  ['\n ', '"s.json" is empty.'],
  ['{"a":', '"s.json" is not JSON: '],
  ['{}', '"s.json" is neither a snapshot nor a list'],
  ['[{"Name":"x"}]', '"s.json" is neither a snapshot nor a list'],
  ['{"kind":"something-else","version":1}', '"s.json" is neither a snapshot nor a list'],
  ['{"kind":"azrbac-snapshot"}', '"s.json" is a snapshot of version undefined; this azrbac reads version 1.'],
  [
    '{"kind":"azrbac-snapshot","version":2}',
    '"s.json" is a snapshot of version 2; this azrbac reads version 1.',
  ],
  [
    '{"kind":"azrbac-snapshot","version":1,"roleAssignments":{}}',
    '"s.json": "roleAssignments" must be a list.',
  ],
])('%j is refused', async (text, message) => {
  await expect(read({ 's.json': text }, 's.json')).rejects.toThrow(message);
});

test.each([
  ['nowhere.json', 'Cannot read "nowhere.json": it does not exist.'],
  ['folder', 'The folder "folder" holds no JSON or CSV file.'],
])('%s is refused', async (path, message) => {
  const folder = projectWith({ [join('folder', 'notes.txt')]: '' });
  await expect(readSnapshot(path, folder)).rejects.toThrow(message);
});

describe('rows that make no sense are skipped and noticed', () => {
  test.each([
    ['roleAssignments', 7, 'roleAssignments[0] of the snapshot was skipped: it is not an object.'],
    [
      'roleAssignments',
      { ...flat, principalId: 'me' },
      'roleAssignments[0] of the snapshot was skipped: its principalId is not a GUID.',
    ],
    [
      'roleAssignments',
      { ...flat, roleDefinitionId: 'Owner' },
      'roleAssignments[0] of the snapshot was skipped: its roleDefinitionId does not end in a GUID.',
    ],
    [
      'roleAssignments',
      { ...flat, scope: 'everywhere' },
      'roleAssignments[0] of the snapshot was skipped: its scope is none that Azure has.',
    ],
    [
      'roleDefinitions',
      { name: 'x' },
      'roleDefinitions[0] of the snapshot was skipped: neither its name nor its id ends in a GUID.',
    ],
    [
      'roleDefinitions',
      { ...flatRole, permissions: 'all' },
      'roleDefinitions[0] of the snapshot was skipped: it has no permissions.',
    ],
    ['principals', { id: 3 }, 'principals[0] of the snapshot was skipped: its ID is not a GUID.'],
  ])('%s', async (collection, row, message) => {
    const found = await read(
      { 's.json': { version: 1, kind: 'azrbac-snapshot', [collection]: [row] } },
      's.json',
    );
    expect(found.notices).toEqual([{ code: 'snapshot-row-skipped', message, file: 's.json' }]);
    expect(found.isComplete).toBe(false);
  });
});

test('rows that contradict each other are noticed, and both assignments count', async () => {
  const other = { ...assignment, properties: { ...assignment.properties, scope: '/' } };
  const found = await read(
    { 's.json': { ...snapshot, roleAssignments: [assignment, assignment, other] } },
    's.json',
  );
  expect(found.roleAssignments).toHaveLength(2);
  expect(found.notices.map(({ code }) => code)).toEqual(['snapshot-contradiction']);
});

test('management groups in a circle are noticed', async () => {
  const groups = [
    { id: 'a', parent: 'b' },
    { id: 'b', parent: 'a' },
    { id: 'c', parent: 'a' },
    { id: 'corp', parent: null },
  ];
  const found = await read({ 's.json': { ...snapshot, managementGroups: groups } }, 's.json');
  expect(found.notices.map(({ message }) => message)).toEqual(['The management group "a" contains itself.']);
});

test('rows named like what objects inherit do no harm', async () => {
  const text = `{"version":1,"kind":"azrbac-snapshot","__proto__":{"roleAssignments":[1]},"roleAssignments":[{"__proto__":{"principalId":"${principal}"},"constructor":1}]}`;
  const found = await read({ 's.json': text }, 's.json');
  expect(found.roleAssignments).toMatchObject([]);
  expect(found.notices).toHaveLength(1);
});

test('20,000 assignments are read', async () => {
  const rows = Array.from({ length: 20_000 }, (_, at) => ({
    ...flat,
    id: `${assignment.id.slice(0, -8)}${String(at).padStart(8, '0')}`,
    principalId: `${principal.slice(0, -8)}${String(at % 1_000).padStart(8, '0')}`,
  }));
  const folder = projectWith({ 'big.json': { ...snapshot, roleAssignments: rows } });
  expect((await readSnapshot('big.json', folder)).roleAssignments).toHaveLength(20_000);
});
