// Full disks, closed streams, links and folders that are gone: whatever is written, and wherever a run stands.
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { projectWith, restarter, scorer } from '../commands/project.js';
import { someOf } from '../portion.js';

const executable = fileURLToPath(new URL('../../dist/bin/azrbac.cjs', import.meta.url));
const snapshot = { version: 1, kind: 'azrbac-snapshot', roleAssignments: [] };
const files = { 'restarter.json': restarter, 'scorer.json': scorer, 'snapshot.json': snapshot };

/** In bash, where `azrbac` stands for the executable. */
function bash(command: string, cwd: string, env: Readonly<Record<string, string>> = {}) {
  const script = `azrbac() { "${process.execPath}" "${executable}" "$@"; }; ${command}`;
  const { status, stdout, stderr } = spawnSync('bash', ['--norc', '-c', script], {
    cwd,
    encoding: 'utf8',
    timeout: 30_000,
    env: { ...process.env, ...env },
  });
  return { exitCode: status, stdout, stderr };
}

const commands = [
  '--version',
  '--help',
  'lint --help',
  'lint restarter.json',
  'lint restarter.json --format json',
  'lint restarter.json --list-files',
  `expand '*' --format json`,
  'role Reader',
  'check --action-set online-scoring --role scorer.json',
  'action-sets',
  'explain AuthorizationFailed',
  'can --principal 11111111-2222-3333-4444-555555555555 --action Microsoft.Compute/virtualMachines/read --scope / --snapshot snapshot.json',
  'who-can --action Microsoft.Compute/virtualMachines/read --scope / --snapshot snapshot.json',
  'audit --snapshot snapshot.json',
  'rules',
  'catalog info',
  'completion bash',
];

describe.skipIf(!existsSync('/dev/full'))('where the disk is full', () => {
  test.each(someOf(commands, { of: 6 }))('azrbac %s says so, with exit code 2', command => {
    const { exitCode, stderr } = bash(`azrbac ${command} > /dev/full`, projectWith(files));
    const said = stderr.split('\n').filter(line => line.startsWith('azrbac:') || line.startsWith(' '));
    expect(said).toEqual(['azrbac: Standard output cannot be written: there is no space left.']);
    expect(exitCode).toBe(2);
  });

  test.each([
    ['lint restarter.json', 0],
    ['lint scorer.json', 1],
    ['lint nowhere.json', 2],
    ['lint --fail-no=low', 2],
  ])('azrbac %s ends with %i, whatever becomes of standard error', (command, exitCode) => {
    expect(bash(`azrbac ${command} 2> /dev/full`, projectWith(files)).exitCode).toBe(exitCode);
  });
});

describe.skipIf(process.platform === 'win32')('where a file may be no longer', () => {
  test('standard output says so, with exit code 2', () => {
    const run = bash(`ulimit -f 8; azrbac expand '*' > out.txt`, projectWith(files));
    expect(run).toMatchObject({
      exitCode: 2,
      stderr: 'azrbac: Standard output cannot be written: it would be larger than a file may be.\n',
    });
  });

  test.each([`expand '*' --output old.json`, `expand '*' --output new.json`])(
    'azrbac %s keeps what was there',
    command => {
      const cwd = projectWith({ 'old.json': 'the old report' });
      const run = bash(`ulimit -f 8; azrbac ${command}`, cwd);
      expect(run).toMatchObject({
        exitCode: 2,
        stdout: '',
        stderr: expect.stringMatching(
          /^azrbac: "(?:old|new)\.json" cannot be written: it would be larger than a file may be\.\n$/,
        ) as string,
      });
      expect(readdirSync(cwd)).toEqual(['old.json']);
      expect(readFileSync(join(cwd, 'old.json'), 'utf8')).toBe('the old report');
    },
  );

  test('a catalog that is updated is the old one', () => {
    const cwd = projectWith({ 'operations.json': operationExport, 'roles.json': roleExport });
    const run = bash(
      'ulimit -f 0; azrbac catalog update --operations operations.json --roles roles.json --to catalog',
      cwd,
    );
    expect(run).toMatchObject({
      exitCode: 2,
      stdout: '',
      stderr: expect.stringMatching(
        /^azrbac: The catalog ".*catalog" cannot be written: it would be larger than a file may be\.\n$/,
      ) as string,
    });
    expect(existsSync(join(cwd, 'catalog/manifest.json'))).toBe(false);
  });
});

