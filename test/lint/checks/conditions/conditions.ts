// Conditions as people write them, for tests of what is found in them.
export const write = 'Microsoft.Authorization/roleAssignments/write';
export const remove = 'Microsoft.Authorization/roleAssignments/delete';
export const requested = '@Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId]';
export const removed = '@Resource[Microsoft.Authorization/roleAssignments:RoleDefinitionId]';
export const recipient = '@Request[Microsoft.Authorization/roleAssignments:PrincipalId]';
export const recipientType = '@Request[Microsoft.Authorization/roleAssignments:PrincipalType]';
export const readBlobs = 'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read';
export const container = '@Resource[Microsoft.Storage/storageAccounts/blobServices/containers:name]';

/** The canonical guard: whatever is not the action passes. */
export function guard(action: string, expression: string): string {
  return `((!(ActionMatches{'${action}'})) OR (${expression}))`;
}

/** Guards adding and removing role assignments by the same list. */
export function guardBoth(operator: string, ...ids: readonly string[]): string {
  const list = `{${ids.join(', ')}}`;
  return `${guard(write, `${requested} ${operator} ${list}`)} AND ${guard(remove, `${removed} ${operator} ${list}`)}`;
}
