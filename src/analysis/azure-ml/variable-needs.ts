import { idNamed, type IdentityNeed, type NamedScopes } from './need.js';
import type { OnlineDeployment } from './resource.js';
import { storageAddress } from './storage-address.js';

/** What a deployment names to its code in environment variables, its code reads: accounts and vaults, by name or by address. */
export function variableNeeds(
  { environmentVariables }: OnlineDeployment,
  which: string | undefined,
  scopes: NamedScopes,
): IdentityNeed[] {
  return [...environmentVariables].flatMap(([variable, { value }]) => {
    const named = namedIn(variable, value?.trim() ?? '');
    if (named === undefined) return [];
    const { actionSet, kind, name } = named;
    return [
      {
        identity: 'endpoint' as const,
        which,
        actionSet,
        at: `${kind} ${name}`,
        scope: idNamed(name, [
          scopes[kind],
          ...(kind === 'storage-account' ? scopes.dataStorageAccounts : []),
        ]),
        resourceName: name,
        grantedBy: 'hand' as const,
        when: undefined,
        requirement: '000-6',
      },
    ];
  });
}

interface NamedResource {
  readonly actionSet: 'blob-read' | 'key-vault-secret-read';
  readonly kind: 'storage-account' | 'key-vault';
  readonly name: string;
}

/** An address says what it is; of a name, that of the variable does. */
function namedIn(variable: string, value: string): NamedResource | undefined {
  const address = storageAddress(value);
  if (address?.kind === 'vault') return ofVault(address.vault);
  if (address?.kind === 'account')
    return address.type === 'azure_blob' || address.type === 'azure_data_lake_gen2'
      ? ofAccount(address.account)
      : undefined;
  if (/storage_?account(_?name)?$/i.test(variable) && /^[a-z0-9]{3,24}$/.test(value)) return ofAccount(value);
  if (/key_?vault(_?name)?$/i.test(variable) && /^[a-z](?:[a-z0-9]|-(?!-)){1,22}[a-z0-9]$/i.test(value))
    return ofVault(value);
  return undefined;
}

function ofAccount(name: string): NamedResource {
  return { actionSet: 'blob-read', kind: 'storage-account', name };
}

function ofVault(name: string): NamedResource {
  return { actionSet: 'key-vault-secret-read', kind: 'key-vault', name };
}
