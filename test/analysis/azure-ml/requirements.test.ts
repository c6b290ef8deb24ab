// What Microsoft's pages on Azure Machine Learning ask of roles and assignments, as far as other commands answer it.
// docs/coverage.md lists all requirements by number.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { rmSync } from 'node:fs';
import type { ActionSet } from '../../../src/rbac/action-sets/action-set.js';
import { type Coverage, coverage } from '../../../src/rbac/action-sets/coverage.js';
import { heldThrough } from '../../../src/tenant/access/granted-role.js';
import { needOf } from '../../../src/rbac/action-sets/need.js';
import { OperationIndex } from '../../../src/rbac/permissions/operation-index.js';
import { projectWith } from '../../commands/project.js';
import { runCli } from '../../commands/run-cli.js';
import { shippedCatalog } from '../../shipped-catalog.js';
import { group, registryId, sets, storageId, workspaceId } from './run.js';

const tools = { catalog: shippedCatalog, index: new OperationIndex(shippedCatalog) };

/** What one principal with these built-in roles has of an action set. */
function held(set: string, ...roles: string[]): Coverage {
  const need = needOf(sets.get(set) as ActionSet, tools);
  const [first, ...more] = roles.map(role => heldThrough(shippedCatalog.builtInRoles.find(role)!, tools));
  const all = more.reduce(
    (sum, each) => ({
      definite: sum.definite.union(each.definite),
      conditional: sum.conditional.union(each.conditional),
    }),
    first!,
  );
  return coverage(need, all, { allowExcess: 'any', conditionalGrants: 'fail' });
}

const ml = 'Microsoft.MachineLearningServices/workspaces';

describe('setting up an endpoint with its own identity', () => {
  test.each([
    [['User Access Administrator', 'Contributor'], 0],
    [['Owner'], 0],
    [['Contributor'], 1],
    [['User Access Administrator'], 5],
  ])('%j leave %i operations missing (requirement 000-2)', (roles, missing) => {
    expect(held('endpoint-setup-with-identity', ...roles).missing).toHaveLength(missing);
  });
});

describe('reading blobs', () => {
  test.each(['Reader', 'Contributor', 'Owner'])(
    '%s reads none: it has no data actions (requirements 000-6 and 002-6)',
    role => {
      expect(held('blob-read', role).missing).toContain(
        'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read',
      );
    },
  );

  test.each([
    ['Storage Blob Data Reader', []],
    [
      'Storage Blob Data Contributor',
      ['delete', 'write'].map(
        verb => `Microsoft.Storage/storageAccounts/blobServices/containers/blobs/${verb}`,
      ),
    ],
  ])('%s grants too much: %j (requirement 000-8)', (role, forbidden) => {
    expect(held('blob-read', role).forbidden).toEqual(forbidden);
  });
});

describe('built-in roles of Azure Machine Learning', () => {
  test.each(['online-control-plane', 'online-scoring'])(
    'AzureML Data Scientist covers %s (requirement 001-2)',
    set => {
      expect(held(set, 'AzureML Data Scientist').missing).toEqual([]);
    },
  );

  test('the reader of connection secrets covers its set and nothing forbidden (requirement 001-3)', () => {
    const found = held(
      'connection-secrets-read',
      'Azure Machine Learning Workspace Connection Secrets Reader',
    );
    expect([found.missing, found.forbidden]).toEqual([[], []]);
  });
});

describe('documented custom roles', () => {
  async function rulesOn(file: string): Promise<string[]> {
    const { stdout } = await runCli(['lint', `docs/examples/${file}`, '--format', 'json']);
    return JSON.parse(stdout).findings.map(({ ruleId }: { ruleId: string }) => ruleId);
  }

  test('the control plane holds credentials and lacks deployments (requirements 001-4 and 001-12)', async () => {
    const rules = await rulesOn('online-endpoint-control-plane.json');
    expect(rules).toEqual(
      expect.arrayContaining([
        'ml-control-role-holds-credentials',
        'ml-control-role-lacks-deployments',
        'ml-endpoint-switches-auth-mode',
      ]),
    );
  });

  test('scoring by a wildcard grants more than scoring (requirement 001-5)', async () => {
    expect(await rulesOn('online-endpoint-scorer.json')).toEqual(['ml-scoring-wildcard']);
  });
});

