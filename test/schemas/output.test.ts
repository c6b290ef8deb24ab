// What commands print as JSON is an interface: every field is in a schema that ships, and none of another type.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runCli } from '../commands/run-cli.js';
import { commandRuns } from '../compare-builds/command-runs.mjs';
import { writeSamples } from '../compare-builds/samples.mjs';
import { shippedCatalog } from '../shipped-catalog.js';
import { misfits, readSchema, schemaNames } from './frozen.js';

const folder = mkdtempSync(join(tmpdir(), 'azrbac-schemas-'));
beforeAll(() => writeSamples(folder, shippedCatalog, { assignments: 300 }), 60_000);
afterAll(() => rmSync(folder, { recursive: true }));

const commands = [
  'lint',
  'audit',
  'role',
  'expand',
  'check',
  'action-sets',
  'explain',
  'can',
  'who-can',
  'access',
  'test',
  'paths',
  'rules',
  'catalog info',
  'catalog search',
];

test.each(commands)('azrbac %s prints what its schema says', { timeout: 120_000 }, async command => {
  const runs = commandRuns(folder).filter(run => run.command === command && run.format === 'json');
  let printed = 0;
  // Lint looks at a hundred snapshots, all of one form.
  const every = command === 'lint' ? 4 : 1;
  for (const { args, cwd, stdin } of runs.filter((_, i) => i % every === 0)) {
    const { stdout, stderr } = await runCli(args, { cwd: join(folder, cwd), ...(stdin && { stdin }) });
    expect(stdout !== '' || stderr.startsWith('azrbac: '), `azrbac ${args.join(' ')}: ${stderr}`).toBe(true);
    if (stdout === '') continue;
    const report = JSON.parse(stdout) as Record<string, unknown>;
    expect(misfits(schemaOf(command, report), report), `azrbac ${args.join(' ')}`).toEqual([]);
    printed++;
  }
  expect(printed).toBeGreaterThan(0);
});

/** Some commands print one of several objects. */
function schemaOf(command: string, report: Record<string, unknown>): string {
  if (command === 'lint' && 'files' in report) return 'lint-files';
  if (command === 'lint' && 'neverSuppress' in report) return 'lint-config';
  if (command === 'explain' && 'token' in report) return 'explain-token';
  return command.replace(' ', '-');
}

test.each(schemaNames)('the schema %s lets new fields in: later versions add some', name => {
  const closed = JSON.stringify(readSchema(name)).includes('"additionalProperties":false');
  expect(closed).toBe(false);
});

test('a baseline is what its schema says', async () => {
  const file = join(folder, 'baseline.json');
  await runCli(['lint', 'docs/examples', '--baseline', file, '--update-baseline'], { cwd: folder });
  expect(misfits('baseline', JSON.parse(readFileSync(file, 'utf8')))).toEqual([]);
});

test.each([
  'docs/tenant/snapshot.json',
  'docs/audit/tenant.json',
  'docs/paths/tenant.json',
  'docs/access/snapshot.json',
])('the snapshot %s is what its schema says', file => {
  expect(misfits('snapshot', JSON.parse(readFileSync(join(folder, file), 'utf8')))).toEqual([]);
});
