// node test/collect/scale.mjs [--subscriptions 2000] [--assignments 200] [--engine arm --engine graph]: what collecting a
// large tenant costs, against a local Azure in a process of its own. `npm run bench` does it, too.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { startAzureProcess } from '../azure-server/start-process.mjs';
import { measureOnce } from '../bench/measure.mjs';
import { limit, line, missedLimits, ms } from '../bench/report.mjs';
import { countRows } from './count-rows.mjs';

const largeSizes = {
  subscriptions: 2_000,
  assignmentsPerSubscription: 200,
  managementGroups: 50,
  topAssignments: 100,
  users: 5_000,
  groups: 500,
  servicePrincipals: 1_000,
  managedIdentities: 500,
  customRoles: 200,
  denyAssignments: 1,
  eligibleAssignments: 2,
  activeAssignments: 2,
  workspaces: 0,
};

/** Collects a tenant of 2,000 subscriptions once with each engine. */
export async function collecting(folder, bin, { sizes = {}, engines = ['graph', 'arm'] } = {}) {
  const all = { ...largeSizes, ...sizes };
  const azure = await startAzureProcess(folder, { sizes: all });
  const assignments = all.subscriptions * all.assignmentsPerSubscription;
  line(`collect ${all.subscriptions} subscriptions, ${assignments} role assignments`, '');
  for (const engine of engines) {
    const snapshot = join(folder, `${engine}.ndjson.gz`);
    const args = [
      ...[bin, 'collect', '--tenant', '--output', snapshot, '--auth', 'env', '--engine', engine],
      ...['--arm-endpoint', azure.armEndpoint, '--graph-endpoint', azure.graphEndpoint],
      ...['--authority-host', azure.authorityHost],
    ];
    const { milliseconds, bytes } = measureOnce(args, { ...process.env, ...azure.environment });
    const counts = await countRows(snapshot);
    if (counts.roleAssignments !== assignments + all.topAssignments || counts.gaps > 0)
      throw new Error(`--engine ${engine} lost something: ${JSON.stringify(counts)}`);
    line(`  --engine ${engine}`, ms(milliseconds), limit(milliseconds / 1000, 90, 's'));
    line('  peak memory of that', `${Math.round(bytes / 2 ** 20)} MiB`, limit(bytes / 2 ** 20, 500, 'MiB'));
  }
  const { refusals } = await azure.close();
  if (refusals.length > 0) throw new Error(`The server refused: ${refusals.join('\n')}`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values } = parseArgs({
    options: {
      subscriptions: { type: 'string', default: '2000' },
      assignments: { type: 'string', default: '200' },
      engine: { type: 'string', multiple: true, default: ['graph', 'arm'] },
    },
  });
  const folder = mkdtempSync(join(tmpdir(), 'azrbac-scale-'));
  const sizes = {
    subscriptions: Number(values.subscriptions),
    assignmentsPerSubscription: Number(values.assignments),
  };
  try {
    const bin = fileURLToPath(new URL('../../dist/bin/azrbac.cjs', import.meta.url));
    await collecting(folder, bin, { sizes, engines: values.engine });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  process.exitCode = missedLimits() > 0 ? 1 : 0;
}
