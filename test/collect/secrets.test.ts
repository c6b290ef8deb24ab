import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest';
import { type FaultSchedule, type PermanentFault, transientKinds } from '../azure-server/faults.js';
import { generateTenant } from '../azure-server/generate-tenant.js';
import { plantedSecret } from '../azure-server/generated-resources.js';
import { type AzureServer, startAzureServer } from '../azure-server/index.js';
import { journalText } from './journal-text.js';
import { type Run, snapshotFolder, startCollect } from './run-collect.js';
import { type Runner, startRunner } from './run-many.js';

// Tokens and secrets go to Azure and nowhere else.

const tenant = generateTenant({ seed: 3, subscriptions: 2 });
const scope = `/subscriptions/${tenant.subscriptions[0]!.id}`;
let place: ReturnType<typeof snapshotFolder>;
let azure: AzureServer | undefined;
let runner: Runner | undefined;

beforeEach(() => {
  place = snapshotFolder();
});
afterEach(async () => {
  await azure?.close();
  place.remove();
});
afterAll(() => runner?.close());

async function start(faults: Partial<FaultSchedule> = {}): Promise<AzureServer> {
  azure = await startAzureServer(tenant, {
    faults: { seed: 1, transient: [], permanent: [], ...faults },
    pageSizes: { arm: 5 },
  });
  return azure;
}

function collect(server: AzureServer): Promise<Run> {
  runner ??= startRunner(server.caFile);
  return runner.collect(server, place.snapshot);
}

/** Secrets that stand in a text. Parts of a token are as good as the token. */
function secretsIn(text: string): string[] {
  const { clientSecret } = tenant.caller;
  const tokens = azure!.tokens.issued.flatMap(token => [token, token.split('.')[1]!, token.split('.')[2]!]);
  return [...tokens, clientSecret, plantedSecret].filter(secret => text.includes(secret));
}

function written({ stdout, stderr }: Run): string {
  return [stdout, stderr, gunzipSync(readFileSync(place.snapshot)).toString('utf8')].join('\n');
}

test('the search for secrets would find them', async () => {
  const { tokens } = await start();
  const { access_token } = tokens.issue('https://somewhere');
  expect(secretsIn(`Bearer ${access_token}`)).toHaveLength(3);
  expect(secretsIn(tenant.caller.clientSecret)).toEqual([tenant.caller.clientSecret]);
});

test('under every fault at once, none is written', async () => {
  const kinds = transientKinds.filter(kind => kind !== 'stall');
  const server = await start({ transient: kinds.map(kind => ({ kind, share: 0.3, times: 1 })) });
  const run = await collect(server);
  expect(run.exitCode).toBe(0);
  expect(secretsIn(written(run))).toEqual([]);
});

test.each<[string, PermanentFault]>([
  ['a message that quotes the token', { kind: 'quoting', what: 'denyAssignments', scope }],
  ['a link to another host', { kind: 'astray', what: 'denyAssignments', scope }],
  ['a list that always fails', { kind: 'failing', what: 'denyAssignments', scope, status: 500 }],
])('after %s, none stands in the gap, and none was sent away', async (_, fault) => {
  const server = await start({ permanent: [fault] });
  const run = await collect(server);
  expect(run.exitCode).toBe(3);
  expect(secretsIn(written(run))).toEqual([]);
  expect(server.refusals).toEqual([]);
});

test('what an interrupted collection leaves behind holds none', async () => {
  const server = await start({ transient: [{ kind: 'late', share: 1, times: 1 }] });
  const running = startCollect(server, place.snapshot);
  // The directory is read last.
  const watch = setInterval(() => {
    if (server.requests.some(({ service }) => service === 'graph')) running.kill('SIGKILL');
  }, 1);
  const run = await running.done;
  clearInterval(watch);
  const left = [run.stdout, run.stderr, journalText(`${place.snapshot}.partial`)].join('\n');
  expect(left).toContain('{"kind":"resources","value":{');
  expect(secretsIn(left)).toEqual([]);
});

test('Azure’s own libraries, told to log everything, log none', async () => {
  const server = await start();
  const run = await startCollect(server, place.snapshot, [], { AZURE_LOG_LEVEL: 'verbose', DEBUG: '*' }).done;
  expect(run.stderr).toContain('azure:');
  expect(secretsIn(written(run))).toEqual([]);
});

test('a wrong secret is not repeated', async () => {
  const server = await start();
  const AZURE_CLIENT_SECRET = 'not-the-secret-but-one-of-another';
  const run = await startCollect(server, place.snapshot, [], { AZURE_CLIENT_SECRET }).done;
  expect(run).toMatchObject({ exitCode: 2, stdout: '' });
  expect(run.stderr).toContain('AADSTS7000215');
  expect(run.stderr).not.toContain(AZURE_CLIENT_SECRET);
});