describe('who may make roles and assignments', () => {
  test.each([
    ['Owner', 'pass'],
    ['User Access Administrator', 'pass'],
    ['Contributor', 'fail'],
    ['Role Based Access Control Administrator', 'fail'],
    ['Azure AI Administrator', 'fail'],
  ])('%s writes role definitions: %s (requirement 001-6)', (role, status) => {
    expect(held('role-author', role).missing.length === 0 ? 'pass' : 'fail').toBe(status);
  });

  test.each([
    ['Owner', 'pass'],
    ['User Access Administrator', 'pass'],
    ['Role Based Access Control Administrator', 'pass'],
    ['Contributor', 'fail'],
    ['Managed Identity Operator', 'fail'],
  ])('%s assigns roles: %s (requirements 001-7 and 003-12)', (role, status) => {
    expect(held('role-assigner', role).missing.length === 0 ? 'pass' : 'fail').toBe(status);
  });
});

test('who renews keys lists them first (requirement 001-11)', () => {
  expect((sets.get('online-key-rotator') as ActionSet).required).toEqual({
    control: ['listkeys', 'read', 'regeneratekeys'].map(name =>
      name === 'read' ? `${ml}/onlineEndpoints/read` : `${ml}/onlineEndpoints/${name}/action`,
    ),
  });
});

test('whoever lists the credentials of a registry needs no AcrPull, and must not (requirement 003-2)', () => {
  expect(held('acr-pull', 'Contributor').forbidden).toContain(
    'Microsoft.ContainerRegistry/registries/listCredentials/action',
  );
});

describe('identities of clusters and pods', () => {
  test.each([
    ['Managed Identity Operator', 'pod-identity-assign', []],
    [
      'Managed Identity Contributor',
      'pod-identity-assign',
      ['Microsoft.ManagedIdentity/userAssignedIdentities/assign/action'],
    ],
    ['Virtual Machine Contributor', 'pod-identity-nodes', []],
  ])('%s for %s lacks %j (requirement 002-3)', (role, set, missing) => {
    expect(held(set, role).missing).toEqual(missing);
  });

  test('Managed Identity Contributor can become any identity that it may edit (requirement 002-9)', () => {
    expect(held('workload-identity-admin', 'Managed Identity Contributor').covered).toContain(
      'Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials/write',
    );
  });

  test.each([
    ['Key Vault Secrets User', []],
    ['Reader', ['Microsoft.KeyVault/vaults/secrets/getSecret/action']],
  ])('%s on a vault in role mode lacks %j (requirement 002-7)', (role, missing) => {
    expect(held('key-vault-secret-read', role).missing).toEqual(expect.arrayContaining(missing));
    expect(held('key-vault-secret-read', role).missing.length > 0).toBe(missing.length > 0);
  });
});

test('a vault with access policies pays no heed to roles (requirement 002-7)', async () => {
  const error =
    "(Forbidden) The user, group or application 'appid=22222222-1111-1111-1111-111111111111;oid=11111111-1111-1111-1111-111111111111' does not have secrets get permission on key vault 'kv;location=westeurope'.";
  const { stdout } = await runCli(['explain', error, '--format', 'json']);
  expect(JSON.parse(stdout).explanations[0].traps.map(({ id }: { id: string }) => id)).toContain(
    'access-policy-vault',
  );
});

test('the identity for customer-managed keys gets, wraps and unwraps (requirement 003-11)', () => {
  const found = held('cmk-encryption', 'Key Vault Crypto Service Encryption User');
  expect([found.missing, found.forbidden]).toEqual([[], []]);
});

