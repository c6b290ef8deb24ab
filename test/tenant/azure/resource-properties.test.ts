import { expect, test } from 'vitest';
import { resourceRow } from '../../../src/tenant/azure/resource-properties.js';

const group = '/subscriptions/99999999-8888-7777-6666-555555555555/resourceGroups/rg-ml/providers';
const workspace = `${group}/Microsoft.MachineLearningServices/workspaces/ws-prod`;

function kept(row: Readonly<Record<string, unknown>>): unknown {
  const written = resourceRow(row);
  return written === undefined ? undefined : JSON.parse(written.json);
}

test('a datastore says how it signs in, and never with what', () => {
  const id = `${workspace}/datastores/workspaceblobstore`;
  const type = 'Microsoft.MachineLearningServices/workspaces/datastores';
  const properties = {
    datastoreType: 'AzureBlob',
    isDefault: true,
    accountName: 'stprod',
    credentials: { credentialsType: 'AccountKey', secrets: { key: 'c2VjcmV0' } },
  };
  expect(kept({ id, name: 'workspaceblobstore', type, properties })).toEqual({
    id,
    name: 'workspaceblobstore',
    type,
    properties: {
      datastoreType: 'AzureBlob',
      isDefault: true,
      accountName: 'stprod',
      credentials: { credentialsType: 'AccountKey' },
    },
  });
});

test('a machine with an identity keeps the identity, and nothing of its properties', () => {
  const id = `${group}/Microsoft.Compute/virtualMachines/vm-build`;
  const identity = {
    type: 'SystemAssigned, UserAssigned',
    principalId: '11111111-2222-3333-4444-555555555555',
    clientSecretUrl: 'https://identity.example/secret',
    userAssignedIdentities: {
      [`${group}/Microsoft.ManagedIdentity/userAssignedIdentities/id-ci`]: {
        principalId: 'p',
        clientId: 'c',
        secret: 's',
      },
    },
  };
  const row = kept({
    id,
    name: 'vm-build',
    type: 'Microsoft.Compute/virtualMachines',
    location: 'westeurope',
    identity,
    tags: { password: 'hunter2' },
    properties: { osProfile: { adminPassword: 'hunter2' } },
  });
  expect(row).toEqual({
    id,
    name: 'vm-build',
    type: 'Microsoft.Compute/virtualMachines',
    location: 'westeurope',
    identity: {
      type: 'SystemAssigned, UserAssigned',
      principalId: '11111111-2222-3333-4444-555555555555',
      userAssignedIdentities: {
        [`${group}/Microsoft.ManagedIdentity/userAssignedIdentities/id-ci`]: {
          principalId: 'p',
          clientId: 'c',
        },
      },
    },
  });
});

test.each([
  { name: 'no identity', row: {} },
  { name: 'an identity of type None', row: { identity: { type: 'None' } } },
  { name: 'an identity that is null, as Resource Graph has it', row: { identity: null } },
])('a disk has nothing to do with access: $name', ({ row }) => {
  const id = `${group}/Microsoft.Compute/disks/disk-0`;
  expect(kept({ id, name: 'disk-0', type: 'Microsoft.Compute/disks', ...row })).toBeUndefined();
});

test('a property that turns out to be a list or a tree is not kept', () => {
  const type = 'Microsoft.KeyVault/vaults';
  const id = `${group}/${type}/kv-prod`;
  const properties = {
    enableRbacAuthorization: false,
    publicNetworkAccess: { keys: ['s'], deep: { er: 's' } },
  };
  expect(kept({ id, name: 'kv-prod', type, properties })).toEqual({
    id,
    name: 'kv-prod',
    type,
    properties: { enableRbacAuthorization: false },
  });
});
