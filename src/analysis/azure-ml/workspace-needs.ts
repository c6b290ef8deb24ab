import type { ActionSets } from '../../rbac/action-sets/action-sets.js';
import type { Located } from '../../input/source-document.js';
import { registryTypes } from './check-resources.js';
import { partsOf, scopesAt } from './endpoint-needs.js';
import { isPlaceholder } from './file-reader.js';
import { privateRegistryIn } from './private-registry.js';
import { type IdentityNeed, type NamedScopes, resourceGroupOf } from './need.js';
import { type Connection, userAssignedOf, type MachineLearningWorkspace } from './resource.js';

/**
 * What the user-assigned identities of a workspace need. A system-assigned one gets all of it from Azure
 * (https://learn.microsoft.com/azure/machine-learning/how-to-identity-based-service-authentication).
 */
export function workspaceNeeds(
  workspace: MachineLearningWorkspace,
  scopes: NamedScopes,
  sets: ActionSets,
): IdentityNeed[] {
  const parts = partsOf(sets, 'workspace-identity-user-assigned');
  const own = workspace.identity.kind === 'system-assigned' ? registryNeeds(scopes) : [];
  return own.length > 0
    ? own
    : userAssignedOf(workspace.identity).flatMap(({ resourceId }) => [
        ...encryptionNeeds(workspace, resourceId.value),
        ...(isPrimary(workspace, resourceId.value) ? parts : []).map(
          ({ set, at, optional, when }): IdentityNeed => {
            const isEncrypted =
              set === 'workspace-identity-cmk' && workspace.customerManagedKey !== undefined;
            return {
              identity: 'workspace',
              which: resourceId.value,
              actionSet: set,
              at,
              scope: scopeOf(at, workspace, scopes),
              grantedBy: 'hand',
              when: optional && !isEncrypted ? (when ?? 'it is used') : undefined,
              requirement:
                set === 'workspace-identity-cmk' ? '003-11' : set === 'aks-attach' ? 'D-5' : '003-8',
            };
          },
        ),
        {
          identity: 'operator',
          which: undefined,
          actionSet: 'online-create-with-identity',
          at: 'user-assigned-identity',
          scope: resourceId.value,
          grantedBy: 'hand',
          when: undefined,
          requirement: '003-9',
        },
      ]);
}

/** A system-assigned identity pulls from the workspace's registry and builds in it; the registry may not be there yet. */
function registryNeeds({ 'container-registry': scope }: NamedScopes): IdentityNeed[] {
  if (scope === undefined) return [];
  return [
    {
      identity: 'workspace',
      which: undefined,
      actionSet: 'workspace-identity-acr',
      at: 'container-registry',
      scope,
      grantedBy: 'azure',
      when: undefined,
      requirement: '003-8',
    },
  ];
}

/** Whether it is the one identity that is the workspace's own; the others are there for the key. */
function isPrimary({ identity, primaryIdentity }: MachineLearningWorkspace, id: string): boolean {
  if (primaryIdentity === undefined || userAssignedOf(identity).length < 2) return true;
  return primaryIdentity.value.toLowerCase() === id.toLowerCase();
}

/** The identity that fetches the key is another than the workspace's own where there are several. */
function encryptionNeeds(workspace: MachineLearningWorkspace, id: string): IdentityNeed[] {
  if (workspace.customerManagedKey === undefined) return [];
  const others = userAssignedOf(workspace.identity).length > 1 && workspace.primaryIdentity !== undefined;
  if (others && isPrimary(workspace, id)) return [];
  return [
    {
      identity: 'workspace',
      which: id,
      actionSet: 'cmk-encryption',
      at: 'key-vault of the key',
      scope: written(workspace.keyEncryptionVault),
      grantedBy: 'hand',
      when: undefined,
      requirement: '003-11',
    },
  ];
}

function scopeOf(at: string, workspace: MachineLearningWorkspace, scopes: NamedScopes): string | undefined {
  if (at === 'resource-group') return resourceGroupOf(scopes.workspace);
  if (at === 'application-insights') return written(workspace.applicationInsights);
  return (at === 'key-vault' ? written(workspace.keyVault) : undefined) ?? scopesAt(at, scopes)[0];
}

/** Images of a private registry are built with an identity that the workspace must be able to take on. */
export function connectionNeeds({ type, identity, target }: Connection, scopes: NamedScopes): IdentityNeed[] {
  if (!registryTypes.has(type) || identity === undefined || isPlaceholder(identity.resourceId.value))
    return [];
  const id = identity.resourceId.value;
  const base = { grantedBy: 'hand', when: undefined, requirement: '003-6' } as const;
  return [
    {
      ...base,
      identity: 'registry-identity',
      which: id,
      actionSet: 'acr-pull',
      at: 'private-container-registry',
      ...registryOf(target?.value, scopes),
    },
    {
      ...base,
      identity: 'workspace',
      which: undefined,
      actionSet: 'workspace-identity-private-acr-build',
      at: 'user-assigned-identity',
      scope: id,
    },
  ];
}

/** Finds the registry by its address; where that tells nothing, the only private registry that there is. */
function registryOf(
  target: string | undefined,
  scopes: NamedScopes,
): Pick<IdentityNeed, 'scope' | 'resourceName'> {
  const registry = privateRegistryIn(target, scopes);
  const [only, another] = scopes.privateRegistries;
  if (registry !== undefined) return { scope: registry.scope, resourceName: registry.name };
  return { scope: another === undefined ? only : undefined };
}

/**
 * The scopes that the file of a workspace names, where no option names others. Its key vault is not among them: an
 * endpoint reads it only if a script does.
 */
export function scopesWith(workspace: MachineLearningWorkspace | undefined, given: NamedScopes): NamedScopes {
  if (workspace === undefined) return given;
  return {
    ...given,
    'storage-account': given['storage-account'] ?? written(workspace.storageAccount),
    'container-registry': given['container-registry'] ?? written(workspace.containerRegistry),
  };
}

function written(id: Located<string> | undefined): string | undefined {
  return id === undefined || isPlaceholder(id.value) || !id.value.startsWith('/') ? undefined : id.value;
}
