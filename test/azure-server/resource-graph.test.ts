import { afterAll, beforeAll, expect, test } from 'vitest';
import { askSignedIn, type Reply } from './ask.js';
import { generateTenant } from './generate-tenant.js';
import { type AzureServer, startAzureServer } from './index.js';

const tenant = generateTenant({ seed: 3, subscriptions: 4, topAssignments: 8 });
const assignments = "authorizationresources | where type =~ 'microsoft.authorization/roleassignments'";
const path = '/providers/Microsoft.ResourceGraph/resources?api-version=2022-10-01';
let azure: AzureServer;

beforeAll(async () => {
  azure = await startAzureServer(tenant);
});
afterAll(() => azure.close());

function query(body: unknown, server = azure): Promise<Reply> {
  return askSignedIn(server, path, { body });
}

const all = [tenant.top, ...tenant.subscriptions.map(({ id }) => tenant.inSubscription(id))].flatMap(
  ({ roleAssignments }) => roleAssignments,
);

test('inherited assignments are left out, unless the filter asks for them', async () => {
  const below = await query({ query: assignments, options: { $top: 1000 } });
  expect(below.body.count).toBe(all.filter(({ id }) => id.startsWith('/subscriptions/')).length);
  const options = { $top: 1000, authorizationScopeFilter: 'AtScopeAboveAndBelow' };
  const above = await query({ query: assignments, options });
  const around = above.body.data.filter(({ id }: { id: string }) => !id.startsWith('/subscriptions/'));
  expect(around.length).toBeGreaterThan(1);
  expect(above.body.data).toHaveLength(below.body.count + around.length);
  expect(above.body.resultTruncated).toBe('false');
});

test('pages end with a skip token, and together hold every row once', async () => {
  const ids: string[] = [];
  for (
    let $skipToken: string | undefined, isFirst = true;
    isFirst || $skipToken !== undefined;
    isFirst = false
  ) {
    const { body } = await query({ query: assignments, options: { $top: 7, $skipToken } });
    expect(body.totalRecords).toBe(48);
    ids.push(...body.data.map(({ id }: { id: string }) => id));
    $skipToken = body.$skipToken;
  }
  expect(new Set(ids).size).toBe(48);
  expect(ids).toHaveLength(48);
});

test('without the column id there is no next page, only a truncated one', async () => {
  const { body } = await query({ query: `${assignments} | project name, properties`, options: { $top: 7 } });
  expect(body).toMatchObject({ count: 7, resultTruncated: 'true' });
  expect(body).not.toHaveProperty('$skipToken');
});

test('where a subscription is, is said from the nearest group on', async () => {
  const { body } = await query({
    query: "resourcecontainers | where type =~ 'microsoft.resources/subscriptions'",
    subscriptions: [tenant.subscriptions[0]!.id],
  });
  const chain = body.data[0].properties.managementGroupAncestorsChain;
  expect(chain[0].name).toBe(tenant.subscriptions[0]!.managementGroup);
  expect(chain.at(-1).name).toBe(tenant.tenantId);
});

test('what the caller cannot read is left out without a word', async () => {
  const scope = `/subscriptions/${tenant.subscriptions[0]!.id}`;
  const refused = { kind: 'refused', what: 'roleAssignments', scope, reach: 'below' } as const;
  const other = await startAzureServer(tenant, { faults: { seed: 1, transient: [], permanent: [refused] } });
  expect((await query({ query: assignments, options: { $top: 1000 } }, other)).body.count).toBe(36);
  await other.close();
});

test('the quota is told with every answer, and then used up', async () => {
  const other = await startAzureServer(tenant, { quota: { queries: 2, seconds: 5 } });
  const replies = [
    await query({ query: assignments }, other),
    await query({ query: assignments }, other),
    await query({ query: assignments }, other),
  ];
  expect(replies.map(({ status, headers }) => [status, headers['x-ms-user-quota-remaining']])).toEqual([
    [200, '1'],
    [200, '0'],
    [429, '0'],
  ]);
  expect(replies[2]!.headers['x-ms-user-quota-resets-after']).toMatch(/^00:00:0[1-5]$/);
  expect(other.refusals).toEqual([]);
  await other.close();
});

test.each([
  ['a query that it does not know', { query: 'advisorresources' }],
  ['an operator that it does not know', { query: `${assignments} | summarize count()` }],
  ['more than 1,000 rows', { query: assignments, options: { $top: 1001 } }],
  ['more than 1,000 subscriptions', { query: assignments, subscriptions: Array(1001).fill('x') }],
  ['a filter that there is none of', { query: assignments, options: { authorizationScopeFilter: 'All' } }],
])('%s is refused', async (_, body) => {
  const before = azure.refusals.length;
  expect((await query(body)).status).toBe(400);
  expect(azure.refusals).toHaveLength(before + 1);
});
