import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest';
import type { AzureServerOptions } from '../azure-server/index.js';
import { generateTenant } from '../azure-server/generate-tenant.js';
import { type AzureServer, startAzureServer } from '../azure-server/index.js';
import type { Answer, AzureRequest } from '../azure-server/request.js';
import { journalText } from './journal-text.js';
import { readRows } from './read-rows.js';
import { type Run, snapshotFolder, startCollect } from './run-collect.js';
import { type Runner, startRunner } from './run-many.js';

// Whoever answers in Azure's place: no answer ends a collection as a bug, hangs it, or gets a secret.

const tenant = generateTenant({ seed: 3, subscriptions: 1, managementGroups: 1 });
const scope = `/subscriptions/${tenant.subscriptions[0]!.id}`;
const authorization = `${scope}/providers/Microsoft.Authorization`.toLowerCase();
let place: ReturnType<typeof snapshotFolder>;
let azure: AzureServer | undefined;
/** Starting a process for each answer would show nothing more. */
let runner: Runner | undefined;

beforeEach(() => {
  place = snapshotFolder();
});
afterEach(async () => {
  await azure?.close();
  place.remove();
});
afterAll(() => runner?.close());

async function collect(
  hostile: NonNullable<AzureServerOptions['hostile']>,
  more: readonly string[] = [],
): Promise<Run> {
  azure = await startAzureServer(tenant, { hostile });
  runner ??= startRunner(azure.caFile);
  return runner.collect(azure, place.snapshot, more);
}

/** The list of the subscription that is asked for, if it is one. */
function listOf({ service, path }: AzureRequest): string | undefined {
  const lower = path.toLowerCase();
  return service === 'arm' && lower.startsWith(`${authorization}/`)
    ? lower.slice(authorization.length + 1)
    : undefined;
}

function reasons(what?: string): string[] {
  const { gaps } = readRows(place.snapshot);
  return gaps.filter(gap => what === undefined || gap.what === what).map(({ reason }) => reason);
}

const statuses: Readonly<Record<string, number>> = {
  roleassignments: 201,
  denyassignments: 202,
  roleeligibilityscheduleinstances: 203,
  roleassignmentscheduleinstances: 206,
  roledefinitions: 299,
};

test('a list with another status of success is a gap, and the others are read', async () => {
  const run = await collect((request, right) => {
    const status = statuses[listOf(request) ?? ''];
    return status === undefined ? undefined : { ...right, status };
  });
  expect(run, run.stderr).toMatchObject({ exitCode: 3 });
  const told = [201, 202, 203, 206, 299].map(status => `answered with the status ${status} instead of 200`);
  expect(reasons().sort()).toEqual(expect.arrayContaining(told));
  expect(readRows(place.snapshot).rows.filter(({ kind }) => kind === 'resources').length).toBeGreaterThan(0);
});

test('a proxy that makes 203 of everything leaves gaps of everything', async () => {
  const run = await collect(({ service }, right) =>
    service === 'authority' ? undefined : { ...right, status: 203 },
  );
  expect(run, run.stderr).toMatchObject({ exitCode: 3 });
  expect(run.stderr).not.toContain('bug');
  expect([...new Set(reasons())]).toEqual(['answered with the status 203 instead of 200']);
});

test('a token that comes with another status of success is none', async () => {
  const run = await collect(({ service, path }, right) =>
    service === 'authority' && path.endsWith('/token') ? { ...right, status: 203 } : undefined,
  );
  expect(run).toMatchObject({ exitCode: 2, stdout: '' });
  expect(run.stderr).toContain('answered with the status 203 instead of 200.');
});

test('an answer that is no UTF-8 is a gap', async () => {
  const run = await collect((request, right) => {
    if (listOf(request) !== 'denyassignments') return undefined;
    const body = Buffer.from(JSON.stringify(right.body).replace('"name":"', '"name":"\u00e9'), 'latin1');
    return { ...right, body };
  });
  expect(run, run.stderr).toMatchObject({ exitCode: 3 });
  expect(reasons('denyAssignments')).toEqual([expect.stringContaining('200 with a body that is no UTF-8')]);
});

test('a row of 70 MB is a gap, and the snapshot can be read', async () => {
  const row = { id: `${authorization}/denyAssignments/a`, description: 'a'.repeat(70_000_000) };
  const body = gzipSync(JSON.stringify({ value: [row] }));
  const packed = { status: 200, headers: { 'content-encoding': 'gzip' }, body };
  const run = await collect(request => (listOf(request) === 'denyassignments' ? packed : undefined));
  expect(run, run.stderr).toMatchObject({ exitCode: 3 });
  expect(reasons('denyAssignments')).toEqual(['the answer is larger than 32 MiB']);
});

