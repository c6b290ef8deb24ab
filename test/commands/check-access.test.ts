import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { projectWith } from './project.js';
import { runCli } from './run-cli.js';

const example = fileURLToPath(new URL('../../docs/access', import.meta.url));
const subscription = '11111111-2222-3333-4444-555555555555';
const endpoint = `/subscriptions/${subscription}/resourceGroups/fraud/providers/Microsoft.MachineLearningServices/workspaces/fraud-ml/onlineEndpoints/transactions`;
const principal = 'aaaaaaaa-1111-2222-3333-444444444401';

interface Report {
  readonly results: readonly {
    readonly subject: { readonly name: string };
    readonly actionSet: string | null;
    readonly status: string;
    readonly forbidden: readonly string[];
  }[];
  readonly identities: readonly { readonly status: string | null }[];
  readonly errors: readonly object[];
  readonly notices: readonly { readonly code: string }[];
}

async function checkJson(cwd: string, ...args: string[]) {
  const { exitCode, stdout, stderr } = await runCli(['check', ...args, '--format', 'json'], { cwd });
  return { exitCode, stderr, report: JSON.parse(stdout) as Report };
}

test('in the example, the scoring role that grants writes fails', async () => {
  const { exitCode, report } = await checkJson(example, 'access.yaml', '--snapshot', 'snapshot.json');
  expect(exitCode).toBe(1);
  expect(report.results.map(({ subject, actionSet, status }) => [subject.name, actionSet, status])).toEqual([
    ['scoring client', 'online-scoring', 'fail'],
    ['endpoint identity', 'acr-pull', 'pass'],
    ['endpoint identity', 'blob-read', 'fail'],
    ['operator', 'online-control-plane', 'fail'],
    ['operator', null, 'excess'],
    ['scoring role to be', 'online-scoring', 'pass'],
  ]);
  expect(report.results[0]!.forbidden).toEqual([
    'Microsoft.MachineLearningServices/workspaces/onlineEndpoints/write',
  ]);
  expect([report.errors, report.notices]).toEqual([[], []]);
});

test('the text says what to do, and escapes what strangers wrote', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'azrbac-'));
  cpSync(example, folder, { recursive: true });
  const snapshot = readFileSync(join(folder, 'snapshot.json'), 'utf8').replace(
    '"Endpoint Scorer"',
    '"Scorer \\u001b[31m\\n::error::"',
  );
  writeFileSync(join(folder, 'snapshot.json'), snapshot);
  const { stdout } = await runCli(['check', 'access.yaml', '--snapshot', 'snapshot.json'], { cwd: folder });
  expect(stdout).toContain(
    `az role assignment create --assignee-object-id aaaaaaaa-1111-2222-3333-444444444402 --assignee-principal-type ServicePrincipal --role "Storage Blob Data Reader"`,
  );
  expect(stdout).toContain('Scorer \\u{1b}[31m\\u{a}::error::');
  expect(stdout).not.toContain('\u001b');
  expect(stdout.trimEnd().split('\n').at(-1)).toBe('4 identities: 3 fail, 1 pass.');
});

describe('in the example of a team', () => {
  const team = ['team.yaml', '--snapshot', 'team.json'];
  const logs = 'Microsoft.MachineLearningServices/workspaces/onlineEndpoints/deployments/getlogs/action';

  test('the excess names the group that it comes through, and what is denied names the deny assignment', async () => {
    const { exitCode, stdout } = await runCli(['check', ...team, '--format', 'json'], { cwd: example });
    const { results, notices } = JSON.parse(stdout);
    expect(exitCode).toBe(1);
    expect(results).toMatchObject([
      {
        actionSet: 'acr-pull',
        covered: ['Microsoft.ContainerRegistry/registries/pull/read'],
        because: [{ role: 'AcrPush', via: ['eeeeeeee-1111-2222-3333-444444444401'], group: 'Fraud team' }],
      },
      {
        actionSet: 'online-log-reader',
        denied: [logs],
        denials: [{ name: 'Logs stay with the operators', operations: [logs], condition: null }],
        remedies: [{ operations: expect.not.arrayContaining([logs]) }],
      },
    ]);
    expect(notices).toEqual([]);
  });

  test('names of groups and deny assignments are escaped', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'azrbac-'));
    cpSync(example, folder, { recursive: true });
    const hostile = readFileSync(join(folder, 'team.json'), 'utf8')
      .replace('"Fraud team"', '"Team \\u001b[31m"')
      .replace('"Logs stay with the operators"', '"Logs\\n::error::"');
    writeFileSync(join(folder, 'team.json'), hostile);
    const { stdout } = await runCli(['check', ...team], { cwd: folder });
    expect(stdout).toContain('to the group "Team \\u{1b}[31m" (eeeeeeee-1111-2222-3333-444444444401)');
    expect(stdout).toContain('by the deny assignment "Logs\\u{a}::error::"');
    expect(stdout).not.toContain('\u001b');
  });

  test('without the directory, what the build lacks counts as missing', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'azrbac-'));
    cpSync(example, folder, { recursive: true });
    const { principals: _, ...snapshot } = JSON.parse(readFileSync(join(folder, 'team.json'), 'utf8'));
    snapshot.roleAssignments[0].properties.roleDefinitionId =
      '/providers/Microsoft.Authorization/roleDefinitions/7f951dda-4ed3-4680-a7ca-43fe172d538d';
    writeFileSync(join(folder, 'team.json'), JSON.stringify(snapshot));
    const { report } = await checkJson(folder, ...team);
    expect(report.results.map(({ actionSet, status }) => [actionSet, status])).toEqual([
      ['acr-pull', 'fail'],
      ['online-log-reader', 'fail'],
    ]);
    expect(report.notices.map(({ code }) => code)).toEqual(['no-role-assignments', 'groups-unknown']);
  });
});

