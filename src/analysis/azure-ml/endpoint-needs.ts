import type { CompositeActionSet, CompositePart } from '../../rbac/action-sets/action-set.js';
import type { ActionSets } from '../../rbac/action-sets/action-sets.js';
import { type IdentityNeed, type NamedScopes, resourceGroupOf } from './need.js';
import { variableNeeds } from './variable-needs.js';
import { privateRegistryIn } from './private-registry.js';
import { type OnlineDeployment, type OnlineEndpoint, userAssignedOf } from './resource.js';

/**
 * What callers, the operator and the identity of an online endpoint need
 * (https://learn.microsoft.com/azure/machine-learning/concept-endpoints-online-auth).
 */
export function onlineEndpointNeeds(
  endpoint: OnlineEndpoint,
  deployments: readonly OnlineDeployment[],
  scopes: NamedScopes,
  sets: ActionSets,
): IdentityNeed[] {
  return [
    ...callerNeeds(endpoint, scopes),
    ...operatorNeeds(endpoint, deployments, scopes),
    ...endpointIdentityNeeds(endpoint, deployments, scopes, sets),
  ];
}

/** The id of the endpoint under its workspace; undefined where one of both is not known. */
function endpointScope({ name }: OnlineEndpoint, { workspace }: NamedScopes): string | undefined {
  return name && workspace && `${workspace}/onlineEndpoints/${name.value}`;
}

function callerNeeds(endpoint: OnlineEndpoint, scopes: NamedScopes): IdentityNeed[] {
  const at = { which: undefined, at: 'online-endpoint', scope: endpointScope(endpoint, scopes) } as const;
  const need = (
    identity: 'caller' | 'credential-reader',
    actionSet: string,
    requirement: string,
    when?: string,
  ): IdentityNeed => ({
    identity,
    actionSet,
    requirement,
    when,
    grantedBy: 'hand',
    ...at,
  });
  const nothing = (actionSet: string): IdentityNeed => ({
    ...need('caller', actionSet, '001-9'),
    grantedBy: 'none',
  });
  switch (endpoint.authMode) {
    case 'aad_token':
      return [
        need('caller', 'online-scoring', '001-9'),
        need('caller', 'online-scoring-cli', '001-10', 'it calls through the CLI or the SDK'),
      ];
    case 'key':
      return [
        nothing('online-scoring-with-key'),
        need('credential-reader', 'online-keys', '001-9'),
        need('credential-reader', 'online-key-rotator', '001-11', 'it renews the keys'),
      ];
    case 'aml_token':
      return [nothing('online-scoring-with-token'), need('credential-reader', 'online-token', '001-9')];
    case undefined:
      return [];
  }
}

function operatorNeeds(
  endpoint: OnlineEndpoint,
  deployments: readonly OnlineDeployment[],
  scopes: NamedScopes,
): IdentityNeed[] {
  const { workspace } = scopes;
  const need = (
    actionSet: string,
    requirement: string,
    { when, at = 'workspace', scope = workspace }: Partial<Pick<IdentityNeed, 'when' | 'at' | 'scope'>> = {},
  ): IdentityNeed => ({
    identity: 'operator',
    which: undefined,
    actionSet,
    at,
    scope,
    grantedBy: 'hand',
    when,
    requirement,
  });
  const endpointId = endpointScope(endpoint, scopes);
  const inGroup = { at: 'resource-group', scope: resourceGroupOf(workspace) };
  const identities = userAssignedOf(endpoint.identity).map(({ resourceId }) => resourceId.value);
  return [
    need('online-endpoint-admin', '000-11'),
    need('online-deployment-create', 'D-1', {
      when: deployments.length > 0 ? undefined : 'it creates deployments',
    }),
    need('online-log-reader', '000-11', {
      when: 'it reads the logs of deployments',
      at: 'online-endpoint',
      scope: endpointId,
    }),
    need('online-studio-deployer', 'D-1', { when: 'it works in the studio', ...inGroup }),
    ...identities.map(id =>
      need('online-create-with-identity', '003-9', { at: 'user-assigned-identity', scope: id }),
    ),
    ...(identities.length === 0
      ? []
      : [
          need('endpoint-setup-with-identity', '000-2', {
            when: 'it also creates the identity and assigns the roles',
            ...inGroup,
          }),
        ]),
    ...(identities.length === 0 && endpoint.identity.kind !== 'none'
      ? [
          need('role-assigner', '000-2', {
            when: 'it grants the identity roles beyond those that Azure assigns',
            ...inGroup,
          }),
        ]
      : []),
    ...(endpoint.enforcesSecretStores === undefined || identities.length > 0
      ? []
      : [need('connection-secrets-read', 'D-2')]),
  ];
}

