import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask, askSignedIn, everyPage } from './ask.js';
import { generateTenant } from './generate-tenant.js';
import { type AzureServer, startAzureServer } from './index.js';
import { ScopeTree } from './scope-tree.js';

const tenant = generateTenant({ seed: 2, subscriptions: 4, managementGroups: 5, topAssignments: 12 });
const tree = new ScopeTree(tenant);
const [first] = tenant.subscriptions;
const subscription = `/subscriptions/${first!.id}`;
const root = `/providers/Microsoft.Management/managementGroups/${tenant.tenantId}`;
const assignments = 'providers/Microsoft.Authorization/roleAssignments?api-version=2022-04-01';
const atScope = `${assignments}&$filter=atScope()`;
let azure: AzureServer;

beforeAll(async () => {
  azure = await startAzureServer(tenant, { pageSizes: { arm: 5 } });
});
afterAll(() => azure.close());

const scopesOf = (rows: { properties: { scope: string } }[]): Set<string> =>
  new Set(rows.map(row => row.properties.scope.toLowerCase().replace(/^\/$/, '')));

describe('role assignments', () => {
  test('without a filter stand at the subscription, above and below', async () => {
    const rows = await everyPage(azure, `${subscription}/${assignments}`);
    const scopes = scopesOf(rows);
    const around = new Set(tree.around(subscription));
    const expected = [
      ...tenant.top.roleAssignments.filter(({ properties }) => around.has(key(properties.scope))),
      ...tenant.inSubscription(first!.id).roleAssignments,
    ];
    expect(new Set(rows.map(({ id }) => id))).toEqual(new Set(expected.map(({ id }) => id)));
    expect(rows).toHaveLength(expected.length);
    expect(scopes).toContain('');
    expect(scopes).toContain(`${subscription}/resourcegroups/rg-web-prod`);
  });

  test('with atScope() stand at the subscription or above', async () => {
    const scopes = scopesOf(await everyPage(azure, `${subscription}/${atScope}`));
    expect([...scopes].filter(scope => !tree.covers(scope, subscription))).toEqual([]);
    expect(scopes).toContain(subscription);
  });

  test('at the root management group are all there are', async () => {
    const rows = await everyPage(azure, `${root}/${assignments}`);
    const all = [tenant.top, ...tenant.subscriptions.map(({ id }) => tenant.inSubscription(id))];
    expect(rows).toHaveLength(all.reduce((sum, { roleAssignments }) => sum + roleAssignments.length, 0));
  });

  test('at / are listed with atScope() only', async () => {
    expect(await everyPage(azure, `/${atScope}`)).toHaveLength(1);
    expect(await askSignedIn(azure, `/${assignments}`)).toMatchObject({
      status: 400,
      body: { error: { code: 'UnsupportedQuery' } },
    });
  });

  test('at / are for administrators who elevated themselves', async () => {
    const plain = await startAzureServer(generateTenant({ seed: 2, isElevated: false }));
    expect(await askSignedIn(plain, `/${atScope}`)).toMatchObject({
      status: 403,
      body: { error: { code: 'AuthorizationFailed', message: expect.stringContaining("over scope '/'") } },
    });
    const rows = await everyPage(
      plain,
      `/subscriptions/${generateTenant({ seed: 2 }).subscriptions[0]!.id}/${atScope}`,
    );
    expect(scopesOf(rows)).not.toContain('');
    expect(plain.refusals).toEqual([]);
    await plain.close();
  });
});

test('a role that can be assigned in a resource group only is listed at and below, not at its subscription', async () => {
  const role = tenant.roleDefinitions.find(({ properties }) =>
    /resourceGroups/.test(properties.assignableScopes[0]!),
  )!;
  const at = role.properties.assignableScopes[0]!.split('/', 3).join('/');
  const list = `${at}/providers/Microsoft.Authorization/roleDefinitions?api-version=2022-04-01&$filter=type eq 'CustomRole'`;
  const names = async (path: string): Promise<string[]> =>
    (await everyPage(azure, path.replaceAll(' ', '%20'))).map(({ name }) => name);
  expect(await names(list)).not.toContain(role.guid);
  expect(await names(`${list} and atScopeAndBelow()`)).toContain(role.guid);
});

test('the effect of a deny assignment is known to the newest version only', async () => {
  const path = `${subscription}/providers/Microsoft.Authorization/denyAssignments?api-version=`;
  const effects = async (version: string): Promise<unknown[]> =>
    (await everyPage(azure, path + version)).map(row => row.properties.denyAssignmentEffect);
  expect(new Set(await effects('2022-04-01'))).toEqual(new Set([undefined]));
  expect(await effects('2024-07-01-preview')).toContain('audit');
});

test.each([
  ['entities', 'POST', '/providers/Microsoft.Management/getEntities?api-version=2021-04-01'],
  ['one group', 'GET', `${root}?$expand=children&$recurse=true&api-version=2021-04-01`],
])('the tree of management groups can be read as %s', async (_, method, path) => {
  const { status, body } = await askSignedIn(azure, path, { method });
  expect(status).toBe(200);
  expect(JSON.stringify(body)).toContain('/providers/Microsoft.Management/managementGroups/Contoso-');
});

