import type { WrittenRow } from '../snapshot-writer/unit-result.js';
import type { AzureRow } from './list-page.js';

/**
 * Properties that are kept of a resource, by its type in lower case: those that tell which identity acts on what, and by
 * which way access is given. A list of what is kept, and of nothing else: properties may hold keys and connection strings.
 */
const keptProperties: Readonly<Record<string, readonly string[]>> = {
  'microsoft.managedidentity/userassignedidentities': ['principalId', 'clientId', 'tenantId'],
  'microsoft.machinelearningservices/workspaces': [
    'friendlyName',
    'storageAccount',
    'keyVault',
    'containerRegistry',
    'applicationInsights',
    'primaryUserAssignedIdentity',
    'systemDatastoresAuthMode',
    'allowRoleAssignmentOnRG',
    'hubResourceId',
    'publicNetworkAccess',
    'hbiWorkspace',
    'v1LegacyMode',
  ],
  'microsoft.machinelearningservices/registries': ['publicNetworkAccess', 'intellectualPropertyPublisher'],
  'microsoft.machinelearningservices/workspaces/onlineendpoints': [
    'authMode',
    'compute',
    'traffic',
    'publicNetworkAccess',
    'provisioningState',
  ],
  'microsoft.machinelearningservices/workspaces/onlineendpoints/deployments': [
    'endpointComputeType',
    'environmentId',
    'model',
  ],
  'microsoft.machinelearningservices/workspaces/batchendpoints': [
    'authMode',
    'defaults',
    'provisioningState',
  ],
  'microsoft.machinelearningservices/workspaces/computes': [
    'computeType',
    'resourceId',
    'disableLocalAuth',
    'isAttachedCompute',
  ],
  'microsoft.machinelearningservices/workspaces/datastores': [
    'datastoreType',
    'isDefault',
    'accountName',
    'containerName',
    'fileShareName',
    'filesystem',
    'storeName',
    'endpoint',
    'subscriptionId',
    'resourceGroup',
    'serviceDataAccessAuthIdentity',
  ],
  'microsoft.keyvault/vaults': ['enableRbacAuthorization', 'publicNetworkAccess'],
  'microsoft.storage/storageaccounts': [],
  'microsoft.containerregistry/registries': [],
};

/** The types that are kept whether or not they act with an identity. */
export const keptTypes: readonly string[] = Object.keys(keptProperties);

/** A resource as the snapshot holds it; undefined for one that has nothing to do with access. */
export function resourceRow(row: AzureRow): WrittenRow | undefined {
  const { id, name, type, kind, location } = row;
  if (typeof id !== 'string') return undefined;
  const identity = identityIn(row['identity']);
  const kept = keptOf(String(type).toLowerCase());
  if (identity === undefined && kept === undefined) return undefined;
  const properties = (row['properties'] ?? undefined) as AzureRow | undefined;
  const value = {
    id,
    name,
    type,
    ...(typeof location === 'string' && { location }),
    ...(typeof kind === 'string' && kind !== '' && { kind }),
    ...(identity !== undefined && { identity }),
    ...(properties !== undefined && kept !== undefined && { properties: picked(properties, kept) }),
  };
  return { key: id.toLowerCase(), json: JSON.stringify(value) };
}

/** A type may be called `constructor`. */
function keptOf(type: string): readonly string[] | undefined {
  return Object.hasOwn(keptProperties, type) ? keptProperties[type] : undefined;
}

/** https://learn.microsoft.com/entra/identity/managed-identities-azure-resources: ids, and nothing that signs in. */
function identityIn(value: unknown): AzureRow | undefined {
  if (!isObject(value) || typeof value['type'] !== 'string' || /^none$/i.test(value['type']))
    return undefined;
  const assigned = value['userAssignedIdentities'];
  return {
    ...picked(value, ['type', 'principalId', 'tenantId']),
    ...(isObject(assigned) && {
      userAssignedIdentities: Object.fromEntries(
        Object.entries(assigned).map(([id, one]) => [
          id,
          isObject(one) ? picked(one, ['principalId', 'clientId']) : {},
        ]),
      ),
    }),
  };
}

function picked(object: AzureRow, names: readonly string[]): AzureRow {
  const found = names.filter(name => Object.hasOwn(object, name) && isHarmless(object[name]));
  const credentials = object['credentials'];
  const type = isObject(credentials) ? credentials['credentialsType'] : undefined;
  return {
    ...Object.fromEntries(found.map(name => [name, object[name]])),
    // How a datastore signs in, never with what.
    ...(typeof type === 'string' &&
      names.includes('datastoreType') && { credentials: { credentialsType: type } }),
  };
}

/** What is kept is a plain value, or a small table of such: the share of traffic by deployment. */
function isHarmless(value: unknown): boolean {
  if (isObject(value)) return Object.values(value).every(part => typeof part !== 'object');
  return !Array.isArray(value);
}

function isObject(value: unknown): value is AzureRow {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
