import { describe, expect, test } from 'vitest';
import { readAzureMl } from '../../../src/analysis/azure-ml/read-resources.js';
import { identityId, problemsOf } from './run.js';

const schema = (name: string): string =>
  `$schema: https://azuremlschemas.azureedge.net/latest/${name}.schema.json\n`;

async function read(text: string) {
  const { resources, problems } = await readAzureMl(text, 'file.yml');
  expect(problems).toEqual([]);
  return resources;
}

describe('what a file describes', () => {
  test.each([
    ['managedOnlineEndpoint', 'online-endpoint'],
    ['kubernetesOnlineEndpoint', 'online-endpoint'],
    ['managedOnlineDeployment', 'online-deployment'],
    ['kubernetesOnlineDeployment', 'online-deployment'],
    ['batchEndpoint', 'batch-endpoint'],
    ['batchDeployment', 'batch-deployment'],
    ['modelBatchDeployment', 'batch-deployment'],
    ['pipelineComponentBatchDeployment', 'batch-deployment'],
    ['workspace', 'workspace'],
    ['amlCompute', 'compute'],
    ['computeInstance', 'compute'],
    ['kubernetesCompute', 'compute'],
    ['workspaceConnection', 'connection'],
    ['azureContainerRegistryConnection', 'connection'],
  ])('%s is told by its schema', async (name, kind) => {
    expect((await read(`${schema(name)}name: x\n`)).map(each => each.kind)).toEqual([kind]);
  });

  test.each([
    ['name: e\nauth_mode: aad_token\ntraffic: { blue: 100 }\n', 'online-endpoint'],
    ['name: e\nauth_mode: key\n', 'online-endpoint'],
    ['name: e\nauth_mode: aad_token\ndefaults: { deployment_name: d }\n', 'batch-endpoint'],
    ['name: blue\nendpoint_name: e\ninstance_type: Standard_DS3_v2\n', 'online-deployment'],
    ['name: d\nendpoint_name: e\ncompute: azureml:cluster\n', 'batch-deployment'],
    ['name: c\ntype: amlcompute\nsize: STANDARD_DS3_v2\n', 'compute'],
    ['name: c\ntype: computeinstance\n', 'compute'],
    ['name: c\ntype: kubernetes\nresource_id: x\n', 'compute'],
    ['name: s\ntype: azure_blob\naccount_name: data\ncontainer_name: in\n', 'datastore'],
    ['name: r\ntype: container_registry\ntarget: x.azurecr.io\n', 'connection'],
    ['name: w\nstorage_account: x\n', 'workspace'],
  ])('%j is told by its keys', async (text, kind) => {
    expect((await read(text)).map(each => each.kind)).toEqual([kind]);
  });

  test('several documents are several resources', async () => {
    const text = `${schema('managedOnlineEndpoint')}name: e\n---\nname: blue\nendpoint_name: e\n`;
    expect((await read(text)).map(each => each.kind)).toEqual(['online-endpoint', 'online-deployment']);
  });
});

describe('what nobody can know is not guessed', () => {
  test.each([
    ['a text that is damaged', 'name: e\ntags: [\n', ['yaml-syntax']],
    ['keys of something else', 'version: 1\nscopes: {}\nidentities: []\n', ['unknown-file']],
    ['no keys', '{}\n', ['unknown-file']],
  ])('%s is no endpoint, whatever the option says', async (_, text, codes) => {
    const { resources, problems } = await readAzureMl(text, 'file.yml', 'managed-online-endpoint');
    expect([resources, problems.map(({ code }) => code)]).toEqual([[], codes]);
  });

  test('what has a name is what the option says', async () => {
    const { resources } = await readAzureMl('name: e\n', 'file.yml', 'managed-online-endpoint');
    expect(resources.map(({ kind }) => kind)).toEqual(['online-endpoint']);
  });
});

describe('identities', () => {
  const endpoint = (identity: string): string => `name: e\nauth_mode: aad_token\ntraffic: {}\n${identity}`;

  test.each([
    ['', 'default'],
    ['identity: { type: system_assigned }\n', 'system-assigned'],
    ['identity: { type: SystemAssigned }\n', 'system-assigned'],
    [`identity: { type: user_assigned, user_assigned_identities: [${identityId}] }\n`, 'user-assigned'],
    [
      `identity: { type: UserAssigned, user_assigned_identities: [{ resource_id: ${identityId} }] }\n`,
      'user-assigned',
    ],
    [`identity: { type: user_assigned, user_assigned_identities: { ${identityId}: {} } }\n`, 'user-assigned'],
    [
      `identity: { type: "SystemAssigned, UserAssigned", user_assigned_identities: [${identityId}] }\n`,
      'system-and-user-assigned',
    ],
    [
      `identity: { type: system_assigned, user_assigned_identities: [${identityId}] }\n`,
      'system-and-user-assigned',
    ],
    ['identity: { type: "${{IDENTITY_TYPE}}" }\n', 'unknown'],
  ])('%j', async (identity, kind) => {
    expect(
      (await read(endpoint(identity))).map(each =>
        each.kind === 'online-endpoint' ? each.identity.kind : undefined,
      ),
    ).toEqual([kind]);
  });
});

describe('faults of form have a place', () => {
  test.each([
    ['name: e\nauth_mode: password\ntraffic: {}\n', ['value-unknown 1.yml:2:12']],
    ['name: e\nauth_mode: [key]\ntraffic: {}\n', ['value-unknown 1.yml:2:12']],
    ['name: e\nauth_mode: aad_token\nidentity: robot\n', ['value-unknown 1.yml:3:11']],
    ['name: e\nauth_mode: aad_token\nidentity: { type: user_assigned }\n', ['value-missing 1.yml:3:11']],
    [
      'name: e\nauth_mode: aad_token\nidentity:\n  type: user_assigned\n  user_assigned_identities:\n    - scorer\n',
      ['identity-id-malformed 1.yml:6:7'],
    ],
    ['name: e\nauth_mode: aad_token\nidentity: { type: somebody }\n', ['value-unknown 1.yml:3:11']],
    ['- a list\n', ['unknown-file 1.yml:1:1']],
    ['hello: world\n', ['unknown-file 1.yml:1:1']],
    ['', ['unknown-file 1.yml:1:1']],
    ['name: e\nauth_mode: aad_token\n  traffic: {}\n', ['yaml-syntax 1.yml:2:12']],
  ])('%j', async (text, problems) => {
    expect(await problemsOf([text])).toEqual(expect.arrayContaining(problems));
  });

  test('a stored credential is never repeated', async () => {
    const text = 'name: s\ntype: azure_blob\naccount_name: data\ncredentials: { account_key: sEcReT== }\n';
    const [datastore] = await read(text);
    expect(
      JSON.stringify(datastore, (key, value: unknown) => (key === 'at' ? undefined : value)),
    ).not.toContain('sEcReT');
  });

  test('keys such as __proto__ are keys', async () => {
    const text = 'name: blue\nendpoint_name: e\nenvironment_variables: { __proto__: x, constructor: y }\n';
    const [deployment] = await read(text);
    expect(deployment?.kind === 'online-deployment' && [...deployment.environmentVariables.keys()]).toEqual([
      '__proto__',
      'constructor',
    ]);
  });
});