test('lists with ever new links and tokens come to an end', async () => {
  let pages = 0;
  const run = await collect(
    request => {
      pages++;
      if (request.path.toLowerCase().includes('microsoft.resourcegraph'))
        return { status: 200, body: { data: [], totalRecords: 1, $skipToken: `token ${pages}` } };
      if (listOf(request) !== 'denyassignments') return undefined;
      const nextLink = `${request.origin}${request.path}?api-version=2022-04-01&$skipToken=${pages}`;
      return { status: 200, body: { value: [], nextLink } };
    },
    ['--engine', 'graph'],
  );
  expect(run, run.stderr).toMatchObject({ exitCode: 3 });
  const reason = 'the list does not end: 500 pages came with no new row';
  for (const what of ['roleAssignments', 'roleDefinitions', 'resources', 'denyAssignments'])
    expect(reasons(what), what).toContain(reason);
});

test('an answer that comes in drops is given up', async () => {
  const run = await collect(
    (request, right) => (listOf(request) === 'denyassignments' ? { ...right, drips: true } : undefined),
    ['--preflight'],
  );
  expect(run, run.stderr).toMatchObject({ exitCode: 3 });
  expect(run.stdout).toContain('the answer was not whole within 5 s');
});

/** Everything that was written, unpacked. */
function written({ stdout, stderr }: Run): string {
  return [stdout, stderr, gunzipSync(readFileSync(place.snapshot)).toString()].join('\n');
}

test('a row that repeats the token is kept without it', async () => {
  const run = await collect((request, right) => {
    if (listOf(request) !== 'roleassignments') return undefined;
    const { value } = right.body as { value: object[] };
    const token = String(request.headers.authorization).slice('Bearer '.length);
    const escaped = `"\\u0065${token.slice(1)}"`;
    const told = { description: `it is ${token}`, [token]: token, escaped: 'ESCAPED' };
    const body = JSON.stringify({ value: value.map(row => ({ ...row, told })) });
    return { ...right, body: body.replaceAll('"ESCAPED"', () => escaped) };
  });
  expect(run).toMatchObject({ exitCode: 0 });
  const text = written(run);
  expect(text).toContain('"description":"it is [removed]"');
  const parts = azure!.tokens.issued.flatMap(token => [token, ...token.split('.').slice(1)]);
  expect(parts.filter(part => text.includes(part))).toEqual([]);
});

test('a journal that repeats the token is kept without it', async () => {
  let running: ReturnType<typeof startCollect> | undefined;
  azure = await startAzureServer(tenant, {
    hostile: (request, right) => {
      // The directory is read last: all else is in the journal by then.
      if (request.service === 'graph') running?.kill('SIGKILL');
      if (listOf(request) !== 'roleassignments') return undefined;
      const { value } = right.body as { value: object[] };
      const { authorization } = request.headers;
      return { ...right, body: { value: value.map(row => ({ ...row, authorization })) } };
    },
  });
  running = startCollect(azure, place.snapshot);
  expect(await running.done).toMatchObject({ exitCode: null });
  const text = journalText(`${place.snapshot}.partial`);
  expect(text).toContain('"authorization":"Bearer [removed]"');
  expect(azure.tokens.issued.filter(token => text.includes(token))).toEqual([]);
});

type Lure = (request: AzureRequest, right: Answer, stranger: string) => Answer | undefined;

const lures: readonly (readonly [string, Lure])[] = [
  [
    'names the token endpoint of another host',
    ({ path }, right, stranger) =>
      path.endsWith('/openid-configuration')
        ? { ...right, body: { ...(right.body as object), token_endpoint: `${stranger}/token` } }
        : undefined,
  ],
  [
    'redirects the secret to another host',
    ({ path }, _, stranger) =>
      path.endsWith('/token') ? { status: 307, headers: { location: `${stranger}/token` } } : undefined,
  ],
  [
    'redirects its configuration to another host',
    ({ path }, _, stranger) =>
      path.endsWith('/openid-configuration')
        ? { status: 302, headers: { location: `${stranger}/openid-configuration` } }
        : undefined,
  ],
];

test.each(lures)('an authority that %s is not followed', async (what, lure) => {
  const run = await collect((request, right, stranger) =>
    request.service === 'authority' ? lure(request, right, stranger) : undefined,
  );
  expect(run).toMatchObject({ exitCode: 2, stdout: '' });
  expect(run.stderr).not.toContain('bug');
  if (what.startsWith('names'))
    expect(run.stderr).toMatch(/localhost:\d+ leads to another host to sign in at, localhost:\d+\./);
  expect(azure!.requests.filter(({ service }) => service === 'stranger')).toEqual([]);
  expect(existsSync(place.snapshot)).toBe(false);
});
