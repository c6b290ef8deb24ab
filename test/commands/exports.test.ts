import { describe, expect, test } from 'vitest';
import {
  ada,
  assignment,
  classic,
  custom,
  eligible,
  group,
  powerShellAssignment,
  powerShellRole,
  robot,
  subscription,
} from '../tenant/snapshot/exports/samples.js';
import { projectWith } from './project.js';
import { type CliRun, runCli } from './run-cli.js';

const scope = `/subscriptions/${subscription}`;
const endpoint = `${scope}/resourceGroups/ml/providers/Microsoft.MachineLearningServices/workspaces/claims/onlineEndpoints/score`;
const roles = `${scope}/providers/Microsoft.Authorization/roleDefinitions`;
const ofRole = (guid: string): object => ({ ...assignment, roleDefinitionId: `${roles}/${guid}` });
const contributor = 'b24988ac-6180-42a0-ab88-20f7382dd24c';
const readMachines = ['-a', 'Microsoft.Compute/virtualMachines/read', '-s', scope];

function can(files: Readonly<Record<string, string | Buffer | object>>, ...args: string[]): Promise<CliRun> {
  return runCli(['can', '-p', ada, ...readMachines, '--snapshot', '.', ...args], { cwd: projectWith(files) });
}

describe('a right is found whoever exported it', () => {
  test.each<[string, Readonly<Record<string, string | Buffer | object>>, readonly string[]]>([
    ['role assignments of PowerShell', { 'a.json': [powerShellAssignment] }, []],
    [
      'the CSV of the portal',
      {
        'a.csv': `RoleAssignmentId,Scope,DisplayName,SignInName,RoleDefinitionName,RoleDefinitionId,ObjectId,ObjectType\n${assignment.name},${scope},Ada,ada@contoso.example,Reader,${assignment.roleDefinitionId},${ada},User\n`,
      },
      [],
    ],
    ['beside a classic administrator', { 'a.json': [assignment, classic] }, []],
    [
      'rows of Azure Resource Graph without an id',
      {
        'a.json': [
          { principalId: ada, roleDefinitionId: assignment.roleDefinitionId, scope, roleName: 'Reader' },
        ],
      },
      [],
    ],
    [
      'a role of PowerShell beside assignments of the Azure CLI',
      { 'a.json': [ofRole(custom)], 'roles.json': [powerShellRole] },
      ['-a', 'Microsoft.Compute/virtualMachines/restart/action'],
    ],
  ])('%s', async (_, files, args) => {
    const { exitCode, stdout } = await can(files, ...args);
    expect(stdout).toMatch(/^Allowed|^allowed/);
    expect(exitCode).toBe(0);
  });

  test('but what may only be activated is not held', async () => {
    const another = { ...assignment, principalId: '99999999-8888-4777-8666-555555555555' };
    expect((await can({ 'a.json': [another], 'pim.json': [eligible] })).exitCode).toBe(1);
  });
});

describe('an export that may leave something out', () => {
  const other = { 'a.json': [{ ...assignment, principalId: robot, principalName: '' }] };

  test('is answered from, with a notice', async () => {
    const { exitCode, stderr } = await can(other);
    expect(exitCode).toBe(1);
    expect(stderr).toContain('(export-may-be-partial)');
    expect(stderr).toContain('inherited from a management group and none below the subscription');
  });

  test('is whole where somebody says so', async () => {
    expect(await can(other, '--assume-complete')).toMatchObject({ exitCode: 1, stderr: '' });
  });

  test('decides nothing where it is not believed, but for what it shows', async () => {
    expect((await can(other, '--strict-exports')).exitCode).toBe(3);
    expect((await can({ 'a.json': [assignment] }, '--strict-exports')).exitCode).toBe(0);
  });

  test('shows by its rows that nothing is left out', async () => {
    const rows = ['/providers/Microsoft.Management/managementGroups/corp', `${scope}/resourceGroups/ml`].map(
      (place, at) => ({ ...assignment, id: `${assignment.id}${at}`, scope: place, principalId: robot }),
    );
    const { stderr } = await can({ 'a.json': [...other['a.json'], ...rows] });
    expect(stderr).not.toContain('export-may-be-partial');
  });

  test('cannot be both whole and not believed', async () => {
    expect((await can(other, '--strict-exports', '--assume-complete')).exitCode).toBe(2);
  });
});

test('a group is called by the name that its assignment has, and its members may do what it may', async () => {
  const rows = [
    {
      ...ofRole(contributor),
      principalId: group,
      principalType: 'Group',
      principalName: 'Lakehouse Deployers',
    },
  ];
  const cwd = projectWith({ 'a.json': rows });
  const write = ['-a', 'Microsoft.Databricks/accessConnectors/write', '-s', scope, '--snapshot', '.'];
  expect((await runCli(['can', '-p', 'Lakehouse Deployers', ...write], { cwd })).exitCode).toBe(0);
  const { stdout } = await runCli(['who-can', ...write], { cwd });
  expect(stdout).toContain('No known principal may do');
  expect(stdout).toContain(
    `The group "Lakehouse Deployers" (${group}) may do it; the snapshot does not name its members.`,
  );
});

