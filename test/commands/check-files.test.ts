import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { projectWith } from './project.js';
import { runCli } from './run-cli.js';

const subscription = '/subscriptions/00000000-0000-0000-0000-00000000000a';
const group = `${subscription}/resourceGroups/rg-ml`;
const workspace = `${group}/providers/Microsoft.MachineLearningServices/workspaces/ws`;
const registry = `${group}/providers/Microsoft.ContainerRegistry/registries/wsregistry`;
const storage = `${group}/providers/Microsoft.Storage/storageAccounts/wsstorage`;
const identity = `${group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/scorer`;
const scorerId = '11111111-1111-1111-1111-111111111111';
const clusterId = '22222222-2222-2222-2222-222222222222';
const callerId = '33333333-3333-3333-3333-333333333333';

const roles = {
  acrPull: '7f951dda-4ed3-4680-a7ca-43fe172d538d',
  blobReader: '2a2b9908-6ea1-4ae2-8e65-a410df84e7d1',
  dataScientist: 'f6c7c914-8db3-469d-8ca1-694a8f32e121',
};

const assignment = (principalId: string, role: string, scope: string, number: number) => ({
  id: `${scope}/providers/Microsoft.Authorization/roleAssignments/99999999-0000-0000-0000-00000000000${number}`,
  properties: {
    scope,
    principalId,
    principalType: 'ServicePrincipal',
    roleDefinitionId: `${subscription}/providers/Microsoft.Authorization/roleDefinitions/${role}`,
  },
});

const snapshot = {
  version: 1,
  kind: 'azrbac-snapshot',
  roleDefinitions: [],
  roleAssignments: [
    assignment(scorerId, roles.acrPull, registry, 1),
    assignment(scorerId, roles.blobReader, storage, 2),
    assignment(clusterId, roles.acrPull, registry, 3),
    assignment(callerId, roles.dataScientist, workspace, 4),
  ],
  denyAssignments: [],
  eligibleAssignments: [],
  activeAssignments: [],
  principals: [
    { id: scorerId, type: 'ServicePrincipal', displayName: 'scorer', memberOf: [] },
    { id: clusterId, type: 'ServicePrincipal', displayName: 'ws/computes/cpu', memberOf: [] },
    { id: callerId, type: 'ServicePrincipal', displayName: 'client', memberOf: [] },
  ],
  managementGroups: [],
  subscriptions: [],
  resources: [],
  gaps: [],
};

const endpoint = (authMode: string, rest = ''): string =>
  `$schema: https://azuremlschemas.azureedge.net/latest/managedOnlineEndpoint.schema.json\nname: fraud\nauth_mode: ${authMode}\n${rest}`;

const files: Record<string, string> = {
  'entra.yml': endpoint(
    'aad_token',
    `identity: { type: user_assigned, user_assigned_identities: [{ resource_id: ${identity} }] }\n`,
  ),
  'system.yml': endpoint('aad_token', 'identity: { type: system_assigned }\n'),
  'key.yml': endpoint('key'),
  'blue.yml':
    'name: blue\nendpoint_name: fraud\ncode_configuration: { code: src, scoring_script: score.py }\n',
  'batch.yml':
    '$schema: https://azuremlschemas.azureedge.net/latest/batchEndpoint.schema.json\nname: nightly\nauth_mode: aad_token\n',
  'cpu.yml': 'name: cpu\ntype: amlcompute\nidentity: { type: system_assigned }\n',
  'input.yml': 'name: input\ntype: azure_blob\naccount_name: wsstorage\ncontainer_name: in\n',
  'broken.yml': 'name: fraud\nauth_mode: [\n',
  'pods.yml':
    'apiVersion: aadpodidentity.k8s.io/v1\nkind: AzureIdentityBinding\nmetadata: { name: b }\nspec: { azureIdentity: scorer, selector: scoring }\n',
  'environment.yml':
    '$schema: https://azuremlschemas.azureedge.net/latest/environment.schema.json\nname: score\nimage: mcr.microsoft.com/azureml/minimal\n',
  'config-map.yml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: c }\n',
  'scorer.json': JSON.stringify({
    Name: 'Scorer',
    IsCustom: true,
    Actions: ['Microsoft.MachineLearningServices/workspaces/onlineEndpoints/score/action'],
    AssignableScopes: [group],
  }),
  'snapshot.json': JSON.stringify(snapshot),
  // As a collection has it: nothing is called after what it belongs to, and the resources say whose it is.
  'collected.json': JSON.stringify({
    ...snapshot,
    principals: snapshot.principals.map(({ displayName, ...rest }) => rest),
    resources: [
      {
        id: identity,
        type: 'Microsoft.ManagedIdentity/userAssignedIdentities',
        properties: { principalId: scorerId },
      },
      {
        id: `${workspace.toLowerCase()}/computes/cpu`,
        type: 'Microsoft.MachineLearningServices/workspaces/computes',
        identity: { type: 'SystemAssigned', principalId: clusterId },
      },
    ],
  }),
};

