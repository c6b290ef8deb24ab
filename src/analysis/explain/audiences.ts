/** Services that take access tokens of Microsoft Entra. */
export type Service =
  | 'control-plane'
  | 'machine-learning'
  | 'storage'
  | 'key-vault'
  | 'managed-hsm'
  | 'microsoft-graph'
  | 'azure-ad-graph';

/** Calls that people make, by what a token for them must be for. */
export const serviceOfCall = {
  'control-plane': 'control-plane',
  scoring: 'machine-learning',
  'batch-invoke': 'machine-learning',
  storage: 'storage',
  'key-vault': 'key-vault',
} as const satisfies Readonly<Record<string, Service>>;

export type ServiceCall = keyof typeof serviceOfCall;

/** What to ask a token for, in the public cloud. */
export const resourceOf: Readonly<Record<Service, string>> = {
  'control-plane': 'https://management.azure.com',
  'machine-learning': 'https://ml.azure.com',
  storage: 'https://storage.azure.com',
  'key-vault': 'https://vault.azure.net',
  'managed-hsm': 'https://managedhsm.azure.net',
  'microsoft-graph': 'https://graph.microsoft.com',
  'azure-ad-graph': 'https://graph.windows.net',
};

/** As people call them. */
export const serviceNames: Readonly<Record<Service, string>> = {
  'control-plane': 'Azure Resource Manager (the control plane)',
  'machine-learning': 'Azure Machine Learning (scoring and batch invocation)',
  storage: 'Azure Storage',
  'key-vault': 'Azure Key Vault',
  'managed-hsm': 'Azure Key Vault Managed HSM',
  'microsoft-graph': 'Microsoft Graph',
  'azure-ad-graph': 'Azure AD Graph (retired)',
};

/** The service that an audience stands for, in the public, US Government and China clouds. */
export function knownAudience(audience: string): Service | undefined {
  const folded = audience.toLowerCase();
  const byId = byAppId.get(folded);
  if (byId !== undefined) return byId;
  const host = /^https:\/\/([a-z0-9.-]{1,253})(?::443)?\/*(?:\.default)?$/.exec(folded)?.[1];
  if (host === undefined) return undefined;
  return (
    byHost.get(host) ?? (storageHost.test(host) ? 'storage' : vaultHost.test(host) ? 'key-vault' : undefined)
  );
}

const byHost: ReadonlyMap<string, Service> = new Map<string, Service>([
  ['management.azure.com', 'control-plane'],
  ['management.core.windows.net', 'control-plane'],
  ['management.usgovcloudapi.net', 'control-plane'],
  ['management.core.usgovcloudapi.net', 'control-plane'],
  ['management.chinacloudapi.cn', 'control-plane'],
  ['management.core.chinacloudapi.cn', 'control-plane'],
  ['ml.azure.com', 'machine-learning'],
  ['ml.azure.us', 'machine-learning'],
  ['ml.azure.cn', 'machine-learning'],
  ['storage.azure.com', 'storage'],
  ['vault.azure.net', 'key-vault'],
  ['vault.usgovcloudapi.net', 'key-vault'],
  ['vault.azure.cn', 'key-vault'],
  ['managedhsm.azure.net', 'managed-hsm'],
  ['managedhsm.usgovcloudapi.net', 'managed-hsm'],
  ['managedhsm.azure.cn', 'managed-hsm'],
  ['graph.microsoft.com', 'microsoft-graph'],
  ['graph.microsoft.us', 'microsoft-graph'],
  ['dod-graph.microsoft.us', 'microsoft-graph'],
  ['microsoftgraph.chinacloudapi.cn', 'microsoft-graph'],
  ['graph.windows.net', 'azure-ad-graph'],
  ['graph.chinacloudapi.cn', 'azure-ad-graph'],
]);

/** Tokens of version 2 name the application instead of its address. */
const byAppId: ReadonlyMap<string, Service> = new Map<string, Service>([
  ['797f4846-ba00-4fd7-ba43-dac1f8f63013', 'control-plane'],
  ['18a66f5f-dbdf-4c17-9dd7-1634712a9cbe', 'machine-learning'],
  ['e406a681-f3d4-42a8-90b6-c2b029497af1', 'storage'],
  ['cfa8b339-82a2-471a-a3c9-0fc0be7a4093', 'key-vault'],
  ['00000003-0000-0000-c000-000000000000', 'microsoft-graph'],
  ['00000002-0000-0000-c000-000000000000', 'azure-ad-graph'],
]);

const storageHost =
  /^[a-z0-9]{3,24}\.(?:blob|dfs|file|queue|table)\.core\.(?:windows\.net|usgovcloudapi\.net|chinacloudapi\.cn)$/;
const vaultHost = /^[a-z0-9-]{3,24}\.vault\.(?:azure\.net|usgovcloudapi\.net|azure\.cn)$/;
