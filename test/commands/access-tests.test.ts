import { expect, test } from 'vitest';
import {
  assign,
  corp,
  deny,
  everyone,
  group,
  groupOf,
  id,
  roles,
  subscription,
  user,
  type Rows,
} from '../tenant/access/tenant-rows.js';
import { projectWith } from './project.js';
import { runCli } from './run-cli.js';

const remove = 'Microsoft.Compute/virtualMachines/delete';
const restart = 'Microsoft.Compute/virtualMachines/restart/action';
const assignRoles = 'Microsoft.Authorization/roleAssignments/write';
const requested = '@Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId]';
const onlyReader = `(!(ActionMatches{'${assignRoles}'})) OR (${requested} ForAnyOfAnyValues:GuidEquals{${roles.reader}})`;
const contributor = assign(roles.contributor, id(3), subscription);

const tenant: Rows = {
  managementGroups: [{ id: 'corp', parent: null }],
  subscriptions: [{ id: subscription.split('/')[2], managementGroup: 'corp' }],
  principals: [user(1, 3), user(2), groupOf(3)],
  roleAssignments: [
    contributor,
    assign(roles.rbacAdministrator, id(2), group, { condition: onlyReader, conditionVersion: '2.0' }),
  ],
  denyAssignments: [deny(group, { permissions: [{ actions: [restart] }], principals: [everyone] })],
};

const holds = { principal: id(1), operation: remove, scope: group, expected: 'allowed' };

async function run(tests: readonly object[], args: readonly string[] = [], rows: Rows = {}) {
  const cwd = projectWith({
    'tenant.json': { version: 1, kind: 'azrbac-snapshot', ...tenant, ...rows },
    'tests.json': { version: 1, tests },
  });
  return runCli(['test', 'tests.json', '--snapshot', 'tenant.json', ...args], { cwd });
}

async function statuses(tests: readonly object[], rows: Rows = {}) {
  const { exitCode, stdout } = await run(tests, ['--format', 'json'], rows);
  const { results } = JSON.parse(stdout) as { results: { status: string; decision: string }[] };
  return { exitCode, results: results.map(({ status, decision }) => `${status}: ${decision}`) };
}

test('each decision can be expected', async () => {
  const wanted = [
    holds,
    { ...holds, operation: restart, expected: 'denied' },
    { ...holds, operation: assignRoles, expected: 'not-granted' },
    { ...holds, principal: id(2), operation: assignRoles, expected: 'conditional' },
    { ...holds, principal: id(2), operation: assignRoles, attributes: { [requested]: roles.reader } },
    {
      ...holds,
      principal: id(2),
      operation: assignRoles,
      attributes: { [requested]: [roles.owner] },
      expected: 'not-granted',
    },
  ];
  expect(await statuses(wanted)).toEqual({
    exitCode: 0,
    results: [
      'pass: allowed',
      'pass: denied',
      'pass: not-granted',
      'pass: conditional',
      'pass: allowed',
      'pass: not-granted',
    ],
  });
});

test('a failure exits with 1, what could not be decided with 3, a mistake with 2', async () => {
  const gap = { gaps: [{ what: 'roleAssignments', scope: corp, reason: 'refused' }] };
  const wrong = { ...holds, expected: 'denied' };
  const open = { ...holds, principal: id(2), expected: 'not-granted' };
  expect(await statuses([holds, wrong])).toMatchObject({ exitCode: 1 });
  expect(await statuses([holds, open], gap)).toEqual({
    exitCode: 3,
    results: ['pass: allowed', 'unknown: unknown'],
  });
  expect(await statuses([wrong, open], gap)).toMatchObject({ exitCode: 1 });
  expect(await statuses([wrong, { ...open, scop: group }], gap)).toEqual({
    exitCode: 2,
    results: ['fail: allowed'],
  });
});

test.each([
  ['Contributor', 'pass'],
  [' contributor ', 'pass'],
  [contributor['id'], 'pass'],
  [contributor['name'], 'pass'],
  ['Owner', 'fail'],
  [id(3), 'fail'],
] as const)('because %s: %s', async (because, status) => {
  expect(await statuses([{ ...holds, because }])).toEqual({
    exitCode: status === 'pass' ? 0 : 1,
    results: [`${status}: allowed`],
  });
});