function access(identity: object): object {
  return {
    version: 1,
    identities: [
      { name: 'client', principal, needs: [{ set: 'online-scoring', scope: endpoint }], ...identity },
    ],
  };
}

const roleGuid = 'bbbbbbbb-1111-2222-3333-444444444401';

/** Lists as the Azure CLI prints them. */
function exportsWith(actions: readonly string[]): Readonly<Record<string, object>> {
  return {
    'azure/assignments.json': [
      {
        id: `${endpoint}/providers/Microsoft.Authorization/roleAssignments/cccccccc-1111-2222-3333-444444444401`,
        principalId: principal,
        principalType: 'ServicePrincipal',
        roleDefinitionId: `/subscriptions/${subscription}/providers/Microsoft.Authorization/roleDefinitions/${roleGuid}`,
        scope: endpoint,
      },
    ],
    'azure/roles.json': [
      {
        name: roleGuid,
        roleName: 'Scorer',
        roleType: 'CustomRole',
        assignableScopes: [`/subscriptions/${subscription}`],
        permissions: [{ actions, notActions: [], dataActions: [], notDataActions: [] }],
      },
    ],
  };
}

const score = 'Microsoft.MachineLearningServices/workspaces/onlineEndpoints/score/action';
const readEndpoint = 'Microsoft.MachineLearningServices/workspaces/onlineEndpoints/read';

test.each([
  ['what is needed', [score], [], 0],
  ['what is tolerated', [score, readEndpoint], [], 0],
  ['what is tolerated, strictly', [score, readEndpoint], ['--allow-excess', 'none'], 1],
  ['too much', [score, 'Microsoft.Authorization/locks/read'], [], 1],
  ['what cannot be done there', [score, 'Microsoft.Compute/virtualMachines/read'], [], 0],
  ['too much, and nobody minds', [score, 'Microsoft.Authorization/locks/read'], ['--allow-excess', 'any'], 0],
  ['too little', [readEndpoint], [], 1],
])('%s: exit code', async (_, actions, options, exitCode) => {
  const folder = projectWith({ 'access.json': access({}), ...exportsWith(actions) });
  expect(
    (await runCli(['check', 'access.json', '--snapshot', 'azure', ...options], { cwd: folder })).exitCode,
  ).toBe(exitCode);
});

test.each([
  [
    'holds it',
    ['Microsoft.Storage/storageAccounts/write'],
    1,
    'fail',
    ['Microsoft.Storage/storageAccounts/write'],
  ],
  [
    'holds one that the catalog does not know',
    ['Contoso.Unheard/things/write'],
    1,
    'fail',
    ['Contoso.Unheard/things/write'],
  ],
  ['holds other things', ['Microsoft.Storage/storageAccounts/read'], 0, 'pass', undefined],
])(
  'a role of which nothing is needed, and that must never write: %s',
  async (_, Actions, exitCode, status, forbidden) => {
    const folder = projectWith({
      'access.json': { version: 1, identities: [{ name: 'to be', role: 'role.json', never: ['*/write'] }] },
      'role.json': {
        Name: 'To be',
        IsCustom: true,
        Description: 'x',
        Actions,
        AssignableScopes: [`/subscriptions/${subscription}`],
      },
    });
    const found = await checkJson(folder, 'access.json');
    expect(found.exitCode).toBe(exitCode);
    expect(found.report.identities.map(identity => identity.status)).toEqual([status]);
    expect(found.report.results[0]?.forbidden).toEqual(forbidden);
  },
);

