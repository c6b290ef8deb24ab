import type { Located, SourceRef } from '../../input/source-document.js';

/** A resource of Azure Machine Learning as a YAML file of the Azure ML CLI v2 describes it, as far as access goes. */
export type AzureMlResource =
  | OnlineEndpoint
  | OnlineDeployment
  | BatchEndpoint
  | BatchDeployment
  | MachineLearningWorkspace
  | Compute
  | Datastore
  | Connection
  | Environment
  | DataAsset;

export type ResourceKindInFile = AzureMlResource['kind'];

interface ResourceBase {
  /** Undefined where the file leaves it to the command line. */
  readonly name: Located<string> | undefined;
  /** The resource as a whole. */
  readonly at: SourceRef;
}

export const authModes = ['key', 'aml_token', 'aad_token'] as const;

export type AuthMode = (typeof authModes)[number];

export interface OnlineEndpoint extends ResourceBase {
  readonly kind: 'online-endpoint';
  readonly platform: 'managed' | 'kubernetes';
  /** Undefined where the value is not known yet, or none that exists. Absent in the file, it is `key`. */
  readonly authMode: AuthMode | undefined;
  /** Where the file says so. */
  readonly authModeAt: SourceRef | undefined;
  readonly identity: ManagedIdentity;
  /** `enforce_access_to_default_secret_stores` is on; where it says so. */
  readonly enforcesSecretStores: SourceRef | undefined;
}

export interface OnlineDeployment extends ResourceBase {
  readonly kind: 'online-deployment';
  readonly platform: 'managed' | 'kubernetes';
  readonly endpointName: Located<string> | undefined;
  /** Code of the user's runs in it, and may ask for tokens. */
  readonly hasCode: boolean;
  /** Whether its model or environment comes from a registry of Azure Machine Learning that is not Microsoft's public one. */
  readonly usesRegistry: boolean;
  /** The environment variables by their names; undefined for a value that is no text. */
  readonly environmentVariables: ReadonlyMap<string, Located<string | undefined>>;
  /** The image that its environment names. */
  readonly image: Located<string> | undefined;
}

export interface BatchEndpoint extends ResourceBase {
  readonly kind: 'batch-endpoint';
  /** As written; undefined where it is left to the only one that there is. */
  readonly authMode: Located<string> | undefined;
  readonly identity: ManagedIdentity;
}

export interface BatchDeployment extends ResourceBase {
  readonly kind: 'batch-deployment';
  readonly endpointName: Located<string> | undefined;
  /** Without `azureml:`. */
  readonly compute: Located<string> | undefined;
}

export interface MachineLearningWorkspace extends ResourceBase {
  readonly kind: 'workspace';
  readonly identity: ManagedIdentity;
  /** Ids of the resources that belong to it, as written. */
  readonly storageAccount: Located<string> | undefined;
  readonly containerRegistry: Located<string> | undefined;
  readonly keyVault: Located<string> | undefined;
  readonly applicationInsights: Located<string> | undefined;
  /** The key, where it is encrypted with a customer-managed key. */
  readonly customerManagedKey: SourceRef | undefined;
  /** The ARM id of the key vault that holds the key. */
  readonly keyEncryptionVault: Located<string> | undefined;
  /** The one of several user-assigned identities that the workspace acts with. */
  readonly primaryIdentity: Located<string> | undefined;
}

export interface Compute extends ResourceBase {
  readonly kind: 'compute';
  readonly type: 'amlcompute' | 'computeinstance' | 'kubernetes' | 'other';
  readonly identity: ManagedIdentity;
  /** A compute instance stops by itself after a time. */
  readonly stopsWhenIdle: boolean;
}

export const datastoreTypes = [
  'azure_blob',
  'azure_file',
  'azure_data_lake_gen1',
  'azure_data_lake_gen2',
] as const;

export type DatastoreType = (typeof datastoreTypes)[number];

export interface Datastore extends ResourceBase {
  readonly kind: 'datastore';
  readonly type: DatastoreType;
  /** The account's name, or the store's name for Data Lake Gen1. */
  readonly account: Located<string> | undefined;
  /** Which ones is never read. */
  readonly credentials: 'stored' | 'none';
}

export interface Connection extends ResourceBase {
  readonly kind: 'connection';
  readonly type: string;
  /** Where it leads, such as `https://NAME.azurecr.io`. */
  readonly target: Located<string> | undefined;
  /** The identity that it signs in with. */
  readonly identity:
    | { readonly resourceId: Located<string>; readonly clientId: Located<string> | undefined }
    | undefined;
}

export interface Environment extends ResourceBase {
  readonly kind: 'environment';
  /** The image that it is, or is built upon. */
  readonly image: Located<string> | undefined;
}

export interface DataAsset extends ResourceBase {
  readonly kind: 'data-asset';
  /** An address of storage, a path in a datastore, or a local one. */
  readonly path: Located<string> | undefined;
}

/**
 * The managed identity of a resource. `default`: the file says nothing, and Azure takes what it takes for this kind of
 * resource. `unknown`: it says something that is none.
 */
export type ManagedIdentity =
  | { readonly kind: 'default' | 'none' | 'unknown'; readonly at: SourceRef | undefined }
  | { readonly kind: 'system-assigned'; readonly at: SourceRef }
  | {
      readonly kind: 'user-assigned' | 'system-and-user-assigned';
      readonly at: SourceRef;
      readonly identities: readonly [UserAssignedIdentity, ...UserAssignedIdentity[]];
    };

export interface UserAssignedIdentity {
  /** The ARM id, as written. */
  readonly resourceId: Located<string>;
  /** The object id of its service principal, in lower case; where the file says so. */
  readonly principalId: string | undefined;
}

/** Identities that the file names; none where it has a system-assigned one alone. */
export function userAssignedOf(identity: ManagedIdentity): readonly UserAssignedIdentity[] {
  return 'identities' in identity ? identity.identities : [];
}