const operationExport = [
  {
    name: 'Microsoft.Advisor',
    operations: [{ name: 'Microsoft.Advisor/register/action', isDataAction: false }],
    resourceTypes: [],
  },
];

const roleExport = [
  {
    name: 'acdd72a7-3385-48ef-bd42-f606fba81ae7',
    roleName: 'Reader',
    roleType: 'BuiltInRole',
    assignableScopes: ['/'],
    permissions: [{ actions: ['*/read'], notActions: [], dataActions: [], notDataActions: [] }],
  },
];

describe.skipIf(process.platform === 'win32')('in a folder that is gone', () => {
  const inGoneFolder = (command: string) => {
    const cwd = projectWith(files);
    return bash(
      `cd "$1" && mkdir gone && cd gone && rmdir ../gone && azrbac ${command}`.replace('$1', cwd),
      cwd,
    );
  };

  test.each(['--version', '--help', 'lint --help'])('azrbac %s works', command => {
    expect(inGoneFolder(command)).toMatchObject({ exitCode: 0, stderr: '' });
  });

  const standing = commands.filter(command => !/--help|--version|completion/.test(command));
  test.each(someOf(standing, { of: 6, from: 1 }))('azrbac %s says so', command => {
    expect(inGoneFolder(command)).toEqual({
      exitCode: 2,
      stdout: '',
      stderr:
        'azrbac: The working directory is gone.\nGo to a folder that exists, and run the command again.\n',
    });
  });
});