describe('invoking batch endpoints', () => {
  test('asks for the documented list (requirements 004-2 and 004-3)', () => {
    expect((sets.get('batch-invoke') as ActionSet).required).toEqual({
      control: [
        'batchEndpoints/deployments/jobs/write',
        'batchEndpoints/deployments/read',
        'batchEndpoints/deployments/write',
        'batchEndpoints/jobs/write',
        'batchEndpoints/read',
        'batchEndpoints/write',
        'computes/listKeys/action',
        'computes/read',
        'data/versions/write',
        'datasets/registered/read',
        'datasets/registered/write',
        'datasets/unregistered/read',
        'datasets/unregistered/write',
        'datastores/listsecrets/action',
        'datastores/read',
        'datastores/write',
        'endpoints/pipelines/read',
        'endpoints/pipelines/write',
        'environments/build/action',
        'environments/read',
        'environments/readSecrets/action',
        'environments/write',
        'experiments/read',
        'experiments/runs/read',
        'experiments/runs/submit/action',
        'experiments/runs/write',
        'listStorageAccountKeys/action',
        'metadata/artifacts/read',
        'metadata/artifacts/write',
        'metadata/secrets/read',
        'metadata/snapshots/read',
        'metrics/resource/write',
        'models/read',
        'modules/read',
        'read',
      ].map(name => `${ml}/${name}`),
    });
  });

  test.each([
    ['Azure AI Developer', `${ml}/batchEndpoints/delete`],
    ['Contributor', `${ml}/computes/write`],
    ['Owner', 'Microsoft.Authorization/roleAssignments/write'],
  ])('%s may do more than an invoker: %s (requirement 004-4)', (role, operation) => {
    expect(held('batch-invoke', role).forbidden).toContain(operation);
  });

  test('reads stored credentials, which go around roles on storage (requirement 004-11)', async () => {
    const role = {
      Name: 'Batch Invoker',
      IsCustom: true,
      Description: 'Invokes batch endpoints.',
      Actions: (sets.get('batch-invoke') as ActionSet).required.control,
      AssignableScopes: [group],
    };
    const folder = projectWith({ 'invoker.json': role });
    const { stdout } = await runCli(['lint', 'invoker.json', '--format', 'json'], { cwd: folder });
    rmSync(folder, { recursive: true });
    expect(JSON.parse(stdout).findings.map(({ ruleId }: { ruleId: string }) => ruleId)).toContain(
      'ml-batch-invoker-reads-credentials',
    );
  });
});

describe('tokens are for one audience', () => {
  const token = (audience: string): string => {
    const claims = {
      aud: audience,
      iss: 'https://sts.windows.net/99999999-8888-7777-6666-555555555555/',
      oid: '11111111-1111-1111-1111-111111111111',
      tid: '99999999-8888-7777-6666-555555555555',
      exp: 4_000_000_000,
    };
    return (
      [{ alg: 'RS256', typ: 'JWT' }, claims]
        .map(part => Buffer.from(JSON.stringify(part)).toString('base64url'))
        .join('.') + '.c2ln'
    );
  };

  test.each([
    ['https://ml.azure.com', 'scoring', 0],
    ['https://management.azure.com', 'scoring', 1],
    ['https://management.azure.com', 'control-plane', 0],
    ['https://ml.azure.com', 'control-plane', 1],
    ['https://ml.azure.com', 'batch-invoke', 0],
    ['https://management.azure.com', 'batch-invoke', 1],
  ])('one for %s and %s calls: exit %i (requirements 001-1 and 004-1)', async (audience, call, exitCode) => {
    expect(
      (await runCli(['explain', '--token', '-', '--for', call], { stdin: token(audience) })).exitCode,
    ).toBe(exitCode);
  });
});

