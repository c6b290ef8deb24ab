import type { AccessKind } from '../../../src/analysis/exposure/kind-table.js';

/** Kinds of access that random tenants give and take away often. */
export const kinds: readonly AccessKind[] = [
  kind('writes', 20, 'control', 'Microsoft.Storage/storageAccounts/write'),
  kind('grants', 40, 'control', 'Microsoft.Authorization/roleAssignments/write'),
  kind('keys', 10, 'control', 'Microsoft.Storage/storageAccounts/listKeys/action'),
  {
    ...kind('secrets', 30, 'data', 'Microsoft.KeyVault/vaults/secrets/getSecret/action'),
    patterns: [
      { pattern: 'Microsoft.KeyVault/vaults/secrets/getSecret/action', plane: 'data' },
      { pattern: 'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read', plane: 'data' },
    ],
  },
];

function kind(id: string, weight: number, plane: 'control' | 'data', pattern: string): AccessKind {
  return { id, title: id, weight, why: id, patterns: [{ pattern, plane }] };
}
