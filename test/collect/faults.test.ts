import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectedOf } from '../azure-server/expected.js';
import type { FaultSchedule } from '../azure-server/faults.js';
import { generateTenant } from '../azure-server/generate-tenant.js';
import { plantedSecret } from '../azure-server/generated-resources.js';
import { type AzureServer, startAzureServer } from '../azure-server/index.js';
import { randomSchedule } from '../azure-server/random-schedule.js';
import type { AzureTenant } from '../azure-server/tenant.js';
import { differences } from './differences.js';
import { readRows } from './read-rows.js';
import { type Run, snapshotFolder, startCollect } from './run-collect.js';
import { type Runner, startRunner } from './run-many.js';

// Nothing is lost: whatever goes wrong, the snapshot holds the whole tenant, or says what it does not hold.

const schedules = Number(process.env['AZRBAC_SCHEDULES'] ?? 200);
const firstSeed = Number(process.env['AZRBAC_SEED'] ?? 1);
const perGroup = 25;
const engines = ['arm', 'graph', 'auto'];
const { folder, remove } = snapshotFolder();
const runners: Runner[] = [];
let authority: AzureServer;

beforeAll(async () => {
  authority = await startAzureServer(generateTenant());
  runners.push(startRunner(authority.caFile), startRunner(authority.caFile));
});
afterAll(async () => {
  for (const runner of runners) runner.close();
  await authority.close();
  remove();
});

type Collect = (azure: AzureServer, snapshot: string, more: readonly string[]) => Promise<Run>;

function tenantOf(seed: number): AzureTenant {
  return generateTenant({ seed, subscriptions: 2, managementGroups: 3, isElevated: seed % 5 !== 0 });
}

/** What went wrong with that schedule, in words. */
async function problems(seed: number, collect: Collect): Promise<string[]> {
  const tenant = tenantOf(seed);
  const schedule = randomSchedule(seed, tenant);
  const azure = await startAzureServer(tenant, {
    faults: schedule,
    pageSizes: { arm: 5, graph: 2, resourceGraph: 9 },
  });
  const snapshot = `${folder}/${seed}.ndjson.gz`;
  try {
    const run = await collect(azure, snapshot, ['--engine', engines[seed % engines.length]!]);
    return problemsOf(run, snapshot, azure, tenant, schedule).map(problem => `schedule ${seed}: ${problem}`);
  } catch (error) {
    return [`schedule ${seed}: ${error}`];
  } finally {
    await azure.close();
  }
}

function problemsOf(
  { exitCode, stdout, stderr }: Run,
  snapshot: string,
  azure: AzureServer,
  tenant: AzureTenant,
  schedule: FaultSchedule,
): string[] {
  if (exitCode !== 0 && exitCode !== 3) return [`exit code ${exitCode}: ${stderr}`];
  const collected = readRows(snapshot);
  const wrong = differences(tenant, expectedOf(tenant, schedule), collected);
  const hasGaps = collected.gaps.length > 0;
  if (hasGaps !== (exitCode === 3)) wrong.push(`exit code ${exitCode} with ${collected.gaps.length} gaps`);
  const secrets = [...azure.tokens.issued, tenant.caller.clientSecret, plantedSecret];
  const written = [stdout, stderr, JSON.stringify(collected)].join('\n');
  if (secrets.some(secret => written.includes(secret))) wrong.push('a secret was written');
  return [...wrong, ...azure.refusals.map(refusal => `refused: ${refusal}`)];
}

describe.each(
  Array.from({ length: Math.ceil(schedules / perGroup) }, (_, group) => firstSeed + group * perGroup),
)('fault schedules from %i on', first => {
  test('lose nothing, double nothing and hide nothing', async () => {
    const seeds = Array.from(
      { length: Math.min(perGroup, firstSeed + schedules - first) },
      (_, n) => first + n,
    );
    const found: string[] = [];
    const work = async (runner: Runner): Promise<void> => {
      for (let seed = seeds.shift(); seed !== undefined; seed = seeds.shift())
        found.push(...(await problems(seed, runner.collect)));
    };
    await Promise.all(runners.map(work));
    expect(found).toEqual([]);
  });
});

test('the executable itself loses nothing either', async () => {
  const seeds = Array.from({ length: Math.min(20, schedules) }, (_, n) => firstSeed + n);
  const found: string[] = [];
  const work = async (): Promise<void> => {
    for (let seed = seeds.shift(); seed !== undefined; seed = seeds.shift())
      found.push(
        ...(await problems(seed, (azure, snapshot, more) => startCollect(azure, snapshot, more).done)),
      );
  };
  await Promise.all([work(), work()]);
  expect(found).toEqual([]);
});
