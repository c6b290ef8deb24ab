import { describe, expect, test } from 'vitest';
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

const restarter = {
  name: 'b0000000-0000-0000-0000-000000000001',
  properties: {
    roleName: 'VM Restarter',
    type: 'CustomRole',
    assignableScopes: [subscription],
    permissions: [
      {
        actions: [
          'Microsoft.Compute/virtualMachines/read',
          'Microsoft.Compute/virtualMachines/restart/action',
        ],
        dataActions: [],
      },
    ],
  },
};
const runCommand = 'Microsoft.Compute/virtualMachines/runCommand/action';
const commander = {
  name: 'b0000000-0000-0000-0000-000000000002',
  properties: {
    roleName: 'Commander',
    type: 'CustomRole',
    assignableScopes: [subscription],
    permissions: [{ actions: [runCommand, 'Microsoft.Compute/virtualMachines/restart/action'] }],
  },
};

const tenant: Rows = {
  managementGroups: [{ id: 'corp', parent: null }],
  subscriptions: [{ id: subscription.split('/')[2], managementGroup: 'corp' }],
  principals: [user(1, 3), user(2), groupOf(3, 4), groupOf(4)],
  roleDefinitions: [restarter, commander],
};

function folderWith(rows: Rows): string {
  return projectWith({ 'tenant.json': { version: 1, kind: 'azrbac-snapshot', ...tenant, ...rows } });
}

async function access(rows: Rows, ...args: string[]) {
  return runCli(['access', ...args, '--snapshot', 'tenant.json'], { cwd: folderWith(rows) });
}

interface ScopeReport {
  readonly scope: string;
  readonly roles: readonly {
    readonly role: string;
    readonly via: readonly string[];
    readonly condition: string | null;
  }[];
  readonly control: { readonly count: number; readonly operations?: readonly string[] };
  readonly data: { readonly count: number };
  readonly conditional: {
    readonly control: { readonly count: number; readonly operations?: readonly string[] };
  };
  readonly denied: {
    readonly control: { readonly count: number; readonly operations?: readonly string[] };
    readonly denyAssignments: readonly { readonly name: string }[];
  };
  readonly providers: readonly object[];
  readonly sensitive: readonly { readonly operation: string; readonly conditional: boolean }[];
}

interface Report {
  readonly scopes: readonly ScopeReport[];
  readonly eligible: readonly { readonly role: string }[];
  readonly notices: readonly { readonly code: string; readonly message: string }[];
}

async function accessJson(rows: Rows, ...args: string[]) {
  const { exitCode, stdout } = await access(rows, ...args, '--format', 'json');
  return { exitCode, report: JSON.parse(stdout) as Report };
}

test('the JSON report, to the letter', async () => {
  const assignment = assign(restarter.name, id(4), subscription);
  const rows = { roleAssignments: [assignment] };
  const { exitCode, stdout, stderr } = await access(rows, id(1), '--scope', group, '--format', 'json');
  expect([exitCode, stderr]).toEqual([0, '']);
  const operations = [
    'Microsoft.Compute/virtualMachines/read',
    'Microsoft.Compute/virtualMachines/restart/action',
  ];
  const none = { count: 0, operations: [] };
  const { can, ...scope } = (JSON.parse(stdout) as { scopes: { can: object[] }[] }).scopes[0]!;
  expect(JSON.parse(stdout)).toEqual({
    version: 1,
    principal: { id: id(1), type: 'User', displayName: 'User 1' },
    groups: [
      { id: id(3), displayName: 'Group 3', via: [] },
      { id: id(4), displayName: 'Group 4', via: [id(3)] },
    ],
    scopes: [expect.anything()],
    eligible: [],
    notices: [],
  });
  expect(scope).toEqual({
    scope: group,
    roles: [
      {
        id: (assignment['id'] as string).toLowerCase(),
        scope: subscription,
        role: 'VM Restarter',
        roleId: restarter.name,
        via: [id(3), id(4)],
        condition: null,
        roleConditions: [],
      },
    ],
    control: { count: 2, operations },
    data: none,
    unknownPlane: { control: none, data: none },
    conditional: { control: none, data: none },
    denied: { control: none, data: none, denyAssignments: [] },
    unknownReach: { control: none, data: none },
    providers: [{ provider: 'Microsoft.Compute', control: 2, data: 0, sensitive: 0 }],
    sensitive: [],
    unread: [],
  });
  expect(can[0]).toEqual({
    phrase: expect.any(String) as string,
    area: expect.any(String) as string,
    plane: 'control',
    conditional: false,
    count: expect.any(Number) as number,
    operations: expect.any(Array) as string[],
  });
});

