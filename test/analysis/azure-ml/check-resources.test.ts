import { describe, expect, test } from 'vitest';
import { analyseTexts, group, identityId, problemsOf, registryId, storageId } from './run.js';

const system = 'identity: { type: system_assigned }\n';
const user = (id = identityId): string =>
  `identity: { type: user_assigned, user_assigned_identities: [{ resource_id: ${id} }] }\n`;
const endpoint = (rest = '', authMode = 'aad_token', kind = 'managedOnlineEndpoint'): string =>
  `$schema: https://azuremlschemas.azureedge.net/latest/${kind}.schema.json\nname: e\nauth_mode: ${authMode}\n${rest}`;
const deployment = (rest = '', name = 'e'): string =>
  `name: blue\nendpoint_name: ${name}\ninstance_type: Standard_DS3_v2\n${rest}`;
const batch = (rest = ''): string =>
  `$schema: https://azuremlschemas.azureedge.net/latest/batchEndpoint.schema.json\nname: b\n${rest}`;
const workspace = (rest = ''): string =>
  `$schema: https://azuremlschemas.azureedge.net/latest/workspace.schema.json\nname: ws\n${rest}`;
const vault = `${group}/providers/Microsoft.KeyVault/vaults/kv`;
const insights = `${group}/providers/Microsoft.Insights/components/ai`;
const bound = `storage_account: ${storageId}\nkey_vault: ${vault}\napplication_insights: ${insights}\ncontainer_registry: ${registryId}\n`;
const code = 'code_configuration: { code: src, scoring_script: score.py }\n';

describe('an endpoint’s identity is for good (requirement 000-3)', () => {
  test.each([
    ['system to user', endpoint(user()), endpoint(system)],
    ['nothing said to user', endpoint(user()), endpoint()],
    ['user to system', endpoint(system), endpoint(user())],
    ['user to nothing said', endpoint(), endpoint(user())],
    ['one user-assigned identity to another', endpoint(user(`${identityId}2`)), endpoint(user())],
  ])('%s', async (_, now, previous) => {
    expect(await problemsOf([now], previous)).toEqual([
      expect.stringMatching(/^endpoint-identity-changed 1\.yml:/),
    ]);
  });

  test.each([
    ['the same', endpoint(user()), endpoint(user())],
    ['the same in another case', endpoint(user(identityId.toUpperCase())), endpoint(user())],
    ['the default, spelt out', endpoint(system), endpoint()],
    ['not known yet', endpoint(user('"${UAI_ID}"')), endpoint(user())],
    ['of another endpoint', endpoint(system).replace('name: e', 'name: f'), endpoint(user())],
  ])('%s is no change', async (_, now, previous) => {
    expect(await problemsOf([now], previous)).toEqual([]);
  });

  test('the place is that of the new identity', async () => {
    expect(await problemsOf([endpoint(user())], endpoint(system))).toEqual([
      'endpoint-identity-changed 1.yml:4:11',
    ]);
  });
});

describe('keys let callers in whom no role names (requirement 000-9)', () => {
  test.each([
    ['said', endpoint('', 'key'), ['key-auth 1.yml:3:12']],
    ['by default', 'name: e\ntraffic: {}\n', ['key-auth 1.yml:1:1']],
    ['not with aml_token', endpoint('', 'aml_token'), []],
    ['not with aad_token', endpoint('', 'aad_token'), []],
    ['not known', endpoint('', '${AUTH_MODE}'), []],
  ])('%s', async (_, text, problems) => {
    expect(await problemsOf([text])).toEqual(problems);
  });
});

test.each([
  ['managedOnlineEndpoint', 'With "aad_token" each caller needs a role.'],
  ['kubernetesOnlineEndpoint', 'With "aml_token" a caller needs a role to get a token, and tokens expire.'],
])('what a %s can take instead of keys is said (requirement 000-9)', async (kind, advice) => {
  const { problems } = await analyseTexts([endpoint('', 'key', kind)]);
  expect(problems.map(({ message }) => message)).toEqual([expect.stringContaining(advice)]);
});

