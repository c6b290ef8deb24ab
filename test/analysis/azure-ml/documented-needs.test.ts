// What the documents of Azure Machine Learning ask of identities beyond endpoints and their workspace: private registries,
// accounts by name, keys of customers, clusters of Kubernetes.
import { describe, expect, test } from 'vitest';
import { checkManifests } from '../../../src/analysis/azure-ml/check-manifests.js';
import { readManifests } from '../../../src/analysis/azure-ml/manifest.js';
import { analyseTexts, group, identityId, noScopes, scopes, storageId } from './run.js';

const privateRegistry = `${group}/providers/Microsoft.ContainerRegistry/registries/privateacr`;
const vault = `${group}/providers/Microsoft.KeyVault/vaults/kvcmk`;
const keyIdentity = identityId.replace(/[^/]+$/, 'uai-cmk');

const endpoint =
  '$schema: https://azuremlschemas.azureedge.net/latest/managedOnlineEndpoint.schema.json\nname: claims\nauth_mode: aad_token\n';
const deployment = (rest: string): string => `name: blue\nendpoint_name: claims\n${rest}`;

type Found = Awaited<ReturnType<typeof analyseTexts>>;

function lines({ needs }: Found, identity: string): string[] {
  return needs
    .filter(need => need.identity === identity)
    .map(({ actionSet, at, scope, grantedBy, when }) =>
      [
        actionSet,
        '@',
        scope?.split('/').at(-1) ?? at,
        grantedBy,
        ...(when === undefined ? [] : [`if ${when}`]),
      ].join(' '),
    );
}

describe('a deployment whose image is in another registry (requirement 000-4)', () => {
  const image = deployment('environment: { image: privateacr.azurecr.io/team/score:1 }\n');

  test('pulls it with a role that somebody assigns', async () => {
    const found = await analyseTexts([endpoint, image], {
      scopes: { ...scopes, privateRegistries: [privateRegistry] },
    });
    expect(lines(found, 'endpoint')).toContain('acr-pull @ privateacr hand');
    expect(lines(found, 'endpoint')).toContain('acr-pull @ wsregistry azure');
  });

  test('may be that of the workspace as long as nobody names it', async () => {
    expect(lines(await analyseTexts([endpoint, image], { scopes: noScopes }), 'endpoint')).toContain(
      'acr-pull @ container-registry privateacr hand if that is not the registry of the workspace',
    );
  });

  test.each(['mcr.microsoft.com/azureml/minimal', 'wsregistry.azurecr.io/score:1', '${IMAGE}'])(
    'needs nothing more for %s',
    async name => {
      const found = await analyseTexts([endpoint, deployment(`environment: { image: "${name}" }\n`)], {
        scopes,
      });
      expect(lines(found, 'endpoint').filter(line => line.startsWith('acr-pull'))).toEqual([
        'acr-pull @ wsregistry azure',
      ]);
    },
  );
});

test('an account that the environment variables name is one that the code reads (requirement 000-6)', async () => {
  const variables = deployment('environment_variables: { STORAGE_ACCOUNT_NAME: stclaims, COUNT: 3 }\n');
  const { needs } = await analyseTexts([endpoint, variables]);
  expect(needs.filter(({ resourceName }) => resourceName !== undefined)).toMatchObject([
    {
      identity: 'endpoint',
      actionSet: 'blob-read',
      at: 'storage-account stclaims',
      resourceName: 'stclaims',
    },
  ]);
});

test('an operator of a system-assigned endpoint may have to assign roles (requirement 000-2)', async () => {
  const found = await analyseTexts([endpoint], { scopes });
  expect(lines(found, 'operator')).toContain(
    'role-assigner @ rg-ml hand if it grants the identity roles beyond those that Azure assigns',
  );
});

