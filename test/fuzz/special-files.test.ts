// Pipes that nobody writes to, sockets and devices without end, in every place that a file is read from.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { symlinkSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { projectWith, restarter } from '../commands/project.js';
import { someOf } from '../portion.js';

const executable = fileURLToPath(new URL('../../dist/bin/azrbac.cjs', import.meta.url));
const operation = 'Microsoft.Compute/virtualMachines/read';
const scope = '/subscriptions/11111111-2222-3333-4444-555555555555';
const decision = ['--action', operation, '--scope', scope];
const snapshot = { version: 1, kind: 'azrbac-snapshot', roleAssignments: [] };

interface Place {
  readonly what: string;
  /** Where the special file is put. */
  readonly at: string;
  readonly args: readonly string[];
  readonly config?: object;
  readonly files?: Readonly<Record<string, object | string>>;
}

const places: readonly Place[] = [
  { what: 'the configuration', at: 'azrbac.config.json', args: ['lint', 'role.json'] },
  { what: 'a named configuration', at: 'own.json', args: ['lint', 'role.json', '--config', 'own.json'] },
  {
    what: 'the baseline of the configuration',
    at: 'b.json',
    args: ['lint', 'role.json'],
    config: { baseline: 'b.json' },
  },
  { what: 'a named baseline', at: 'b.json', args: ['lint', 'role.json', '--baseline', 'b.json'] },
  { what: 'a rule file', at: 'rule.json', args: ['lint', 'role.json'], config: { ruleFiles: ['rule.json'] } },
  {
    what: 'a rule of a folder',
    at: 'rules/rule.json',
    args: ['lint', 'role.json'],
    config: { rulesFolder: 'rules' },
  },
  {
    what: 'an operation group',
    at: 'rules/operation-groups/group.json',
    args: ['lint', 'role.json'],
    config: { rulesFolder: 'rules' },
  },
  {
    what: 'a file of action sets',
    at: 'sets.yaml',
    args: ['action-sets'],
    config: { actionSets: ['sets.yaml'] },
  },
  { what: 'the catalog', at: 'catalog', args: ['expand', operation], config: { catalog: 'catalog' } },
  {
    what: 'a file of the catalog',
    at: 'catalog/manifest.json',
    args: ['expand', operation],
    config: { catalog: 'catalog' },
  },
  { what: 'a role file', at: 'special.json', args: ['lint', 'special.json'] },
  {
    what: 'the role of a check',
    at: 'special.json',
    args: ['check', '--action-set', 'online-scoring', '--role', 'special.json'],
  },
  { what: 'the role to show', at: 'special.json', args: ['role', 'special.json'] },
  { what: 'a snapshot', at: 's.json', args: ['who-can', ...decision, '--snapshot', 's.json'] },
  { what: 'a packed snapshot', at: 's.ndjson.gz', args: ['audit', '--snapshot', 's.ndjson.gz'] },
  {
    what: 'a file in a folder of a snapshot',
    at: 'snapshot/s.json',
    args: ['who-can', ...decision, '--snapshot', 'snapshot'],
    files: { 'snapshot/a.json': [] },
  },
  { what: 'expectations', at: 'access.yaml', args: ['check', 'access.yaml', '--snapshot', 'snapshot.json'] },
  {
    what: 'expectations of an audit',
    at: 'access.yaml',
    args: ['audit', '--snapshot', 'snapshot.json', '--expect', 'access.yaml'],
  },
  { what: 'access tests', at: 'tests.yaml', args: ['test', 'tests.yaml', '--snapshot', 'snapshot.json'] },
  { what: 'an error to explain', at: 'error.txt', args: ['explain', 'error.txt'] },
  { what: 'an endpoint', at: 'endpoint.yml', args: ['check', '--endpoint', 'endpoint.yml'] },
  { what: 'manifests', at: 'pods.yaml', args: ['check', '--manifests', 'pods.yaml'] },
  {
    what: 'an export of operations',
    at: 'operations.json',
    args: ['catalog', 'update', '--operations', 'operations.json', '--roles', 'role.json', '--to', 'catalog'],
  },
];

const kinds = [
  { nth: 0, kind: 'a pipe', make: (path: string) => execFileSync('mkfifo', [path]) },
  { nth: 1, kind: 'a socket', make: listenAt },
  {
    nth: 2,
    kind: 'a link to a device without end',
    make: (path: string) => symlinkSync('/dev/zero', path),
  },
] as const;

const servers: Server[] = [];

afterAll(() => {
  for (const server of servers) server.close();
});