let folder: string;

beforeAll(() => {
  folder = projectWith(files);
});

afterAll(() => rmSync(folder, { recursive: true }));

function check(...args: string[]) {
  return runCli(['check', ...args], { cwd: folder });
}

/** Nothing is needed of a user-assigned endpoint but what every one needs. */
const nothingBeside = [
  'writes-metrics',
  'reads-connections',
  'reads-other-storage',
  'reads-secrets',
  'uses-registry',
].map(condition => `--no-${condition}`);

/** Nobody asks for what callers and operators hold. */
const othersLeftOut = ['--principal', 'caller=-', '--principal', 'operator=-'];

async function checkJson(...args: string[]) {
  const { stdout, exitCode } = await check(...args, '--format', 'json');
  return { ...JSON.parse(stdout), exitCode };
}

test('who is who, collected resources say', async () => {
  const ids = ['--workspace', workspace, '--container-registry', registry, '--storage-account', storage];
  const args = ['--endpoint', 'entra.yml', '--deployment', 'blue.yml', '--compute', 'cpu.yml', ...ids];
  const { needs, notices } = await checkJson(...args, '--snapshot', 'collected.json');
  const principals = new Set(
    (needs as { identity: string; principal: string | null }[])
      .filter(need => ['endpoint', 'compute'].includes(need.identity))
      .map(need => `${need.identity} ${need.principal}`),
  );
  expect(principals).toEqual(new Set([`endpoint ${scorerId}`, `compute ${clusterId}`]));
  expect(notices.map((notice: { code: string }) => notice.code)).toEqual([
    'principal-unknown',
    'need-not-checked',
    'need-not-checked',
  ]);
});

test('an endpoint’s needs come with their scopes', async () => {
  const { needs, exitCode } = await checkJson('--endpoint', 'system.yml', '--workspace', workspace);
  expect(needs[0]).toEqual({
    identity: 'caller',
    which: null,
    principal: null,
    actionSet: 'online-scoring',
    partOf: null,
    at: 'online-endpoint',
    scope: `${workspace}/onlineEndpoints/fraud`,
    grantedBy: 'hand',
    when: null,
    condition: null,
    requirement: '001-9',
  });
  expect(exitCode).toBe(0);
});

test('problems have their place, their requirement and where Microsoft says so', async () => {
  const { problems, exitCode } = await checkJson('--endpoint', 'system.yml', '--previous', 'entra.yml');
  expect(problems).toEqual([
    {
      code: 'endpoint-identity-changed',
      severity: 'error',
      message:
        'The identity of an online endpoint cannot be changed after its creation, and here it goes from user-assigned to system-assigned: delete the endpoint with its deployments, and create it again.',
      file: 'system.yml',
      line: 4,
      column: 11,
      requirement: '000-3',
      reference:
        'https://learn.microsoft.com/azure/machine-learning/how-to-access-resources-from-endpoints-managed-identities',
    },
  ]);
  expect(exitCode).toBe(1);
});

test('warnings do not fail', async () => {
  const { problems, exitCode } = await checkJson('--endpoint', 'entra.yml', '--deployment', 'blue.yml');
  expect(problems.map(({ code, file, line }: Record<string, unknown>) => [code, file, line])).toEqual([
    ['client-id-missing', 'blue.yml', 1],
  ]);
  expect(exitCode).toBe(0);
});