test('what could not be read makes the result unknown, exit code 3', async () => {
  const snapshot = {
    version: 1,
    kind: 'azrbac-snapshot',
    gaps: [{ what: 'roleAssignments', scope: `/subscriptions/${subscription}`, reason: 'access was denied' }],
  };
  const folder = projectWith({ 'access.json': access({}), 'snapshot.json': snapshot });
  const { exitCode, report } = await checkJson(folder, 'access.json', '--snapshot', 'snapshot.json');
  expect([exitCode, report.results.map(({ status }) => status)]).toEqual([3, ['unknown']]);
  expect(report.notices.map(({ code }) => code)).toContain('snapshot-gap');
});

test('a mistake in one identity: exit code 2, and the others are checked', async () => {
  const text = `version: 1\nidentities:\n  - name: broken\n    principal: ${principal}\n    needs:\n      - { set: online-scorin, scope: ${endpoint} }\n  - { name: role, role: scorer.json, needs: [{ set: online-scoring }] }\n`;
  const role = { Name: 'Scorer', Actions: [score], AssignableScopes: [`/subscriptions/${subscription}`] };
  const folder = projectWith({ 'access.yaml': text, 'scorer.json': role });
  const { exitCode, report, stderr } = await checkJson(folder, 'access.yaml');
  expect(exitCode).toBe(2);
  expect(report.results.map(({ subject, status }) => [subject.name, status])).toEqual([['role', 'pass']]);
  expect(report.errors).toEqual([
    {
      file: 'access.yaml',
      line: 6,
      column: 16,
      message: 'There is no action set "online-scorin".',
      hint: 'Did you mean "online-scoring"?',
    },
  ]);
  expect(stderr).toContain(
    'azrbac: access.yaml:6:16: There is no action set "online-scorin".\nDid you mean "online-scoring"?',
  );
});

test('a role that does not exist is a mistake at its place', async () => {
  const folder = projectWith({
    'access.yaml':
      'version: 1\nidentities:\n  - { name: a, role: Storage Blob Data Raeder, needs: [{ set: blob-read }] }\n',
  });
  const { exitCode, report } = await checkJson(folder, 'access.yaml');
  expect([exitCode, report.errors]).toMatchObject([
    2,
    [{ line: 3, column: 22, hint: 'Did you mean "Storage Blob Data Reader"?' }],
  ]);
});

test('action sets of the file and of the configuration are known', async () => {
  const expectations = `version: 1\nsets:\n  - { id: team-scoring, extends: team-base, required: { control: [${readEndpoint}] } }\nidentities:\n  - { name: a, role: scorer.json, needs: [{ set: team-scoring }] }\n`;
  const folder = projectWith({
    'azrbac.config.json': { actionSets: ['sets'] },
    'sets/base.yaml': `id: team-base\nrequired: { control: [${score}] }\n`,
    'access.yaml': expectations,
    'scorer.json': {
      Name: 'Scorer',
      Actions: [score, readEndpoint],
      AssignableScopes: [`/subscriptions/${subscription}`],
    },
  });
  const { exitCode, report } = await checkJson(folder, 'access.yaml');
  expect([exitCode, report.errors]).toEqual([0, []]);
  expect((await runCli(['action-sets'], { cwd: folder })).stdout).toContain('team-base');
  expect(
    (await runCli(['check', '--action-set', 'team-base', '--role', 'scorer.json'], { cwd: folder })).exitCode,
  ).toBe(1);
});

test.each([
  [['access.json'], 'azrbac check needs --snapshot FILE or FOLDER, or --assignments CODE.'],
  [['access.json', '--snapshot', 'nowhere.json'], 'Cannot read "nowhere.json": it does not exist.'],
  [['access.json', '--role', 'Reader'], 'Give either an expectations file, or --action-set and --role.'],
  [['nowhere.yaml', '--snapshot', 'azure'], 'Cannot read "nowhere.yaml": it does not exist.'],
])('%j is refused', async (args, says) => {
  const folder = projectWith({ 'access.json': access({}), ...exportsWith([score]) });
  const { exitCode, stdout, stderr } = await runCli(['check', ...args], { cwd: folder });
  expect([exitCode, stdout]).toEqual([2, '']);
  expect(stderr).toContain(says);
});

test('the same input gives the same bytes', async () => {
  const args = ['check', 'access.yaml', '--snapshot', 'snapshot.json', '--format', 'json'];
  const [one, two] = [await runCli(args, { cwd: example }), await runCli(args, { cwd: example })];
  expect(one.stdout).toBe(two.stdout);
  expect(one.stdout).not.toContain(example);
});
