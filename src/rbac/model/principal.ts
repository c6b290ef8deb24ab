/** A user, group, service principal, managed identity or device that the directory knows. Ids are in lower case. */
export interface Principal {
  readonly id: string;
  /** A `ForeignGroup` is a group of another directory: nobody here knows its members. */
  readonly type: 'User' | 'Group' | 'ForeignGroup' | 'ServicePrincipal' | 'Device' | 'Unknown';
  readonly displayName: string | undefined;
  /** Ids of the groups that it is a direct member of; of all its groups where `memberships` says so. */
  readonly memberOf: readonly string[];
  /**
   * Which groups `memberOf` lists: those that it is directly in (where this is not said), `all` that it is in through
   * other groups too, or, where that is `unknown`, perhaps not all that it is directly in.
   */
  readonly memberships?: 'direct' | 'all' | 'unknown' | undefined;
  /** Ids of those who may change a group's members, or a service principal's credentials, where that was collected. */
  readonly owners: readonly string[];
  /** Whether a user is of this directory, or invited from another one. */
  readonly userType: 'Member' | 'Guest' | undefined;
  /** False where nobody can sign in as it. */
  readonly accountEnabled: boolean | undefined;
  /** What a service principal is, as Microsoft Graph says it: `Application`, `ManagedIdentity`, … */
  readonly servicePrincipalType: string | undefined;
}