describe.skipIf(process.platform === 'win32')('a report in a file', () => {
  const report = 'No findings in 1 role definition in 1 file. PASSED: none at or above medium.\n';

  const refused: readonly { what: string; put: (path: string) => void; says: RegExp }[] = [
    {
      what: 'a link to a file',
      put: path => symlinkSync('kept.txt', path),
      says: /^azrbac: "out" cannot be written: it is a link\.\nName the file that it leads to/,
    },
    {
      what: 'a link that leads nowhere',
      put: path => symlinkSync('nowhere.txt', path),
      says: /^azrbac: "out" cannot be written: it is a link\.\n/,
    },
    {
      what: 'a link to a device',
      put: path => symlinkSync('/dev/zero', path),
      says: /^azrbac: "out" cannot be written: it is a link\.\n/,
    },
    {
      what: 'a pipe that nobody reads',
      put: path => spawnSync('mkfifo', [path]),
      says: /^azrbac: "out" cannot be written: it is not a regular file\.\nLeave the option out/,
    },
    {
      what: 'a folder',
      put: path => mkdirSync(path),
      says: /^azrbac: "out" cannot be written: it is a folder\.\n$/,
    },
    {
      what: 'a read-only file',
      put: path => writeFileSync(path, 'kept', { mode: 0o444 }),
      says: /^azrbac: "out" cannot be written: it is read-only\.\n$/,
    },
  ];

  test.each(refused)('does not replace $what', ({ put, says }) => {
    const cwd = projectWith({ ...files, 'kept.txt': 'kept' });
    put(join(cwd, 'out'));
    const before = readdirSync(cwd);
    expect(bash('azrbac lint restarter.json --output out', cwd)).toEqual({
      exitCode: 2,
      stdout: '',
      stderr: expect.stringMatching(says) as string,
    });
    expect(readFileSync(join(cwd, 'kept.txt'), 'utf8')).toBe('kept');
    expect(readdirSync(cwd)).toEqual(before);
  });

  test('neither does a baseline replace a link', () => {
    const cwd = projectWith(files);
    bash('azrbac lint scorer.json --baseline kept.json --update-baseline', cwd);
    symlinkSync('kept.json', join(cwd, 'baseline.json'));
    const before = readFileSync(join(cwd, 'kept.json'), 'utf8');
    expect(bash('azrbac lint restarter.json --baseline baseline.json --update-baseline', cwd)).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('"baseline.json" cannot be written: it is a link.') as string,
    });
    expect(readFileSync(join(cwd, 'kept.json'), 'utf8')).toBe(before);
  });

  test.each([
    ['-', report, ''],
    ['/dev/stdout', report, ''],
    ['/dev/fd/1', report, ''],
    ['/dev/stderr', '', report],
    ['/dev/null', '', ''],
    ['>(cat >&2; echo done >&2)', '', `${report}done\n`],
    ['>(cat) | cat', report, ''],
  ])('goes to %s', (output, stdout, stderr) => {
    const cwd = projectWith(files);
    expect(bash(`azrbac lint restarter.json --output ${output}; sleep 0.2`, cwd)).toEqual({
      exitCode: 0,
      stdout,
      stderr,
    });
    expect(readdirSync(cwd)).toEqual(Object.keys(files).sort());
  });

  test.each(['/dev/stdout', '/dev/fd/1'])('is appended where %s appends', output => {
    const cwd = projectWith({ ...files, 'log.txt': 'before\n' });
    bash(`azrbac lint restarter.json --output ${output} >> log.txt`, cwd);
    expect(readFileSync(join(cwd, 'log.txt'), 'utf8')).toBe(`before\n${report}`);
  });

  test.each([
    ['lint restarter.json', 'restarter.json', '"restarter.json", which is named or read as well'],
    ['lint .', 'scorer.json', '".*scorer.json", which is named or read as well'],
    ['lint restarter.json', 'hard-link.json', '"restarter.json", which is named or read as well'],
    [
      'lint scorer.json --baseline baseline.json',
      'baseline.json',
      '"baseline.json", which is named or read as well',
    ],
    ['lint scorer.json', 'azrbac.config.json', 'the configuration'],
    ['audit --snapshot snapshot.json', './snapshot.json', '"snapshot.json", which is named or read as well'],
    ['check --action-set online-scoring --role scorer.json', 'scorer.json', '"scorer.json", which is named'],
    ['role restarter.json', 'restarter.json', '"restarter.json", which is named or read as well'],
  ])('of azrbac %s does not overwrite %s', (command, output, what) => {
    const cwd = projectWith({
      ...files,
      'baseline.json': '{"version":1,"findings":[]}',
      'azrbac.config.json': {},
    });
    linkSync(join(cwd, 'restarter.json'), join(cwd, 'hard-link.json'));
    const before = readFileSync(join(cwd, output), 'utf8');
    expect(bash(`azrbac ${command} --output ${output}`, cwd)).toEqual({
      exitCode: 2,
      stdout: '',
      stderr: expect.stringMatching(
        new RegExp(`^azrbac: "--output" would overwrite ${what}.*\\.\nName another file: --output FILE\n$`),
      ) as string,
    });
    expect(readFileSync(join(cwd, output), 'utf8')).toBe(before);
  });

  test('replaces that of an earlier run in the folder that is linted', () => {
    const cwd = projectWith(files);
    for (const run of [1, 2]) {
      const { exitCode, stderr } = bash('azrbac lint . --format json --output report.json', cwd);
      expect({ run, exitCode, stderr }).toEqual({ run, exitCode: 1, stderr: '' });
    }
  });

  test.each([0o600, 0o640, 0o666])('keeps the mode %o of the file that it replaces', mode => {
    const cwd = projectWith({ ...files, out: 'old' });
    chmodSync(join(cwd, 'out'), mode);
    bash('umask 077; azrbac lint restarter.json --output out', cwd);
    expect(readFileSync(join(cwd, 'out'), 'utf8')).toBe(report);
    expect(statSync(join(cwd, 'out')).mode & 0o777).toBe(mode);
  });

  test.each([
    ['audit --snapshot snapshot.json --format html', 0o600],
    ['who-can --action Microsoft.Compute/virtualMachines/read --scope / --snapshot snapshot.json', 0o600],
    ['lint restarter.json --snapshot snapshot.json', 0o600],
    ['lint restarter.json', 0o644],
  ])('of azrbac %s is made with mode %o', (command, mode) => {
    const cwd = projectWith(files);
    bash(`umask 022; azrbac ${command} --output out`, cwd);
    expect(statSync(join(cwd, 'out')).mode & 0o777).toBe(mode);
  });

  test.each(['SIGINT', 'SIGTERM'])(
    'is whole, and nothing else is left, where %s comes while it is written',
    signal => {
      const cwd = projectWith({ out: 'old' });
      const module = pathToFileURL(fileURLToPath(new URL('../../dist/cli/output.js', import.meta.url))).href;
      const script = `
      import { writeReport } from '${module}';
      function* pieces() {
        yield 'a'.repeat(100_000);
        process.kill(process.pid, '${signal}');
        yield 'b';
      }
      writeReport(pieces(), { output: 'out' }, { cwd: process.cwd() });`;
      const run = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
        cwd,
        encoding: 'utf8',
      });
      expect(run).toMatchObject({ status: null, signal, stderr: '' });
      expect(readdirSync(cwd)).toEqual(['out']);
      expect(readFileSync(join(cwd, 'out'), 'utf8')).toBe(`${'a'.repeat(100_000)}b`);
    },
  );
});