test('without a scope, wherever something is held: outermost first, in total, without the lists', async () => {
  const rows = {
    roleAssignments: [
      assign(restarter.name, id(1), group),
      assign(restarter.name, id(1), group.toUpperCase().replace('/SUBSCRIPTIONS', '/subscriptions')),
      assign(commander.name, id(4), subscription),
      assign(roles.blobReader, id(3), corp),
      assign(roles.owner, id(2), '/'),
    ],
  };
  const { exitCode, report } = await accessJson(rows, 'user 1');
  expect(exitCode).toBe(0);
  expect(report.scopes.map(({ scope, control, data }) => [scope.toLowerCase(), control, data])).toEqual([
    [corp.toLowerCase(), { count: 2 }, { count: 1 }],
    [subscription, { count: 4 }, { count: 1 }],
    [group.toLowerCase(), { count: 5 }, { count: 1 }],
  ]);
  const { report: all } = await accessJson(rows, 'user 1', '--all');
  expect(all.scopes[1]!.control.operations).toContain(runCommand);
});

test('an operation that several roles give counts once, and names one of them', async () => {
  const rows = {
    roleAssignments: [assign(commander.name, id(1), group), assign(roles.contributor, id(1), subscription)],
  };
  const { report } = await accessJson(rows, id(1), '--scope', group);
  const found = report.scopes[0]!.sensitive.filter(({ operation }) => operation === runCommand);
  expect(found).toMatchObject([
    { severity: 'high', pattern: '*', literal: false, conditional: false, role: 'Contributor' },
  ]);
  expect(found[0]).toMatchObject({
    reason: expect.stringContaining('can run a script on the machine') as string,
  });
});

test('what is conditional and what is denied stands apart', async () => {
  const condition = `(!(ActionMatches{'${runCommand}'})) OR (@Resource[Microsoft.Compute/virtualMachines:name] StringEquals 'a')`;
  const rows = {
    roleAssignments: [assign(commander.name, id(1), group, { condition, conditionVersion: '2.0' })],
    denyAssignments: [
      deny(group, { permissions: [{ actions: ['*/restart/action'] }], principals: [everyone] }),
    ],
  };
  const { exitCode, report } = await accessJson(rows, id(1), '--scope', group);
  expect(exitCode).toBe(0);
  expect(report.scopes[0]).toMatchObject({
    roles: [{ role: 'Commander', condition }],
    control: { count: 0 },
    conditional: { control: { count: 1, operations: [runCommand] } },
    denied: {
      control: { count: 1, operations: ['Microsoft.Compute/virtualMachines/restart/action'] },
      denyAssignments: [{ name: 'Lock' }],
    },
    sensitive: [{ operation: runCommand, conditional: true }],
    providers: [{ provider: 'Microsoft.Compute', control: 1, data: 0, sensitive: 1 }],
  });
});

test('what could be activated is not held', async () => {
  const rows = { eligibleAssignments: [assign(roles.owner, id(3), subscription)] };
  const { exitCode, report } = await accessJson(rows, id(1));
  expect([exitCode, report.scopes]).toEqual([0, []]);
  expect(report.eligible).toMatchObject([{ role: 'Owner', via: [id(3)], startsOn: null, endsOn: null }]);
  const { stdout } = await access(rows, id(1));
  expect(stdout).toContain('Holds no role assignment.');
  expect(stdout).toContain('Could activate (PIM), and does not hold until then\n  "Owner" at');
  const elsewhere = await accessJson(rows, id(1), '--scope', corp);
  expect(elsewhere.report.eligible).toEqual([]);
});