test('an update can take an endpoint from Entra tokens to keys (requirement 001-12)', async () => {
  expect(await problemsOf([endpoint('', 'key')], endpoint())).toEqual([
    'key-auth 1.yml:3:12',
    'auth-mode-to-key 1.yml:3:12',
  ]);
});

describe('code knows a user-assigned identity by its client id (requirement 000-10)', () => {
  test.each([
    ['user-assigned, not told', endpoint(user()), deployment(code), ['client-id-missing 2.yml:1:1']],
    [
      'user-assigned, told',
      endpoint(user()),
      deployment(`${code}environment_variables: { UAI_CLIENT_ID: x }\n`),
      [],
    ],
    [
      'user-assigned, told by the SDK’s name',
      endpoint(user()),
      deployment(`${code}environment_variables: { AZURE_CLIENT_ID: x }\n`),
      [],
    ],
    ['user-assigned, no code', endpoint(user()), deployment(), []],
    [
      'system-assigned, told',
      endpoint(system),
      deployment('environment_variables:\n  UAI_CLIENT_ID: x\n'),
      ['client-id-surplus 2.yml:5:18'],
    ],
    [
      'default, told',
      endpoint(),
      deployment('environment_variables:\n  UAI_CLIENT_ID: x\n'),
      ['client-id-surplus 2.yml:5:18'],
    ],
    ['system-assigned, not told', endpoint(system), deployment(code), []],
  ])('%s', async (_, first, second, problems) => {
    expect(await problemsOf([first, second])).toEqual(problems);
  });
});

test('a deployment of another endpoint is told', async () => {
  expect(await problemsOf([endpoint(), deployment('', 'other')])).toEqual(['name-mismatch 2.yml:2:16']);
});

test('Kubernetes endpoints take no Entra tokens (requirement 001-9)', async () => {
  expect(await problemsOf([endpoint('', 'aad_token', 'kubernetesOnlineEndpoint')])).toEqual([
    'kubernetes-entra-token 1.yml:3:12',
  ]);
  expect(await problemsOf([endpoint('', 'aml_token', 'kubernetesOnlineEndpoint')])).toEqual([]);
});

describe('secret stores are enforced for system-assigned identities alone (requirement D-2)', () => {
  const enforced = 'properties:\n  enforce_access_to_default_secret_stores: enabled\n';

  test('with a user-assigned one it is refused', async () => {
    expect(await problemsOf([endpoint(`${enforced}${user()}`)])).toEqual([
      'secret-stores-with-user-assigned 1.yml:5:44',
    ]);
  });

  test('with a system-assigned one it is not', async () => {
    expect(await problemsOf([endpoint(`${enforced}${system}`)])).toEqual([]);
  });

  test('switched off it is not', async () => {
    expect(await problemsOf([endpoint(`${enforced.replace('enabled', 'disabled')}${user()}`)])).toEqual([]);
  });
});

describe('batch endpoints', () => {
  test.each([['key'], ['aml_token']])('take no %s (requirement 004-1)', async mode => {
    expect(await problemsOf([batch(`auth_mode: ${mode}\n`)])).toEqual(['batch-auth-mode 1.yml:3:12']);
  });

  test.each([['auth_mode: aad_token\n'], ['auth_mode: AADToken\n'], ['']])(
    '%j is as it must be (requirement 004-1)',
    async mode => {
      expect(await problemsOf([batch(mode)])).toEqual([]);
    },
  );

  test('have no user-assigned identity (requirement 004-12)', async () => {
    expect(await problemsOf([batch(user())])).toEqual([
      expect.stringMatching(/^batch-identity-user-assigned 1\.yml:3:/),
    ]);
    expect(await problemsOf([batch(system)])).toEqual([]);
  });
});