describe('assignments in a snapshot', () => {
  const principal = '11111111-1111-1111-1111-111111111111';
  const subscription = '/subscriptions/00000000-0000-0000-0000-00000000000a';
  const dataScientist = 'f6c7c914-8db3-469d-8ca1-694a8f32e121';
  const computeOperator = 'e503ece1-11d0-4e8e-8e2c-7a6c3bf38815';
  const blobReader = '2a2b9908-6ea1-4ae2-8e65-a410df84e7d1';
  const acrPull = '7f951dda-4ed3-4680-a7ca-43fe172d538d';
  let folders: string[] = [];

  beforeAll(() => (folders = []));
  afterAll(() => folders.forEach(folder => rmSync(folder, { recursive: true })));

  interface Assigned {
    readonly role: string;
    readonly scope: string;
    readonly condition?: string;
  }

  async function check(need: { set: string; scope: string }, assigned: readonly Assigned[], type?: string) {
    return (await report({ needs: [need] }, assigned, type)).results[0];
  }

  async function report(expected: object, assigned: readonly Assigned[], type = 'ServicePrincipal') {
    const roleAssignments = assigned.map(({ role, scope, condition }, index) => ({
      id: `${scope}/providers/Microsoft.Authorization/roleAssignments/99999999-0000-0000-0000-00000000000${index}`,
      properties: {
        scope,
        principalId: principal,
        principalType: type,
        roleDefinitionId: `${subscription}/providers/Microsoft.Authorization/roleDefinitions/${role}`,
        ...(condition !== undefined && { condition, conditionVersion: '2.0' }),
      },
    }));
    const rest = {
      denyAssignments: [],
      eligibleAssignments: [],
      activeAssignments: [],
      managementGroups: [],
      subscriptions: [],
      gaps: [],
    };
    const principals = [{ id: principal, type, displayName: 'x', memberOf: [] }];
    const folder = projectWith({
      'access.yaml': { version: 1, identities: [{ name: 'it', principal, ...expected }] },
      'snapshot.json': {
        version: 1,
        kind: 'azrbac-snapshot',
        roleDefinitions: [],
        roleAssignments,
        principals,
        ...rest,
      },
    });
    folders.push(folder);
    const args = [
      'check',
      'access.yaml',
      '--snapshot',
      'snapshot.json',
      '--allow-excess',
      'any',
      '--format',
      'json',
    ];
    return JSON.parse((await runCli(args, { cwd: folder })).stdout);
  }

  test.each(['User', 'ServicePrincipal'])(
    'are judged alike, whoever invokes: %s (requirements 001-16 and 004-5)',
    async type => {
      const result = await check(
        { set: 'batch-invoke', scope: workspaceId },
        [{ role: dataScientist, scope: workspaceId }],
        type,
      );
      expect(result.missing).toEqual([`${ml}/computes/listKeys/action`]);
    },
  );

  test('what one role takes back, another one gives (requirement D-9)', async () => {
    const need = { set: 'compute-operator', scope: workspaceId };
    const alone = await check(need, [{ role: dataScientist, scope: workspaceId }]);
    const both = await check(need, [
      { role: dataScientist, scope: workspaceId },
      { role: computeOperator, scope: workspaceId },
    ]);
    expect(alone.missing).toContain(`${ml}/computes/write`);
    expect(both.missing).toEqual([]);
  });

  test('who must not write blobs is told where it may (requirement D-8)', async () => {
    const blobWriter = 'ba92f5b4-2d11-453d-a403-e96b0029c9fe';
    const never = [{ dataActions: 'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/write' }];
    const result = await report({ needs: [], never }, [{ role: blobWriter, scope: storageId }]);
    expect(result.identities[0].never[0].operations).toEqual([
      'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/write',
    ]);
  });

  test('a condition makes a grant uncertain (requirement D-13)', async () => {
    const condition =
      "(@Resource[Microsoft.Storage/storageAccounts/blobServices/containers:name] StringEquals 'azureml')";
    const result = await check({ set: 'blob-read', scope: storageId }, [
      { role: blobReader, scope: storageId, condition },
    ]);
    expect(result).toMatchObject({ status: 'fail', covered: [], missing: [] });
    expect(result.conditional).toContain(
      'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read',
    );
  });

  test('AcrPull does not pull from a registry with permissions of repositories (requirement D-11)', async () => {
    const pulls = [{ role: acrPull, scope: registryId }];
    expect(await check({ set: 'acr-pull', scope: registryId }, pulls)).toMatchObject({ status: 'pass' });
    expect(await check({ set: 'acr-pull-abac', scope: registryId }, pulls)).toMatchObject({ status: 'fail' });
  });

  test('the command that mends says the object id and the kind of principal (requirement 000-7)', async () => {
    const { remedies } = await check({ set: 'blob-read', scope: storageId }, []);
    expect(remedies[0].commands[0]).toMatch(
      /^az role assignment create --assignee-object-id 11111111-1111-1111-1111-111111111111 --assignee-principal-type ServicePrincipal --role "Storage Blob Data Reader" /,
    );
  });
});
