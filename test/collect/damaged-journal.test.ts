import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { generateTenant } from '../azure-server/generate-tenant.js';
import { type AzureServer, startAzureServer } from '../azure-server/index.js';
import { seededRandom } from '../seeded.js';
import { readRows } from './read-rows.js';
import { snapshotFolder, startCollect } from './run-collect.js';
import { type Runner, startRunner } from './run-many.js';

// A collection that goes on with what a bad disk has left of its journal.

const tenant = generateTenant({ seed: 9, subscriptions: 3, managementGroups: 2 });
const { snapshot, folder, remove } = snapshotFolder();
const partial = `${snapshot}.partial`;
let azure: AzureServer;
let runner: Runner;
let whole: string;
let journal: Buffer;

beforeAll(async () => {
  azure = await startAzureServer(tenant, {
    faults: { seed: 1, transient: [{ kind: 'late', share: 1, times: 1 }], permanent: [] },
    pageSizes: { arm: 5 },
  });
  const first = `${folder}/whole.ndjson.gz`;
  runner = startRunner(azure.caFile);
  expect((await runner.collect(azure, first)).exitCode).toBe(0);
  whole = JSON.stringify(readRows(first).rows);
  const asked = azure.requests.length;
  const running = startCollect(azure, snapshot);
  // The directory is read last: much has been read by then.
  const watch = setInterval(() => {
    if (azure.requests.slice(asked).some(({ service }) => service === 'graph')) running.kill('SIGKILL');
  }, 1);
  await running.done;
  clearInterval(watch);
  journal = readFileSync(partial);
}, 60_000);
afterAll(async () => {
  runner.close();
  await azure.close();
  remove();
});

test.each([1, 2, 3])('damage %i is told, and the snapshot is the same', async seed => {
  const random = seededRandom(seed * 104_729);
  const damaged = Buffer.from(journal);
  const at = Math.floor(random() * journal.length);
  if (seed % 2 === 0) damaged.fill(0, at, Math.min(journal.length, at + 64));
  else damaged[at] = damaged[at]! ^ (1 << Math.floor(random() * 8));
  writeFileSync(partial, damaged);
  const run = await runner.collect(azure, snapshot, ['--resume']);
  expect(run).toMatchObject({ exitCode: 0 });
  expect(run.stderr).toContain('half written or damaged: what stood there is read again');
  expect(JSON.stringify(readRows(snapshot).rows)).toBe(whole);
  expect(existsSync(partial)).toBe(false);
});

test('a journal of an older azrbac is left where it is, and the sentence says what to do', async () => {
  const older = '{"journal":"azrbac-journal 1","collectedAt":"2026-08-22T12:00:00.000Z"}\n';
  writeFileSync(partial, older);
  const run = await runner.collect(azure, snapshot, ['--resume']);
  expect(run).toMatchObject({ exitCode: 2, stdout: '' });
  expect(run.stderr).toContain('was left by an older azrbac');
  expect(run.stderr).toContain('Run the same command without --resume to collect anew.');
  expect(readFileSync(partial, 'utf8')).toBe(older);
});
