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

const remove = 'Microsoft.Compute/virtualMachines/delete';
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
};

async function can(args: readonly string[], rows: Rows = {}) {
  const cwd = projectWith({ 'tenant.json': { version: 1, kind: 'azrbac-snapshot', ...tenant, ...rows } });
  return runCli(['can', '--snapshot', 'tenant.json', ...args], { cwd });
}

/** What the options are if nothing else is said. */
function asking(principal: string, action = remove, ...more: readonly string[]): string[] {
  return ['--principal', principal, '--action', action, '--scope', group, ...more];
}

test('the JSON report, to the letter', async () => {
  const { exitCode, stdout, stderr } = await can(asking(id(1), remove.toUpperCase(), '--format', 'json'));
  expect([exitCode, stderr]).toEqual([0, '']);
  expect(JSON.parse(stdout)).toEqual({
    version: 1,
    decision: 'allowed',
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
    principal: id(1),
    operation: remove,
    plane: 'control',
    scope: group,
    reach: 'in',
    notices: [],
  });
});

describe('exit codes', () => {
  const denied = {
    denyAssignments: [deny(group, { permissions: [{ actions: ['*/delete'] }], principals: [everyone] })],
  };
  const eligible = { eligibleAssignments: [assign(roles.owner, id(2), corp)] };
  const gap = { gaps: [{ what: 'roleAssignments', scope: corp, reason: 'refused' }] };
  test.each([
    ['allowed', asking(id(1)), {}, 0],
    ['allowed', asking(id(1)), gap, 0],
    ['denied', asking(id(1)), denied, 1],
    ['not-granted', asking(id(2)), {}, 1],
    ['not-granted', asking(id(2)), eligible, 1],
    ['unknown', asking(id(2)), gap, 3],
    [
      'unknown',
      asking(id(1)),
      { ...denied, denyAssignments: [], gaps: [{ what: 'denyAssignments', scope: corp, reason: 'refused' }] },
      3,
    ],
    ['unknown', asking(id(9)), {}, 3],
    ['conditional', asking(id(2), assignRoles), {}, 1],
    ['conditional', asking(id(2), assignRoles, '--accept-conditional'), {}, 0],
    ['allowed', asking(id(2), assignRoles, '--attribute', `${requested}=${roles.reader}`), {}, 0],
    [
      'not-granted',
      asking(id(2), assignRoles, '--attribute', `${requested.toLowerCase()}=${roles.owner}`),
      {},
      1,
    ],
  ] as const)('%s: %j', async (decision, args, rows, exitCode) => {
    const run = await can([...args, '--format', 'json'], rows);
    expect([(JSON.parse(run.stdout) as { decision: string }).decision, run.exitCode]).toEqual([
      decision,
      exitCode,
    ]);
  });
});

test('text says why, and nothing of strangers unescaped', async () => {
  const rows = {
    principals: [
      { ...user(1, 3), displayName: '::error::\u001b[31m' },
      { ...groupOf(3), displayName: '\u202eAll\n##[error]' },
    ],
  };
  const { stdout } = await can(asking(id(1)), rows);
  expect(stdout.split('\n')).toEqual([
    `allowed: "\\u{3a}:error::\\u{1b}[31m" (${id(1)})`,
    `${remove} (control plane) at ${group}`,
    `  the role "Contributor" at ${subscription} (${String(contributor['name'])}), through "*", by way of "\\u{202e}All\\u{a}#\\u{23}[error]" (${id(3)})`,
    '',
  ]);
});

test('what could be activated is said, and not held', async () => {
  const { stdout } = await can(asking(id(2)), { eligibleAssignments: [assign(roles.owner, id(2), corp)] });
  expect(stdout).toContain('not granted: "User 2"');
  expect(stdout).toContain('could activate (PIM) the role "Owner"');
});

