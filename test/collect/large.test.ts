import { afterAll, afterEach, expect, test } from 'vitest';
import { expectedOf } from '../azure-server/expected.js';
import type { FaultSchedule } from '../azure-server/faults.js';
import { generateTenant } from '../azure-server/generate-tenant.js';
import { type AzureServer, type AzureServerOptions, startAzureServer } from '../azure-server/index.js';
import { differences } from './differences.js';
import { readRows } from './read-rows.js';
import { type Run, snapshotFolder, startCollect } from './run-collect.js';

// A tenant in which everything takes several requests: more subscriptions than fit into a query, more principals than
// into one of Graph, more groups than into a batch.

const tenant = generateTenant({
  seed: 11,
  subscriptions: 60,
  assignmentsPerSubscription: 40,
  managementGroups: 12,
  users: 2_400,
  groups: 90,
  workspaces: 0,
});
const { snapshot, remove } = snapshotFolder();
const undisturbed: FaultSchedule = { seed: 1, transient: [], permanent: [] };
let azure: AzureServer | undefined;

afterEach(() => azure?.close());
afterAll(remove);

async function collect(options: AzureServerOptions, more: readonly string[], env = {}): Promise<Run> {
  azure = await startAzureServer(tenant, options);
  return startCollect(azure, snapshot, more, env).done;
}

function asked(path: RegExp): number {
  return azure!.requests.filter(request => path.test(request.path)).length;
}

test.each(['arm', 'graph', 'auto'])('with --engine %s, all of it is collected', async engine => {
  const pageSizes = { arm: 50, graph: 20, resourceGraph: 300 };
  const run = await collect({ pageSizes }, ['--engine', engine]);
  expect(run, run.stderr).toMatchObject({ exitCode: 0 });
  expect(differences(tenant, expectedOf(tenant, undisturbed), readRows(snapshot))).toEqual([]);
  expect(azure!.refusals).toEqual([]);
  expect(asked(/getByIds$/)).toBeGreaterThan(2);
  expect(asked(/\$batch$/)).toBeGreaterThan(3);
  expect(asked(/ResourceGraph/) > 0).toBe(engine !== 'arm');
});

test('the quota of Resource Graph is waited for rather than run against', async () => {
  const quota = { queries: 5, seconds: 1 };
  const run = await collect({ quota }, ['--engine', 'graph'], { AZRBAC_WAIT_SCALE: '1' });
  expect(run, run.stderr).toMatchObject({ exitCode: 0 });
  expect(differences(tenant, expectedOf(tenant, undisturbed), readRows(snapshot))).toEqual([]);
  const queries = azure!.requests.filter(({ path }) => /ResourceGraph/.test(path));
  expect(queries.length).toBeGreaterThan(10);
  // Those that were under way when the last one was answered.
  expect(queries.filter(({ status }) => status === 429).length).toBeLessThan(queries.length / 2);
});
