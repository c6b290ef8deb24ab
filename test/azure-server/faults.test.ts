import { afterEach, expect, test } from 'vitest';
import { ask, askSignedIn, everyPage, type Reply } from './ask.js';
import { type FaultSchedule, type PermanentFault, transientKinds, type TransientKind } from './faults.js';
import { generateTenant } from './generate-tenant.js';
import { type AzureServer, startAzureServer } from './index.js';

const tenant = generateTenant({ seed: 6 });
const scope = `/subscriptions/${tenant.subscriptions[0]!.id}`;
const path = `${scope}/providers/Microsoft.Authorization/roleAssignments?api-version=2022-04-01`;
const started: AzureServer[] = [];

afterEach(async () => {
  for (const azure of started.splice(0)) await azure.close();
});

async function start(schedule: Partial<FaultSchedule>): Promise<AzureServer> {
  const faults = { seed: 1, transient: [], permanent: [], ...schedule };
  const azure = await startAzureServer(tenant, { faults, pageSizes: { arm: 4, graph: 2 } });
  started.push(azure);
  return azure;
}

const always = (kind: TransientKind, times = 1): Partial<FaultSchedule> => ({
  transient: [{ kind, share: 1, times }],
});
const permanently = (fault: PermanentFault): Partial<FaultSchedule> => ({ permanent: [fault] });

test.each<[TransientKind, number, string | undefined]>([
  ['throttled, seconds', 429, 'retry-after: 1'],
  ['throttled, date', 429, 'retry-after: \\w{3}, \\d\\d \\w{3} \\d{4} .* GMT'],
  ['throttled, milliseconds', 429, 'retry-after-ms: 20'],
  ['throttled, no header', 429, undefined],
  ['unavailable, seconds', 503, 'retry-after: 1'],
  ['unavailable, no header', 503, undefined],
  ['internal error', 500, undefined],
  ['gateway timeout', 504, undefined],
])('%s is answered twice, and then the list', async (kind, status, header) => {
  const azure = await start(always(kind, 2));
  const replies = [
    await askSignedIn(azure, path),
    await askSignedIn(azure, path),
    await askSignedIn(azure, path),
  ];
  expect(replies.map(reply => reply.status)).toEqual([status, status, 200]);
  expect(replies[0]!.body.error.code).toMatch(/^[A-Z]/);
  const told = Object.entries(replies[0]!.headers).find(([name]) => name.startsWith('retry-after'));
  if (header === undefined) expect(told).toBeUndefined();
  else expect(told!.join(': ')).toMatch(new RegExp(`^${header}$`));
  expect(azure.refusals).toEqual([]);
});

test.each<[TransientKind, RegExp]>([
  ['reset', /socket hang up|ECONNRESET/],
  ['cut', /aborted|ECONNRESET/],
  ['truncated', /JSON/],
  ['bad gateway', /JSON/],
])('%s leaves no answer that can be read, once', async (kind, message) => {
  const azure = await start(always(kind));
  await expect(askSignedIn(azure, path)).rejects.toThrow(message);
  expect((await askSignedIn(azure, path)).status).toBe(200);
});

test('a stalled request is never answered', async () => {
  const azure = await start(always('stall'));
  const first = await Promise.race([
    askSignedIn(azure, path).catch(() => 'closed'),
    new Promise(resolve => setTimeout(() => resolve('waiting'), 200)),
  ]);
  expect(first).toBe('waiting');
  expect((await askSignedIn(azure, path)).status).toBe(200);
});

test('answers overtake each other', async () => {
  const azure = await start({ transient: [{ kind: 'late', share: 0.5, times: 1 }] });
  const versions = Array.from(
    { length: 12 },
    (_, n) => `${path}&$filter=principalId eq ${tenant.caller.objectId.slice(0, -1)}${n.toString(16)}`,
  );
  const order: number[] = [];
  await Promise.all(
    versions.map((one, n) => askSignedIn(azure, one.replaceAll(' ', '%20')).then(() => order.push(n))),
  );
  expect(order).not.toEqual([...order].sort((a, b) => a - b));
});

test.each<TransientKind>(['page repeated', 'page empty'])('%s: the list goes on behind it', async kind => {
  const azure = await start(always(kind));
  const plain = await start({});
  const [rows, expected] = [await everyPage(azure, path), await everyPage(plain, path)];
  const ids = (list: { id: string }[]): Set<string> => new Set(list.map(({ id }) => id));
  expect(ids(rows)).toEqual(ids(expected));
  expect(rows.length > expected.length).toBe(kind === 'page repeated');
});

