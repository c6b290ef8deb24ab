/** A user, group, service principal or managed identity of the directory. Ids are in lower case. */
export interface Principal {
  readonly id: string;
  readonly type: 'User' | 'Group' | 'ServicePrincipal' | 'Unknown';
  readonly displayName: string | undefined;
  /** Ids of the groups that it is a direct member of. */
  readonly memberOf: readonly string[];
}