describe('what could not be read is said, and exits with 3', () => {
  const held = [assign(restarter.name, id(1), group)];
  test.each([
    [
      'a gap',
      { gaps: [{ what: 'roleAssignments', scope: subscription, reason: 'refused' }] },
      'snapshot-gap',
    ],
    [
      'a role that nobody knows',
      { roleAssignments: [assign(id(9), id(1), group)] },
      'assignment-not-evaluated',
    ],
    [
      'a management group that may lie around',
      {
        subscriptions: [{ id: subscription.split('/')[2], managementGroup: null }],
        roleAssignments: [...held, assign(roles.owner, id(1), corp)],
      },
      'assignment-not-evaluated',
    ],
    [
      'groups',
      {
        principals: [],
        roleAssignments: [...held, assign(roles.owner, id(4), corp, { principalType: 'Group' })],
      },
      'groups-unknown',
    ],
  ] as const)('%s', async (_, rows, code) => {
    const { exitCode, report } = await accessJson(
      { roleAssignments: held, ...rows },
      id(1),
      '--scope',
      group,
    );
    expect(exitCode).toBe(3);
    expect(report.notices.map(notice => notice.code)).toContain(code);
  });

  test('but not what is about another place', async () => {
    const rows = {
      roleAssignments: held,
      gaps: [
        {
          what: 'roleAssignments',
          scope: '/subscriptions/22222222-2222-3333-4444-555555555555',
          reason: 'refused',
        },
      ],
    };
    expect((await accessJson(rows, id(1), '--scope', group)).exitCode).toBe(0);
    expect((await accessJson(rows, id(1))).exitCode).toBe(3);
  });

  test('nor groups that hold nothing', async () => {
    const rows = { principals: [], roleAssignments: held };
    expect((await accessJson(rows, id(1))).exitCode).toBe(0);
  });
});

test('text says each thing once, and nothing of strangers unescaped', async () => {
  const rows = {
    principals: [{ ...user(1, 3), displayName: '\u001b[31mEve\n::error::' }, groupOf(3)],
    roleAssignments: [
      assign(commander.name, id(1), subscription),
      assign(restarter.name, id(3), group, { condition: '\u202e::warning::' }),
    ],
  };
  const { exitCode, stdout } = await access(rows, id(1));
  expect(exitCode).toBe(0);
  expect(stdout.split('\n')[0]).toBe(`"\\u{1b}[31mEve\\u{a}::error::" (${id(1)}), User`);
  expect(stdout).toContain('    where: \\u{202e}::warning::');
  expect(stdout.match(/runCommand\/action$/gm)).toHaveLength(1);
  expect(stdout).toContain('through "Commander": it');
  expect(stdout).toContain('Microsoft.Compute: 2 operations, 1 sensitive');
  expect(stdout).not.toMatch(/^::/m);
});

test('what Contributor of one storage account can do is said in a screen, and with --all in whole', async () => {
  const account = `${group}/providers/Microsoft.Storage/storageAccounts/data`;
  const rows = { principals: [user(1)], roleAssignments: [assign(roles.contributor, id(1), account)] };
  const [short, whole] = [await access(rows, id(1)), await access(rows, id(1), '--all')];
  expect(short.stdout.split('\n').length).toBeLessThanOrEqual(60);
  expect(short.stdout).toContain('reads the keys of storage accounts');
  expect(short.stdout).toMatch(/performs \d+ of \d+ actions in Microsoft\.Storage; and \d+ more \(--all/);
  expect(whole.stdout.split('\n').length).toBeGreaterThan(90);
  expect(whole.stdout).not.toContain('(--all shows them)');
});

test.each([
  [['nobody', '--scope', group], 'The snapshot holds no principal called "nobody".'],
  [['user 1', '--scope', '/subscriptions/x'], '"/subscriptions/x" is not a valid scope ID.'],
  [['--scope', group], 'azrbac access needs PRINCIPAL'],
] as const)('%j is refused', async (args, message) => {
  const { exitCode, stdout, stderr } = await access({}, ...args);
  expect([exitCode, stdout]).toEqual([2, '']);
  expect(stderr).toContain(message);
});
