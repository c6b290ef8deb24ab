import { afterAll, beforeAll, expect, test } from 'vitest';
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
import { portion } from '../portion.js';

// Nothing is lost: whatever goes wrong, the snapshot holds the whole tenant, or says what it does not hold.

const schedules = Number(process.env['AZRBAC_SCHEDULES'] ?? portion({ whole: 200, part: 8 }));
const firstSeed = Number(process.env['AZRBAC_SEED'] ?? 1);
const perGroup = portion({ whole: 20, part: 4 });
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
  if (stderr.includes('(node:')) wrong.push(`a warning of Node's: ${stderr}`);
  return [...wrong, ...azure.refusals.map(refusal => `refused: ${refusal}`)];
}

async function problemsIn(seeds: number[], collectors: readonly Collect[]): Promise<string[]> {
  const found: string[] = [];
  const work = async (collect: Collect): Promise<void> => {
    for (let seed = seeds.shift(); seed !== undefined; seed = seeds.shift())
      found.push(...(await problems(seed, collect)));
  };
  await Promise.all(collectors.map(work));
  return found;
}

const seeds = Array.from({ length: schedules }, (_, number) => firstSeed + number);
const groups = Array.from({ length: Math.ceil(schedules / perGroup) }, (_, number) =>
  seeds.slice(number * perGroup, (number + 1) * perGroup),
);
const executables: Collect[] = [0, 1].map(
  () =>
    (...given) =>
      startCollect(...given).done,
);

test.each(groups.map((group, number) => ({ first: group[0]!, last: group.at(-1)!, group, number })))(
  'fault schedules $first to $last lose nothing, double nothing and hide nothing',
  async ({ group, number }) => {
    // Those of the first group through the executable itself, as a person starts it.
    const collectors = number === 0 ? executables : runners.map(({ collect }) => collect);
    expect(await problemsIn(group, collectors)).toEqual([]);
  },
);