test('a folder for temporary files that is not there is named', () => {
  const run = bash('azrbac audit --tenant --auth env', projectWith({}), {
    TMPDIR: '/nowhere/at/all',
    AZURE_TENANT_ID: '11111111-2222-3333-4444-555555555555',
    AZURE_CLIENT_ID: '11111111-2222-3333-4444-555555555555',
  });
  expect(run).toEqual({
    exitCode: 2,
    stdout: '',
    stderr:
      'azrbac: The folder for temporary files, which TMPDIR names, cannot be used: it does not exist.\n' +
      'Correct it, or keep the snapshot where you like: --save-snapshot FILE\n',
  });
});

test.skipIf(process.platform === 'win32').each([
  [
    'env',
    'AZURE_CLIENT_CERTIFICATE_PATH',
    'pipe',
    'The file that AZURE_CLIENT_CERTIFICATE_PATH names cannot be read: it is a pipe',
  ],
  [
    'workload',
    'AZURE_FEDERATED_TOKEN_FILE',
    'pipe',
    'The file that AZURE_FEDERATED_TOKEN_FILE names cannot be read: it is a pipe',
  ],
  [
    'workload',
    'AZURE_FEDERATED_TOKEN_FILE',
    'gone',
    'The file that AZURE_FEDERATED_TOKEN_FILE names cannot be read: it does not exist',
  ],
  [
    'default',
    'AZURE_TOKEN_CREDENTIALS',
    'bogus',
    'Signing in with --auth default failed: Invalid value for AZURE_TOKEN_CREDENTIALS',
  ],
  ['env', 'AZURE_TENANT_ID', 'no tenant', 'Signing in with --auth env failed: Invalid tenant id provided'],
])('--auth %s with %s=%s is a sentence', (method, name, value, sentence) => {
  const cwd = projectWith({});
  spawnSync('mkfifo', [join(cwd, 'pipe')]);
  const run = bash(`azrbac collect --tenant --output tenant.json --auth ${method}`, cwd, {
    AZURE_TENANT_ID: '11111111-2222-3333-4444-555555555555',
    AZURE_CLIENT_ID: '11111111-2222-3333-4444-555555555555',
    [name]: value,
  });
  expect(run).toMatchObject({ exitCode: 2, stdout: '' });
  expect(run.stderr).toMatch(/^azrbac: [^\n]*\n(?:[^\n]*\n)?$/);
  expect(run.stderr).toContain(`azrbac: ${sentence}`);
});

test.each([
  ['HTTPS_PROXY', '127.0.0.1:3128'],
  ['https_proxy', 'localhost:3128'],
  ['ALL_PROXY', 'socks5://127.0.0.1:1080'],
  ['HTTP_PROXY', 'http://'],
])('%s=%s is told to be no proxy', (name, value) => {
  const run = bash('azrbac collect --tenant --output tenant.json --auth env', projectWith({}), {
    [name]: value,
    AZURE_TENANT_ID: '11111111-2222-3333-4444-555555555555',
    AZURE_CLIENT_ID: '11111111-2222-3333-4444-555555555555',
    AZURE_CLIENT_SECRET: 'no-secret',
  });
  expect(run).toEqual({
    exitCode: 2,
    stdout: '',
    stderr:
      `azrbac: The environment variable ${name} does not name a proxy: it must begin with http:// or https://.\n` +
      `Set it as in ${name}=http://127.0.0.1:3128, or unset it.\n`,
  });
});
