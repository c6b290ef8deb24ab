import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { commandsIn } from '../reporters/commands-in.js';
import { parseXml } from '../reporters/parse-xml.js';
import { sarifSchemaErrors } from '../reporters/sarif-schema.js';
import { projectWith, restarter } from './project.js';
import { runCli } from './run-cli.js';

const example = fileURLToPath(new URL('../../docs/access', import.meta.url));
const score = 'Microsoft.MachineLearningServices/workspaces/onlineEndpoints/score/action';
const write = 'Microsoft.MachineLearningServices/workspaces/onlineEndpoints/write';

function checkRole(format: string, name = 'Scorer') {
  const cwd = projectWith({ 'roles/scorer.json': { ...restarter, Name: name, Actions: [score, write] } });
  return runCli(
    ['check', '--action-set', 'online-scoring', '--role', 'roles/scorer.json', '--format', format],
    {
      cwd,
    },
  );
}

test('GitHub shows the string of the role that grants what is forbidden', async () => {
  const { stdout, exitCode } = await checkRole('github');
  expect(stdout).toMatch(
    /^::error file=roles\/scorer\.json,line=7,endLine=7,title=access-forbidden::The role "Scorer" for online-scoring: 1 of 1 operation covered, 1 forbidden, 1 more than needed\.\n1 result: 1 error\.\n$/,
  );
  expect(exitCode).toBe(1);
});

test('Azure Pipelines shows it, too', async () => {
  expect((await checkRole('azure')).stdout).toContain(
    '##vso[task.logissue type=error;sourcepath=roles/scorer.json;linenumber=7;columnnumber=5;code=access-forbidden;]The role "Scorer"',
  );
});

test('an identity is shown where the expectations name it', async () => {
  const { stdout } = await runCli(
    ['check', 'access.yaml', '--snapshot', 'snapshot.json', '--format', 'github'],
    {
      cwd: example,
    },
  );
  const lines = stdout.trimEnd().split('\n');
  expect(lines[0]).toMatch(
    /^::error file=access\.yaml,line=\d+,endLine=\d+,title=access-forbidden::"scoring client"/,
  );
  expect(lines.at(-1)).toBe('6 results: 4 error, 2 pass.');
});

test('JUnit counts what passes and what fails', async () => {
  const { stdout } = await runCli(
    ['check', 'access.yaml', '--snapshot', 'snapshot.json', '--format', 'junit'],
    {
      cwd: example,
    },
  );
  parseXml(stdout);
  expect(stdout).toContain('tests="6" failures="4" errors="0"');
});

test('Markdown has a row for each fault', async () => {
  const { stdout } = await runCli(
    ['check', 'access.yaml', '--snapshot', 'snapshot.json', '--format', 'markdown'],
    {
      cwd: example,
    },
  );
  expect(stdout.match(/^\| error \|/gm)).toHaveLength(4);
});

test('SARIF places each fault in its file', async () => {
  const log = JSON.parse((await checkRole('sarif')).stdout);
  expect(log.runs[0].results).toMatchObject([
    {
      ruleId: 'access-forbidden',
      level: 'error',
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: 'roles/scorer.json' },
            region: { startLine: 7, startColumn: 5 },
          },
        },
      ],
    },
  ]);
});

test('problems of files stand where they are', async () => {
  const cwd = projectWith({ 'e.yml': 'name: claims\nauth_mode: aad_token\ntraffic: { blue: 100 }\n' });
  const { stdout } = await runCli(
    ['check', '--endpoint', 'e.yml', '--role', 'AcrPull', '--format', 'github'],
    { cwd },
  );
  expect(stdout).toContain('::error file=e.yml,line=2,endLine=2,title=caller-cannot-score::');
});

test.each(['github', 'azure'])('a name cannot smuggle a command into a log of %s', async format => {
  const { stdout } = await checkRole(format, 'x\n::warning::y\n##vso[task.setvariable variable=a]b');
  expect(commandsIn(stdout)).toHaveLength(1);
});

describe('where nobody wrote expectations', () => {
  const subscription = '/subscriptions/11111111-2222-3333-4444-555555555555';
  const registry = `${subscription}/resourceGroups/ml/providers/Microsoft.ContainerRegistry/registries/images`;
  const cluster = 'aaaaaaaa-1111-2222-3333-444444444401';
  const owner = '8e3af657-a8ff-443c-a75c-2fe8c4bcb635';
  const assignment = {
    id: `${registry}/providers/Microsoft.Authorization/roleAssignments/cccccccc-1111-2222-3333-000000000001`,
    principalId: cluster,
    principalType: 'ServicePrincipal',
    roleDefinitionId: `${subscription}/providers/Microsoft.Authorization/roleDefinitions/${owner}`,
    scope: registry,
  };

  const sarifOf = async (files: Readonly<Record<string, string>>, ...args: string[]) => {
    const cwd = projectWith({ 'deployed/assignments.json': [assignment], ...files });
    const options = ['--snapshot', 'deployed', '--container-registry', registry, '--format', 'sarif'];
    const log = JSON.parse((await runCli(['check', ...args, ...options], { cwd })).stdout);
    expect(sarifSchemaErrors(log)).toEqual([]);
    return log.runs[0].results;
  };

  test('a fault is at the resource that has the identity, and leads to the row of the snapshot', async () => {
    const compute = 'name: cpu\ntype: amlcompute\nidentity: { type: system_assigned }\n';
    const found = await sarifOf(
      { 'cpu.yml': compute },
      '--compute',
      'cpu.yml',
      '--principal',
      `cpu=${cluster}`,
    );
    const forbidden = found.filter(({ ruleId }: { ruleId: string }) => ruleId === 'access-forbidden');
    expect(forbidden).toMatchObject([
      {
        locations: [{ physicalLocation: { artifactLocation: { uri: 'cpu.yml' }, region: { startLine: 1 } } }],
        relatedLocations: [
          {
            physicalLocation: { artifactLocation: { uri: 'deployed/assignments.json' } },
            logicalLocations: [{ fullyQualifiedName: '/0' }],
          },
        ],
      },
    ]);
  });

  test('it is at that row where no file has the identity, and nowhere where there is neither', async () => {
    const pods =
      'apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: scorer\n  annotations: { azure.workload.identity/client-id: dddddddd-0000-1111-2222-333333333333 }\n';
    const found = await sarifOf(
      { 'pods.yml': pods },
      '--manifests',
      'pods.yml',
      '--principal',
      `operator=${cluster}`,
    );
    expect(
      found.map(({ ruleId, locations }: SarifResult) => [
        ruleId,
        locations.map(({ physicalLocation }) => physicalLocation.artifactLocation.uri),
      ]),
    ).toEqual([
      ['access-unknown', []],
      ['access-excess', ['deployed/assignments.json']],
    ]);
  });
});

interface SarifResult {
  readonly ruleId: string;
  readonly locations: readonly {
    readonly physicalLocation: { readonly artifactLocation: { readonly uri: string } };
  }[];
}

test('an identity that nothing is known of is no item less', async () => {
  const stranger = { name: 'stranger', principal: 'aaaaaaaa-1111-2222-3333-444444444409', never: ['*'] };
  const cwd = projectWith({
    'deployed/assignments.json': [],
    'access.json': { version: 1, identities: [stranger] },
  });
  const { stdout, exitCode } = await runCli(
    ['check', 'access.json', '--snapshot', 'deployed', '--format', 'github'],
    { cwd },
  );
  expect(stdout).toMatch(
    /^::warning file=access\.json,line=\d+,endLine=\d+,title=access-unknown::"stranger"/,
  );
  expect(exitCode).toBe(3);
});