test('what is no YAML is an error, and the rest is still checked', async () => {
  const { problems, needs, exitCode } = await checkJson('--endpoint', 'broken.yml', '--compute', 'cpu.yml');
  expect(problems[0]).toMatchObject({ code: 'yaml-syntax', file: 'broken.yml', line: 3 });
  expect(needs.map(({ identity: who }: Record<string, unknown>) => who)).toContain('compute');
  expect(exitCode).toBe(2);
});

test('a file under the wrong option is told', async () => {
  const { problems, exitCode } = await checkJson('--endpoint', 'cpu.yml');
  expect(problems).toMatchObject([{ code: 'unexpected-file', file: 'cpu.yml', line: 1 }]);
  expect(exitCode).toBe(3);
});

test('a role that lets callers score has no effect on an endpoint with keys (requirement 001-9)', async () => {
  const { problems } = await checkJson('--endpoint', 'key.yml', '--role', 'scorer.json');
  expect(problems.map(({ code, severity, line }: Record<string, unknown>) => [code, severity, line])).toEqual(
    [
      ['key-auth', 'warning', 3],
      ['score-without-effect', 'warning', 3],
    ],
  );
  expect((await checkJson('--endpoint', 'system.yml', '--role', 'scorer.json')).problems).toEqual([]);
});

test.each([
  ['AcrPull', ['caller-cannot-score error']],
  ['AzureML Data Scientist', ['caller-role-too-wide error']],
  ['Contributor', ['caller-role-too-wide error']],
])('whether "%s" suits the callers of an endpoint (requirement 001-9, 001-18)', async (role, expected) => {
  const { problems, exitCode } = await checkJson('--endpoint', 'system.yml', '--role', role);
  expect(problems.map(({ code, severity }: Record<string, unknown>) => `${code} ${severity}`)).toEqual(
    expected,
  );
  expect(exitCode).toBe(1);
});

