import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { denied, explain, ids } from './explain-text.js';

// What people asked in public, with ids and names made up, and the answer that Azure's documentation gives.

const group = `/subscriptions/${ids.subscription}/resourceGroups`;

interface Case {
  readonly file: string;
  readonly error: string;
  readonly missing?: readonly string[];
  /** The role of the assignments. */
  readonly role?: string;
  /** Where they are, the ends of the scopes. */
  readonly at?: readonly string[];
  /** Stands in cause, fix, guess or a trap. */
  readonly says: string;
}

const cases: readonly Case[] = [
  { file: 'unmatched-principal-type', error: 'principal-type-mismatch', says: 'Set principalType' },
  {
    file: 'principal-type-application',
    error: 'principal-type-application',
    says: 'object ID of the service principal',
  },
  { file: 'cross-tenant-linked', error: 'linked-tenant', says: 'The client has the permission' },
  {
    file: 'tenant-scope-deployment',
    error: 'authorization-failed',
    missing: ['Microsoft.Resources/deployments/validate/action'],
    role: 'Contributor',
    at: ['"/"'],
    says: 'Being Global Administrator is not enough',
  },
  {
    file: 'provider-scope',
    error: 'authorization-failed',
    missing: ['Microsoft.Network/dnszones/read'],
    role: 'Reader',
    at: ['/resourceGroups/dns"'],
    says: 'eligible and not active',
  },
  {
    file: 'template-resource-authorization',
    error: 'operation-denied',
    missing: ['Microsoft.Authorization/roleAssignments/write'],
    role: 'Role Based Access Control Administrator',
    at: ['/storageAccounts/chatdata"'],
    says: 'Contributor leaves such operations out',
  },
  {
    file: 'foundry-agents-write',
    error: 'ai-data-action',
    missing: ['Microsoft.CognitiveServices/accounts/AIServices/agents/write'],
    role: 'Foundry User',
    says: 'Azure AI Developer do not hold it',
  },
  {
    file: 'aml-aci-deploy',
    error: 'authorization-failed',
    missing: ['Microsoft.ContainerInstance/containerGroups/write'],
    role: 'Azure Container Instances Contributor Role',
    at: ['/resourceGroups/ml"'],
    says: 'yet to be created cannot carry a role assignment',
  },
  {
    file: 'openai-principal-no-access',
    error: 'openai-principal-access',
    role: 'Cognitive Services OpenAI User',
    says: 'hold no data action',
  },
  { file: 'graph-insufficient', error: 'graph-insufficient', says: 'Pass the object ID' },
  { file: 'missing-subscription', error: 'scope-without-subscription', says: 'AssignableScopes' },
  {
    file: 'scope-removed-while-assigned',
    error: 'role-scope-in-use',
    says: 'az role assignment list --role ROLE --scope SCOPE --all',
  },
  {
    file: 'abac-not-fulfilled',
    error: 'condition-not-fulfilled',
    missing: ['Microsoft.Authorization/roleAssignments/write'],
    says: 'First look at conditions',
  },
  {
    file: 'linked-two-respectively',
    error: 'linked-authorization-failed',
    missing: [
      'Microsoft.Network/routeTables/join/action',
      'Microsoft.Network/networkSecurityGroups/join/action',
    ],
    role: 'Network Contributor',
    at: ['/routeTables/nodes"', '/networkSecurityGroups/nodes"'],
    says: 'at the linked scope',
  },
  { file: 'pim-list-as-target', error: 'pim-list-as-target', role: 'Reader', says: '$filter=asTarget()' },
  {
    file: 'keyvault-sdk-forbidden',
    error: 'key-vault-rbac',
    missing: ['Microsoft.KeyVault/vaults/keys/read'],
    role: 'Key Vault Crypto User',
    at: ['/providers/microsoft.keyvault/vaults/shopkv"'],
    says: 'this data action',
  },
  { file: 'databricks-deny', error: 'deny-assignment', says: 'no further role helps' },
  { file: 'aml-blank-in-group-name', error: 'scope-with-blank', says: 'No role is missing' },
  {
    file: 'adls-set-acl',
    error: 'storage-permission-mismatch',
    missing: ['Microsoft.Storage/storageAccounts/blobServices/containers/blobs/modifyPermissions/action'],
    role: 'Storage Blob Data Owner',
    says: 'from the address and the method of the request',
  },
  {
    file: 'aks-acr-401',
    error: 'registry-unauthorized',
    missing: ['Microsoft.ContainerRegistry/registries/pull/read'],
    role: 'AcrPull',
    says: 'Assign AcrPull',
  },
  {
    file: 'aml-subscription-not-registered',
    error: 'provider-not-registered',
    says: 'Microsoft.PolicyInsights, Microsoft.Cdn',
  },
  { file: 'az-roleName-keyerror', error: 'az-role-name-key', says: 'looks for roleName' },
  { file: 'wi-no-federated-record', error: 'sign-in-federation-mismatch', says: 'issuer, subject' },
  {
    file: 'dns-rg-read-lowercase',
    error: 'authorization-failed',
    missing: ['Microsoft.Resources/subscriptions/resourceGroups/read'],
    role: 'Reader',
    at: ['/resourcegroups/DNS"'],
    says: 'eligible and not active',
  },
  {
    file: 'batch-no-authentication-information',
    error: 'storage-no-credential',
    role: 'Storage Blob Data Reader',
    says: 'neither a token nor a key nor a SAS',
  },
  {
    file: 'servicebus-send-claim',
    error: 'messaging-send-claim',
    missing: ['Microsoft.ServiceBus/namespaces/messages/send/action'],
    role: 'Azure Service Bus Data Sender',
    says: 'the identity that runs the code',
  },
];

