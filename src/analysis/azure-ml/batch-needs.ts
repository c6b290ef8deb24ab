import type { DataAccess } from './data-access.js';
import { pullSet } from './endpoint-needs.js';
import type { IdentityNeed, NamedScopes } from './need.js';
import { privateRegistryIn } from './private-registry.js';
import { type Compute, type Environment, userAssignedOf } from './resource.js';

/**
 * What invokers, the operator and the compute clusters of a batch endpoint need. The endpoint's own identity needs
 * nothing: jobs run as whoever invokes it
 * (https://learn.microsoft.com/azure/machine-learning/how-to-authenticate-batch-endpoint).
 */
export function batchEndpointNeeds(inputs: readonly DataAccess[], scopes: NamedScopes): IdentityNeed[] {
  const base = {
    which: undefined,
    at: 'workspace',
    scope: scopes.workspace,
    grantedBy: 'hand',
    when: undefined,
  } as const;
  return [
    { ...base, identity: 'caller', actionSet: 'batch-invoke', requirement: '004-3' },
    ...inputs
      .filter(isReadWithRoles)
      .map(input => readNeed(input, { identity: 'caller', which: undefined, requirement: '004-10' })),
    ...accountNeeds(inputs, scopes, { identity: 'caller', which: undefined, requirement: '004-10' }),
    { ...base, identity: 'operator', actionSet: 'batch-endpoint-admin', requirement: '004-1' },
  ];
}

/** What jobs read, and what they run in. */
export interface JobNeeds {
  readonly inputs: readonly DataAccess[];
  readonly environments: readonly Environment[];
}

/** What the identity of a cluster, or of a Kubernetes compute, needs to run jobs. */
export function computeNeeds(
  compute: Compute,
  { inputs, environments }: JobNeeds,
  scopes: NamedScopes,
): IdentityNeed[] {
  const { identity, type } = compute;
  const users = userAssignedOf(identity).map(({ resourceId }) => resourceId.value);
  // What the identity of a compute instance needs, no page says.
  if (type !== 'amlcompute' && type !== 'kubernetes') return [];
  if (users.length === 0 && identity.kind !== 'system-assigned') return [];
  // Jobs run as the first one unless they name another.
  const which = users[0] ?? compute.name?.value;
  const isAutomatic = users.length === 0 && type === 'amlcompute' && scopes.registryMode === 'registry';
  const pull: IdentityNeed = {
    identity: 'compute',
    which,
    actionSet: pullSet(scopes),
    at: 'container-registry',
    scope: scopes['container-registry'],
    grantedBy: isAutomatic ? 'azure' : 'hand',
    when: undefined,
    requirement: type === 'kubernetes' ? 'D-4' : '003-4',
  };
  return [
    pull,
    ...scopes.privateRegistries.map(
      (scope): IdentityNeed => ({
        ...pull,
        at: 'private-container-registry',
        scope,
        grantedBy: 'hand',
        requirement: '003-5',
      }),
    ),
    ...imageNeeds(environments, pull, scopes),
    ...accountNeeds(inputs, scopes, { identity: 'compute', which, requirement: '004-8' }),
    ...inputs
      .filter(isReadWithRoles)
      .map(input => readNeed(input, { identity: 'compute', which, requirement: '004-8' })),
    {
      ...pull,
      actionSet: 'blob-read-write',
      at: 'output-storage-account',
      scope: undefined,
      grantedBy: 'hand',
      when: 'the output datastore stores no credential',
      requirement: '004-7',
    },
  ];
}

/** Who reads, and the requirement that says so. */
interface Reader {
  readonly identity: 'caller' | 'compute';
  readonly which: string | undefined;
  readonly requirement: string;
}

/** Images of environments in registries beside the workspace's. */
function imageNeeds(
  environments: readonly Environment[],
  pull: IdentityNeed,
  scopes: NamedScopes,
): IdentityNeed[] {
  return environments.flatMap(({ image }): IdentityNeed[] => {
    const registry = privateRegistryIn(image?.value, scopes);
    if (registry === undefined || registry.scope !== undefined) return [];
    const { name } = registry;
    const isOther = scopes['container-registry'] !== undefined;
    return [
      {
        ...pull,
        at: `container-registry ${name}`,
        scope: undefined,
        resourceName: name,
        grantedBy: 'hand',
        when: isOther ? undefined : 'that is not the registry of the workspace',
        requirement: '003-5',
      },
    ];
  });
}

/** Accounts that options name, and no datastore: jobs read them by their addresses, which no credential is stored for. */
function accountNeeds(
  inputs: readonly DataAccess[],
  { dataStorageAccounts }: NamedScopes,
  reader: Reader,
): IdentityNeed[] {
  const ofDatastores = new Set(inputs.map(({ storageAccount }) => storageAccount?.toLowerCase()));
  return dataStorageAccounts
    .filter(id => !ofDatastores.has(id.toLowerCase()))
    .map(id => readNeed({ storageAccount: id, account: undefined }, reader));
}

/** Roles for blobs do not reach file shares. */
function isReadWithRoles({ credentials, decidedBy, type }: DataAccess): boolean {
  return credentials === 'none' && decidedBy !== 'access-control-lists' && type !== 'azure_file';
}

function readNeed(
  { storageAccount, account }: Pick<DataAccess, 'storageAccount' | 'account'>,
  reader: Reader,
): IdentityNeed {
  const at = account === undefined ? 'storage-account' : `storage-account ${account}`;
  return {
    ...reader,
    actionSet: 'blob-read',
    at,
    scope: storageAccount,
    resourceName: account,
    grantedBy: 'hand',
    when: undefined,
  };
}