describe('with a snapshot', () => {
  const known = [
    '--workspace',
    workspace,
    '--container-registry',
    registry,
    '--storage-account',
    storage,
    '--snapshot',
    'snapshot.json',
  ];
  const statuses = (results: { subject: { name: string }; actionSet: string; status: string }[]) =>
    results.map(({ subject, actionSet, status }) => [subject.name, actionSet, status]);

  test('a user-assigned identity is held against what the endpoint needs (requirements 000-4 and 000-5)', async () => {
    const { results, exitCode } = await checkJson(
      '--endpoint',
      'entra.yml',
      ...known,
      ...nothingBeside,
      ...['--principal', `scorer=${scorerId}`, ...othersLeftOut],
    );
    expect(statuses(results)).toEqual([
      ['endpoint (scorer)', 'acr-pull', 'pass'],
      ['endpoint (scorer)', 'blob-read', 'pass'],
    ]);
    expect(exitCode).toBe(0);
  });

  describe('a need that nobody affirmed', () => {
    const secretsReader = 'ea01e6af-a1c1-4350-9563-ad00f8c72ec5';
    const metricsWriter = '635dd51f-9968-44d3-b7fb-6d9a6bd613ae';
    const elsewhere = `${group}/providers/Microsoft.Storage/storageAccounts/stclaims`;
    const held = {
      ...snapshot,
      roleAssignments: [
        ...snapshot.roleAssignments,
        assignment(scorerId, secretsReader, workspace, 5),
        assignment(scorerId, metricsWriter, workspace, 6),
        assignment(scorerId, roles.blobReader, elsewhere, 7),
      ],
    };
    const checkHeld = async (...answers: string[]) => {
      writeFileSync(join(folder, 'held.json'), JSON.stringify(held));
      const args = known.map(argument => (argument === 'snapshot.json' ? 'held.json' : argument));
      const { results, exitCode } = await checkJson(
        ...['--endpoint', 'entra.yml', ...args, '--principal', `scorer=${scorerId}`],
        ...othersLeftOut,
        ...answers,
      );
      const faulty = results.filter(
        ({ status, notChecked }: Record<string, unknown>) => status !== 'pass' && notChecked === null,
      );
      return {
        exitCode,
        faulty: faulty.map(({ scope, status }: Record<string, unknown>) => [scope, status]),
        open: results
          .filter(({ notChecked }: Record<string, unknown>) => notChecked !== null)
          .map(({ notChecked }: { notChecked: { when: string } }) => notChecked.when),
      };
    };

    test('is neither met nor held against the identity that meets it', async () => {
      expect(await checkHeld()).toEqual({
        exitCode: 3,
        faulty: [],
        open: [
          'writes-metrics',
          'reads-connections',
          'reads-other-storage',
          'reads-secrets',
          'uses-registry',
        ],
      });
    });

    test('is a need like any other once it is affirmed, and none once it is denied', async () => {
      const rest = ['--no-reads-secrets', '--no-uses-registry'];
      const affirmed = ['--writes-metrics', '--reads-connections', '--reads-other-storage'];
      expect(await checkHeld(...rest, ...affirmed, '--data-storage-account', elsewhere)).toEqual({
        exitCode: 0,
        faulty: [],
        open: [],
      });
      const denied = await checkHeld(
        ...rest,
        '--writes-metrics',
        '--no-reads-connections',
        '--no-reads-other-storage',
      );
      expect(denied).toEqual({
        exitCode: 1,
        faulty: [
          [workspace, 'fail'],
          [elsewhere, 'excess'],
        ],
        open: [],
      });
    });

    test('is not both', async () => {
      const { stderr, exitCode } = await check(
        '--endpoint',
        'entra.yml',
        '--reads-secrets',
        '--no-reads-secrets',
      );
      expect([exitCode, stderr]).toEqual([
        2,
        expect.stringContaining('"--reads-secrets" and "--no-reads-secrets" cannot both hold.'),
      ]);
    });
  });

  test('the scope of a storage account is found by its name, which is unique in Azure', async () => {
    const { results } = await checkJson(
      ...[
        '--compute',
        'cpu.yml',
        '--datastore',
        'input.yml',
        '--workspace',
        workspace,
        '--snapshot',
        'snapshot.json',
      ],
    );
    const reading = results.find(({ actionSet }: Record<string, unknown>) => actionSet === 'blob-read');
    expect(reading).toMatchObject({ status: 'fail', scope: storage });
  });

  test('workspaces and computes are found by their names, and so is who they are (requirement 004-9)', async () => {
    const args = ['--compute', 'cpu.yml', '--container-registry', registry, '--snapshot', 'collected.json'];
    const { needs } = await checkJson(...args);
    expect(needs[0]).toMatchObject({ identity: 'compute', which: 'cpu', principal: clusterId });
  });

  test('a client id that the endpoint’s identity does not have is an error (requirement 000-10, document 000-9)', async () => {
    const client = 'cccccccc-0000-1111-2222-333333333333';
    const [scorer, ...others] = JSON.parse(files['collected.json']!).resources;
    const resources = [{ ...scorer, properties: { ...scorer.properties, clientId: client } }, ...others];
    writeFileSync(
      join(folder, 'clients.json'),
      JSON.stringify({ ...JSON.parse(files['collected.json']!), resources }),
    );
    const codes = async (given: string) => {
      writeFileSync(
        join(folder, 'green.yml'),
        `name: green\nendpoint_name: fraud\nenvironment_variables: { UAI_CLIENT_ID: ${given} }\n`,
      );
      const args = ['--endpoint', 'entra.yml', '--deployment', 'green.yml', '--snapshot', 'clients.json'];
      const { problems } = await checkJson(...args);
      return problems.map(({ code, line }: Record<string, unknown>) => [code, line]);
    };
    expect(await codes(client)).toEqual([]);
    expect(await codes(scorerId)).toEqual([['client-id-mismatch', 3]]);
  });

  test('what a job reads by its address is read with roles (requirement 004-7, document 004-7)', async () => {
    const address = 'https://wsstorage.blob.core.windows.net/claims/2026';
    const args = ['--endpoint', 'batch.yml', '--compute', 'cpu.yml', '--data', address];
    const { results, inputs } = await checkJson(...args, ...known);
    expect(inputs).toMatchObject([{ datastore: address, type: 'azure_blob', account: 'wsstorage' }]);
    const reading = results.filter(({ actionSet }: Record<string, unknown>) => actionSet === 'blob-read');
    expect(reading).toMatchObject([{ status: 'fail', scope: storage }]);
    expect((await check('--data', address)).exitCode).toBe(2);
  });

  test('what a group of the identity has counts', async () => {
    const team = 'eeeeeeee-1111-2222-3333-444444444401';
    const { roleAssignments, principals } = snapshot;
    const grouped = {
      ...snapshot,
      roleAssignments: roleAssignments.map(row =>
        JSON.parse(JSON.stringify(row).replaceAll(scorerId, team).replaceAll('ServicePrincipal', 'Group')),
      ),
      principals: [
        ...principals.map(each => (each.id === scorerId ? { ...each, memberOf: [team] } : each)),
        { id: team, type: 'Group', displayName: 'Scorers', memberOf: [] },
      ],
    };
    writeFileSync(join(folder, 'grouped.json'), JSON.stringify(grouped));
    const args = known.map(argument => (argument === 'snapshot.json' ? 'grouped.json' : argument));
    const { results } = await checkJson(
      '--endpoint',
      'entra.yml',
      ...args,
      ...nothingBeside,
      ...['--principal', `scorer=${scorerId}`, ...othersLeftOut],
    );
    expect(statuses(results)).toEqual([
      ['endpoint (scorer)', 'acr-pull', 'pass'],
      ['endpoint (scorer)', 'blob-read', 'pass'],
    ]);
  });

  test('a cluster is known by its name, and must read the data (requirements 004-8 and 004-9)', async () => {
    const { results, exitCode } = await checkJson(
      '--endpoint',
      'batch.yml',
      '--compute',
      'cpu.yml',
      '--datastore',
      'input.yml',
      ...known,
    );
    expect(statuses(results)).toEqual([
      ['compute (cpu)', 'acr-pull', 'pass'],
      ['compute (cpu)', 'blob-read', 'fail'],
      ['compute (cpu)', 'blob-read-write', 'unknown'],
    ]);
    expect(exitCode).toBe(1);
  });

  test('an invoker needs to read the data even where the cluster may (requirement 004-10)', async () => {
    const args = [
      '--endpoint',
      'batch.yml',
      '--datastore',
      'input.yml',
      ...known,
      '--principal',
      `caller=${callerId}`,
    ];
    const { results } = await checkJson(...args);
    const reading = results.find(({ actionSet }: Record<string, unknown>) => actionSet === 'blob-read');
    expect(reading).toMatchObject({ status: 'fail', scope: storage });
  });

  test('a built-in role for a whole workspace is more than a caller needs (requirement 001-8)', async () => {
    const { results } = await checkJson(
      '--endpoint',
      'system.yml',
      ...known,
      '--principal',
      `caller=${callerId}`,
    );
    expect(results[0]).toMatchObject({ actionSet: 'online-scoring', status: 'fail', missing: [] });
    expect(results[0].forbidden).toContain(
      'Microsoft.MachineLearningServices/workspaces/onlineEndpoints/write',
    );
  });

  test('a caller with a key must hold nothing on the endpoint (requirement 001-9)', async () => {
    const { results } = await checkJson(
      '--endpoint',
      'key.yml',
      ...known,
      '--principal',
      `caller=${callerId}`,
    );
    expect(results[0]).toMatchObject({ actionSet: 'online-scoring-with-key', status: 'fail' });
    expect(results[0].forbidden).toContain(
      'Microsoft.MachineLearningServices/workspaces/onlineEndpoints/score/action',
    );
  });

  test('an endpoint’s identity must not do what its composite forbids', async () => {
    const { results } = await checkJson(
      '--endpoint',
      'entra.yml',
      ...known,
      ...nothingBeside,
      '--principal',
      `scorer=${callerId}`,
    );
    expect(results.map(({ actionSet }: Record<string, unknown>) => actionSet)).toEqual([
      'acr-pull',
      'blob-read',
      null,
    ]);
    expect(results[2].forbidden).toContain(
      'Microsoft.MachineLearningServices/workspaces/onlineEndpoints/write',
    );
  });

  test('who is not known is a notice, not checked, and no success', async () => {
    const { results, notices, exitCode } = await checkJson('--endpoint', 'system.yml', ...known);
    expect(results).toEqual([]);
    expect(notices).toMatchObject([{ code: 'principal-unknown' }, { code: 'nothing-checked' }]);
    expect(notices[1].file).toBeUndefined();
    expect(exitCode).toBe(3);
    const quiet = await check('--endpoint', 'system.yml', ...known, '--quiet');
    expect(quiet.stdout).toContain(
      'Not checked, since the object id is not known: caller, operator, endpoint.',
    );
    expect(quiet.exitCode).toBe(3);
  });

  test.each([
    ['everybody is left out', ['--compute', 'cpu.yml', ...known, '--principal', 'cpu=-']],
    ['nothing is compared', ['--compute', 'cpu.yml', '--principal', `cpu=${clusterId}`]],
    ['a file is of another kind', ['--compute', 'environment.yml']],
    ['the manifests are of something else', ['--manifests', 'config-map.yml']],
  ])('that %s is no success', async (_, args) => {
    expect((await checkJson(...args)).exitCode).toBe(3);
    expect((await check(...args, '--quiet')).exitCode).toBe(3);
  });

  test('the options in that notice work as they stand, with a name of the snapshot too', async () => {
    const listed = { id: identity, name: 'scorer', type: 'Microsoft.ManagedIdentity/userAssignedIdentities' };
    const cwd = projectWith({
      'cpu.yml': files['cpu.yml']!,
      'exports/identities.json': [{ ...listed, principalId: scorerId }],
      'exports/role-assignments.json': [],
    });
    const run = async (...args: string[]) => {
      const options = ['--compute', 'cpu.yml', '--data-storage-account', storage, '--snapshot', 'exports'];
      const { stdout, stderr, exitCode } = await runCli(['check', ...options, ...args, '--format', 'json'], {
        cwd,
      });
      return { ...(stdout === '' ? {} : JSON.parse(stdout)), stderr, exitCode };
    };
    const { notices } = await run();
    const [notice] = notices.filter(({ code }: { code: string }) => code === 'principal-unknown');
    expect(notice.message).toContain('--principal cpu=OBJECT-ID');
    expect(notice.message).toContain('az ml compute show --name cpu --query identity.principal_id');
    for (const who of ['cpu', 'compute (cpu)', 'compute']) {
      const { needs } = await run('--principal', `${who}=scorer`);
      const [compute] = needs.filter((need: { identity: string }) => need.identity === 'compute');
      expect(compute.principal).toBe(scorerId);
    }
    const { exitCode, stderr } = await run('--principal', 'cluster=scorer');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('There is: compute, cpu.');
  });

  test('one principal in two parts is one identity with both needs (requirement 001-14)', async () => {
    const both = ['--principal', `caller=${callerId}`, '--principal', `operator=${callerId}`];
    const { results } = await checkJson('--endpoint', 'system.yml', ...known, ...both);
    expect([...new Set(results.map(({ subject }: { subject: { name: string } }) => subject.name))]).toEqual([
      'caller and operator',
    ]);
  });
});

