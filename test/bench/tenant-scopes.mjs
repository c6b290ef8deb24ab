import { managementGroupScope, subscriptionScope } from './tenant-ids.mjs';

const teams = ['payments', 'web', 'data', 'identity', 'network', 'ml', 'reporting', 'shared'];
const stages = ['prod', 'test', 'dev'];
const types = [
  ['Microsoft.Storage/storageAccounts', 'st'],
  ['Microsoft.KeyVault/vaults', 'kv-'],
  ['Microsoft.ContainerRegistry/registries', 'cr'],
  ['Microsoft.Compute/virtualMachines', 'vm-'],
  ['Microsoft.Web/sites', 'app-'],
  ['Microsoft.MachineLearningServices/workspaces', 'mlw-'],
  ['Microsoft.CognitiveServices/accounts', 'ai-'],
  ['Microsoft.ManagedIdentity/userAssignedIdentities', 'id-'],
];

/** Most assignments stand at resources and resource groups, few at subscriptions, nearly none at management groups. */
export function scopeOf(random, { subscriptions, managementGroups }) {
  const at = random();
  if (at < 0.005) return managementGroupScope(Math.floor(random() ** 2 * managementGroups));
  const subscription = subscriptionScope(Math.floor(random() ** 1.3 * subscriptions));
  if (at < 0.08) return subscription;
  const group = `${subscription}/resourceGroups/rg-${teams[Math.floor(random() * 8)]}-${stages[Math.floor(random() * 3)]}`;
  return at < 0.45 ? group : `${group}/providers/${resourceIn(random)}`;
}

/** A type with a name, as in an id. */
function resourceIn(random) {
  const [type, prefix] = types[Math.floor(random() * types.length)];
  return `${type}/${prefix}${Math.floor(random() * 8)}`;
}

