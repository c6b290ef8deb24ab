import { isPlace, type Scope } from '../model/scope.js';
import type { ResourceKind } from './action-set.js';

/** Whether a scope is of the kind that an action set is for. A wider scope is not: the need stands where the resource is. */
export function isOfKind(scope: Scope, kind: ResourceKind): boolean {
  if (!isPlace(scope)) return false;
  switch (kind) {
    case 'any':
    case 'assignable-scope':
      return true;
    case 'subscription':
      return scope.kind === 'subscription';
    case 'resource-group':
    case 'node-resource-group':
      return scope.kind === 'resource-group';
    default: {
      const wanted = resourceTypes[kind].toLowerCase();
      const type = resourceTypeOf(scope)?.toLowerCase();
      return type === wanted || (kindsWithParts.has(kind) && type?.startsWith(`${wanted}/`) === true);
    }
  }
}

/** The kind in words, with the type of the resource: to end a sentence with. */
export function kindInWords(kind: ResourceKind): string {
  if (kind === 'any' || kind === 'assignable-scope') return 'any scope';
  const words = kind
    .replaceAll('-', ' ')
    .replace(/^aks/, 'AKS')
    .replace('application insights', 'Application Insights resource')
    .replace('machine learning', 'Azure Machine Learning');
  const article = /^[aeiouA]/.test(words) ? 'an' : 'a';
  return kind in resourceTypes
    ? `${article} ${words} (${resourceTypes[kind as TypedKind]})`
    : `${article} ${words}`;
}

/** What a scope is, in words: its type of resource, or its level. */
export function scopeInWords(scope: Scope): string {
  if (scope.kind === 'root') return 'the root of the tenant';
  const type = scope.kind === 'resource' ? resourceTypeOf(scope) : undefined;
  return type ?? `a ${scope.kind.replaceAll('-', ' ')}`;
}

type TypedKind = keyof typeof resourceTypes;

const resourceTypes = {
  workspace: 'Microsoft.MachineLearningServices/workspaces',
  'online-endpoint': 'Microsoft.MachineLearningServices/workspaces/onlineEndpoints',
  'batch-endpoint': 'Microsoft.MachineLearningServices/workspaces/batchEndpoints',
  'machine-learning-registry': 'Microsoft.MachineLearningServices/registries',
  'container-registry': 'Microsoft.ContainerRegistry/registries',
  'storage-account': 'Microsoft.Storage/storageAccounts',
  'key-vault': 'Microsoft.KeyVault/vaults',
  'application-insights': 'Microsoft.Insights/components',
  'user-assigned-identity': 'Microsoft.ManagedIdentity/userAssignedIdentities',
  'aks-cluster': 'Microsoft.ContainerService/managedClusters',
} as const;

/** Roles are assigned to what lies in these, too: a blob container, a secret. */
const kindsWithParts: ReadonlySet<ResourceKind> = new Set(['storage-account', 'key-vault']);

/** The type of the innermost resource, as written: namespace and types, without the names. */
export function resourceTypeOf({ text }: Scope): string | undefined {
  const parts = text.replace(/\/$/, '').split('/');
  const at = parts.findLastIndex(part => part.toLowerCase() === 'providers');
  if (at < 0) return undefined;
  const types = parts.slice(at + 2).filter((_, index) => index % 2 === 0);
  return [parts[at + 1], ...types].join('/');
}