function endpointIdentityNeeds(
  endpoint: OnlineEndpoint,
  deployments: readonly OnlineDeployment[],
  scopes: NamedScopes,
  sets: ActionSets,
): IdentityNeed[] {
  const { identity } = endpoint;
  const users = userAssignedOf(identity).map(({ resourceId }) => resourceId.value);
  if (users.length === 0 && (identity.kind === 'none' || identity.kind === 'unknown')) return [];
  const composite =
    users.length > 0 ? 'endpoint-identity-user-assigned' : 'endpoint-identity-system-assigned';
  const usesRegistry = deployments.some(deployment => deployment.usesRegistry);
  const parts = partsOf(sets, composite).map(part =>
    part.set === 'ml-registry-consumer' && usesRegistry ? { ...part, optional: undefined } : part,
  );
  const which: readonly (string | undefined)[] = users.length > 0 ? users : [undefined];
  return which.flatMap(each =>
    [
      ...parts.flatMap(part => identityNeeds(endpoint, part, each, scopes)),
      ...deployments.flatMap(deployment => imageNeeds(deployment, each, scopes)),
      ...deployments.flatMap(deployment => variableNeeds(deployment, each, scopes)),
    ].map(need => ({ ...need, partOf: composite })),
  );
}

/** On a registry that is not the workspace's, Azure assigns nothing. */
function imageNeeds(
  { image }: OnlineDeployment,
  which: string | undefined,
  scopes: NamedScopes,
): IdentityNeed[] {
  const registry = privateRegistryIn(image?.value, scopes);
  if (registry === undefined) return [];
  return [
    {
      identity: 'endpoint',
      which,
      actionSet: pullSet(scopes),
      at: `container-registry ${registry.name}`,
      scope: registry.scope,
      resourceName: registry.name,
      grantedBy: 'hand',
      // The workspace's own registry may be the one, as long as nobody says which that is.
      when: isPrivate(registry.scope, scopes) ? undefined : 'that is not the registry of the workspace',
      requirement: '000-4',
    },
  ];
}

function isPrivate(scope: string | undefined, scopes: NamedScopes): boolean {
  return scope !== undefined || scopes['container-registry'] !== undefined;
}

type Part = Omit<CompositePart, 'optional'> & { readonly optional?: true | undefined };

export function partsOf(sets: ActionSets, id: string): readonly CompositePart[] {
  const set = sets.get(id);
  return set.kind === 'composite' ? (set as CompositeActionSet).parts : [];
}

/** An optional part is needed once its scope is named: the user says that the script reads there. */
function identityNeeds(
  endpoint: OnlineEndpoint,
  part: Part,
  which: string | undefined,
  scopes: NamedScopes,
): IdentityNeed[] {
  const scopesOfPart = scopesAt(part.at, scopes);
  const isNamedByOption = part.at !== 'workspace' && scopesOfPart[0] !== undefined;
  const when = part.optional && !isNamedByOption ? (part.when ?? 'it is used') : undefined;
  return scopesOfPart.map(scope => ({
    identity: 'endpoint',
    which,
    actionSet: part.set === 'acr-pull' ? pullSet(scopes) : part.set,
    at: part.at,
    scope,
    grantedBy: granter(endpoint, part, scopes),
    when: part.set === 'connection-secrets-read' && isEnforced(endpoint) ? undefined : when,
    requirement: requirementOf(part, endpoint),
  }));
}

/** A registry with permissions of repositories takes other roles. */
export function pullSet({ registryMode }: NamedScopes): 'acr-pull' | 'acr-pull-abac' {
  return registryMode === 'repository' ? 'acr-pull-abac' : 'acr-pull';
}

function granter(endpoint: OnlineEndpoint, part: Part, { registryMode }: NamedScopes): 'azure' | 'hand' {
  if (part.set === 'acr-pull') {
    const isHonoured = registryMode === 'registry' && endpoint.platform === 'managed';
    return part.automatic && isHonoured ? 'azure' : 'hand';
  }
  if (part.set === 'connection-secrets-read') return isEnforced(endpoint) ? 'azure' : 'hand';
  return part.automatic ? 'azure' : 'hand';
}

function isEnforced({ enforcesSecretStores, identity }: OnlineEndpoint): boolean {
  return enforcesSecretStores !== undefined && userAssignedOf(identity).length === 0;
}

function requirementOf({ set, at }: Part, { platform }: OnlineEndpoint): string {
  if (set === 'acr-pull') return platform === 'kubernetes' ? 'D-4' : '000-4';
  if (set === 'blob-read') return at === 'storage-account' ? '000-5' : '000-6';
  if (set === 'connection-secrets-read') return '001-3';
  return set === 'key-vault-secret-read' ? 'D-2' : '001-13';
}

/** One for each scope of that name; one that is not known where there is none. */
export function scopesAt(at: string, scopes: NamedScopes): readonly (string | undefined)[] {
  switch (at) {
    case 'workspace':
    case 'storage-account':
    case 'container-registry':
    case 'key-vault':
    case 'machine-learning-registry':
      return [scopes[at]];
    case 'user-storage-account':
      return scopes.dataStorageAccounts.length > 0 ? scopes.dataStorageAccounts : [undefined];
    default:
      return [undefined];
  }
}