test('resources are listed without properties, and without what only their provider knows', async () => {
  const rows = await everyPage(azure, `${subscription}/resources?api-version=2021-04-01`);
  expect(rows.map(({ type }) => type)).toContain('Microsoft.MachineLearningServices/workspaces');
  expect(rows.filter(row => 'properties' in row || /computes|datastores/.test(row.type))).toEqual([]);
});

test('parts of a workspace are listed by their provider, and a vault is read by its id', async () => {
  const version = 'api-version=2024-10-01';
  const provider = `${subscription}/providers/Microsoft.MachineLearningServices`;
  const [workspace] = await everyPage(azure, `${provider}/workspaces?${version}`);
  for (const type of ['onlineEndpoints', 'batchEndpoints', 'computes', 'datastores'])
    expect(await everyPage(azure, `${workspace.id}/${type}?${version}`)).toHaveLength(1);
  const vault = await askSignedIn(azure, `${workspace.properties.keyVault}?api-version=2023-07-01`);
  expect(vault.body.properties.enableRbacAuthorization).toBe(true);
});

test('nothing asked so far was anything but what Azure takes, less one', () => {
  expect(azure.refusals).toEqual([
    expect.stringContaining('At the root scope only the filter atScope() is supported.'),
  ]);
});

test.each([
  ['an unknown path', '/subscriptions/1/nothing?api-version=2022-12-01', 404],
  ['a double slash', `/${subscription}/${assignments}`, 400],
  ['no api-version', '/subscriptions', 400],
  ['an api-version that it has not', '/subscriptions?api-version=2019-01-01', 400],
  ['an unknown filter', `${subscription}/${assignments}&$filter=atScopeAndAbove()`, 400],
  ['an unknown parameter', `${subscription}/${assignments}&$select=id`, 400],
  ['a foreign skip token', `${subscription}/${assignments}&$skipToken=WzAsMSwiYWJjIl0`, 400],
  ['an unknown type', `${subscription}/providers/Microsoft.Authorization/roles?api-version=2022-04-01`, 404],
])('%s is refused and remembered', async (_, path, status) => {
  const before = azure.refusals.length;
  const reply = await askSignedIn(azure, path);
  expect(reply.status).toBe(status);
  expect(reply.body.error).toEqual({ code: expect.any(String), message: expect.any(String) });
  expect(azure.refusals).toHaveLength(before + 1);
});

test.each([
  ['no token', undefined, 'AuthenticationFailed'],
  ['a token that nobody gave out', 'Bearer a.b.c', 'InvalidAuthenticationToken'],
  ['a token for Graph', 'graph', 'InvalidAuthenticationTokenAudience'],
])('%s is refused with 401', async (_, given, code) => {
  const authorization =
    given === 'graph' ? `Bearer ${azure.tokens.issue(azure.graphEndpoint).access_token}` : given;
  const headers: Record<string, string> = authorization === undefined ? {} : { authorization };
  const reply = await ask(azure, `${azure.armEndpoint}/subscriptions?api-version=2022-12-01`, { headers });
  expect(reply).toMatchObject({ status: 401, body: { error: { code } } });
  expect(reply.headers['www-authenticate']).toContain('Bearer authorization_uri=');
});

test('a token grows old, which is nobody’s fault', async () => {
  const authorization = `Bearer ${azure.tokens.issue(azure.armEndpoint).access_token}`;
  const before = azure.refusals.length;
  azure.tokens.expireAll();
  const url = `${azure.armEndpoint}/subscriptions?api-version=2022-12-01`;
  const reply = await ask(azure, url, { headers: { authorization } });
  expect(reply).toMatchObject({ status: 401, body: { error: { code: 'ExpiredAuthenticationToken' } } });
  expect(azure.refusals).toHaveLength(before);
  expect((await askSignedIn(azure, '/subscriptions?api-version=2022-12-01')).status).toBe(200);
});

test('a refused operation is missing at its scope and in lists from above', async () => {
  const refused = { kind: 'refused', what: 'roleAssignments', scope: subscription, reach: 'below' } as const;
  const faults = { seed: 1, transient: [], permanent: [refused] };
  const other = await startAzureServer(tenant, { faults });
  expect(await askSignedIn(other, `${subscription}/${assignments}`)).toMatchObject({
    status: 403,
    body: {
      error: {
        message: expect.stringContaining(
          "perform action 'Microsoft.Authorization/roleAssignments/read' over scope",
        ),
      },
    },
  });
  const rows = await everyPage(other, `${root}/${assignments}`);
  expect(rows.filter(row => tree.covers(subscription, row.properties.scope))).toEqual([]);
  const permissions = await askSignedIn(
    other,
    `${subscription}/providers/Microsoft.Authorization/permissions?api-version=2022-04-01`,
  );
  expect(permissions.body.value).toEqual([
    {
      actions: ['*/read'],
      notActions: ['Microsoft.Authorization/roleAssignments/read'],
      dataActions: [],
      notDataActions: [],
    },
  ]);
  expect(other.refusals).toEqual([]);
  await other.close();
});

function key(scope: string): string {
  return scope.toLowerCase().replace(/^\/$/, '');
}
