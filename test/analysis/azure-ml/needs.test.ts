import { describe, expect, test } from 'vitest';
import { conditionNamed } from '../../../src/rbac/action-sets/need-conditions.js';
import { resourceKinds } from '../../../src/rbac/action-sets/action-set.js';
import {
  analyseTexts,
  group,
  identityId,
  needsOf,
  noScopes,
  registryId,
  scopes,
  sets,
  storageId,
  workspaceId,
} from './run.js';

const user = `identity: { type: user_assigned, user_assigned_identities: [{ resource_id: ${identityId} }] }\n`;
const endpoint = (authMode: string, rest = '', kind = 'managed'): string =>
  `$schema: https://azuremlschemas.azureedge.net/latest/${kind}OnlineEndpoint.schema.json\nname: e\nauth_mode: ${authMode}\n${rest}`;
const batch = '$schema: https://azuremlschemas.azureedge.net/latest/batchEndpoint.schema.json\nname: b\n';
const store = (credentials: string, type = 'azure_blob'): string =>
  `name: s\ntype: ${type}\naccount_name: WSstorage\n${credentials}`;
const cluster = (rest: string, type = 'amlcompute'): string => `name: cpu\ntype: ${type}\n${rest}`;

describe('callers of an online endpoint (requirement 001-9)', () => {
  test.each([
    [
      'aad_token',
      [
        'online-scoring @ online-endpoint by hand',
        'online-scoring-cli @ online-endpoint by hand, when it calls through the CLI or the SDK',
      ],
      [],
    ],
    [
      'key',
      ['online-scoring-with-key @ online-endpoint by none'],
      [
        'online-keys @ online-endpoint by hand',
        'online-key-rotator @ online-endpoint by hand, when it renews the keys',
      ],
    ],
    [
      'aml_token',
      ['online-scoring-with-token @ online-endpoint by none'],
      ['online-token @ online-endpoint by hand'],
    ],
    ['${AUTH_MODE}', [], []],
  ])('%s', async (authMode, callers, readers) => {
    const found = await analyseTexts([endpoint(authMode)]);
    expect(needsOf(found, 'caller')).toEqual(callers);
    expect(needsOf(found, 'credential-reader')).toEqual(readers);
  });

  test('stand at the endpoint, not at the workspace (requirement 001-8)', async () => {
    const { needs } = await analyseTexts([endpoint('aad_token')]);
    expect(needs.find(({ actionSet }) => actionSet === 'online-scoring')?.scope).toBe(
      `${workspaceId}/onlineEndpoints/e`,
    );
  });

  test('through the CLI read the endpoint as well (requirement 001-10)', async () => {
    const { needs } = await analyseTexts([endpoint('aad_token')]);
    expect(
      needs.filter(({ requirement }) => requirement === '001-10').map(({ actionSet }) => actionSet),
    ).toEqual(['online-scoring-cli']);
  });
});

describe('the operator', () => {
  test('of an endpoint with a system-assigned identity (requirements 000-11 and D-1)', async () => {
    expect(
      needsOf(await analyseTexts([endpoint('aad_token'), 'name: blue\nendpoint_name: e\n']), 'operator'),
    ).toEqual([
      'online-endpoint-admin @ workspace by hand',
      'online-deployment-create @ workspace by hand',
      'online-log-reader @ online-endpoint by hand, when it reads the logs of deployments',
      'online-studio-deployer @ resource-group by hand, when it works in the studio',
      'role-assigner @ resource-group by hand, when it grants the identity roles beyond those that Azure assigns',
    ]);
  });

  test('gives the endpoint a user-assigned identity (requirements 000-2 and 003-9)', async () => {
    const found = await analyseTexts([endpoint('aad_token', user)]);
    expect(needsOf(found, 'operator').slice(-2)).toEqual([
      'online-create-with-identity @ user-assigned-identity by hand',
      'endpoint-setup-with-identity @ resource-group by hand, when it also creates the identity and assigns the roles',
    ]);
    expect(
      found.needs
        .filter(({ identity }) => identity === 'operator')
        .slice(-2)
        .map(({ scope }) => scope),
    ).toEqual([identityId, group]);
  });

  test('reads connections where access to secret stores is enforced (requirement D-2)', async () => {
    const enforced = 'properties: { enforce_access_to_default_secret_stores: enabled }\n';
    expect(needsOf(await analyseTexts([endpoint('aad_token', enforced)]), 'operator')).toContain(
      'connection-secrets-read @ workspace by hand',
    );
    expect(needsOf(await analyseTexts([endpoint('aad_token')]), 'operator')).not.toContain(
      'connection-secrets-read @ workspace by hand',
    );
  });
});