describe('a cluster', () => {
  const cluster = 'name: cpu\ntype: amlcompute\nidentity: { type: system_assigned }\n';

  test('pulls from a private registry by a grant of hand (requirement 003-5)', async () => {
    const found = await analyseTexts([cluster], {
      scopes: { ...scopes, privateRegistries: [privateRegistry] },
    });
    expect(lines(found, 'compute').slice(0, 2)).toEqual([
      'acr-pull @ wsregistry azure',
      'acr-pull @ privateacr hand',
    ]);
  });

  test('reads an account that jobs name by its address, and so does the invoker (requirement 004-7)', async () => {
    const batch =
      '$schema: https://azuremlschemas.azureedge.net/latest/batchEndpoint.schema.json\nname: nightly\n';
    const found = await analyseTexts([batch, cluster], {
      scopes: { ...scopes, dataStorageAccounts: [storageId] },
    });
    for (const identity of ['caller', 'compute'])
      expect(lines(found, identity)).toContain('blob-read @ wsstorage hand');
  });

  test('is the one that the deployment names (requirement 004-8)', async () => {
    const batch = 'name: d\nendpoint_name: nightly\ncompute: azureml:gpu\nmini_batch_size: 1\n';
    const { problems } = await analyseTexts([batch, cluster]);
    expect(problems.map(({ code }) => code)).toEqual(['deployment-compute-mismatch']);
    expect((await analyseTexts([batch.replace('gpu', 'cpu'), cluster])).problems).toEqual([]);
  });
});

describe('a workspace', () => {
  const workspace = (rest: string): string =>
    `$schema: https://azuremlschemas.azureedge.net/latest/workspace.schema.json\nname: ws\nstorage_account: ${storageId}\nkey_vault: ${vault}\napplication_insights: ${group}/providers/Microsoft.Insights/components/ai\ncontainer_registry: ${privateRegistry}\n${rest}`;
  const two = `identity: { type: user_assigned, user_assigned_identities: [{ resource_id: ${identityId} }, { resource_id: ${keyIdentity} }] }\nprimary_user_assigned_identity: ${identityId}\n`;

  test('with a key of the customer’s fetches it with the identity that is not its own (requirement 003-11)', async () => {
    const found = await analyseTexts([
      workspace(
        `${two}customer_managed_key: { key_vault: ${vault}, key_uri: https://kvcmk.vault.azure.net/keys/k }\n`,
      ),
    ]);
    const of = (id: string) =>
      found.needs.filter(need => need.which === id).map(({ actionSet, scope }) => [actionSet, scope]);
    expect(of(keyIdentity)).toEqual([['cmk-encryption', vault]]);
    expect(of(identityId).map(([set]) => set)).not.toContain('cmk-encryption');
  });

  test('names its resources by whole ids (requirement 003-8)', async () => {
    const wrong = workspace('')
      .replace(privateRegistry, 'crclaims')
      .replace('Microsoft.KeyVault', 'Microsoft.KeyVaullt');
    const { problems } = await analyseTexts([wrong]);
    expect(problems.map(({ code, message }) => [code, message.split(':')[0]])).toEqual([
      ['resource-id-malformed', expect.stringContaining('KeyVaullt')],
      [
        'resource-id-malformed',
        expect.stringContaining('"crclaims" is not the ARM id of a container registry'),
      ],
    ]);
  });

  test('builds upon images of the registry that a connection names (requirement 003-6)', async () => {
    const connection = `name: r\ntype: container_registry\ntarget: https://privateacr.azurecr.io\ncredentials: { type: managed_identity, client_id: c, resource_id: ${identityId} }\n`;
    const given = { ...noScopes, privateRegistries: [privateRegistry] };
    const found = await analyseTexts([connection], { scopes: given });
    expect(lines(found, 'registry-identity')).toEqual(['acr-pull @ privateacr hand']);
  });
});

test('a pod’s identity is judged at the resources that options name (requirements 002-3, 002-6 and 002-7)', async () => {
  const { objects } = await readManifests(
    `apiVersion: aadpodidentity.k8s.io/v1\nkind: AzureIdentity\nmetadata: { name: scorer }\nspec: { type: 0, resourceID: ${identityId}, clientID: c }\n`,
    'pods.yaml',
  );
  const nodes = `${group.replace('rg-ml', 'MC_ml')}`;
  const { needs } = checkManifests(objects, {
    ...scopes,
    'key-vault': vault,
    'node-resource-group': nodes,
  });
  expect(needs.map(({ actionSet, scope, when }) => [actionSet, scope, when])).toEqual([
    ['pod-identity-nodes', nodes, 'pod identity is not the add-on of AKS'],
    ['pod-identity-assign', identityId, 'pod identity is not the add-on of AKS'],
    ['blob-read', storageId, undefined],
    ['key-vault-secret-read', vault, undefined],
  ]);
});
