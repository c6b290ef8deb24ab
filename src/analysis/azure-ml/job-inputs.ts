import type { Located } from '../../input/source-document.js';
import type { DataAsset, Datastore } from './resource.js';
import { storageAddress } from './storage-address.js';

/** Data that a job reads by an address: a plain one, or that of a data asset. */
export type JobInput = Pick<DataAsset, 'name' | 'path' | 'at'>;

/**
 * Inputs as datastores: an address stores no credential, and one in a datastore is read as that is. Those in datastores that
 * are not among the files are left out, and those that are no place in storage.
 */
export function inputsAsDatastores(
  inputs: readonly JobInput[],
  datastores: readonly Datastore[],
): { readonly datastores: readonly Datastore[]; readonly unknown: readonly JobInput[] } {
  const known = new Set(datastores.flatMap(({ name }) => name?.value.toLowerCase() ?? []));
  const made: Datastore[] = [];
  const unknown: JobInput[] = [];
  for (const input of inputs) {
    const address = storageAddress(input.path?.value ?? '');
    if (address?.kind === 'account') made.push(asDatastore(input, input.path!, address));
    else if (address?.kind !== 'datastore' || !known.has(address.datastore.toLowerCase()))
      unknown.push(input);
  }
  return { datastores: [...datastores, ...made], unknown };
}

function asDatastore(
  { name, at }: JobInput,
  path: Located<string>,
  { type, account }: { readonly type: Datastore['type']; readonly account: string },
): Datastore {
  return {
    kind: 'datastore',
    name: name ?? path,
    at,
    type,
    account: { value: account, at: path.at },
    credentials: 'none',
  };
}