test('the JSON report, to the letter', async () => {
  const { exitCode, stdout, stderr } = await run(
    [{ ...holds, name: 'removes' }, { principal: id(1) }],
    ['--format', 'json'],
  );
  expect(exitCode).toBe(2);
  const { results, errors, ...rest } = JSON.parse(stdout) as { results: object[]; errors: object[] };
  expect(rest).toEqual({
    version: 1,
    summary: { tests: 1, passed: 1, failed: 0, unknown: 0 },
    notices: [],
  });
  expect(results).toEqual([
    {
      name: 'removes',
      file: 'tests.json',
      line: 4,
      column: 5,
      principal: { id: id(1), name: null },
      operation: remove,
      plane: 'control',
      scope: group,
      expected: 'allowed',
      expectedBecause: null,
      decision: 'allowed',
      status: 'pass',
      because: [
        {
          kind: 'role-assignment',
          id: String(contributor['id']).toLowerCase(),
          scope: subscription,
          role: 'Contributor',
          pattern: '*',
          via: [id(3)],
          condition: null,
        },
      ],
    },
  ]);
  expect(errors).toHaveLength(3);
  expect(errors[0]).toEqual({
    file: 'tests.json',
    line: 11,
    column: 5,
    message: 'The test names no operation.',
    hint: 'For example: operation: Microsoft.Compute/virtualMachines/read',
  });
  expect(stderr).toContain('azrbac: tests.json:11:5: The key "scope" is missing: a test needs one.');
});

test('text shows what fails, why, and the counts; --all the rest as well', async () => {
  const tests = [
    { ...holds, name: 'one' },
    { ...holds, name: 'two', expected: 'denied' },
  ];
  const { stdout } = await run(tests);
  expect(stdout).toBe(
    [
      `fail     "two": "User 1" (${id(1)})`,
      `         ${remove} (control plane) at ${group}`,
      '         expected denied, found allowed (tests.json:11:5)',
      `           the role "Contributor" at ${subscription} (${String(contributor['name'])}), through "*", by way of "Group 3" (${id(3)})`,
      '',
      '2 tests: 1 passed, 1 failed.',
      '',
    ].join('\n'),
  );
  expect((await run(tests, ['--all'])).stdout).toContain('pass     "one"');
});

test('nothing of strangers gets out unescaped', async () => {
  const rows = {
    principals: [{ ...user(1, 3), displayName: '</failure>|\u001b[31m\n::error::x' }, groupOf(3)],
  };
  const tests = [
    { ...holds, name: '<b>::error::\u001b\n|', expected: 'denied' },
    { ...holds, '<x>': 1 },
  ];
  for (const format of ['text', 'json', 'junit', 'markdown']) {
    const { stdout, stderr } = await run(tests, ['--format', format], rows);
    expect(stdout + stderr).not.toContain('\u001b');
    expect(stdout + stderr).not.toMatch(/^\s*::error::/m);
    if (format === 'junit') expect(stdout).not.toMatch(/<b>|<\/failure>\||<x>/);
    if (format === 'markdown') expect(stdout).not.toMatch(/<b>|<x>|[^\\]\|\u005c/);
  }
});

test('JUnit has a case for each operation, and one for each mistake', async () => {
  const tests = [
    { ...holds, operation: undefined, operations: [remove, restart], name: 'machines' },
    { ...holds, expected: 'yes' },
  ];
  const { exitCode, stdout } = await run(tests, ['--format', 'junit']);
  expect(exitCode).toBe(2);
  expect(stdout).toContain('<testsuites name="azrbac test" tests="3" failures="1" errors="1" skipped="0">');
  expect(stdout).toContain(`<testcase classname="tests.json" name="machines: ${remove}">`);
  expect(stdout).toContain('<failure type="denied" message="expected allowed, found denied">');
  expect(stdout).toMatch(/name="line 18, column \d+">\n {6}<error type="mistake"/);
});

test('Markdown has a table of what failed', async () => {
  const { stdout } = await run([{ ...holds, expected: 'denied', name: 'a|b' }], ['--format', 'markdown']);
  expect(stdout).toContain('1 test: 1 failed.');
  expect(stdout).toContain('| fail | a\\|b |');
});

test('tests come through standard input, too', async () => {
  const cwd = projectWith({ 'tenant.json': { version: 1, kind: 'azrbac-snapshot', ...tenant } });
  const stdin = `version: 1\ntests:\n  - { principal: ${id(1)}, operation: ${remove}, scope: ${group}, expected: denied }\n`;
  const { exitCode, stdout } = await runCli(
    ['test', '-', '--snapshot', 'tenant.json', '--stdin-filename', 'piped.yaml'],
    { cwd, stdin },
  );
  expect(exitCode).toBe(1);
  expect(stdout).toContain('(piped.yaml:3:5)');
});

test.each([
  [['test', '--snapshot', 'x'], 'azrbac test needs FILE'],
  [['test', 'none.yaml', '--snapshot', 'x'], 'none.yaml'],
  [['test', 'none.yaml'], 'azrbac test needs --snapshot PATH'],
] as const)('%j is refused', async (args, message) => {
  const { exitCode, stdout, stderr } = await runCli(args, { cwd: projectWith({ 'a.json': {} }) });
  expect([exitCode, stdout]).toEqual([2, '']);
  expect(stderr).toContain(message);
});
