import { describe, expect, test } from 'vitest';
import { camelCased } from '../../../../src/tenant/snapshot/camel-case.js';
import { exportShapes, shapeOf } from '../../../../src/tenant/snapshot/exports/shapes.js';
import { readSnapshot } from '../../../../src/tenant/snapshot/read-snapshot.js';
import { ResourceIdentities } from '../../../../src/tenant/snapshot/resource-identities.js';
import type { Snapshot } from '../../../../src/tenant/snapshot/snapshot.js';
import { projectWith } from '../../../commands/project.js';
import {
  ada,
  assignment,
  classic,
  compute,
  custom,
  eligible,
  group,
  identity,
  managedIdentity,
  powerShell16Role,
  powerShellAssignment,
  powerShellRole,
  reader,
  robot,
  samples,
  servicePrincipal,
  subscription,
} from './samples.js';

function read(files: Readonly<Record<string, string | Buffer | object>>): Promise<Snapshot> {
  return readSnapshot('.', projectWith(files), 'complete');
}

const codes = ({ notices }: Snapshot): string[] => notices.map(({ code }) => code);

test('there is a sample of each shape', () => {
  expect(Object.keys(samples)).toEqual(exportShapes.map(({ name }) => name));
});

test.each(Object.entries(samples))('%s are told by what is in them', (name, row) => {
  expect(shapeOf(camelCased(row as Readonly<Record<string, unknown>>))?.name).toBe(name);
});

const adaReads = {
  principalId: ada,
  principalType: 'User',
  roleGuid: reader,
  scope: `/subscriptions/${subscription}`,
  id: assignment.id.toLowerCase(),
};

describe('a role assignment is the same whoever printed it', () => {
  const portal = { ...powerShellAssignment, ScopeName: 'Shop', ScopeType: 'Subscription' };
  const columns = Object.keys(portal);
  const cells = Object.values(portal).map(value => (value === null ? '' : String(value)));
  const csv = (separator: string): string => `${columns.join(separator)}\r\n${cells.join(separator)}\r\n`;
  const bare = { ...powerShellAssignment, RoleAssignmentId: assignment.name };
  test.each<[string, Readonly<Record<string, string | Buffer | object>>]>([
    ['the Azure CLI', { 'a.json': [assignment] }],
    [
      'Azure Resource Graph',
      { 'a.json': { count: 1, data: [assignment], skip_token: null, total_records: 1 } },
    ],
    ['Search-AzGraph', { 'a.json': { SkipToken: null, Data: [assignment] } }],
    ['PowerShell, one row', { 'a.json': powerShellAssignment }],
    ['PowerShell with the GUID alone', { 'a.json': [bare] }],
    [
      'Windows PowerShell',
      { 'a.json': Buffer.from(`\ufeff${JSON.stringify({ value: [bare], Count: 1 })}`, 'utf16le') },
    ],
    ['the portal as JSON', { 'a.json': [portal] }],
    ['the portal as CSV', { 'a.csv': `\ufeff${csv(',')}` }],
    [
      'Export-Csv',
      {
        'a.csv': `#TYPE Microsoft.Azure.Commands.Resources.Models\r\n${csv(';').replaceAll(/[^;\r\n]+/g, '"$&"')}`,
      },
    ],
  ])('%s', async (_, files) => {
    const found = await read(files);
    expect(found.roleAssignments).toMatchObject([adaReads]);
    expect(codes(found)).toEqual([]);
  });
});

test('a role of PowerShell grants what it says, in both its layouts', async () => {
  for (const role of [powerShellRole, powerShell16Role]) {
    const found = (await read({ 'roles.json': [role], 'a.json': [assignment] })).roleDefinitions.find(custom);
    expect(found?.name?.value).toBe('Shop Restarter');
    expect(found?.permissions[0]?.actions.map(({ text }) => text)).toEqual([
      'Microsoft.Compute/virtualMachines/restart/action',
    ]);
  }
});

test('a built-in role of PowerShell, which lost its conditions, does not replace that of the catalog', async () => {
  const builtIn = { ...powerShellRole, Id: reader, IsCustom: false };
  expect((await read({ 'roles.json': [builtIn], 'a.json': [assignment] })).roleDefinitions.has(reader)).toBe(
    false,
  );
});

test('what ConvertTo-Json cut off is said, and is no role that grants nothing', async () => {
  const cutOff = {
    ...powerShell16Role,
    Permissions: ['Microsoft.Azure.Commands.Resources.Models.PSPermission'],
  };
  const found = await read({ 'roles.json': [cutOff], 'a.json': [assignment] });
  expect(found.roleDefinitions.has(custom)).toBe(false);
  expect(found.notices[0]?.message).toContain('ConvertTo-Json -Depth 10');
  const deny = { ...(samples['deny assignments of PowerShell'] as object), Principals: ['PSPrincipal'] };
  const { gaps } = await read({ 'deny.json': deny, 'a.json': [assignment] });
  expect(gaps).toMatchObject([{ what: 'denyAssignments', scope: `/subscriptions/${subscription}` }]);
});

