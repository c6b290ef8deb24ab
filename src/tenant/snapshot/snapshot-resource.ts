import type { SourceRef } from '../../input/source-document.js';

/**
 * A resource of the tenant, as far as it decides access: which identities it acts with. The row is what Azure Resource
 * Manager answers: `{ id, type, identity, properties }`. Ids are in lower case.
 */
export interface SnapshotResource {
  /** The ARM id, which is its scope. */
  readonly id: string;
  /** Such as `microsoft.compute/virtualmachines`; empty where nothing says it. */
  readonly type: string;
  /** The object id of its own identity: system-assigned, or the identity that a user-assigned identity is. */
  readonly principalId: string | undefined;
  /** User-assigned identities that it acts with. */
  readonly userAssigned: readonly {
    readonly id: string;
    readonly principalId: string | undefined;
    readonly clientId?: string | undefined;
  }[];
  /** Code asks for tokens of a user-assigned identity by this id. */
  readonly clientId?: string | undefined;
  readonly at: SourceRef;
}
