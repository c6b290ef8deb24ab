import type { Notice } from '../../errors.js';
import type { Principal } from '../../rbac/model/principal.js';
import type { RoleAssignment, ScheduledAssignment } from '../../rbac/model/role-assignment.js';
import type { DenyAssignment } from './deny-assignment.js';
import type { SnapshotResource } from './snapshot-resource.js';
import type { SnapshotRoles } from './snapshot-roles.js';

/** What was collected of a tenant, in one form whatever it was read from. Ids and keys are in lower case. */
export interface Snapshot {
  /** The file or folder, as shown to people. */
  readonly source: string;
  /** When it was collected, as written; undefined where nothing says so. */
  readonly collectedAt: string | undefined;
  readonly tenantId: string | undefined;
  /** Custom roles, and built-in ones where the export holds them. The catalog serves the other built-in ones. */
  readonly roleDefinitions: SnapshotRoles;
  readonly roleAssignments: readonly RoleAssignment[];
  readonly denyAssignments: readonly DenyAssignment[];
  /** May be activated (PIM): nothing is held through them until then. */
  readonly eligibleAssignments: readonly ScheduledAssignment[];
  /** Active through PIM; mostly role assignments that stand in `roleAssignments`, too. */
  readonly activeAssignments: readonly ScheduledAssignment[];
  readonly principals: ReadonlyMap<string, Principal>;
  /** Whether `principals` is the whole directory. Exports name some of it, and never say how much. */
  readonly hasDirectory: boolean;
  /** Groups of which all direct members are known, where the directory is not whole. */
  readonly listedGroups: ReadonlySet<string>;
  /** Each management group's parent; null for the root, and where it is not known. */
  readonly managementGroups: ReadonlyMap<string, string | null>;
  /** Each subscription's management group; null where it is not known. */
  readonly subscriptions: ReadonlyMap<string, string | null>;
  /** What people call management groups, as far as that is known and is not their id. */
  readonly managementGroupNames: ReadonlyMap<string, string>;
  /** What people call subscriptions, as far as that is known. Several may have the same name. */
  readonly subscriptionNames: ReadonlyMap<string, string>;
  /** Resources that act with an identity, and those that assignments stand at, as far as they were collected. */
  readonly resources: readonly SnapshotResource[];
  /** What the collection itself could not read. */
  readonly gaps: readonly SnapshotGap[];
  /** False where the end of the snapshot is missing: nobody knows what stood there. */
  readonly isComplete: boolean;
  readonly notices: readonly Notice[];
}

export interface SnapshotGap {
  readonly what: string;
  readonly scope: string;
  readonly reason: string;
}
