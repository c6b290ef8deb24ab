import { chmodSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { generateTenant } from '../../azure-server/generate-tenant.js';
import { plantedSecret } from '../../azure-server/generated-resources.js';
import { type AzureServer, startAzureServer } from '../../azure-server/index.js';
import { type Run, snapshotFolder } from '../../collect/run-collect.js';
import { readSnapshot } from '../../../src/tenant/snapshot/read-snapshot.js';
import { runCli } from '../../commands/run-cli.js';
import { misfits } from '../../schemas/frozen.js';

// The real executable against the local Azure: how people sign in, what they ask for and what they are told.

const executable = fileURLToPath(new URL('../../../dist/bin/azrbac.cjs', import.meta.url));
const tenant = generateTenant();
const [first, second] = tenant.subscriptions;
const { folder, remove } = snapshotFolder();
let azure: AzureServer;
let withoutRoot: AzureServer;
beforeAll(async () => {
  azure = await startAzureServer(tenant);
  withoutRoot = await startAzureServer(generateTenant({ isElevated: false }), {
    faults: {
      seed: 1,
      transient: [],
      permanent: [
        { kind: 'refused', what: 'denyAssignments', scope: `/subscriptions/${second!.id}`, reach: 'below' },
        { kind: 'directory refused' },
      ],
    },
  });
});
afterAll(async () => {
  await azure.close();
  await withoutRoot.close();
  remove();
});

type Environment = Readonly<Record<string, string>>;

function collect(
  args: readonly string[],
  env: Environment = azure.environment,
  server = azure,
): Promise<Run> {
  const { armEndpoint, graphEndpoint, authorityHost } = server;
  const endpoints = ['--arm-endpoint', armEndpoint, '--graph-endpoint', graphEndpoint];
  return run(['collect', ...args, ...endpoints, '--authority-host', authorityHost], env);
}

function run(args: readonly string[], env: Environment): Promise<Run> {
  const surroundings = { PATH: process.env['PATH'] ?? '', HOME: folder, AZRBAC_WAIT_SCALE: '0.001', ...env };
  const child = spawn(process.execPath, [executable, ...args], { cwd: folder, env: surroundings });
  const output = { stdout: '', stderr: '' };
  child.stdout.on('data', chunk => (output.stdout += String(chunk)));
  child.stderr.on('data', chunk => (output.stderr += String(chunk)));
  return new Promise(resolve => child.on('close', exitCode => resolve({ exitCode, ...output })));
}

/** What is refused before anybody signs in needs no process of its own. */
function refused(args: readonly string[]): Promise<Run> {
  const { armEndpoint, graphEndpoint, authorityHost, environment } = azure;
  const endpoints = ['--arm-endpoint', armEndpoint, '--graph-endpoint', graphEndpoint];
  const all = ['collect', ...args, ...endpoints, '--authority-host', authorityHost];
  return runCli(all, { cwd: folder, env: environment });
}

function inFolder(name: string): string {
  return join(folder, name);
}

/** An Azure CLI that knows one command, and gets its tokens from the token endpoint. */
function fakeAzureCli(): string {
  const script = `#!${process.execPath}
const [, , account, command, ...rest] = process.argv;
if (account === '--version') { console.log('azure-cli 2.77.0'); process.exit(); }
if (account !== 'account' || command !== 'get-access-token') process.exit(2);
const scope = rest[rest.indexOf('--resource') + 1] + '/.default';
fetch(process.env.FAKE_TOKEN_URL, { method: 'POST', body: new URLSearchParams({
  grant_type: 'client_credentials', client_id: process.env.FAKE_ID, client_secret: process.env.FAKE_SECRET, scope }) })
  .then(answer => answer.json())
  .then(({ access_token }) => console.log(JSON.stringify({
    accessToken: access_token ?? process.env.FAKE_TOKEN, expires_on: Math.floor(Date.now() / 1000) + 3600, tokenType: 'Bearer' })));
`;
  const bin = inFolder('az');
  writeFileSync(bin, script);
  chmodSync(bin, 0o755);
  return folder;
}

function signInWith(auth: string): Environment {
  const { AZURE_TENANT_ID, AZURE_CLIENT_ID, AZURE_CLIENT_SECRET, NODE_EXTRA_CA_CERTS } =
    azure.environment as {
      [name: string]: string;
    };
  const nobody = { NODE_EXTRA_CA_CERTS: NODE_EXTRA_CA_CERTS! };
  if (auth === 'env' || auth === 'default') return azure.environment;
  if (auth === 'managed-identity') return azure.managedIdentityEnvironment;
  if (auth === 'device-code') return { ...nobody, AZURE_TENANT_ID: AZURE_TENANT_ID! };
  if (auth === 'cli') {
    return {
      ...nobody,
      PATH: `${fakeAzureCli()}:${process.env['PATH']}`,
      FAKE_TOKEN_URL: `${azure.authorityHost}/${AZURE_TENANT_ID}/oauth2/v2.0/token`,
      FAKE_ID: AZURE_CLIENT_ID!,
      FAKE_SECRET: AZURE_CLIENT_SECRET!,
    };
  }
  writeFileSync(inFolder('federated-token'), azure.federatedToken);
  return {
    ...nobody,
    AZURE_TENANT_ID: AZURE_TENANT_ID!,
    AZURE_CLIENT_ID: AZURE_CLIENT_ID!,
    AZURE_FEDERATED_TOKEN_FILE: inFolder('federated-token'),
  };
}

test.each(['env', 'workload', 'managed-identity', 'device-code', 'cli', 'default'])(
  '--auth %s signs in and collects',
  async auth => {
    const output = `by-${auth}.json`;
    const { exitCode, stderr } = await collect(
      ['--tenant', '-o', output, '--auth', auth, '--as-of', '2026-08-22'],
      signInWith(auth),
    );
    expect({ exitCode, stderr }).toEqual({
      exitCode: 0,
      stderr: expect.stringContaining('All was read through Azure Resource Manager'),
    });
    const prompt = /To sign in, open the page https:\S+ and enter the code \w+/;
    expect(prompt.test(stderr)).toBe(auth === 'device-code');
    // Whoever reads the same gets the same bytes.
    if (auth !== 'env') expect(readFileSync(inFolder(output))).toEqual(readFileSync(inFolder('by-env.json')));
    expect(azure.refusals).toEqual([]);
  },
);

test.each(['arm', 'graph'])(
  'the %s engine collects all there is, as .json and as .ndjson.gz',
  async engine => {
    const found = [];
    for (const output of [`${engine}.json`, `${engine}.ndjson.gz`]) {
      const args = ['--tenant', '--auth', 'env', '--engine', engine, '--format', 'json', '-o', output];
      const { exitCode, stdout } = await collect(args);
      expect(exitCode).toBe(0);
      const { counts, gaps, snapshot } = JSON.parse(stdout);
      expect(misfits('collect', JSON.parse(stdout))).toEqual([]);
      expect({ gaps, snapshot }).toEqual({ gaps: [], snapshot: output });
      const read = await readSnapshot(output, folder);
      // Somebody is gone from the directory, and the assignments have stayed.
      expect(read.notices.map(({ code }) => code)).toEqual(['snapshot-principals-missing']);
      expect(read.roleAssignments).toHaveLength(counts.roleAssignments);
      expect([...read.subscriptions.keys()].sort()).toEqual(tenant.subscriptions.map(({ id }) => id).sort());
      expect([...read.managementGroups.keys()]).toHaveLength(tenant.managementGroups.length);
      found.push(counts);
    }
    expect(found[0]).toEqual(found[1]);
    expect(found[0].roleAssignments).toBe(41);
  },
);

test('a snapshot is readable by its owner alone, and what was kept meanwhile is gone', async () => {
  await collect(['--tenant', '--auth', 'env', '-o', 'private.json']);
  expect(statSync(inFolder('private.json')).mode & 0o777).toBe(0o600);
  expect(
    readdirSync(folder).filter(name => name.startsWith('private') || name.startsWith('.private')),
  ).toEqual(['private.json']);
});

test('one subscription comes with what it inherits, and nothing of others', async () => {
  const args = [
    '--subscription',
    `/subscriptions/${first!.id.toUpperCase()}`,
    '--auth',
    'env',
    '-o',
    'one.json',
  ];
  expect((await collect(args)).exitCode).toBe(0);
  const { roleAssignments, subscriptions } = await readSnapshot('one.json', folder);
  expect([...subscriptions.keys()]).toEqual([first!.id]);
  const places = new Set(
    roleAssignments.map(({ scope }) => scope.toLowerCase().split('/').slice(0, 3).join('/')),
  );
  expect([...places].sort()).toEqual(['/', '/providers/microsoft.management', `/subscriptions/${first!.id}`]);
});

test('a management group comes with its subscriptions', async () => {
  const name = first!.managementGroup;
  const args = ['--management-group', name, '--auth', 'env', '-o', 'group.json'];
  expect((await collect(args)).exitCode).toBe(0);
  const { subscriptions, managementGroups } = await readSnapshot('group.json', folder);
  expect(subscriptions.has(first!.id)).toBe(true);
  expect(managementGroups.has(name.toLowerCase())).toBe(true);
});

test.each([
  {
    args: ['--subscription', '99999999-8888-7777-6666-555555555555'],
    message: 'Azure has no subscription "99999999-8888-7777-6666-555555555555" that you are shown.',
    hint: first!.id,
  },
  {
    args: ['--management-group', 'platfrom'],
    message: 'There is no management group "platfrom" that you are shown.',
    hint: first!.managementGroup,
  },
])('a name that stands for nothing is a mistake, and no gap: $args', async ({ args, message, hint }) => {
  const { exitCode, stdout, stderr } = await collect([...args, '--auth', 'env', '-o', 'nothing.json']);
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
  expect(stderr).toContain(message);
  expect(stderr).toContain(hint);
  expect(readdirSync(folder).filter(name => name.includes('nothing'))).toEqual([]);
});

test('what may not be read is a gap with the permission that is missing, and exit code 3', async () => {
  const args = ['--tenant', '--auth', 'env', '--format', 'json', '-o', 'gaps.ndjson.gz'];
  const { exitCode, stdout, stderr } = await collect(args, withoutRoot.environment, withoutRoot);
  expect(exitCode).toBe(3);
  const { gaps } = JSON.parse(stdout) as { gaps: { what: string; scope: string; reason: string }[] };
  const root = ['activeAssignments', 'eligibleAssignments', 'roleAssignments'];
  expect(gaps.map(({ what, scope }) => `${what} ${scope}`)).toEqual([
    ...[`activeAssignments /`, `denyAssignments /subscriptions/${second!.id}`],
    ...root.slice(1, 2).map(what => `${what} /`),
    ...['principals /', 'roleAssignments /'],
  ]);
  const reasonOf = (what: string): string => gaps.find(gap => gap.what === what)!.reason;
  expect(reasonOf('denyAssignments')).toBe(
    '403 AuthorizationFailed: needs Microsoft.Authorization/denyAssignments/read',
  );
  expect(reasonOf('principals')).toMatch(
    /^403 \w+: needs the Microsoft Graph permission Directory\.Read\.All/,
  );
  for (const { scope, reason } of gaps) expect(stderr).toContain(`at ${scope}: ${reason}.`);
  const read = await readSnapshot('gaps.ndjson.gz', folder);
  expect(read.gaps).toEqual(gaps);
  // Without the directory there are ids, with the type that the assignments say.
  expect([...read.principals.values()].every(({ displayName }) => displayName === undefined)).toBe(true);
  expect(new Set([...read.principals.values()].map(({ type }) => type))).toEqual(
    new Set(['User', 'Group', 'ServicePrincipal']),
  );
});

test.each(['text', 'json'])('--preflight says as %s what can be read and what to ask for', async format => {
  const args = ['--tenant', '--auth', 'env', '--preflight', '--format', format];
  const { exitCode, stdout } = await collect(args, withoutRoot.environment, withoutRoot);
  expect(exitCode).toBe(3);
  if (format === 'text') {
    expect(stdout).toContain(`Signed in as ${tenant.caller.objectId}`);
    expect(stdout).toMatch(/in part +deny assignments +in 2 subscriptions \(of 3\); 403 AuthorizationFailed/);
    expect(stdout).toContain('ask for: the role Reader at the root management group');
    return;
  }
  const { caller, areas } = JSON.parse(stdout) as {
    caller: object;
    areas: { area: string; status: string; missing?: string }[];
  };
  expect(misfits('collect-preflight', JSON.parse(stdout))).toEqual([]);
  expect(caller).toMatchObject({ objectId: tenant.caller.objectId, tenantId: tenant.tenantId });
  const lost = areas.filter(({ status }) => status !== 'readable');
  expect(lost.map(({ area, missing }) => [area, missing])).toEqual([
    ['deny assignments', 'Microsoft.Authorization/denyAssignments/read'],
    ['role assignments at the root (/)', 'Microsoft.Authorization/roleAssignments/read'],
    ['users, groups and applications', expect.stringContaining('Directory.Read.All')],
    ['members of groups', expect.stringContaining('Directory.Read.All')],
  ]);
});

test('--preflight of somebody who may read everything exits 0 and writes no file', async () => {
  const before = readdirSync(folder);
  const { exitCode, stdout } = await collect(['--tenant', '--auth', 'env', '--preflight']);
  expect(exitCode).toBe(0);
  expect(stdout).not.toContain('ask for');
  expect(readdirSync(folder)).toEqual(before);
});

test('neither tokens nor secrets are written anywhere', async () => {
  const { stdout, stderr } = await collect(['--tenant', '--auth', 'env', '-o', 'secrets.json']);
  const wrong = await collect(['--tenant', '--auth', 'env', '-o', 'x.json'], {
    ...azure.environment,
    AZURE_CLIENT_SECRET: 'not~the.secret',
  });
  const written = [
    stdout,
    stderr,
    wrong.stdout,
    wrong.stderr,
    readFileSync(inFolder('secrets.json'), 'utf8'),
  ].join('\n');
  for (const secret of [...azure.tokens.issued, tenant.caller.clientSecret, plantedSecret, 'not~the.secret'])
    expect(written).not.toContain(secret);
  expect(wrong.exitCode).toBe(2);
  expect(wrong.stderr).toMatch(
    /^azrbac: Signing in with --auth env failed: AADSTS7000215: [^\n]+\n[^\n]+\n$/,
  );
  expect(existsSync(inFolder('x.json.partial'))).toBe(false);
});

test('operations and roles are written as catalog update reads them', async () => {
  const files = ['--operations', 'operations.json', '--roles', 'roles.json'];
  expect((await collect([...files, '--auth', 'env'])).exitCode).toBe(0);
  const updated = await run(['catalog', 'update', ...files, '--to', 'catalog', '--format', 'json'], {});
  expect(updated.exitCode).toBe(0);
  expect(misfits('catalog-update', JSON.parse(updated.stdout))).toEqual([]);
  expect(JSON.parse(updated.stdout).counts).toMatchObject({ operations: 4, builtInRoles: 5 });
});

test.each([
  { args: ['-o', 'x.json'], message: 'Nothing says what to read.' },
  { args: ['--tenant', '--subscription', first!.id, '-o', 'x.json'], message: 'Only one kind of thing' },
  { args: ['--tenant'], message: 'azrbac collect needs --output SNAPSHOT.' },
  { args: ['--tenant', '-o', 'x.txt'], message: '"x.txt" must end in .json or .ndjson.gz.' },
  {
    args: ['--tenant', '-o', 'no/x.json'],
    message: '"no/x.json" cannot be written: its folder does not exist.',
  },
  { args: ['--subscription', 'Production', '-o', 'x.json'], message: 'needs the id of a subscription' },
  { args: ['--management-group', '../x', '-o', 'x.json'], message: 'needs the name of a management group' },
  { args: ['--tenant', '-o', 'x.json', '--concurrency', '0'], message: 'needs a number from 1 to 64' },
  { args: ['--roles', 'r.json', '--tenant', '-o', 'x.json'], message: 'are written instead of a snapshot' },
])('refused with exit code 2: $message', async ({ args, message }) => {
  const { exitCode, stdout, stderr } = await refused([...args, '--auth', 'env']);
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
  expect(stderr).toContain(message);
});

test('where nothing was begun nothing goes on', async () => {
  const { exitCode, stdout, stderr } = await collect([
    '--tenant',
    '-o',
    'x.json',
    '--resume',
    '--auth',
    'env',
  ]);
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
  expect(stderr).toContain('There is nothing to resume');
});

test.each([['--tenant'], ['-o', 'x.json']])(
  'with %s, operations are not written instead of a snapshot',
  async (...more) => {
    const { exitCode, stderr } = await refused(['--operations', 'never.json', '--auth', 'env', ...more]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('are written instead of a snapshot, and not beside one');
  },
);

test('tokens are sent over https alone', async () => {
  const args = ['--tenant', '-o', 'x.json', '--auth', 'env', '--arm-endpoint', 'http://localhost:1'];
  const others = ['--graph-endpoint', azure.graphEndpoint, '--authority-host', azure.authorityHost];
  const { exitCode, stderr } = await run(['collect', ...args, ...others], azure.environment);
  expect(exitCode).toBe(2);
  expect(stderr).toContain('"--arm-endpoint" needs an https URL');
});

test('a token that Azure does not take at all ends the run', async () => {
  const { exitCode, stderr } = await collect(['--tenant', '-o', 'x.json', '--auth', 'cli'], {
    ...signInWith('cli'),
    FAKE_SECRET: 'no longer this one',
    FAKE_TOKEN: 'nothing-that-was-given-out-here',
  });
  expect(exitCode).toBe(2);
  expect(stderr).toMatch(
    /^azrbac: localhost:\d+ does not take the token: 401 InvalidAuthenticationToken\.\n/,
  );
});

test('an Azure CLI that gives no token has signed nobody in', async () => {
  const { exitCode, stderr } = await collect(['--tenant', '-o', 'x.json', '--auth', 'cli'], {
    ...signInWith('cli'),
    FAKE_SECRET: 'no longer this one',
  });
  expect(exitCode).toBe(2);
  expect(stderr).toMatch(/^azrbac: Signing in with --auth cli failed: there is none\.\n/);
});

test('a host whose certificate nobody vouches for is told by its name', async () => {
  const { NODE_EXTRA_CA_CERTS: _, ...trustless } = azure.environment;
  const { exitCode, stderr } = await collect(['--tenant', '-o', 'x.json', '--auth', 'env'], trustless);
  expect(exitCode).toBe(2);
  expect(stderr).toMatch(/^azrbac: localhost:\d+ cannot be reached: its certificate is not trusted\.\n/);
});