describe('the identity of an online endpoint', () => {
  const optional = [
    'blob-read @ user-storage-account by hand, when the scoring script reads another storage account',
    'key-vault-secret-read @ key-vault by hand, when the scoring script reads secrets',
    'ml-registry-consumer @ machine-learning-registry by hand, when the deployment uses assets of a registry',
  ];

  test('gets from Azure what it needs where it is system-assigned (requirements 000-4, 000-5 and 001-13)', async () => {
    expect(needsOf(await analyseTexts([endpoint('key')]), 'endpoint')).toEqual([
      'acr-pull @ container-registry by azure',
      'blob-read @ storage-account by azure',
      'metrics-write @ workspace by azure',
      expect.stringMatching(/^connection-secrets-read @ workspace by hand, when /),
      ...optional,
    ]);
  });

  test('gets nothing by itself where it is user-assigned (requirements 000-4, 000-5 and 001-13)', async () => {
    const found = await analyseTexts([endpoint('key', user)]);
    expect(needsOf(found, 'endpoint')).toEqual([
      'acr-pull @ container-registry by hand',
      'blob-read @ storage-account by hand',
      'metrics-write @ workspace by hand, when metrics are wanted',
      'connection-secrets-read @ workspace by hand, when deployments read workspace connections',
      ...optional,
    ]);
    expect(found.needs.filter(({ identity }) => identity === 'endpoint').map(({ which }) => which)).toEqual(
      Array(7).fill(identityId),
    );
  });

  test('reads connections by Azure’s grant where that is enforced (requirements 001-3 and D-2)', async () => {
    const enforced = 'properties: { enforce_access_to_default_secret_stores: enabled }\n';
    expect(needsOf(await analyseTexts([endpoint('key', enforced)]), 'endpoint')).toContain(
      'connection-secrets-read @ workspace by azure',
    );
  });

  test('needs a grant of its own for each further resource that is named (requirement 000-6)', async () => {
    const accounts = ['a', 'b'].map(name => `${group}/providers/Microsoft.Storage/storageAccounts/${name}`);
    const { needs } = await analyseTexts([endpoint('key')], {
      scopes: { ...scopes, dataStorageAccounts: accounts },
    });
    expect(
      needs.filter(({ at }) => at === 'user-storage-account').map(({ scope, when }) => [scope, when]),
    ).toEqual(accounts.map(id => [id, undefined]));
  });

  test('takes no AcrPull in a registry with permissions of repositories (requirement D-11)', async () => {
    const found = await analyseTexts([endpoint('key')], {
      scopes: { ...scopes, registryMode: 'repository' },
    });
    expect(needsOf(found, 'endpoint')[0]).toBe('acr-pull-abac @ container-registry by hand');
  });

  test('on Kubernetes is granted AcrPull by hand (requirement D-4)', async () => {
    expect(needsOf(await analyseTexts([endpoint('key', '', 'kubernetes')]), 'endpoint')[0]).toBe(
      'acr-pull @ container-registry by hand',
    );
  });

  test.each([
    [
      'azureml://registries/shared/models/fraud/versions/1',
      'ml-registry-consumer @ machine-learning-registry by hand',
    ],
    [
      'azureml://registries/azureml/models/fraud/versions/1',
      expect.stringContaining(', when the deployment uses assets of a registry'),
    ],
    ['azureml:fraud:1', expect.stringContaining(', when the deployment uses assets of a registry')],
  ])('with the model %s', async (model, need) => {
    const found = await analyseTexts([endpoint('key'), `name: blue\nendpoint_name: e\nmodel: ${model}\n`]);
    expect(needsOf(found, 'endpoint').at(-1)).toEqual(need);
  });

  test('has its scopes from the options', async () => {
    const { needs } = await analyseTexts([endpoint('key')]);
    const scopesOf = (set: string) =>
      needs
        .filter(({ identity, actionSet }) => identity === 'endpoint' && actionSet === set)
        .map(({ scope }) => scope);
    expect(scopesOf('acr-pull')).toEqual([registryId]);
    expect(scopesOf('blob-read')).toEqual([storageId, undefined]);
  });

  test('has no scope that nobody named', async () => {
    const { needs } = await analyseTexts([endpoint('key')], { scopes: noScopes });
    expect(needs.flatMap(({ scope }) => scope ?? [])).toEqual([]);
  });
});

