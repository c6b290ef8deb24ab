import { expect, test } from 'vitest';
import { projectWith } from './project.js';
import { runCli } from './run-cli.js';

const endpoints = 'Microsoft.MachineLearningServices/workspaces/onlineEndpoints';
const scorer = 'docs/examples/online-endpoint-scorer.json';

function checkScoring(role: string, ...more: string[]) {
  return runCli(['check', '--action-set', 'online-scoring', '--role', role, '--format', 'json', ...more]);
}

test('a scoring role with a wildcard covers scoring and holds what it must not', async () => {
  const { exitCode, stdout } = await checkScoring(scorer);
  expect(JSON.parse(stdout)).toEqual({
    version: 1,
    results: [
      {
        subject: { kind: 'role-definition', name: 'Online Endpoint Scorer', id: null },
        actionSet: 'online-scoring',
        scope: null,
        status: 'fail',
        coverage: 'complete',
        leastPrivilege: 'forbidden',
        covered: [`${endpoints}/score/action`],
        conditional: [],
        missing: [],
        forbidden: ['deployments/getlogs', 'listkeys', 'regeneratekeys', 'token'].map(
          name => `${endpoints}/${name}/action`,
        ),
        excess: {
          control: 4,
          data: 0,
          operations: ['deployments/getlogs', 'listkeys', 'regeneratekeys', 'token'].map(
            name => `${endpoints}/${name}/action`,
          ),
        },
      },
    ],
    notices: [],
  });
  expect(exitCode).toBe(1);
});

test.each([
  { role: 'Storage Blob Data Reader', set: 'blob-read', status: 'pass', exitCode: 0 },
  { role: 'acrpush ', set: 'acr-pull', status: 'fail', exitCode: 1 },
  { role: '7f951dda-4ed3-4680-a7ca-43fe172d538d', set: 'acr-pull', status: 'pass', exitCode: 0 },
  { role: 'Reader', set: 'acr-pull', status: 'excess', exitCode: 1 },
  { role: 'Contributor', set: 'blob-read', status: 'fail', exitCode: 1 },
])('$role for $set: $status', async ({ role, set, status, exitCode }) => {
  const run = await runCli(['check', '--action-set', set, '--role', role, '--format', 'json']);
  expect(JSON.parse(run.stdout).results.map((result: { status: string }) => result.status)).toEqual([status]);
  expect(run.exitCode).toBe(exitCode);
});

test('excess passes with --allow-excess any, the forbidden never', async () => {
  const allowed = ['--action-set', 'acr-pull', '--allow-excess', 'any'];
  expect((await runCli(['check', ...allowed, '--role', 'Reader'])).exitCode).toBe(0);
  expect((await runCli(['check', ...allowed, '--role', 'AcrPush'])).exitCode).toBe(1);
});

test('what only a condition grants does not count as covered, unless it is accepted', async () => {
  const role = 'Key Vault Data Access Administrator';
  const assigning = [
    '--action-set',
    'role-assigner',
    '--role',
    role,
    '--format',
    'json',
    '--allow-excess',
    'any',
  ];
  const refused = await runCli(['check', ...assigning]);
  expect(JSON.parse(refused.stdout).results[0]).toMatchObject({
    status: 'fail',
    // The condition is about writing and deleting assignments: reads come whether it holds or not.
    covered: ['Microsoft.Authorization/roleAssignments/read'],
    conditional: ['Microsoft.Authorization/roleAssignments/write'],
    missing: [],
  });
  expect(refused.exitCode).toBe(1);
  expect((await runCli(['check', ...assigning, '--accept-conditional'])).exitCode).toBe(0);
});

test('the text says the verdict first', async () => {
  const { stdout } = await runCli(['check', '--action-set', 'online-scoring', '--role', scorer]);
  expect(stdout.split('\n', 1)[0]).toBe(
    'fail     role "Online Endpoint Scorer" for online-scoring: 1 of 1 operation covered, 4 forbidden, 4 more than needed.',
  );
});

test.each([
  {
    args: ['--role', 'Reader'],
    says: 'azrbac check needs an expectations file, or --action-set ID and --role',
  },
  {
    args: ['--action-set', 'online-scorin', '--role', 'Reader'],
    says: 'There is no action set "online-scorin".',
  },
  {
    args: ['--action-set', 'endpoint-identity-system-assigned', '--role', 'Reader'],
    says: 'is made of several',
  },
  {
    args: ['--action-set', '../manifest', '--role', 'Reader'],
    says: 'There is no action set "../manifest".',
  },
  {
    args: ['--action-set', 'acr-pull', '--role', 'AcrPul'],
    says: 'There is no built-in role and no file "AcrPul".',
  },
])('$args is refused', async ({ args, says }) => {
  const { exitCode, stdout, stderr } = await runCli(['check', ...args]);
  expect([exitCode, stdout]).toEqual([2, '']);
  expect(stderr).toContain(says);
});

test('the action sets are listed and shown', async () => {
  const list = await runCli(['action-sets', '--format', 'json']);
  expect(JSON.parse(list.stdout).actionSets).toHaveLength(57);
  const { stdout } = await runCli(['action-sets', 'acr-pull']);
  expect(stdout).toContain('required\n  Microsoft.ContainerRegistry/registries/pull/read\n');
  const composite = await runCli(['action-sets', 'endpoint-identity-user-assigned']);
  expect(composite.stdout).toContain('\nforbidden\n  Microsoft.Authorization/roleAssignments/write\n');
  const json = await runCli(['action-sets', 'endpoint-identity-user-assigned', '--format', 'json']);
  expect(JSON.parse(json.stdout).actionSet.forbidden.control).toHaveLength(27);
  expect((await runCli(['action-sets', 'acr-pul'])).stderr).toContain('Did you mean "acr-pull"?');
});

test.each([[['check', '--action-set', 'team', '--role', 'AcrPull']], [['action-sets', 'team']]])(
  '%j says what own action sets speak of and the catalog does not know',
  async args => {
    const cwd = projectWith({
      'azrbac.config.json': { actionSets: ['team.json'] },
      'team.json': {
        id: 'team',
        required: { control: ['Contoso.Fraud/models/write'] },
        forbidden: { control: ['Microsoft.Stroage/*'] },
      },
    });
    const { stderr } = await runCli(args, { cwd });
    expect(
      stderr
        .split('\n')
        .filter(line => line !== '')
        .map(line => /\((\S+)\)$/.exec(line)?.[1]),
    ).toEqual(['operation-unknown', 'pattern-without-operations']);
  },
);