describe('the principal', () => {
  test.each([[id(1).toUpperCase()], [id(1).replaceAll('-', '')], ['User 1'], [' user 1 ']])(
    '%s',
    async named => {
      expect((await can(asking(named))).exitCode).toBe(0);
    },
  );

  test.each([
    ['Usr 1', 'The snapshot holds no principal called "Usr 1".', 'Did you mean "User 1"?'],
    [
      'nobody at all',
      'The snapshot holds no principal called "nobody at all".',
      'Name it by its object id, a GUID.',
    ],
    [
      'twin',
      '2 principals are called "twin".',
      `Say which by its object id: ${id(7)} (User), ${id(8)} (User).`,
    ],
  ])('%s is refused', async (named, message, hint) => {
    const twins = [7, 8].map(number => ({ ...user(number), displayName: 'Twin' }));
    const { exitCode, stdout, stderr } = await can(asking(named), { principals: [user(1), ...twins] });
    expect([exitCode, stdout, stderr]).toEqual([2, '', `azrbac: ${message}\n${hint}\n`]);
  });
});

describe('the operation', () => {
  test('that is misspelt is never granted by a wildcard, nor said to be missing', async () => {
    const asked = asking(id(1), 'Microsoft.Compute/virtualMachine/delete', '--quiet');
    const { exitCode, stdout, stderr } = await can(asked);
    expect([exitCode, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/"Microsoft\.Compute\/virtualMachine\/delete" is not in the catalog of /);
    expect(stderr).toMatch(/Did you mean "Microsoft\.Compute\/virtualMachines\/delete"\?/);
  });

  test('that is like nothing in the catalog is judged, and a notice says so', async () => {
    const { exitCode, stderr } = await can(asking(id(1), 'Contoso.Widgets/widgets/delete'));
    expect(exitCode).toBe(0);
    expect(stderr).toMatch(
      /^notice {2}"Contoso\.Widgets\/widgets\/delete" is not in the catalog of .* \(operation-unknown\)$/m,
    );
  });

  test('that cannot be done at the scope is not granted there, by whatever role', async () => {
    const account = `${group}/providers/Microsoft.Storage/storageAccounts/shopdata`;
    const asked = ['-p', id(1), '-a', 'Microsoft.Compute/virtualMachines/write', '-s', account];
    const text = await can([...asked, '--quiet']);
    expect(text.exitCode).toBe(1);
    expect(text.stdout).toContain(
      '"Microsoft.Compute/virtualMachines/write" cannot be done at a resource of the type Microsoft.Storage/storageAccounts or below',
    );
    const { stdout } = await can([...asked, '--format', 'json']);
    expect(JSON.parse(stdout)).toMatchObject({
      decision: 'not-granted',
      reach: 'out',
      because: [
        { kind: 'out-of-reach', id: 'Microsoft.Compute/virtualMachines/write', scope: account, role: null },
      ],
    });
  });

  test('of the data plane is judged there', async () => {
    const read = 'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read';
    const rows = {
      roleAssignments: [assign(roles.owner, id(1), group), assign(roles.blobReader, id(2), group)],
    };
    const owner = await can(asking(id(1), read, '--plane', 'control', '--format', 'json'), rows);
    expect(JSON.parse(owner.stdout)).toMatchObject({
      decision: 'not-granted',
      plane: 'data',
      notices: [{ code: 'operation-on-other-plane' }],
    });
    expect((await can(asking(id(2), read), rows)).exitCode).toBe(0);
  });

  test.each([['*/delete'], ['Microsoft.Compute/*'], [' ']])('%j is refused', async action => {
    const { exitCode, stderr } = await can(asking(id(1), action));
    expect(exitCode).toBe(2);
    expect(stderr).toContain(`"${action}" is not a single operation.`);
  });
});

test.each([
  [['--scope', 'shop'], '"shop" is not a valid scope ID.'],
  [['--scope', '/subscriptions/<id>'], '"/subscriptions/<id>" is not a valid scope ID.'],
  [
    ['--attribute', 'RoleDefinitionId=x'],
    '"--attribute" needs @SOURCE[NAME]=VALUE, not "RoleDefinitionId=x".',
  ],
  [['--attribute', '@Requst[a:b]=x'], '"--attribute" needs @SOURCE[NAME]=VALUE, not "@Requst[a:b]=x".'],
  [['--attribute', '@Request[a:b]'], '"--attribute" needs @SOURCE[NAME]=VALUE, not "@Request[a:b]".'],
  [['--snapshot', 'none.json'], 'Cannot read "none.json"'],
  [['--plane', 'both'], '"--plane" cannot be "both".'],
] as const)('%j is refused', async (args, message) => {
  const { exitCode, stdout, stderr } = await can([...asking(id(1)), ...args]);
  expect([exitCode, stdout]).toEqual([2, '']);
  expect(stderr).toContain(message);
});
