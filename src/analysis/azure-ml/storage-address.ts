import type { DatastoreType } from './resource.js';

/** What an address of data leads to. */
export type StorageAddress =
  /** A storage account, or a store of Data Lake Gen1, by its name. */
  | { readonly kind: 'account'; readonly type: DatastoreType; readonly account: string }
  /** A path in a datastore of the workspace, by its name. */
  | { readonly kind: 'datastore'; readonly datastore: string }
  /** A vault, by its name. */
  | { readonly kind: 'vault'; readonly vault: string };

/**
 * Reads an address as jobs and scripts name data
 * (https://learn.microsoft.com/azure/machine-learning/how-to-authenticate-batch-endpoint#configure-compute-clusters-for-data-access).
 * Undefined for local paths, and for what is in no storage of Azure's.
 */
export function storageAddress(text: string): StorageAddress | undefined {
  const address = text.trim();
  const datastore = /^azureml:\/\/(?:.*\/)?datastores\/([^/]+)(?:\/|$)/i.exec(address)?.[1];
  if (datastore !== undefined) return { kind: 'datastore', datastore };
  const vault =
    /^https:\/\/([a-z0-9-]{3,24})\.vault\.(?:azure\.net|usgovcloudapi\.net|azure\.cn)(?:\/|$)/i.exec(
      address,
    )?.[1];
  if (vault !== undefined) return { kind: 'vault', vault };
  for (const [type, pattern] of addresses) {
    const account = pattern.exec(address)?.[1];
    if (account !== undefined) return { kind: 'account', type, account: account.toLowerCase() };
  }
  return undefined;
}

const host = String.raw`core\.(?:windows\.net|usgovcloudapi\.net|chinacloudapi\.cn)(?:[/?]|$)`;

const addresses: readonly (readonly [DatastoreType, RegExp])[] = [
  ['azure_blob', new RegExp(String.raw`^https:\/\/([a-z0-9]{3,24})\.blob\.${host}`, 'i')],
  ['azure_blob', new RegExp(String.raw`^wasbs?:\/\/[^@/]+@([a-z0-9]{3,24})\.blob\.${host}`, 'i')],
  ['azure_data_lake_gen2', new RegExp(String.raw`^https:\/\/([a-z0-9]{3,24})\.dfs\.${host}`, 'i')],
  ['azure_data_lake_gen2', new RegExp(String.raw`^abfss?:\/\/[^@/]+@([a-z0-9]{3,24})\.dfs\.${host}`, 'i')],
  ['azure_file', new RegExp(String.raw`^https:\/\/([a-z0-9]{3,24})\.file\.${host}`, 'i')],
  ['azure_data_lake_gen1', /^(?:adl|https):\/\/([a-z0-9]{3,24})\.azuredatalakestore\.net(?:\/|$)/i],
];