test.each(cases)('$file', ({ file, error, missing, role, at, says }) => {
  const text = readFileSync(`test/fixtures/explain/${file}.txt`, 'utf8');
  const { explanations } = explain(text);
  expect(explanations.map(found => found.error)).toEqual([error]);
  const found = explanations[0]!;
  const traps = found.traps.map(({ sentence }) => sentence);
  expect([found.cause, found.fix, found.guess, ...traps].join('\n')).toContain(says);
  if (missing !== undefined) expect(found.missing.map(({ name }) => name)).toEqual(missing);
  if (role === undefined) expect(found.assignments).toEqual([]);
  else for (const command of found.assignments) expect(command).toContain(`--role "${role}"`);
  if (at !== undefined)
    expect(found.assignments.map((command, i) => command.includes(`${at[i]}`))).toEqual(at.map(() => true));
});

/** The only explanation of a text. */
function only(text: string) {
  const { explanations } = explain(text);
  expect(explanations).toHaveLength(1);
  return explanations[0]!;
}

test.each([
  ['Microsoft.KeyVault/vaults/keys/read', '/subscriptions/***/resourceGroups/shop', 'SUBSCRIPTION_ID'],
  ['Microsoft.Compute/disks/read', '/subscriptions/***/resourceGroups/***', 'RESOURCE_GROUP'],
])('stars of a log are a mask, no wildcard: %s at %s', (operation, scope, word) => {
  const { assignments } = only(denied(operation, scope));
  expect(assignments.join()).toContain(word);
  expect(assignments.join()).not.toContain('*');
});

test.each([
  ['a list in a subscription', '/providers/Microsoft.Compute', 'subscription'],
  ['a list in a group', '/resourceGroups/a/providers/Microsoft.Network', 'resource-group'],
])('%s names no place of its own', (_, end, kind) => {
  const { scopes } = only(
    denied('Microsoft.Compute/virtualMachines/read', `/subscriptions/${ids.subscription}${end}`),
  );
  expect(scopes.map(scope => scope.kind)).toEqual([kind]);
});