// Whatever it is, the same function refuses it: in `npm test` each place meets one of the kinds.
describe.skipIf(process.platform === 'win32').each(kinds)('$kind is refused as', ({ make, nth }) => {
  test.each(someOf(places, { of: kinds.length, from: nth }))('$what', async place => {
    const cwd = folderFor(place);
    await make(join(cwd, place.at));
    const run = await azrbac(place.args, cwd);
    const reason = place.what === 'the catalog' ? /does not exist/ : /a pipe|a device|not a regular file/;
    expect(run.stderr).toMatch(reason);
    expect(run.stderr).toMatch(/^azrbac: .*\.\n(?:.*\n)?$/);
    expect(run.exitCode).toBe(2);
  });
});

describe.skipIf(process.platform === 'win32')('a pipe that nobody writes to', () => {
  test('is a notice where a folder holds it', async () => {
    const cwd = projectWith({ 'role.json': restarter });
    execFileSync('mkfifo', [join(cwd, 'pipe.json')]);
    expect(await azrbac(['lint', '.'], cwd)).toEqual({
      exitCode: 0,
      stdout: 'No findings in 1 role definition in 1 file. 1 notice. PASSED: none at or above\nmedium.\n',
      stderr: 'pipe.json  notice  This is not a regular file and was not read. (not-a-regular-file)\n',
    });
  });

  test.each(['.gitignore', '.git'])('does not stop a run as %s', async name => {
    const cwd = projectWith({ 'roles/role.json': restarter });
    execFileSync('mkfifo', [join(cwd, name)]);
    expect(await azrbac(['lint', 'roles'], cwd)).toMatchObject({ exitCode: 0, stderr: '' });
  });

  test('has a hint where standard input could be named', async () => {
    const cwd = projectWith({ 'snapshot.json': snapshot });
    execFileSync('mkfifo', [join(cwd, 'access.yaml')]);
    expect((await azrbac(['check', 'access.yaml', '--snapshot', 'snapshot.json'], cwd)).stderr).toBe(
      'azrbac: Cannot read "access.yaml": it is a pipe, and only regular files are read.\n' +
        'What comes through a pipe is read from standard input: name it "-".\n',
    );
  });
});

test.skipIf(process.platform === 'win32').each([
  ['lint <(cat role.json)', 0],
  ['lint /dev/stdin < role.json', 0],
  [`explain <(echo 'AuthorizationFailed')`, 0],
  // Of a subscription that the snapshot holds nothing of, the answer is unknown.
  [`who-can --action ${operation} --scope ${scope} --snapshot <(cat snapshot.json)`, 3],
  [`who-can --action ${operation} --scope ${scope} --snapshot <(gzip -c snapshot.ndjson)`, 3],
])('what a shell hands over is read: azrbac %s', (command, exitCode) => {
  const lines = [
    { version: 1, kind: 'azrbac-snapshot' },
    { kind: 'end', counts: {} },
  ];
  const cwd = projectWith({
    'role.json': restarter,
    'snapshot.json': snapshot,
    'snapshot.ndjson': lines.map(line => `${JSON.stringify(line)}\n`).join(''),
  });
  const run = spawnSync('bash', ['--norc', '-c', `"${process.execPath}" "${executable}" ${command}`], {
    cwd,
    encoding: 'utf8',
    timeout: 20_000,
  });
  expect(run.stderr).not.toContain('azrbac:');
  expect(run.status).toBe(exitCode);
});

function folderFor({ at, config, files = {} }: Place): string {
  const beside = { 'role.json': restarter, 'snapshot.json': snapshot, ...files };
  const folder = at.split('/').slice(0, -1).join('/');
  return projectWith({
    ...beside,
    ...(folder !== '' && { [`${folder}/README.md`]: '' }),
    ...(config !== undefined && { 'azrbac.config.json': config }),
  });
}

async function listenAt(path: string): Promise<void> {
  const server = createServer();
  servers.push(server);
  await new Promise<void>(resolve => server.listen(path, resolve));
}

/** A run that hangs is killed, and has no exit code then. */
async function azrbac(args: readonly string[], cwd: string) {
  const child = spawn(process.execPath, ['--max-old-space-size=512', executable, ...args], {
    cwd,
    timeout: 20_000,
    killSignal: 'SIGKILL',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const texts = Promise.all([textOf(child.stdout), textOf(child.stderr)]);
  const exitCode = await new Promise<number | null>(resolve => child.on('close', resolve));
  const [stdout, stderr] = await texts;
  return { exitCode, stdout, stderr };
}

async function textOf(stream: AsyncIterable<unknown>): Promise<string> {
  let text = '';
  for await (const chunk of stream) text += String(chunk);
  return text;
}
