// Numbers with "document" are those of the pages that azrbac began with; the others are those of docs/coverage.md.
import { describe, expect, test } from 'vitest';
import { analyse } from '../../../src/analysis/azure-ml/analyse.js';
import { readAzureMl } from '../../../src/analysis/azure-ml/read-resources.js';
import { storageAddress } from '../../../src/analysis/azure-ml/storage-address.js';
import { analyseTexts, identityId, noScopes, registryId, scopes, sets, storageId } from './run.js';

const cluster = (identity: string): string => `name: cpu\ntype: amlcompute\n${identity}`;
const own = 'identity: { type: system_assigned }\n';
const batch =
  '$schema: https://azuremlschemas.azureedge.net/latest/batchEndpoint.schema.json\nname: nightly\n';
const data = (path: string): string => `name: claims\ntype: uri_folder\npath: ${path}\n`;

type Found = Awaited<ReturnType<typeof analyseTexts>>;

const reads = ({ needs }: Found): string[] =>
  needs
    .filter(({ actionSet }) => actionSet === 'blob-read')
    .map(({ identity, at, scope }) => `${identity} @ ${scope?.split('/').at(-1) ?? at}`);

describe('inputs of batch jobs (requirement 004-7; document 004-6, 004-7)', () => {
  test.each([
    ['https://stclaims.blob.core.windows.net/claims/2026', 'azure_blob stclaims'],
    ['wasbs://claims@stclaims.blob.core.windows.net/2026', 'azure_blob stclaims'],
    ['abfss://claims@stclaims.dfs.core.windows.net/2026', 'azure_data_lake_gen2 stclaims'],
    ['https://stclaims.dfs.core.usgovcloudapi.net/claims', 'azure_data_lake_gen2 stclaims'],
    ['adl://stclaims.azuredatalakestore.net/2026', 'azure_data_lake_gen1 stclaims'],
    ['https://stclaims.file.core.windows.net/claims', 'azure_file stclaims'],
    ['azureml://datastores/input/paths/2026/', 'datastore input'],
    ['azureml://subscriptions/s/resourcegroups/g/workspaces/w/datastores/input/paths/x', 'datastore input'],
    ['https://kvclaims.vault.azure.net/', 'vault kvclaims'],
    ['./data', undefined],
    ['https://example.com/blob.core.windows.net/x', undefined],
    ['https://stclaims.blob.core.windows.net.example.com/x', undefined],
  ])('%s leads to %s', (text, expected) => {
    const found = storageAddress(text);
    const told =
      found === undefined
        ? undefined
        : found.kind === 'account'
          ? `${found.type} ${found.account}`
          : found.kind === 'datastore'
            ? `datastore ${found.datastore}`
            : `vault ${found.vault}`;
    expect(told).toBe(expected);
  });

  test('a data asset at an address is read by the invoker and by the cluster', async () => {
    const found = await analyseTexts([
      batch,
      cluster(own),
      data('https://wsstorage.blob.core.windows.net/claims'),
    ]);
    expect(reads(found)).toEqual(['caller @ wsstorage', 'compute @ wsstorage']);
    expect(found.inputs).toMatchObject([
      { datastore: 'claims', account: 'wsstorage', storageAccount: storageId },
    ]);
    expect(found.problems).toEqual([]);
  });

  test('so is a plain address, for which no credential is stored', async () => {
    const { resources } = await readAzureMl(cluster(''), 'cpu.yml');
    const at = resources[0]!.at;
    const addresses = ['abfss://claims@stclaims.dfs.core.windows.net/'].map(value => ({
      name: undefined,
      path: { value, at },
      at,
    }));
    const found = analyse({ resources, earlier: [], scopes, addresses, sets });
    expect(found.inputs).toMatchObject([
      { type: 'azure_data_lake_gen2', decidedBy: 'access-control-lists-and-role-assignments' },
    ]);
    expect(found.problems.map(({ code }) => code)).toEqual(['compute-without-identity']);
  });

  test('a data asset in a datastore is read as that is', async () => {
    const stored =
      'name: input\ntype: azure_blob\naccount_name: wsstorage\ncredentials: { account_key: k }\n';
    const asset = data('azureml://datastores/input/paths/2026/');
    expect(reads(await analyseTexts([batch, cluster(own), stored, asset]))).toEqual([]);
    const { problems } = await analyseTexts([batch, cluster(own), asset]);
    expect(problems.map(({ code }) => code)).toEqual(['input-not-located']);
  });

  test('Data Lake Gen1 is a matter of access control lists', async () => {
    const found = await analyseTexts([batch, cluster(own), data('adl://stclaims.azuredatalakestore.net/x')]);
    expect(reads(found)).toEqual([]);
    expect(found.inputs).toMatchObject([{ decidedBy: 'access-control-lists' }]);
  });

  test('no identity reads a file share (document 004-9)', async () => {
    const share = 'name: share\ntype: azure_file\naccount_name: wsstorage\nfile_share_name: s\n';
    const found = await analyseTexts([batch, cluster(own), share]);
    expect(found.inputs).toMatchObject([{ readBy: [], decidedBy: 'credential', computeIdentities: [] }]);
    expect(found.problems.map(({ code }) => code)).toEqual(['file-share-without-credential']);
    expect(reads(found)).toEqual([]);
  });
});

