/** A user, group, service principal or managed identity of the directory. Ids are in lower case. */
export interface Principal {
  readonly id: string;
  readonly type: 'User' | 'Group' | 'ServicePrincipal' | 'Unknown';
  readonly displayName: string | undefined;
  /** Ids of the groups that it is a direct member of. */
  readonly memberOf: readonly string[];
  /** Ids of those who may change a group's members, or a service principal's credentials, where that was collected. */
  readonly owners: readonly string[];
  /** Of a user: of this directory, or invited from another one. */
  readonly userType: 'Member' | 'Guest' | undefined;
  /** False where nobody can sign in as it. */
  readonly accountEnabled: boolean | undefined;
  /** Of a service principal, as Microsoft Graph says it: `Application`, `ManagedIdentity`, … */
  readonly servicePrincipalType: string | undefined;
}