describe('computes', () => {
  const compute = (type: string, rest: string): string => `name: c\ntype: ${type}\n${rest}`;
  const both = `identity: { type: "system_assigned,user_assigned", user_assigned_identities: [${identityId}] }\n`;
  const two = `identity:\n  type: user_assigned\n  user_assigned_identities:\n    - resource_id: ${identityId}\n    - resource_id: ${identityId}2\n`;

  test('have a system-assigned identity or user-assigned ones, not both (requirement D-3)', async () => {
    expect(await problemsOf([compute('amlcompute', both)])).toEqual(['compute-both-identities 1.yml:3:11']);
    expect(await problemsOf([compute('amlcompute', two)])).toEqual([]);
  });

  test('on Kubernetes have one at most (requirement D-3)', async () => {
    expect(await problemsOf([compute('kubernetes', two)])).toEqual(['compute-several-identities 1.yml:7:20']);
  });

  test('that mount data without a credential need an identity (requirement 004-8)', async () => {
    const store = 'name: s\ntype: azure_blob\naccount_name: data\n';
    const stored = `${store}credentials: { sas_token: x }\n`;
    expect(await problemsOf([compute('amlcompute', ''), store])).toEqual([
      'compute-without-identity 1.yml:1:1',
    ]);
    expect(await problemsOf([compute('amlcompute', system), store])).toEqual([]);
    expect(await problemsOf([compute('amlcompute', ''), stored])).toEqual([
      'compute-identity-missing 1.yml:1:1',
    ]);
  });

  test('as instances stop when idle only with Contributor (requirement D-6)', async () => {
    const idle = 'idle_time_before_shutdown_minutes: 30\n';
    expect(await problemsOf([compute('computeinstance', `${system}${idle}`)])).toEqual([
      'idle-shutdown-identity 1.yml:3:11',
      'compute-instance-not-checked 1.yml:1:1',
    ]);
    expect(await problemsOf([compute('computeinstance', idle)])).toEqual([]);
    expect(await problemsOf([compute('computeinstance', system)])).toEqual([
      'compute-instance-not-checked 1.yml:1:1',
    ]);
  });
});

test('Data Lake Gen1 is retired (requirement 004-7)', async () => {
  expect(await problemsOf(['name: s\ntype: azure_data_lake_gen1\nstore_name: lake\n'])).toEqual([
    'data-lake-gen1-retired 1.yml:1:1',
  ]);
});

describe('workspaces', () => {
  test('do not go back from a user-assigned identity (requirement 003-10)', async () => {
    expect(await problemsOf([workspace(system)], workspace(`${user()}${bound}`))).toEqual([
      'workspace-identity-removed 1.yml:3:11',
    ]);
  });

  test.each([
    ['gain one', workspace(`${user()}${bound}`), workspace(system)],
    ['keep theirs where the file says nothing', workspace(), workspace(`${user()}${bound}`)],
  ])('%s (requirement 003-10)', async (_, now, previous) => {
    expect(await problemsOf([now], previous)).toEqual([]);
  });

  test('with a user-assigned identity bring their resources (requirement 003-8)', async () => {
    expect(await problemsOf([workspace(user())])).toEqual(['workspace-resource-missing 1.yml:1:1']);
    expect(await problemsOf([workspace(`${user()}${bound}`)])).toEqual([]);
    expect(await problemsOf([workspace(system)])).toEqual([]);
  });
});

describe('connections to registries name an identity in full (requirement 003-6)', () => {
  const connection = (credentials: string): string =>
    `name: r\ntype: container_registry\ntarget: x.azurecr.io\ncredentials: ${credentials}\n`;

  test.each([
    [
      `{ type: managed_identity, resource_id: ${identityId} }`,
      [expect.stringMatching(/^connection-client-id 1\.yml:4:/)],
    ],
    [`{ type: managed_identity, client_id: x, resource_id: ${identityId} }`, []],
    [
      '{ type: managed_identity, client_id: x, resource_id: scorer }',
      [expect.stringMatching(/^identity-id-malformed 1\.yml:4:/)],
    ],
    ['{ type: username_password, username: a, password: b }', []],
  ])('%s', async (credentials, problems) => {
    expect(await problemsOf([connection(credentials)])).toEqual(problems);
  });
});