describe('who reads the data of a batch job (requirement 004-7)', () => {
  const both = ['job-identity', 'compute-identity'];

  test.each([
    [
      'azure_blob with a key',
      store('credentials: { account_key: x }\n'),
      ['stored-credential'],
      'credential',
    ],
    ['azure_blob with a SAS', store('credentials: { sas_token: x }\n'), ['stored-credential'], 'credential'],
    ['azure_blob with none', store(''), both, 'role-assignments'],
    ['azure_blob with empty credentials', store('credentials: {}\n'), both, 'role-assignments'],
    [
      'azure_file with a key',
      store('credentials: { account_key: x }\n', 'azure_file'),
      ['stored-credential'],
      'credential',
    ],
    ['azure_data_lake_gen1 with none', store('', 'azure_data_lake_gen1'), both, 'access-control-lists'],
    [
      'azure_data_lake_gen2 with none',
      store('', 'azure_data_lake_gen2'),
      both,
      'access-control-lists-and-role-assignments',
    ],
    [
      'azure_data_lake_gen2 with a service principal',
      store('credentials: { tenant_id: t, client_id: c, client_secret: s }\n', 'azure_data_lake_gen2'),
      ['stored-credential'],
      'credential',
    ],
  ])('%s', async (_, text, readBy, decidedBy) => {
    const { inputs } = await analyseTexts([text]);
    expect(inputs.map(input => [input.readBy, input.decidedBy])).toEqual([[readBy, decidedBy]]);
  });

  test('a cluster’s system-assigned identity is known by the cluster’s name (requirement 004-9)', async () => {
    const { inputs } = await analyseTexts([store(''), cluster('identity: { type: system_assigned }\n')]);
    expect(inputs[0]?.computeIdentities).toEqual([
      { compute: 'cpu', kind: 'system-assigned', displayName: 'ws/computes/cpu', userAssigned: [] },
    ]);
  });
});

describe('batch endpoints', () => {
  const system = cluster('identity: { type: system_assigned }\n');

  test('need the invoker to read what no credential is stored for (requirements 004-2, 004-3 and 004-10)', async () => {
    const found = await analyseTexts([batch, store(''), system]);
    expect(needsOf(found, 'caller')).toEqual([
      'batch-invoke @ workspace by hand',
      'blob-read @ storage-account WSstorage by hand',
    ]);
    expect(
      found.needs.find(({ identity, actionSet }) => identity === 'caller' && actionSet === 'blob-read')
        ?.scope,
    ).toBe(storageId);
  });

  test('name no role for blobs where the data lies in a file share (requirement 004-7)', async () => {
    const found = await analyseTexts([batch, store('', 'azure_file'), system]);
    expect(needsOf(found, 'caller')).toEqual(['batch-invoke @ workspace by hand']);
    expect(needsOf(found, 'compute').filter(need => need.startsWith('blob-read @'))).toEqual([]);
    expect(found.problems.map(({ code }) => code)).toEqual(['file-share-without-credential']);
  });

  test('need no role on storage where a credential is stored (requirement 004-7)', async () => {
    const found = await analyseTexts([batch, store('credentials: { account_key: x }\n'), system]);
    expect(needsOf(found, 'caller')).toEqual(['batch-invoke @ workspace by hand']);
  });

  test('need the cluster to mount it (requirements 003-4 and 004-8)', async () => {
    expect(needsOf(await analyseTexts([batch, store(''), system]), 'compute')).toEqual([
      'acr-pull @ container-registry by azure',
      'blob-read @ storage-account WSstorage by hand',
      'blob-read-write @ output-storage-account by hand, when the output datastore stores no credential',
    ]);
  });

  test('with a user-assigned identity of the cluster need AcrPull by hand (requirement 003-5)', async () => {
    expect(needsOf(await analyseTexts([batch, cluster(user)]), 'compute')[0]).toBe(
      'acr-pull @ container-registry by hand',
    );
  });

  test('on Kubernetes need AcrPull by hand (requirement D-4)', async () => {
    const compute = cluster('identity: { type: system_assigned }\n', 'kubernetes');
    expect(needsOf(await analyseTexts([batch, compute]), 'compute')[0]).toBe(
      'acr-pull @ container-registry by hand',
    );
  });

  test('ask nothing of a compute instance: no page says what its identity needs', async () => {
    const instance = cluster('identity: { type: system_assigned }\n', 'computeinstance');
    expect(needsOf(await analyseTexts([instance]), 'compute')).toEqual([]);
  });

  test('give their own identity nothing to do (requirement 004-1)', async () => {
    expect(needsOf(await analyseTexts([batch]), 'endpoint')).toEqual([]);
  });
});

