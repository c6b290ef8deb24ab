import { type NamedScopes, nameIn } from './need.js';
import { type Compute, type Datastore, userAssignedOf } from './resource.js';

/**
 * Who reads the data of a batch job, and with what
 * (https://learn.microsoft.com/azure/machine-learning/how-to-authenticate-batch-endpoint, "Configure compute clusters
 * for data access").
 */
export interface DataAccess {
  /** The datastore's name. */
  readonly datastore: string | undefined;
  readonly type: Datastore['type'];
  readonly credentials: Datastore['credentials'];
  /** With a stored credential it is the only one: roles on the storage do not matter. */
  readonly readBy: readonly ('stored-credential' | 'job-identity' | 'compute-identity')[];
  /** What decides on the storage itself. */
  readonly decidedBy:
    | 'credential'
    | 'role-assignments'
    | 'access-control-lists'
    | 'access-control-lists-and-role-assignments';
  /** The ARM id of the account, where an option names one of that name. */
  readonly storageAccount: string | undefined;
  readonly account: string | undefined;
  /** The identities of the clusters that mount it. */
  readonly computeIdentities: readonly ComputeIdentity[];
}

export interface ComputeIdentity {
  readonly compute: string | undefined;
  readonly kind: 'system-assigned' | 'user-assigned' | 'none' | 'unknown';
  /** `<workspace>/computes/<cluster>`: what Microsoft Entra calls a cluster's system-assigned identity. */
  readonly displayName: string | undefined;
  /** The first is the one that jobs run as. */
  readonly userAssigned: readonly string[];
}

export function dataAccess(
  datastores: readonly Datastore[],
  computes: readonly Compute[],
  scopes: NamedScopes,
): DataAccess[] {
  const identities = computes.map(compute => computeIdentity(compute, scopes.workspace));
  return datastores.map(({ name, type, credentials, account }) => ({
    datastore: name?.value,
    type,
    credentials,
    readBy: readersOf(type, credentials),
    decidedBy: credentials === 'stored' ? 'credential' : deciders[type],
    storageAccount: account && accountNamed(account.value, scopes),
    account: account?.value,
    computeIdentities: readersOf(type, credentials).includes('compute-identity') ? identities : [],
  }));
}

function readersOf(type: Datastore['type'], credentials: Datastore['credentials']): DataAccess['readBy'] {
  if (credentials === 'stored') return ['stored-credential'];
  return type === 'azure_file' ? [] : ['job-identity', 'compute-identity'];
}

const deciders = {
  azure_blob: 'role-assignments',
  // No identity reads it: there has to be a credential.
  azure_file: 'credential',
  azure_data_lake_gen1: 'access-control-lists',
  azure_data_lake_gen2: 'access-control-lists-and-role-assignments',
} as const;

export function computeIdentity({ name, identity }: Compute, workspace: string | undefined): ComputeIdentity {
  const userAssigned = userAssignedOf(identity).map(({ resourceId }) => resourceId.value);
  const kind = kindOf(identity.kind, userAssigned.length);
  const isNamed = kind === 'system-assigned' && name !== undefined && workspace !== undefined;
  const displayName = isNamed ? `${nameIn(workspace)}/computes/${name.value}` : undefined;
  return { compute: name?.value, kind, displayName, userAssigned };
}

function kindOf(kind: Compute['identity']['kind'], userAssigned: number): ComputeIdentity['kind'] {
  if (userAssigned > 0) return 'user-assigned';
  if (kind === 'system-assigned' || kind === 'unknown') return kind;
  return 'none';
}

function accountNamed(account: string, scopes: NamedScopes): string | undefined {
  const known = [scopes['storage-account'], ...scopes.dataStorageAccounts].filter(id => id !== undefined);
  return known.find(id => nameIn(id).toLowerCase() === account.toLowerCase());
}
