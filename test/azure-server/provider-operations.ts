/** A small part of what Azure knows, in its shape: https://learn.microsoft.com/rest/api/authorization/provider-operations-metadata */
export const providerOperations = [
  {
    id: '/providers/Microsoft.Authorization/providerOperations/Microsoft.Storage',
    type: 'Microsoft.Authorization/providerOperations',
    name: 'Microsoft.Storage',
    displayName: 'Microsoft Storage',
    operations: [operation('Microsoft.Storage/register/action', false)],
    resourceTypes: [
      {
        name: 'storageAccounts',
        displayName: 'Storage accounts',
        operations: [
          operation('Microsoft.Storage/storageAccounts/read', false),
          operation('Microsoft.Storage/storageAccounts/listkeys/action', false),
        ],
      },
      {
        name: 'storageAccounts/blobServices/containers/blobs',
        displayName: 'Blobs',
        operations: [operation('Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read', true)],
      },
    ],
  },
];

function operation(name: string, isDataAction: boolean): object {
  return {
    name,
    displayName: name,
    description: name,
    origin: 'user,system',
    properties: null,
    isDataAction,
  };
}
