import { existsSync, readdirSync } from 'node:fs';
import { afterAll, expect, test } from 'vitest';
import { expectedOf } from '../azure-server/expected.js';
import type { FaultSchedule } from '../azure-server/faults.js';
import { generateTenant } from '../azure-server/generate-tenant.js';
import { type AzureServer, startAzureServer } from '../azure-server/index.js';
import { seededRandom } from '../seeded.js';
import { differences } from './differences.js';
import { readRows } from './read-rows.js';
import { type Run, snapshotFolder, startCollect } from './run-collect.js';
import { getOrInsert } from '../../src/maps.js';
import { portion } from '../portion.js';

// Whenever a collection ends too early, it goes on from there, and comes to the same.

const seed = Number(process.env['AZRBAC_SEED'] ?? 20_261);
const subscriptions = portion({ whole: 6, part: 3 });
const tenant = generateTenant({ seed: 9, subscriptions, managementGroups: 4 });
/** Every answer takes a moment, so that there is something to interrupt. */
const slow: FaultSchedule = { seed: 1, transient: [{ kind: 'late', share: 1, times: 1 }], permanent: [] };
const { folder, remove } = snapshotFolder();
const engines = ['arm', 'graph'];
const wholes = new Map<string, Promise<Whole>>();

/** A collection that nobody interrupts. */
interface Whole {
  readonly rows: string;
  readonly requests: number;
}

afterAll(remove);

function wholeOf(engine: string): Promise<Whole> {
  return getOrInsert(wholes, engine, () => collectWhole(engine));
}

async function collectWhole(engine: string): Promise<Whole> {
  const azure = await start();
  const snapshot = `${folder}/${engine}.ndjson.gz`;
  expect((await startCollect(azure, snapshot, ['--engine', engine]).done).exitCode).toBe(0);
  await azure.close();
  return { rows: rowsOf(snapshot), requests: azure.requests.length };
}

function start(): Promise<AzureServer> {
  return startAzureServer(tenant, { faults: slow, pageSizes: { arm: 5, graph: 3 } });
}

function rowsOf(snapshot: string): string {
  return JSON.stringify(readRows(snapshot).rows);
}

type Interruption = readonly [signal: NodeJS.Signals, afterRequests: number];

/** Begins, is ended by each signal after so many requests, and goes on until it is through. */
async function interrupted(
  snapshot: string,
  engine: string,
  interruptions: readonly Interruption[],
): Promise<Run[]> {
  const azure = await start();
  const runs: Run[] = [];
  const next = (): readonly string[] => [
    ...['--engine', engine],
    ...(existsSync(`${snapshot}.partial`) ? ['--resume'] : []),
  ];
  for (const [signal, afterRequests] of interruptions) {
    const running = startCollect(azure, snapshot, next());
    const until = azure.requests.length + afterRequests;
    const watch = setInterval(() => {
      if (azure.requests.length < until) return;
      clearInterval(watch);
      running.kill(signal);
    }, 1);
    const run = await running.done;
    clearInterval(watch);
    runs.push(run);
    // It was through before the signal came.
    if (run.exitCode === 0) break;
    expect(run.exitCode).toBe(signal === 'SIGKILL' ? null : 2);
    expect(existsSync(snapshot), 'half a snapshot was left behind').toBe(false);
  }
  if (runs.at(-1)!.exitCode !== 0) runs.push(await startCollect(azure, snapshot, next()).done);
  expect(azure.refusals).toEqual([]);
  await azure.close();
  return runs;
}

test.each(Array.from({ length: portion({ whole: 24, part: 2 }) }, (_, number) => number))(
  'run %i, interrupted and resumed, comes to the same',
  async number => {
    const random = seededRandom(seed + number);
    const engine = engines[(number >> 1) % 2]!;
    const { rows, requests } = await wholeOf(engine);
    const snapshot = `${folder}/${number}.ndjson.gz`;
    const interruptions = Array.from({ length: 2 }, (_, at): Interruption => {
      const signal = (number + at) % 2 === 0 ? 'SIGINT' : 'SIGKILL';
      // The second time, much has been read already.
      return [signal, Math.ceil(random() * requests * (at === 0 ? 0.9 : 0.2))];
    });
    const runs = await interrupted(snapshot, engine, interruptions);
    expect(runs.length).toBeGreaterThan(1);
    expect(runs.at(-1)).toMatchObject({ exitCode: 0 });
    expect(rowsOf(snapshot)).toBe(rows);
    expect(differences(tenant, expectedOf(tenant, slow), readRows(snapshot))).toEqual([]);
    expect(readdirSync(folder).filter(name => name.includes('.partial'))).toEqual([]);
  },
);

test('somebody who interrupts it is told how to go on', async () => {
  const { requests } = await wholeOf('arm');
  const [first] = await interrupted(`${folder}/told.ndjson.gz`, 'arm', [['SIGINT', Math.ceil(requests / 2)]]);
  expect(first!.stdout).toBe('');
  expect(first!.stderr).toContain('--resume');
});