describe('expectations are written', () => {
  test('that azrbac check reads, with who is not known as comments', async () => {
    const written = await check(
      '--endpoint',
      'entra.yml',
      '--no-uses-registry',
      '--workspace',
      workspace,
      '--container-registry',
      registry,
      '--storage-account',
      storage,
      '--principal',
      `scorer=${scorerId}`,
      '--write-expectations',
      'access.yaml',
    );
    expect(written).toMatchObject({ exitCode: 0, stderr: 'Wrote "access.yaml".\n' });
    const text = readFileSync(join(folder, 'access.yaml'), 'utf8');
    expect(text).toContain(
      `  - name: "endpoint (scorer)"\n    principal: "${scorerId}"\n    needs:\n      - set: acr-pull # at the container-registry\n        partOf: endpoint-identity-user-assigned\n        scope: "${registry}"\n`,
    );
    expect(text).toContain('  # - name: "caller"\n');
    expect(text).toContain('        at: "user-storage-account"\n        when: "reads-other-storage"\n');
    const open = await checkJson('access.yaml', '--snapshot', 'snapshot.json');
    expect(open.results.map(({ status }: Record<string, unknown>) => status)).toEqual([
      'pass',
      'pass',
      ...['unknown', 'unknown', 'unknown', 'unknown'],
    ]);
    expect(open.exitCode).toBe(3);
    const conditions = ['writes-metrics', 'reads-connections', 'reads-other-storage', 'reads-secrets'];
    const answered = text.replace(
      'identities:',
      `conditions:\n${conditions.map(name => `  ${name}: no\n`).join('')}identities:`,
    );
    writeFileSync(join(folder, 'answered.yaml'), answered);
    expect((await checkJson('answered.yaml', '--snapshot', 'snapshot.json')).exitCode).toBe(0);
    writeFileSync(join(folder, 'misspelt.yaml'), answered.replace('reads-secrets: no', 'reads-secret: no'));
    const misspelt = await checkJson('misspelt.yaml', '--snapshot', 'snapshot.json');
    expect(misspelt.exitCode).toBe(2);
    expect(misspelt.errors).toMatchObject([{ message: 'No need here depends on "reads-secret".' }]);
  });

  test('and hold no line that a file smuggles in', async () => {
    writeFileSync(
      join(folder, 'odd.yml'),
      'name: "cpu\\n  - name: smuggled"\ntype: amlcompute\nidentity: { type: system_assigned }\n',
    );
    await check('--compute', 'odd.yml', '--write-expectations', 'odd-access.yaml');
    expect(readFileSync(join(folder, 'odd-access.yaml'), 'utf8')).not.toMatch(/^\s*- name: smuggled/m);
  });
});

