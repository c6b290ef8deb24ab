import type { Principal } from '../../rbac/model/principal.js';
import type { RoleAssignment, ScheduledAssignment } from '../../rbac/model/role-assignment.js';
import { AssignmentList } from './assignment-list.js';
import type { Collection } from './collections.js';
import type { DenyAssignment } from './deny-assignment.js';
import { Directory } from './directory.js';
import { ExportCoverage } from './export-coverage.js';
import { NoticeList } from './notice-list.js';
import { Pages } from './pages.js';
import type { RowRef } from './row-ref.js';
import { SharedTexts } from './shared-texts.js';
import type { SnapshotGap } from './snapshot.js';
import type { SnapshotResource } from './snapshot-resource.js';
import type { RoleRow } from './snapshot-roles.js';

/**
 * What was read so far. What a row says is kept, and the row itself only if it is a role.
 * Rows that contradict each other are notices.
 */
export class Collected {
  collectedAt: string | undefined;
  tenantId: string | undefined;
  isComplete = true;
  readonly notices = new NoticeList();
  readonly shared = new SharedTexts();
  readonly roleDefinitions = new Map<string, RoleRow>();
  readonly roleAssignments = new AssignmentList<RoleAssignment>();
  readonly denyAssignments: DenyAssignment[] = [];
  readonly eligibleAssignments = new AssignmentList<ScheduledAssignment>();
  readonly activeAssignments = new AssignmentList<ScheduledAssignment>();
  /** Principals of a collection, which are the whole directory where there are any. */
  readonly principals = new Map<string, Principal>();
  /** What exports say of principals and groups. */
  readonly directory = new Directory();
  readonly managementGroups = new Map<string, string | null>();
  readonly subscriptions = new Map<string, string | null>();
  readonly managementGroupNames = new Map<string, string>();
  readonly subscriptionNames = new Map<string, string>();
  readonly resources: SnapshotResource[] = [];
  readonly gaps: SnapshotGap[] = [];
  readonly pages = new Pages();
  /** What exports show of what they leave out. */
  readonly exports = new ExportCoverage();
  private readonly counts = new Map<Collection, number>();

  /** Counts a row of a collection. */
  count(collection: Collection): number {
    const count = (this.counts.get(collection) ?? 0) + 1;
    this.counts.set(collection, count);
    return count;
  }

  /** Two rows are of one thing and say different things of it. */
  contradiction(what: string, id: string, at: RowRef): void {
    const message = `The ${what} "${id}" stands in the snapshot twice, and differently.`;
    const group = `contradictions of a ${what}`;
    this.notices.add('snapshot-contradiction', message, at.document.file, group);
  }
}
