import { afterAll, beforeAll, expect, test } from 'vitest';
import { askSignedIn, everyPage } from './ask.js';
import { generateTenant } from './generate-tenant.js';
import { applicationId, groupId, userId } from './generated-directory.js';
import { type AzureServer, startAzureServer } from './index.js';

const tenant = generateTenant({ seed: 1 });
const { members, objects } = tenant.directory;
const typeOf = (id: string): string => objects.get(id)!['@odata.type'];
const group = [...members].find(([, ids]) => new Set(ids.map(id => typeOf(id))).size > 1)![0];
let azure: AzureServer;

beforeAll(async () => {
  azure = await startAzureServer(tenant, { pageSizes: { graph: 2 } });
});
afterAll(() => azure.close());

test('members come in pages, service principals by themselves', async () => {
  const users = await everyPage(azure, `/v1.0/groups/${group}/members?$select=id,displayName&$top=999`);
  expect(Object.keys(users[0])).toEqual(['@odata.type', 'id', 'displayName']);
  const cast = `/v1.0/groups/${group}/members/microsoft.graph.servicePrincipal?$select=id&$count=true`;
  const headers = { ConsistencyLevel: 'eventual' };
  const applications = await everyPage(azure, cast, headers);
  expect(new Set([...users, ...applications].map(({ id }) => id))).toEqual(new Set(members.get(group)));
  expect(applications.map(row => row['@odata.type'])).toContain('#microsoft.graph.servicePrincipal');
});

test('ids that nobody has are left out, and what users are must be selected', async () => {
  const ids = [userId(1, 0), groupId(1, 0), applicationId(1, 0), '11111111-2222-3333-4444-555555555555'];
  const plain = await askSignedIn(azure, '/v1.0/directoryObjects/getByIds', { body: { ids } });
  expect(plain.body.value.map(({ id }: { id: string }) => id)).toEqual(ids.slice(0, 3));
  expect(plain.body.value[0]).not.toHaveProperty('userType');
  const path = '/v1.0/directoryObjects/getByIds?$select=id,userType,accountEnabled';
  const chosen = await askSignedIn(azure, path, { body: { ids } });
  expect(chosen.body.value[0]).toMatchObject({ userType: 'Member', accountEnabled: true });
});

test('each request of a batch has a status of its own', async () => {
  const requests = [
    { id: '1', method: 'GET', url: `/groups/${group}/members?$select=id` },
    { id: '2', method: 'GET', url: `/groups/${userId(1, 0)}/owners?$select=id` },
  ];
  const { body } = await askSignedIn(azure, '/v1.0/$batch', { body: { requests } });
  const statuses = body.responses.map(({ id, status }: { id: string; status: number }) => [id, status]);
  expect(new Map(statuses)).toEqual(
    new Map([
      ['1', 200],
      ['2', 404],
    ]),
  );
  expect(azure.refusals).toEqual([]);
});

test.each([
  ['a page of 1,000', 'GET', `/v1.0/groups/${group}/members?$top=1000`, undefined],
  ['1,001 ids', 'POST', '/v1.0/directoryObjects/getByIds', { ids: Array(1001).fill(group) }],
  [
    '21 requests in a batch',
    'POST',
    '/v1.0/$batch',
    { requests: Array.from({ length: 21 }, (_, id) => ({ id: `${id}`, method: 'GET', url: '/groups' })) },
  ],
  ['an option that it does not know', 'GET', `/v1.0/groups/${group}/members?$expand=owners`, undefined],
  [
    'a cast without the header for it',
    'GET',
    `/v1.0/groups/${group}/members/microsoft.graph.servicePrincipal?$count=true`,
    undefined,
  ],
  ['a path that it does not know', 'GET', `/v1.0/groups/${group}/photo`, undefined],
])('%s is refused', async (_, method, path, body) => {
  const before = azure.refusals.length;
  expect((await askSignedIn(azure, path, { method, body })).status).toBe(400);
  expect(azure.refusals).toHaveLength(before + 1);
});