test.each(['', 'kind: ConfigMap\nmetadata: { name: c }\n'])(
  'a file without a manifest to be checked is noticed: %j',
  async text => {
    const cwd = projectWith({ 'other.yml': text });
    const { stderr } = await runCli(['check', '--manifests', 'other.yml'], { cwd });
    expect(stderr).toContain('The file holds no manifest that has to do with identities');
    expect(stderr).toContain('(no-manifest)');
  },
);

test('manifests are checked', async () => {
  const { problems, exitCode } = await checkJson('--manifests', 'pods.yml');
  expect(problems.map(({ code, line }: Record<string, unknown>) => [code, line])).toEqual([
    ['binding-without-identity', 4],
    ['pod-identity-unsupported', 1],
  ]);
  expect(exitCode).toBe(1);
});

test('people read problems, needs and inputs', async () => {
  const { stdout } = await check(
    '--endpoint',
    'batch.yml',
    '--datastore',
    'input.yml',
    '--workspace',
    workspace,
  );
  expect(stdout).toBe(
    [
      'caller',
      `  batch-invoke at ${workspace}: you assign it`,
      '  blob-read at the storage account wsstorage (id not given): you assign it',
      '',
      'operator',
      `  batch-endpoint-admin at ${workspace}: you assign it`,
      '',
      'inputs',
      '  "input" is read with the job identity and compute identity; what decides: role assignments',
      '',
      '0 errors, 0 warnings.',
      '',
    ].join('\n'),
  );
});

describe('mistakes on the command line', () => {
  test.each([
    [['--endpoint', 'missing.yml'], 'Cannot read "missing.yml": it does not exist.'],
    [['--endpoint', 'key.yml', '--workspace', 'ws'], '"--workspace" is not the ARM id of a workspace'],
    [
      ['--endpoint', 'key.yml', '--storage-account', workspace],
      '"--storage-account" is not the ARM id of a storage account',
    ],
    [['--endpoint', 'key.yml', '--principal', 'caller'], '"--principal" needs WHO=OBJECT-ID, not "caller".'],
    [['--endpoint', 'key.yml', '--principal', `driver=${callerId}`], '"--principal" names "driver"'],
    [
      ['--endpoint', 'key.yml', '--action-set', 'acr-pull'],
      'Files of Azure Machine Learning are checked by themselves.',
    ],
  ])('%j', async (args, message) => {
    const { stderr, exitCode } = await check(...args);
    expect(stderr).toContain(message);
    expect(exitCode).toBe(2);
  });
});