test.each([
  ['a storage account', 'Microsoft.Storage/storageAccounts', '/shopdata', ''],
  ['a subnet', 'Microsoft.Network/virtualNetworks/subnets', '/hub/subnets/a', '/virtualNetworks/hub'],
])('what is yet to be created carries no role: %s', (_, type, names, parent) => {
  const [namespace, first] = type.split('/');
  const scope = `${group}/shop/providers/${namespace}/${first}${names}`;
  const { assignments } = only(denied(`${type}/write`, scope));
  const place = parent === '' ? `${group}/shop` : `${group}/shop/providers/${namespace}${parent}`;
  expect(assignments[0]).toContain(`--scope "${place}"`);
});

test.each([
  ['a user of the Azure CLI', '04b07795-8ddb-461a-bbee-02f9e1bf7b46', 'User'],
  ['a user of Azure PowerShell', '1950a258-227b-4e31-a9cf-717495945fc2', 'User'],
  ['an application of one’s own', ids.client, 'ServicePrincipal'],
])('the client id tells who calls: %s', (_, client, kind) => {
  const { principal } = only(denied('Microsoft.Compute/disks/read', `${group}/shop`, client));
  expect(principal?.kind).toBe(kind);
});

test.each([
  ['GET https://shopdata.blob.core.windows.net/raw/a.txt', 'containers/blobs/read'],
  ['PUT https://shopdata.blob.core.windows.net/raw/a.txt', 'containers/blobs/write'],
  ['DELETE https://shopdata.dfs.core.windows.net/raw/a.txt', 'containers/blobs/delete'],
  ['POST https://shopdata.queue.core.windows.net/orders/messages', 'queues/messages/add/action'],
  ['GET https://shopdata.table.core.windows.net/orders', 'tables/entities/read'],
])('what a request to storage needs: %s', (request, operation) => {
  const { missing, guess } = only(`${request}\nErrorCode:AuthorizationPermissionMismatch`);
  expect(missing.map(({ name, plane }) => [name.endsWith(operation), plane])).toEqual([[true, 'data']]);
  expect(guess).not.toBeNull();
});

test('an assumption about a blob is marked as one', () => {
  const { missing, guess, message } = only('ErrorCode:AuthorizationPermissionMismatch');
  expect(missing).toHaveLength(1);
  expect(guess).toContain('azrbac assumes');
  expect(message).toContain('The operation is a guess');
});

test('operations and scopes that belong together stay together, and a custom role covers both groups', () => {
  const { pairs, customRole } = only(
    readFileSync('test/fixtures/explain/linked-two-respectively.txt', 'utf8'),
  );
  expect(pairs.map(({ operation, scope }) => [operation, scope.text.split('/').at(-2)])).toEqual([
    ['Microsoft.Network/routeTables/join/action', 'routeTables'],
    ['Microsoft.Network/networkSecurityGroups/join/action', 'networkSecurityGroups'],
  ]);
  expect(customRole?.AssignableScopes).toEqual([`${group}/MC_shop`, `${group}/net`]);
});

test('a bare verb is about the linked scope', () => {
  const { missing } = only(
    `{"error":{"code":"LinkedAuthorizationFailed","message":"The client '${ids.client}' with object id '${ids.object}' has permission to perform action 'Microsoft.Network/networkInterfaces/write' on scope '${group}/a/providers/Microsoft.Network/networkInterfaces/n'; however, it does not have permission to perform action 'join/action' on the linked scope(s) '${group}/net/providers/Microsoft.Network/virtualNetworks/hub/subnets/s' or the linked scope(s) are invalid."}}`,
  );
  expect(missing.map(({ name }) => name)).toEqual(['Microsoft.Network/virtualNetworks/subnets/join/action']);
});

test('a message for an administrator says what, who and where', () => {
  const { message } = only(denied('Microsoft.Compute/virtualMachines/restart/action', `${group}/shop`));
  expect(message).toContain('Microsoft.Compute/virtualMachines/restart/action');
  expect(message).toContain(`object ID ${ids.object}`);
  expect(message).toContain(`${group}/shop`);
});
