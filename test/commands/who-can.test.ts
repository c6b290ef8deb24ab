import { expect, test } from 'vitest';
import {
  assign,
  corp,
  deny,
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
const condition = `@Resource[Microsoft.Compute/virtualMachines:name] StringEquals 'a'`;
const contributor = assign(roles.contributor, id(5), subscription);

const tenant: Rows = {
  managementGroups: [{ id: 'corp', parent: null }],
  subscriptions: [{ id: subscription.split('/')[2], managementGroup: 'corp' }],
  principals: [
    user(1, 4),
    user(2),
    user(3),
    groupOf(4, 5),
    groupOf(5),
    { ...user(6), type: 'ServicePrincipal' },
  ],
  roleAssignments: [
    contributor,
    assign(roles.owner, id(6), group, { condition, conditionVersion: '2.0' }),
    assign(roles.reader, id(2), corp),
    assign(roles.owner, id(3), group),
  ],
  denyAssignments: [deny(group, { permissions: [{ actions: ['*'] }], principals: [{ id: id(3) }] })],
};

async function whoCan(args: readonly string[], rows: Rows = {}) {
  const cwd = projectWith({ 'tenant.json': { version: 1, kind: 'azrbac-snapshot', ...tenant, ...rows } });
  return runCli(['who-can', '--action', remove, '--scope', group, '--snapshot', 'tenant.json', ...args], {
    cwd,
  });
}

test('the JSON report, to the letter: members of groups, never groups, and who may perhaps', async () => {
  const { exitCode, stdout, stderr } = await whoCan(['--format', 'json']);
  expect([exitCode, stderr]).toEqual([0, '']);
  const owner = tenant.roleAssignments![1]!;
  expect(JSON.parse(stdout)).toEqual({
    version: 1,
    operation: remove,
    plane: 'control',
    scope: group,
    reach: 'in',
    principals: [
      {
        id: id(1),
        type: 'User',
        displayName: 'User 1',
        decision: 'allowed',
        because: [
          {
            kind: 'role-assignment',
            id: String(contributor['id']).toLowerCase(),
            scope: subscription,
            role: 'Contributor',
            pattern: '*',
            via: [id(4), id(5)],
            condition: null,
          },
        ],
      },
      {
        id: id(6),
        type: 'ServicePrincipal',
        displayName: 'User 6',
        decision: 'conditional',
        because: [
          {
            kind: 'role-assignment',
            id: String(owner['id']).toLowerCase(),
            scope: group,
            role: 'Owner',
            pattern: '*',
            via: [],
            condition,
          },
        ],
      },
    ],
    notices: [],
  });
});

test('text ends with the count, and shows nothing of strangers unescaped', async () => {
  const rows = { principals: [{ ...user(1, 5), displayName: '\u001b[2J::error::' }, groupOf(5)] };
  const { exitCode, stdout } = await whoCan([], { ...rows, roleAssignments: [contributor] });
  expect(exitCode).toBe(0);
  expect(stdout).toBe(
    [
      `allowed: "\\u{1b}[2J::error::" (${id(1)}), User`,
      `  the role "Contributor" at ${subscription} (${String(contributor['name'])}), through "*", by way of "Group 5" (${id(5)})`,
      `1 principal may do ${remove} (control plane) at ${group}.`,
      '',
    ].join('\n'),
  );
});

test('the count says how many of them are certain', async () => {
  const { stdout } = await whoCan([]);
  expect(stdout.trimEnd().split('\n').at(-1)).toBe(
    `2 principals may do ${remove} (control plane) at ${group}: 1 allowed, 1 depends on a condition.`,
  );
});

test('nobody may do what cannot be done there, and the report says why', async () => {
  const lock = `${group}/providers/Microsoft.Network/virtualNetworks/net`;
  const { exitCode, stdout } = await whoCan(['--scope', lock, '-q'], { roleAssignments: [contributor] });
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(
    /^No principal may do .*\n".*" cannot be done at a resource of the type Microsoft.Network\/virtualNetworks or below/,
  );
});

test('of a subscription that the snapshot does not hold, nobody can tell who', async () => {
  const other = '/subscriptions/99999999-2222-3333-4444-555555555555';
  const { exitCode, stdout } = await whoCan(['--scope', other, '-q'], { roleAssignments: [] });
  expect(exitCode).toBe(3);
  expect(stdout).toContain('Not everything was read: others may be able to do it.');
});

test('nobody is an answer, and not the whole one where not all was read', async () => {
  const gaps = [{ what: 'roleAssignments', scope: subscription, reason: 'refused' }];
  const { stdout } = await whoCan([], { roleAssignments: [], gaps });
  expect(stdout).toBe(
    `No principal may do ${remove} (control plane) at ${group}.\nNot everything was read: others may be able to do it.\n`,
  );
});

test('nobody is an answer', async () => {
  const { exitCode, stdout } = await whoCan([], { roleAssignments: [] });
  expect([exitCode, stdout]).toEqual([0, `No principal may do ${remove} (control plane) at ${group}.\n`]);
});

test('what could not be read is said, and exits with 0 all the same', async () => {
  const { exitCode, stdout, stderr } = await whoCan(['--format', 'json'], {
    gaps: [{ what: 'denyAssignments', scope: subscription, reason: 'refused' }],
  });
  expect(exitCode).toBe(0);
  const { principals } = JSON.parse(stdout) as { principals: { decision: string }[] };
  expect(principals.map(({ decision }) => decision)).toEqual(['unknown', 'unknown']);
  expect(stderr).toContain('The collection could not read denyAssignments');
});

test('a group of which no members are known is a notice', async () => {
  const { stderr } = await whoCan([], { principals: [groupOf(5)] });
  expect(stderr).toContain('(group-without-members)');
});

test.each([
  [['--action', '*'], '"*" is not a single operation.'],
  [['--scope', 'x'], '"x" is not a valid scope ID.'],
] as const)('%j is refused', async (args, message) => {
  const { exitCode, stdout, stderr } = await whoCan(args);
  expect([exitCode, stdout]).toEqual([2, '']);
  expect(stderr).toContain(message);
});