test('an endless list leads to itself', async () => {
  const azure = await start(permanently({ kind: 'endless', what: 'roleAssignments', scope }));
  const { nextLink } = (await askSignedIn(azure, path)).body;
  expect(nextLink).toBe(azure.armEndpoint + path);
});

test('all tokens expire once, and new ones are good', async () => {
  const azure = await start(always('tokens expired'));
  const authorization = `Bearer ${azure.tokens.issue(azure.armEndpoint).access_token}`;
  const old = (): Promise<Reply> => ask(azure, azure.armEndpoint + path, { headers: { authorization } });
  expect((await old()).body.error.code).toBe('ExpiredAuthenticationToken');
  expect((await old()).status).toBe(401);
  expect((await askSignedIn(azure, path)).status).toBe(200);
  expect(azure.refusals).toEqual([]);
});

test('which requests fail follows from the seed', async () => {
  const paths = Array.from({ length: 20 }, (_, n) => `/v1.0/groups/${n}/owners`);
  const statuses = async (seed: number): Promise<number[]> => {
    const azure = await start({ seed, transient: [{ kind: 'internal error', share: 0.5, times: 1 }] });
    const replies = await Promise.all(paths.map(one => askSignedIn(azure, one)));
    return replies.map(({ status }) => status);
  };
  const first = await statuses(1);
  expect(new Set(first)).toEqual(new Set([404, 500]));
  expect(await statuses(1)).toEqual(first);
  expect(await statuses(2)).not.toEqual(first);
});

test('whoever tries four times gets through everything at once', async () => {
  const harmless = transientKinds.filter(
    kind => !['stall', 'reset', 'cut', 'truncated', 'bad gateway'].includes(kind),
  );
  const azure = await start({ transient: harmless.map(kind => ({ kind, share: 1, times: 2 })) });
  for (let attempt = 0; attempt < 3; attempt++) expect((await askSignedIn(azure, path)).status).not.toBe(200);
  expect((await askSignedIn(azure, path)).status).toBe(200);
});

test('a refused list stays refused, and the others are answered', async () => {
  const azure = await start(permanently({ kind: 'refused', what: 'denyAssignments', scope, reach: 'below' }));
  const denied = await askSignedIn(azure, path.replace('roleAssignments', 'denyAssignments'));
  expect(denied.body.error.message).toContain('Microsoft.Authorization/denyAssignments/read');
  expect((await askSignedIn(azure, path)).status).toBe(200);
});

test('a failing list never comes right', async () => {
  const azure = await start(permanently({ kind: 'failing', what: 'roleAssignments', scope, status: 503 }));
  for (let attempt = 0; attempt < 5; attempt++) expect((await askSignedIn(azure, path)).status).toBe(503);
});

test('a link leads astray, and who follows it with a token is remembered', async () => {
  const azure = await start(permanently({ kind: 'astray', what: 'roleAssignments', scope }));
  const { nextLink } = (await askSignedIn(azure, path)).body;
  expect(nextLink.startsWith(azure.strangerOrigin)).toBe(true);
  await ask(azure, nextLink);
  expect(azure.refusals).toEqual([expect.stringContaining('stranger GET')]);
});

test('a subscription vanishes after some questions', async () => {
  const id = tenant.subscriptions[0]!.id;
  const azure = await start(permanently({ kind: 'vanished', subscription: id, after: 1 }));
  expect((await askSignedIn(azure, path)).status).toBe(200);
  expect((await askSignedIn(azure, path)).body.error.code).toBe('SubscriptionNotFound');
  const listed = await everyPage(azure, '/subscriptions?api-version=2022-12-01');
  expect(listed.map(row => row.subscriptionId)).toContain(id);
});

test('one request of a batch is refused, the others are answered', async () => {
  const [group, other] = [...tenant.directory.members.keys()];
  const azure = await start(permanently({ kind: 'group refused', group: group! }));
  const requests = [group, other].map((id, n) => ({
    id: `${n}`,
    method: 'GET',
    url: `/groups/${id}/members`,
  }));
  const { body } = await askSignedIn(azure, '/v1.0/$batch', { body: { requests } });
  const statuses = body.responses.map(({ id, status }: { id: string; status: number }) => `${id} ${status}`);
  expect(statuses.sort()).toEqual(['0 403', '1 200']);
});

test('Graph is refused as a whole', async () => {
  const azure = await start(permanently({ kind: 'directory refused' }));
  const reply = await askSignedIn(azure, '/v1.0/directoryObjects/getByIds', { body: { ids: ['1'] } });
  expect(reply.body.error.code).toBe('Authorization_RequestDenied');
});