describe('environments in files of their own (requirement 003-5; document 003-6)', () => {
  const environment = (image: string): string =>
    `$schema: https://azuremlschemas.azureedge.net/latest/environment.schema.json\nname: score\nimage: ${image}\n`;
  const pulls = async (image: string) =>
    (await analyseTexts([cluster(own), environment(image)])).needs
      .filter(({ actionSet }) => actionSet === 'acr-pull')
      .map(({ at, grantedBy }) => `${at} ${grantedBy}`);

  test.each([
    ['privateacr.azurecr.io/score:1', ['container-registry azure', 'container-registry privateacr hand']],
    ['wsregistry.azurecr.io/score:1', ['container-registry azure']],
    ['mcr.microsoft.com/azureml/minimal', ['container-registry azure']],
  ])('%s', async (image, expected) => {
    expect(await pulls(image)).toEqual(expected);
  });

  test('an endpoint pulls it, too', async () => {
    const endpoint =
      '$schema: https://azuremlschemas.azureedge.net/latest/managedOnlineEndpoint.schema.json\nname: claims\nauth_mode: aad_token\n';
    const deployment = 'name: blue\nendpoint_name: claims\nenvironment: azureml:score@latest\n';
    const { needs } = await analyseTexts([
      endpoint,
      deployment,
      environment('privateacr.azurecr.io/score:1'),
    ]);
    expect(needs.map(({ identity, at }) => `${identity} ${at}`)).toContain(
      'endpoint container-registry privateacr',
    );
  });
});

describe('what a deployment names in its environment variables (requirement 000-6; document 000-10)', () => {
  const endpoint = `name: claims\nauth_mode: aad_token\nidentity: { type: user_assigned, user_assigned_identities: [{ resource_id: ${identityId} }] }\n`;
  const needsOf = async (variables: string) =>
    (
      await analyseTexts([
        endpoint,
        `name: blue\nendpoint_name: claims\nenvironment_variables: { ${variables} }\n`,
      ])
    ).needs
      .filter(({ resourceName }) => resourceName !== undefined)
      .map(({ actionSet, at, when }) => `${actionSet} @ ${at}${when === undefined ? '' : ' perhaps'}`);

  test.each([
    ['STORAGE_ACCOUNT_NAME: stclaims', ['blob-read @ storage-account stclaims']],
    ['BLOB_URL: "https://stclaims.blob.core.windows.net/"', ['blob-read @ storage-account stclaims']],
    ['KEY_VAULT_NAME: kv-claims', ['key-vault-secret-read @ key-vault kv-claims']],
    ['VAULT_URI: "https://kv-claims.vault.azure.net/"', ['key-vault-secret-read @ key-vault kv-claims']],
    ['COUNT: "3", NAME: stclaims', []],
  ])('%s', async (variables, expected) => {
    expect(await needsOf(variables)).toEqual(expected);
  });
});

describe('the client id that code passes on (requirement 000-10; document 000-9)', () => {
  const client = 'cccccccc-0000-1111-2222-333333333333';
  const codes = async (variables: string, known: string | undefined) => {
    const endpoint = `name: claims\nauth_mode: aad_token\nidentity: { type: user_assigned, user_assigned_identities: [{ resource_id: ${identityId} }] }\n`;
    const deployment = `name: blue\nendpoint_name: claims\nenvironment_variables: { ${variables} }\n`;
    const read = await Promise.all([endpoint, deployment].map((text, at) => readAzureMl(text, `${at}.yml`)));
    const resources = read.flatMap(found => found.resources);
    const { problems } = analyse({ resources, earlier: [], scopes, clientOf: () => known, sets });
    return problems.map(({ code }) => code);
  };

  test.each([
    ['is that of the endpoint’s identity', `UAI_CLIENT_ID: ${client}`, client, []],
    ['is another one', 'UAI_CLIENT_ID: dddddddd-0000-1111-2222-333333333333', client, ['client-id-mismatch']],
    [
      'is another one for the SDK',
      'AZURE_CLIENT_ID: dddddddd-0000-1111-2222-333333333333',
      client,
      ['client-id-mismatch'],
    ],
    ['is filled in later', 'UAI_CLIENT_ID: ${CLIENT_ID}', client, []],
    ['cannot be compared', 'UAI_CLIENT_ID: dddddddd-0000-1111-2222-333333333333', undefined, []],
  ])('%s', async (_, variables, known, expected) => {
    expect(await codes(variables, known)).toEqual(expected);
  });
});

describe('computes', () => {
  const codes = async (...texts: string[]) => (await analyseTexts(texts)).problems.map(({ code }) => code);

  test('a cluster without an identity is warned about (requirement 003-4; document 003-4)', async () => {
    expect(await codes(cluster(''))).toEqual(['compute-identity-missing']);
    expect(await codes(cluster(own))).toEqual([]);
    const input = 'name: input\ntype: azure_blob\naccount_name: wsstorage\n';
    expect(await codes(cluster(''), input)).toEqual(['compute-without-identity']);
  });

  test('what the identity of a compute instance needs was not checked (requirement D-6; document 003-14)', async () => {
    expect(await codes('name: dev\ntype: computeinstance\n')).toEqual([]);
    expect(await codes(`name: dev\ntype: computeinstance\n${own}`)).toEqual(['compute-instance-not-checked']);
  });
});

test('a system-assigned workspace pulls and builds in its registry (requirement 003-8; document 003-1)', async () => {
  const workspace =
    '$schema: https://azuremlschemas.azureedge.net/latest/workspace.schema.json\nname: ws\nidentity: { type: system_assigned }\n';
  const needsIn = async (given: typeof scopes) =>
    (await analyseTexts([workspace], { scopes: given })).needs.map(
      ({ identity, actionSet, scope, grantedBy }) => [identity, actionSet, scope, grantedBy],
    );
  expect(await needsIn(scopes)).toEqual([['workspace', 'workspace-identity-acr', registryId, 'azure']]);
  expect(await needsIn(noScopes)).toEqual([]);
});
