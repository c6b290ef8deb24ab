import { UserError } from '../../errors.js';
import type { Principal } from '../../rbac/model/principal.js';
import type { RoleAssignment, ScheduledAssignment } from '../../rbac/model/role-assignment.js';
import { AssignmentList } from './assignment-list.js';
import type { DenyAssignment } from './deny-assignment.js';
import { keepers } from './keepers.js';
import { NoticeList } from './notice-list.js';
import { Pages } from './pages.js';
import { isRow } from './row.js';
import type { RowRef } from './row-ref.js';
import { SharedTexts } from './shared-texts.js';
import type { SnapshotGap } from './snapshot.js';
import type { SnapshotResource } from './snapshot-resource.js';
import type { RoleRow } from './snapshot-roles.js';

/** The collections of a snapshot, named as its properties are. */
export const collections = [
  'roleDefinitions',
  'roleAssignments',
  'denyAssignments',
  'eligibleAssignments',
  'activeAssignments',
  'principals',
  'managementGroups',
  'subscriptions',
  'resources',
  'gaps',
] as const;

export type Collection = (typeof collections)[number];

/** A row and where it was read; `place` is for people, as in `roleAssignments[12]` or `line 7`. */
export interface CollectedRow {
  readonly value: unknown;
  readonly at: RowRef;
  readonly place: string;
}

/**
 * What was read so far. A row becomes what it says as soon as it is added, and is kept itself only if it is a role.
 * Rows that make no sense, and rows that contradict each other, are notices.
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
  readonly principals = new Map<string, Principal>();
  readonly managementGroups = new Map<string, string | null>();
  readonly subscriptions = new Map<string, string | null>();
  readonly managementGroupNames = new Map<string, string>();
  readonly subscriptionNames = new Map<string, string>();
  readonly resources: SnapshotResource[] = [];
  readonly gaps: SnapshotGap[] = [];
  readonly pages = new Pages();
  private readonly counts = new Map<Collection, number>();

  /** @throws UserError where there are more rows than memory has room for. */
  add(collection: Collection, row: CollectedRow): void {
    const count = (this.counts.get(collection) ?? 0) + 1;
    this.counts.set(collection, count);
    if (count > mostRows) {
      const most = mostRows.toLocaleString('en-US');
      throw new UserError(`"${row.at.document.file}" holds more than ${most} ${collection}.`);
    }
    const reason = isRow(row.value) ? keepers[collection](this, row.value, row.at) : 'it is no object';
    if (reason === undefined) return;
    if (collection !== 'resources') this.isComplete = false;
    this.notices.add(
      'snapshot-row-skipped',
      `${row.place} of the snapshot was skipped: ${reason}.`,
      row.at.document.file,
      `rows of ${collection} were skipped`,
    );
  }

  /** Two rows are of one thing and say different things of it. */
  contradiction(what: string, id: string, at: RowRef): void {
    const message = `The ${what} "${id}" stands in the snapshot twice, and differently.`;
    const group = `contradictions of a ${what}`;
    this.notices.add('snapshot-contradiction', message, at.document.file, group);
  }
}

/** Of one collection. Azure takes 4,000 role assignments per subscription: a tenant with more has 1,250 full ones. */
const mostRows = 5_000_000;
