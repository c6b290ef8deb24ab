import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { generateTenant } from '../../azure-server/generate-tenant.js';
import { type AzureServer, startAzureServer } from '../../azure-server/index.js';
import { collectEnvironment, executable, type Run } from '../../collect/run-collect.js';
import { projectWith } from '../../commands/project.js';
import { runCli } from '../../commands/run-cli.js';

// The real executable audits a local Azure: it collects first.

let azure: AzureServer;
beforeAll(async () => {
  azure = await startAzureServer(generateTenant({ seed: 3, subscriptions: 2 }));
});
afterAll(() => azure.close());

/** In a folder of its own; temporary files are below it, where they can be seen. */
function start(
  args: readonly string[],
  from: AzureServer = azure,
): { cwd: string; temporary: string; run: Promise<Run> } {
  const cwd = projectWith({});
  const temporary = mkdtempSync(join(tmpdir(), 'azrbac-audit-test-'));
  const where = [
    ...['--auth', 'env', '--arm-endpoint', from.armEndpoint, '--graph-endpoint', from.graphEndpoint],
    ...['--authority-host', from.authorityHost],
  ];
  const child = spawn(process.execPath, [executable, 'audit', ...args, ...where], {
    cwd,
    env: { ...collectEnvironment(from), TMPDIR: temporary },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = { stdout: '', stderr: '' };
  child.stdout.on('data', chunk => (output.stdout += String(chunk)));
  child.stderr.on('data', chunk => (output.stderr += String(chunk)));
  const run = new Promise<Run>(resolve => child.on('close', exitCode => resolve({ exitCode, ...output })));
  return { cwd, temporary, run };
}

test('collects, audits, and leaves nothing behind', async () => {
  const { temporary, cwd, run } = start(['--tenant', '--format', 'json', '--as-of', '2026-11-21']);
  const { exitCode, stdout, stderr } = await run;
  expect([exitCode, stderr.includes('bug')]).toEqual([1, false]);
  const report = JSON.parse(stdout);
  const tenant = generateTenant({ seed: 3, subscriptions: 2 });
  const names = [...tenant.managementGroups, ...tenant.subscriptions].map(({ displayName }) => displayName);
  const { managementGroups, subscriptions, ...snapshot } = report.snapshot;
  expect(snapshot).toEqual({
    file: 'tenant.ndjson.gz',
    tenantId: tenant.tenantId,
    collectedAt: '2026-11-21T00:00:00.000Z',
    isComplete: true,
  });
  const found: { displayName: string }[] = [...managementGroups, ...subscriptions];
  expect(found.map(({ displayName }) => displayName).sort()).toEqual(names.sort());
  expect(report.summary.subscriptions).toBe(2);
  expect(report.summary.roleAssignments).toBeGreaterThan(20);
  expect(stdout + stderr).not.toContain(temporary);
  expect(readdirSync(temporary)).toEqual([]);
  expect(readdirSync(cwd)).toEqual([]);
});

test('says of a snapshot that is kept what it says of one that is not', async () => {
  const args = ['--tenant', '--format', 'json', '--as-of', '2026-11-21'];
  const kept = start([...args, '--save-snapshot', 'tenant.ndjson.gz']);
  const { stdout } = await kept.run;
  expect(stdout).toBe((await start(args).run).stdout);
  expect(existsSync(join(kept.cwd, 'tenant.ndjson.gz'))).toBe(true);
  const again = ['audit', '--snapshot', 'tenant.ndjson.gz', '--format', 'json', '--as-of', '2026-11-21'];
  const { notices, ...report } = JSON.parse((await runCli(again, { cwd: kept.cwd })).stdout);
  const { notices: ofBoth, ...collected } = JSON.parse(stdout);
  expect(report).toEqual(collected);
  expect(ofBoth.filter(({ code }: { code: string }) => !code.startsWith('collect-'))).toEqual(notices);
});

test('what may not be read is a gap, in the report and in the exit code', async () => {
  const tenant = generateTenant({ seed: 3, subscriptions: 2 });
  const refusing = await startAzureServer(tenant, {
    faults: {
      seed: 1,
      transient: [],
      permanent: [
        {
          ...{ kind: 'refused', what: 'denyAssignments', reach: 'below' },
          scope: `/subscriptions/${tenant.subscriptions[0]!.id}`,
        },
      ],
    },
  });
  try {
    const { stdout, exitCode } = await start(['--tenant', '--format', 'json', '--fail-on', 'never'], refusing)
      .run;
    expect(exitCode).toBe(3);
    expect(JSON.parse(stdout).gaps).toMatchObject([{ what: 'denyAssignments' }]);
  } finally {
    await refusing.close();
  }
});

test('preflight asks what can be read, and audits nothing', async () => {
  const { exitCode, stdout } = await start(['--tenant', '--preflight']).run;
  expect(stdout).toMatch(/^Signed in as /);
  expect(exitCode).toBe(0);
});

test('preflight reports to the file that --output names', async () => {
  const args = ['--tenant', '--preflight', '--format', 'json', '--output', 'preflight.json'];
  const { cwd, run } = start(args);
  expect(await run).toMatchObject({ exitCode: 0, stdout: '' });
  const { areas } = JSON.parse(readFileSync(join(cwd, 'preflight.json'), 'utf8'));
  expect(areas[0]).toMatchObject({ area: 'subscriptions', status: 'readable' });
});

describe('before anything is collected', () => {
  test.each([
    [
      'the report would have no place',
      ['--tenant', '--output', 'nowhere/audit.html'],
      '"nowhere/audit.html" cannot be written: its folder does not exist.',
    ],
    ['the report would be a folder', ['--tenant', '--output', '.'], '"." cannot be written: it is a folder.'],
    [
      'the report would overwrite what is collected',
      ['--tenant', '--save-snapshot', 'tenant.json', '--output', './tenant.json'],
      '"--output" would overwrite "tenant.json", which is named or read as well.',
    ],
    [
      'the report would overwrite what is read',
      ['--snapshot', 'tenant.json', '--output', 'tenant.json'],
      '"--output" would overwrite "tenant.json", which is named or read as well.',
    ],
    [
      'the snapshot would have no place',
      ['--tenant', '--save-snapshot', 'nowhere/tenant.json'],
      '"nowhere/tenant.json" cannot be written: its folder does not exist.',
    ],
    ['nothing is said', [], 'Nothing says what to audit.'],
    [
      'both are',
      ['--snapshot', 's.json', '--tenant'],
      '"--tenant" is for collecting; with "--snapshot", nothing is collected.',
    ],
    [
      'what to do with it',
      ['--snapshot', 's.json', '--save-snapshot', 't.json'],
      '"--save-snapshot" is for collecting',
    ],
    ['how to sign in', ['--snapshot', 's.json', '--auth', 'cli'], '"--auth" is for collecting'],
    ['there is nothing to go on with', ['--tenant', '--resume'], '"--resume" needs --save-snapshot FILE'],
    ['expectations are not there', ['--tenant', '--expect', 'nowhere.yaml'], 'nowhere.yaml'],
    ['a rule is not there', ['--tenant', '--rule', 'nothing=high'], 'nothing'],
    [
      'the snapshot could not be named so',
      ['--tenant', '--save-snapshot', 'tenant.txt'],
      '"tenant.txt" must end in .json or .ndjson.gz.',
    ],
  ])('%s', async (_, args, message) => {
    const { exitCode, stdout, stderr } = await runCli(['audit', ...args], { cwd: projectWith({}) });
    expect([exitCode, stdout]).toEqual([2, '']);
    expect(stderr).toContain(message);
  });
});

test('a tenant that is collected is audited with its expectations', async () => {
  const { cwd, run } = start(['--tenant', '--save-snapshot', 't.json', '--expect', 'access.json', '-q']);
  writeFileSync(join(cwd, 'access.json'), JSON.stringify({ version: 1, identities: [] }));
  expect((await run).stdout).toContain('Expectations of 0 identities: nothing was checked.');
});