const insightsId = `${group}/providers/Microsoft.Insights/components/ai`;

describe('workspaces', () => {
  const workspace = (rest: string): string =>
    `$schema: https://azuremlschemas.azureedge.net/latest/workspace.schema.json\nname: ws\n${rest}`;
  const bound = `storage_account: ${storageId}\nkey_vault: ${group}/providers/Microsoft.KeyVault/vaults/kv\napplication_insights: ${insightsId}\ncontainer_registry: ${registryId}\n`;

  test('with a user-assigned identity get nothing by themselves (requirement 003-8)', async () => {
    const found = await analyseTexts([workspace(`${user}${bound}`)], {
      scopes: { ...noScopes, workspace: workspaceId },
    });
    expect(
      found.needs
        .filter(({ identity, when }) => identity === 'workspace' && when === undefined)
        .map(({ actionSet, scope }) => [actionSet, scope]),
    ).toEqual([
      ['workspace-identity-workspace', workspaceId],
      ['workspace-identity-storage', storageId],
      ['workspace-identity-key-vault', `${group}/providers/Microsoft.KeyVault/vaults/kv`],
      ['workspace-identity-acr', registryId],
      ['workspace-identity-application-insights', insightsId],
    ]);
  });

  test('with a key of the customer’s need more (requirement 003-11)', async () => {
    const found = await analyseTexts([
      workspace(`${user}${bound}customer_managed_key: { key_vault: x, key_uri: y }\n`),
    ]);
    expect(needsOf(found, 'workspace')).toContain('workspace-identity-cmk @ resource-group by hand');
  });

  test('that attach clusters need roles on them (requirement D-5)', async () => {
    expect(needsOf(await analyseTexts([workspace(`${user}${bound}`)]), 'workspace')).toContain(
      'aks-attach @ aks-cluster by hand, when it attaches an AKS cluster',
    );
  });

  test('need nothing by hand where the identity is system-assigned (requirement 003-8)', async () => {
    const { needs } = await analyseTexts([workspace('identity: { type: system_assigned }\n')]);
    expect(needs.map(({ actionSet, grantedBy }) => `${actionSet} ${grantedBy}`)).toEqual([
      'workspace-identity-acr azure',
    ]);
  });

  test('build on private images with an identity that they may take on (requirement 003-6)', async () => {
    const connection = `name: r\ntype: container_registry\ntarget: x.azurecr.io\ncredentials: { type: managed_identity, client_id: c, resource_id: ${identityId} }\n`;
    const found = await analyseTexts([connection]);
    expect(
      found.needs.map(({ identity, which, actionSet, scope }) => [identity, which, actionSet, scope]),
    ).toEqual([
      ['registry-identity', identityId, 'acr-pull', undefined],
      ['workspace', undefined, 'workspace-identity-private-acr-build', identityId],
    ]);
  });
});

test('every need is an action set that stands at one scope of a known kind', async () => {
  const texts = [
    ...['key', 'aml_token', 'aad_token'].flatMap(mode => [endpoint(mode), endpoint(mode, user)]),
    batch,
    store(''),
    cluster(user),
    `$schema: https://azuremlschemas.azureedge.net/latest/workspace.schema.json\n${user}`,
  ];
  const { needs } = await analyseTexts(texts);
  const conditions = needs.flatMap(({ when }) => when ?? []);
  expect(conditions.filter(when => conditionNamed(when) === undefined)).toEqual([]);
  const kinds = needs
    .map(({ actionSet }) => sets.get(actionSet))
    .map(set => (set.kind === 'composite' ? 'composite' : set.scope));
  expect(kinds.filter(kind => !(resourceKinds as readonly string[]).includes(kind))).toEqual([]);
});
