import type { TenantSizes } from './generate-tenant.js';
import { managedIdentityId } from './generated-directory.js';
import type { ResourceRow } from './tenant.js';

/** In rows that must be collected without it: whatever it is found in was not scrubbed. */
export const plantedSecret = 'AccountKey=planted+secret+that+no+snapshot+may+hold==';

const machineLearning = 'Microsoft.MachineLearningServices';

/** Workspaces with what belongs to them, and machines with identities. */
export function resourcesIn(subscription: string, number: number, sizes: TenantSizes): ResourceRow[] {
  const group = `/subscriptions/${subscription}/resourceGroups/rg-web-prod`;
  const identity = (index: number): string =>
    managedIdentityId(sizes.seed, (number * 5 + index) % Math.max(1, sizes.managedIdentities));
  if (sizes.managedIdentities === 0) return [];
  const workspaces = Array.from({ length: sizes.workspaces }, (_, index) =>
    workspaceWithParts(group, index, identity),
  );
  return [
    resource(`${group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-shared`, {
      properties: { principalId: identity(0), clientId: identity(0), tenantId: subscription },
    }),
    resource(`${group}/providers/Microsoft.Compute/virtualMachines/vm-0`, {
      identity: { type: 'SystemAssigned', principalId: identity(1), tenantId: subscription },
      tags: { owner: 'web' },
    }),
    ...workspaces.flat(),
  ];
}

function workspaceWithParts(
  group: string,
  index: number,
  identity: (index: number) => string,
): ResourceRow[] {
  const shared = `${group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-shared`;
  const vault = `${group}/providers/Microsoft.KeyVault/vaults/kv-${index}`;
  const storage = `${group}/providers/Microsoft.Storage/storageAccounts/stml${index}`;
  const registry = `${group}/providers/Microsoft.ContainerRegistry/registries/crml${index}`;
  const workspace = `${group}/providers/${machineLearning}/workspaces/ws-${index}`;
  const endpoint = `${workspace}/onlineEndpoints/score-${index}`;
  const userAssigned = {
    type: 'UserAssigned',
    userAssignedIdentities: { [shared]: { principalId: identity(0), clientId: identity(0) } },
  };
  return [
    resource(vault, { properties: { enableRbacAuthorization: index % 2 === 0, accessPolicies: [] } }),
    resource(storage, { kind: 'StorageV2', properties: { allowSharedKeyAccess: true } }),
    resource(registry, { properties: { adminUserEnabled: false } }),
    resource(workspace, {
      kind: 'Default',
      identity: { type: 'SystemAssigned', principalId: identity(2) },
      properties: {
        friendlyName: `Workspace ${index}`,
        storageAccount: storage,
        keyVault: vault,
        containerRegistry: registry,
        applicationInsights: `${group}/providers/Microsoft.Insights/components/appi-${index}`,
      },
    }),
    resource(endpoint, {
      identity: userAssigned,
      properties: { authMode: 'AADToken', traffic: { blue: 100 } },
    }),
    resource(`${endpoint}/deployments/blue`, {
      properties: { endpointComputeType: 'Managed', model: `${workspace}/models/m/versions/1` },
    }),
    resource(`${workspace}/batchEndpoints/batch-${index}`, {
      identity: { type: 'SystemAssigned', principalId: identity(3) },
      properties: { authMode: 'AADToken' },
    }),
    resource(`${workspace}/computes/cluster-${index}`, {
      identity: { type: 'SystemAssigned', principalId: identity(4) },
      properties: {
        computeType: 'AmlCompute',
        properties: {
          vmSize: 'STANDARD_DS3_V2',
          userAccountCredentials: { adminUserPassword: plantedSecret },
        },
      },
    }),
    resource(`${workspace}/datastores/workspaceblobstore`, {
      properties: {
        datastoreType: 'AzureBlob',
        isDefault: true,
        accountName: `stml${index}`,
        containerName: 'azureml-blobstore',
        credentials: {
          credentialsType: 'AccountKey',
          secrets: { secretsType: 'AccountKey', key: plantedSecret },
        },
      },
    }),
    resource(`${group}/providers/${machineLearning}/registries/reg-${index}`, {
      identity: { type: 'SystemAssigned', principalId: identity(2) },
      properties: {},
    }),
  ];
}

type Parts = Partial<Pick<ResourceRow, 'properties' | 'kind' | 'identity' | 'tags'>>;

function resource(id: string, { properties = {}, ...parts }: Parts): ResourceRow {
  const [provider, ...rest] = id.split('/providers/').at(-1)!.split('/');
  const type = [provider, ...rest.filter((_, index) => index % 2 === 0)].join('/');
  return { id, name: rest.at(-1)!, type, location: 'westeurope', ...parts, properties };
}
