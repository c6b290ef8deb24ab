import type { Notice } from '../errors.js';
import type { Principal } from '../model/principal.js';
import type { RoleAssignment } from '../model/role-assignment.js';
import type { RoleDefinition } from '../model/role-definition.js';

/** What was collected of a tenant, in one form whatever it was read from. Ids and keys are in lower case. */
export interface Snapshot {
  /** The file or folder, as shown to people. */
  readonly source: string;
  /** Custom roles, and built-in ones where the export holds them, by GUID. The catalog serves the other built-in ones. */
  readonly roleDefinitions: ReadonlyMap<string, RoleDefinition>;
  readonly roleAssignments: readonly RoleAssignment[];
  readonly principals: ReadonlyMap<string, Principal>;
  /** Each management group's parent; null for the root. */
  readonly managementGroups: ReadonlyMap<string, string | null>;
  /** Each subscription's management group; null where it is not known. */
  readonly subscriptions: ReadonlyMap<string, string | null>;
  /** What is in it and not evaluated yet: how many there are. */
  readonly notEvaluated: {
    readonly denyAssignments: number;
    readonly eligibleAssignments: number;
    readonly activeAssignments: number;
  };
  /** What the collection itself could not read. */
  readonly gaps: readonly SnapshotGap[];
  readonly notices: readonly Notice[];
}

export interface SnapshotGap {
  readonly what: string;
  readonly scope: string;
  readonly reason: string;
}