test('an eligible assignment of PowerShell, with its dates', async () => {
  const { eligibleAssignments, roleAssignments } = await read({ 'pim.json': eligible, 'a.json': [] });
  expect(eligibleAssignments).toMatchObject([
    {
      principalId: ada,
      roleGuid: reader,
      startsOn: '2026-01-01T00:00:00.000Z',
      endsOn: '2027-01-01T00:00:00.000Z',
    },
  ]);
  expect(roleAssignments).toEqual([]);
});

test('a deny assignment of PowerShell names whom it denies', async () => {
  const { denyAssignments } = await read({
    'd.json': samples['deny assignments of PowerShell']!,
    'a.json': [assignment],
  });
  expect([...denyAssignments[0]!.principals]).toEqual([ada]);
  expect(denyAssignments[0]!.denied.permissions[0]?.actions[0]?.text).toBe('*/delete');
});

describe('managed identities are found by name and by the id of their resource', () => {
  test.each([
    ['az identity list', managedIdentity, 'uai-score', identity],
    ['az ml compute show', compute, 'claims/computes/cpu', compute.id],
    ['az ad sp list', servicePrincipal, 'uai-score', identity],
    [
      'Get-AzResource',
      {
        ResourceId: compute.id,
        ResourceType: 'Microsoft.MachineLearningServices/workspaces/computes',
        Identity: { PrincipalId: robot },
      },
      'claims/computes/cpu',
      compute.id,
    ],
  ])('%s', async (_, row, name, resource) => {
    const found = await read({ 'a.json': [assignment], 'identities.json': [row] });
    expect(found.principals.get(robot)).toMatchObject({
      type: 'ServicePrincipal',
      servicePrincipalType: 'ManagedIdentity',
      displayName: name,
    });
    expect(new ResourceIdentities(found).of(resource)).toEqual([robot]);
    expect(codes(found)).toEqual([]);
  });
});

test('the user-assigned identities of an endpoint of az ml', async () => {
  const endpoint = {
    ...compute,
    id: compute.id.replace('computes/cpu', 'onlineEndpoints/score'),
    identity: {
      type: 'user_assigned',
      user_assigned_identities: [
        { client_id: managedIdentity.clientId, principal_id: robot, resource_id: identity },
      ],
    },
  };
  const found = new ResourceIdentities(await read({ 'a.json': [assignment], 'endpoint.json': endpoint }));
  expect([found.of(endpoint.id), found.of(identity)]).toEqual([[robot], [robot]]);
});

test('names come from role assignments, and better ones from lists of users and groups', async () => {
  const ofGroup = {
    ...assignment,
    principalId: group,
    principalType: 'Group',
    principalName: 'Lakehouse Deployers',
  };
  const files = { 'a.json': [assignment, ofGroup] };
  const names = ({ principals }: Snapshot): unknown[] =>
    [ada, group].map(id => principals.get(id)?.displayName);
  expect(names(await read(files))).toEqual(['ada@contoso.example', 'Lakehouse Deployers']);
  const users = [{ id: ada, displayName: 'Ada', userPrincipalName: 'ada@contoso.example' }];
  expect(names(await read({ ...files, 'z.json': users }))).toEqual(['Ada', 'Lakehouse Deployers']);
  expect(names(await read({ ...files, '0.json': users }))).toEqual(['Ada', 'Lakehouse Deployers']);
});

test('an export never is the whole directory: who is not in it is not deleted', async () => {
  const found = await read({
    'a.json': [assignment],
    'users.json': [{ id: robot, userPrincipalName: 'bob@contoso.example' }],
  });
  expect(found.hasDirectory).toBe(false);
  expect(codes(found)).toEqual([]);
});

