import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addRole, readNamedRoles } from '../../../src/tenant/azure/named-roles.js';
import { generateTenant } from '../../azure-server/generate-tenant.js';
import { type AzureServer, startAzureServer } from '../../azure-server/index.js';
import { snapshotFolder, startCollect } from '../../collect/run-collect.js';
import { answering } from './answers.js';

const [unlisted, gone] = ['aaaaaaaa-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000002'];
const subscription = '/subscriptions/99999999-8888-7777-6666-555555555555';
const group = '/providers/microsoft.management/managementgroups/platform';
const prefix = '/providers/Microsoft.Authorization/roleDefinitions/';

const tenant = generateTenant();
const [row] = tenant.top.roleAssignments.filter(({ properties }) =>
  /managementGroups/i.test(properties.scope),
);
const { folder, remove } = snapshotFolder();
let azure: AzureServer;
beforeAll(async () => {
  const properties = {
    roleName: 'Unlisted',
    type: 'CustomRole' as const,
    description: '',
    assignableScopes: ['/subscriptions/00000000-0000-4000-8000-00000000000f'],
    permissions: [{ actions: ['*/read'], notActions: [], dataActions: [], notDataActions: [] }],
  };
  const assignments = [unlisted, gone].map(role => ({
    ...row!,
    id: `${row!.properties.scope}/providers/Microsoft.Authorization/roleAssignments/${role}`,
    name: role,
    properties: { ...row!.properties, roleDefinitionId: `${prefix}${role}` },
  }));
  azure = await startAzureServer({
    ...tenant,
    roleDefinitions: [...tenant.roleDefinitions, { guid: unlisted, properties }],
    top: { ...tenant.top, roleAssignments: [...tenant.top.roleAssignments, ...assignments] },
  });
});
afterAll(async () => {
  await azure.close();
  remove();
});

test.each(['arm', 'graph'])(
  '--engine %s asks for a role that an assignment names and no list shows',
  async engine => {
    const file = join(folder, `${engine}.json`);
    const run = await startCollect(azure, file, ['--engine', engine]).done;
    expect({ exitCode: run.exitCode, stderr: run.stderr }).toEqual({
      exitCode: 3,
      stderr: expect.stringContaining(`${prefix}${gone}: 404 RoleDefinitionDoesNotExist`),
    });
    const { roleDefinitions, gaps } = JSON.parse(readFileSync(file, 'utf8')) as {
      [kind: string]: { id: string; what: string }[];
    };
    expect(roleDefinitions!.map(({ id }) => id)).toContain(`${prefix}${unlisted}`);
    expect(gaps!.map(({ what }) => what)).toEqual(['roleDefinitions']);
  },
);

test('a role is asked for at a subscription where it is assigned, else at a group, else at the root', () => {
  const roles = new Map<string, string>();
  const assigned = (scope: unknown): void =>
    addRole({ properties: { scope, roleDefinitionId: `${prefix}${unlisted}` } }, roles);
  const places = ['/', { toString: 1 }, group, `${subscription}/resourceGroups/ml`, '/', `${subscription}0`];
  const found = places.map(scope => {
    assigned(scope);
    return roles.get(unlisted);
  });
  expect(found).toEqual(['', '', group, subscription, subscription, subscription]);
});

test('what a gap of its scope tells already is not told again', async () => {
  const http = answering(() => ({ status: 403, body: { error: { code: 'AuthorizationFailed' } } }));
  const roles = new Map([
    [unlisted, subscription],
    [gone, group],
  ]);
  const { gaps } = await readNamedRoles(http, roles, new Set([subscription]));
  expect(gaps).toEqual([
    {
      what: 'roleDefinitions',
      scope: `${group}${prefix}${gone}`,
      reason: '403 AuthorizationFailed: needs Microsoft.Authorization/roleDefinitions/read',
    },
  ]);
});

test('another role than the one that was asked for is none', async () => {
  const http = answering(() => ({ body: { id: `${prefix}${gone}`, name: gone } }));
  const { shared, gaps } = await readNamedRoles(http, new Map([[unlisted, '']]), new Set());
  expect([shared, gaps.length]).toEqual([[], 1]);
});

test('so many that no list shows are told, and not all asked for', async () => {
  const http = answering(() => ({ status: 404, body: {} }));
  const guids = Array.from(
    { length: 510 },
    (_, at) => `${unlisted.slice(0, -3)}${String(at).padStart(3, '0')}`,
  );
  const { gaps } = await readNamedRoles(http, new Map(guids.map(guid => [guid, ''])), new Set(['/']));
  expect(http.asked).toHaveLength(500);
  expect(gaps.map(({ reason }) => reason)).toEqual([
    '10 more roles that assignments name are not shown in any list',
  ]);
});
