import { describe, expect, test } from 'vitest';
import { assign, id, roles, subscription, user, groupOf } from '../tenant/access/tenant-rows.js';
import { projectWith, restarter } from './project.js';
import { runCli } from './run-cli.js';
import { shippedCatalog } from '../shipped-catalog.js';

const guid = 'c0000000-0000-0000-0000-000000000001';

/** A custom role as a snapshot has it. */
const deployed = {
  id: `${subscription}/providers/Microsoft.Authorization/roleDefinitions/${guid}`,
  name: guid,
  properties: {
    roleName: restarter.Name,
    type: 'CustomRole',
    description: restarter.Description,
    assignableScopes: restarter.AssignableScopes,
    permissions: [{ actions: restarter.Actions, notActions: [] }],
  },
};

function snapshot(rows: object): object {
  return { version: 1, kind: 'azrbac-snapshot', principals: [user(1), user(2, 3), groupOf(3)], ...rows };
}

async function lint(files: Parameters<typeof projectWith>[0], ...args: string[]) {
  const run = await runCli(['lint', ...args, '--snapshot', 's.json', '--format', 'json'], {
    cwd: projectWith(files),
  });
  return { ...run, report: run.stdout === '' ? undefined : JSON.parse(run.stdout) };
}

describe('lint --snapshot', () => {
  test('looks at the snapshot alone where no path is given', async () => {
    const rows = { roleDefinitions: [deployed], roleAssignments: [assign(guid, id(3), subscription)] };
    const { exitCode, report } = await lint({ 's.json': snapshot(rows), 'broken.json': '{"Actions": [' });
    expect(exitCode).toBe(0);
    expect(report).toMatchObject({
      summary: { files: 0, roleDefinitions: 1, roleAssignments: 1 },
      findings: [],
      roleChanges: [],
    });
  });

  test('points into it', async () => {
    const { exitCode, report } = await lint({
      's.json': snapshot({ roleAssignments: [assign(guid, id(3), subscription)] }),
    });
    expect(exitCode).toBe(1);
    expect(report.findings).toMatchObject([
      {
        ruleId: 'assignment-role-missing',
        file: 's.json',
        pointer: '/roleAssignments/0',
        subject: { kind: 'role-assignment', name: 'Group 3' },
        message: `Group 3 has the role ${guid} at ${subscription}, which is neither in the snapshot nor built in.`,
      },
    ]);
  });

  test('says whom a changed role affects, and how', async () => {
    const rows = {
      roleDefinitions: [deployed],
      roleAssignments: [
        assign(guid, id(1), subscription),
        assign(guid, id(3), subscription),
        assign(roles.reader, id(2), subscription),
      ],
    };
    const changed = {
      ...restarter,
      Actions: [...restarter.Actions.slice(1), 'Microsoft.Compute/virtualMachines/deallocate/action'],
    };
    const { report } = await lint({ 's.json': snapshot(rows), 'role.json': changed }, 'role.json');
    expect(report.roleChanges).toEqual([
      {
        role: { name: restarter.Name, id: guid, file: 'role.json' },
        assignments: 2,
        principals: 2,
        gained: ['Microsoft.Compute/virtualMachines/deallocate/action'],
        lost: ['Microsoft.Compute/virtualMachines/read'],
      },
    ]);
    expect(report.notices).toMatchObject([
      {
        code: 'role-change',
        message: `The role "${restarter.Name}" is assigned 2 times to 2 principals; as written here it grants 1 more and 1 fewer operations.`,
        file: 'role.json',
      },
    ]);
  });

  test('needs a snapshot that can be read', async () => {
    const { exitCode, stderr } = await lint({ 'role.json': restarter });
    expect(exitCode).toBe(2);
    expect(stderr).toContain('Cannot read "s.json": it does not exist.');
  });

  test.each([
    [{ role: guid }, true],
    [{ principal: 'group 3' }, true],
    [{ principal: id(3) }, true],
    [{ scope: subscription.toUpperCase() }, true],
    [{ principal: 'Group 3', scope: '/' }, true],
    [{ principal: 'Group 4' }, false],
    [{ scope: `${subscription}/resourceGroups/rg` }, false],
  ])('findings are accepted by %j: %s', async (about, isAccepted) => {
    const suppression = { rule: 'assignment-role-missing', reason: 'It is about to be collected.', ...about };
    const { report } = await lint({
      's.json': snapshot({ roleAssignments: [assign(guid, id(3), subscription)] }),
      'azrbac.config.json': { suppressions: [suppression] },
    });
    expect(report.summary.suppressed).toBe(isAccepted ? 1 : 0);
  });

  test('a suppression about a principal is not called unused where there is no snapshot', async () => {
    const suppression = { rule: 'role-description-missing', principal: 'Ada', reason: 'Known.' };
    const folder = projectWith({
      'role.json': restarter,
      'azrbac.config.json': { suppressions: [suppression] },
    });
    const run = await runCli(['lint', '--format', 'json'], { cwd: folder });
    expect(JSON.parse(run.stdout).findings).toEqual([]);
  });

  const endpoint = `${subscription}/resourceGroups/rg/providers/Microsoft.MachineLearningServices/workspaces/w1/onlineEndpoints/e1`;
  const expectations = (needs: object) => ({
    version: 1,
    identities: [{ name: 'client', principal: id(3), ...needs }],
  });

  test('--expect finds what is not needed, at the identity in the expectations', async () => {
    const files = {
      's.json': snapshot({ roleAssignments: [assign(roles.contributor, id(3), endpoint)] }),
      'access.json': expectations({ needs: [{ set: 'online-scoring', scope: endpoint }] }),
    };
    const { exitCode, report } = await lint(files, '--expect', 'access.json');
    expect(exitCode).toBe(1);
    expect(report.findings).toMatchObject([
      {
        ruleId: 'assignment-excess',
        severity: 'high',
        file: 'access.json',
        line: 5,
        pointer: '/identities/0/name',
        subject: { kind: 'principal', name: 'client', id: id(3) },
      },
    ]);
  });

  test('--expect finds what is not needed beside what is missing, and so does audit', async () => {
    const reader = shippedCatalog.builtInRoles.find('Reader')!.guid!;
    const account = `${subscription}/resourceGroups/rg/providers/Microsoft.Storage/storageAccounts/claims`;
    const files = {
      's.json': snapshot({ roleAssignments: [assign(reader, id(3), account)] }),
      'access.json': expectations({ needs: [{ set: 'blob-read', scope: account }] }),
    };
    const ofIdentity = ({ findings }: { findings: { ruleId: string; file: string; line: number }[] }) =>
      findings
        .filter(({ ruleId }) => ['assignment-excess', 'assignment-insufficient'].includes(ruleId))
        .map(({ ruleId, file, line }) => [ruleId, file, line]);
    const expected = [
      ['assignment-excess', 'access.json', 5],
      ['assignment-insufficient', 'access.json', 5],
    ];
    expect(ofIdentity((await lint(files, '--expect', 'access.json')).report)).toEqual(expected);
    const args = ['audit', '--snapshot', 's.json', '--expect', 'access.json', '--format', 'json'];
    const audited = await runCli(args, { cwd: projectWith(files) });
    expect(ofIdentity(JSON.parse(audited.stdout))).toEqual(expected);
  });

  test('mistakes in expectations are told, and all else is linted', async () => {
    const files = {
      's.json': snapshot({ roleAssignments: [assign(guid, id(3), subscription)] }),
      'access.json': expectations({ needs: [{ set: 'online-scorin', scope: endpoint }] }),
    };
    const { exitCode, stderr, report } = await lint(files, '--expect', 'access.json');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('access.json:9:18');
    expect(report.findings).toMatchObject([{ ruleId: 'assignment-role-missing' }]);
  });

  test('--expect needs a snapshot', async () => {
    const run = await runCli(['lint', '--expect', 'access.yaml'], { cwd: projectWith({}) });
    expect(run).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('"--expect" needs --snapshot beside it'),
    });
  });

  test('as text, names the row and counts assignments', async () => {
    const folder = projectWith({
      's.json': snapshot({ roleAssignments: [assign(guid, id(3), subscription)] }),
    });
    const { stdout } = await runCli(['lint', '--snapshot', 's.json'], { cwd: folder });
    expect(stdout).toContain('Group 3 has the role');
    expect(stdout).toContain('1 finding (1 medium) in 0 role definitions and 1 role assignment.');
  });
});