describe('groups', () => {
  const reads = { ...assignment, principalId: robot, principalName: '', principalType: 'ServicePrincipal' };
  const scorer = {
    id: `${roles}/${custom}`,
    name: custom,
    roleName: 'Scorer',
    roleType: 'CustomRole',
    type: 'Microsoft.Authorization/roleDefinitions',
    assignableScopes: [scope],
    permissions: [{ actions: ['Microsoft.MachineLearningServices/workspaces/onlineEndpoints/score/action'] }],
  };
  const scores = { ...reads, roleDefinitionId: scorer.id, scope: endpoint };
  const ofGroup = {
    ...ofRole(contributor),
    id: `${assignment.id}9`,
    principalId: group,
    principalType: 'Group',
  };
  const files = {
    'access.yaml': `version: 1\nidentities:\n  - name: client\n    principal: ${robot}\n    needs:\n      - { set: online-scoring, scope: ${endpoint} }\n`,
    'exports/role-assignments.json': [scores, ofGroup],
    'exports/role-definitions.json': [scorer],
  };
  const check = (more: Readonly<Record<string, object>> = {}): Promise<CliRun> =>
    runCli(['check', 'access.yaml', '--snapshot', 'exports', '--format', 'json'], {
      cwd: projectWith({ ...files, ...more }),
    });

  test('that nobody knows leave open whether there is too much, and one command tells', async () => {
    const { exitCode, stdout, stderr } = await check();
    expect(exitCode).toBe(3);
    expect(JSON.parse(stdout).results).toMatchObject([
      { status: 'unknown', coverage: 'complete', leastPrivilege: 'unknown' },
    ]);
    expect(stderr).toContain(`for id in ${robot}; do az rest --method post`);
    expect(stderr).toContain('> transitiveMemberOf-$id.json; done');
  });

  const batch = (list: object): object => ({
    responses: [{ id: robot, status: 200, body: { value: list } }],
  });
  const memberOf = {
    '@odata.context': 'https://graph.microsoft.com/v1.0/$metadata#Collection(Edm.String)',
    value: [],
  };
  test.each<[string, Readonly<Record<string, object>>]>([
    ['what the command prints', { [`exports/transitiveMemberOf-${robot}.json`]: memberOf }],
    ['a batch of Microsoft Graph', { 'exports/groups.json': batch([]) }],
    ['a row with all its groups', { 'exports/groups.json': [{ id: robot, transitiveMemberOf: [] }] }],
    [
      'the members of the group',
      { [`exports/members-${group}.json`]: [{ id: ada, userPrincipalName: 'ada@contoso.example' }] },
    ],
    ['a row with the members of the group', { 'exports/members.json': [{ group, members: [] }] }],
  ])('%s settles it', async (_, more) => {
    const { exitCode, stderr } = await check(more);
    expect(stderr).not.toContain('groups-unknown');
    expect(exitCode).toBe(0);
  });

  test.each<[string, Readonly<Record<string, object>>]>([
    [
      'what the command prints',
      { [`exports/transitiveMemberOf-${robot}.json`]: { ...memberOf, value: [group] } },
    ],
    [
      'a batch of Microsoft Graph',
      { 'exports/groups.json': batch([{ '@odata.type': '#microsoft.graph.group', id: group }]) },
    ],
    [
      'the members of the group',
      {
        [`exports/members-${group}.json`]: [
          { '@odata.type': '#microsoft.graph.servicePrincipal', id: robot },
        ],
      },
    ],
  ])('%s shows that the group gives too much', async (_, more) => {
    expect((await check(more)).exitCode).toBe(1);
  });

  test.each<[string, Readonly<Record<string, object>>]>([
    ['a refused answer', { 'exports/groups.json': { responses: [{ id: robot, status: 403, body: {} }] } }],
    [
      'a first page',
      {
        [`exports/transitiveMemberOf-${robot}.json`]: {
          value: [{ id: ada, securityEnabled: true }],
          '@odata.nextLink': 'https://graph.microsoft.com/next',
        },
      },
    ],
    [
      'a group among the members whose members are not known',
      {
        'exports/members.json': [
          { group, members: [{ '@odata.type': '#microsoft.graph.group', id: custom }] },
        ],
      },
    ],
    ['members of another group', { 'exports/members.json': [{ group: custom, members: [] }] }],
  ])('%s settles nothing', async (_, more) => {
    expect((await check(more)).exitCode).toBe(3);
  });
});