describe('one odd file or row is a notice', () => {
  test.each([
    ['classic administrators', [assignment, classic], 'snapshot-entry-not-read'],
    ['applications', [assignment, samples['applications']], 'snapshot-entry-not-read'],
    ['a row of nothing known', [assignment, { color: 'blue' }], 'snapshot-entry-unknown'],
    [
      'a role assignment to nobody',
      [assignment, { ...assignment, principalId: 'me' }],
      'snapshot-row-skipped',
    ],
  ])('%s', async (_, rows, code) => {
    const found = await read({ 'a.json': rows });
    expect(found.roleAssignments).toHaveLength(1);
    expect(codes(found)).toEqual([code]);
    expect([found.isComplete, found.gaps]).toEqual([true, []]);
  });

  test.each([
    ['{"name": "shop", "dependencies": {}}', 'neither a snapshot nor'],
    ['', 'is empty'],
    ['<!DOCTYPE html>\n<html></html>', 'a web page'],
    ['{"a":', 'is not JSON'],
    ['{"version": 1, "findings": []}', 'a file of azrbac (a report)'],
  ])('the file %j', async (text, message) => {
    const found = await read({ 'a.json': [assignment], 'odd.json': text });
    expect(found.roleAssignments).toHaveLength(1);
    expect(found.notices).toMatchObject([{ code: 'snapshot-file-skipped', file: './odd.json' }]);
    expect(found.notices[0]?.message).toContain(message);
    expect([found.isComplete, found.gaps]).toEqual([true, []]);
  });

  test('but role assignments that broke off leave a gap', async () => {
    const text = JSON.stringify([assignment]).slice(0, -20);
    const { gaps } = await read({ 'a.json': [assignment], 'b.json': text });
    expect(gaps).toEqual([{ what: 'roleAssignments', scope: '/', reason: '"./b.json" is damaged' }]);
  });

  test('and a folder without any role assignments does not say that nobody has one', async () => {
    const { gaps } = await readSnapshot('.', projectWith({ 'identities.json': [managedIdentity] }));
    expect(gaps).toMatchObject([{ what: 'roleAssignments', scope: '/' }]);
    expect((await read({ 'identities.json': [managedIdentity], 'a.json': [] })).gaps).toEqual([]);
  });
});

test.each<[string, string, string | object]>([
  [
    'AzureHound',
    'x.json',
    { data: [{ kind: 'AZUser', data: { id: ada } }], meta: { type: 'azure', version: 5 } },
  ],
  ['AzGovViz', 'x.csv', 'ScopeTenOrMgOrSubOrRGOrRes;MgId;Role\r\nSub;corp;Reader\r\n'],
  ['Terraform', 'x.json', { terraform_version: '1.9.0', resources: [] }],
  ['Prowler', 'x.json', [{ metadata: { product: { name: 'Prowler' } } }]],
])('a file of %s is named, with what to export instead', async (tool, name, content) => {
  const reading = readSnapshot(name, projectWith({ [name]: content }));
  await expect(reading).rejects.toMatchObject({
    message: expect.stringContaining(`is a file of ${tool}`),
    hint: expect.stringContaining('az role assignment list'),
  });
});

test('a list that Azure Resource Graph cut off is not all there is', async () => {
  const page = (token: string | null, total: number, id = assignment.id): object => ({
    count: 1,
    data: [{ ...assignment, id }],
    skip_token: token,
    total_records: total,
  });
  expect((await read({ 'a.json': page('x', 2) })).gaps).toHaveLength(1);
  expect((await read({ 'a.json': page(null, 2) })).gaps).toHaveLength(1);
  expect((await read({ 'a.json': page('x', 2), 'b.json': page(null, 2, `${assignment.id}0`) })).gaps).toEqual(
    [],
  );
});

describe('what strangers wrote', () => {
  test.each<[string, string]>([
    ['nested 50,000 deep', `${'[{"value":'.repeat(50_000)}1${'}]'.repeat(50_000)}`],
    ['names twice', `[{"principalId":"x","principalId":"${ada}","Id":"a","id":"b","ID":"c"}]`],
    [
      'names that objects inherit',
      '[{"__proto__":{"principalId":1},"constructor":{"type":2},"type":{"a":1},"id":[]}]',
    ],
    ['wrong types', '[{"id":7,"identity":"x","type":[],"objectId":{},"scope":[],"members":{},"group":9}]'],
    ['a batch of nonsense', '{"responses":[{"id":7,"body":[]},null,3]}'],
    ['pages of nonsense', '{"Data":[[[]]],"SkipToken":{},"total_records":"many"}'],
  ])('%s', async (_, text) => {
    const found = await read({ 'a.json': [assignment], 'odd.json': text });
    expect(found.roleAssignments).toMatchObject([adaReads]);
    expect(found.notices.length).toBeGreaterThan(0);
  });

  test('a table with quotes, lines and nothing in it', async () => {
    const csv = `Scope,DisplayName,ObjectId,ObjectType,RoleDefinitionId,RoleAssignmentId\n/subscriptions/${subscription},"Ada ""the"" first,\nof her name",${ada},User,${reader},${assignment.name}\n\n,,,,,\n"x`;
    const found = await read({ 'a.csv': csv });
    expect(found.roleAssignments).toMatchObject([adaReads]);
    expect(found.principals.get(ada)?.displayName).toBe('Ada "the" first,\nof her name');
  });
});
