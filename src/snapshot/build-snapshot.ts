import type { Notice } from '../errors.js';
import { trailingGuid } from '../model/guid.js';
import type { Principal } from '../model/principal.js';
import type { RoleAssignment } from '../model/role-assignment.js';
import { parseScope } from '../model/scope.js';
import type { SourceRef } from '../input/source-document.js';
import type { Collected, Collection, CollectedRow } from './collected.js';
import {
  bodyOf,
  isRow,
  own,
  readDenyAssignment,
  readGap,
  readManagementGroup,
  readPrincipal,
  readResource,
  readRoleAssignment,
  readScheduledAssignment,
  readSubscription,
  textOf,
  type Row,
} from './rows.js';
import type { Snapshot } from './snapshot.js';
import { SnapshotRoles } from './snapshot-roles.js';

/** Makes sense of what was read. Rows that make none, and rows that contradict each other, are notices. */
export function buildSnapshot(collected: Collected, source: string): Snapshot {
  const builder = new SnapshotBuilder(collected, source);
  return builder.build();
}

class SnapshotBuilder {
  private readonly notices: Notice[];
  private isComplete: boolean;

  constructor(
    private readonly collected: Collected,
    private readonly source: string,
  ) {
    this.notices = [...collected.notices];
    this.isComplete = collected.isComplete;
  }

  build(): Snapshot {
    const { collectedAt, tenantId } = this.collected;
    const parts = {
      roleDefinitions: this.roleDefinitions(),
      roleAssignments: this.assignments('roleAssignments', readRoleAssignment),
      denyAssignments: this.read('denyAssignments', readDenyAssignment),
      eligibleAssignments: this.assignments('eligibleAssignments', readScheduledAssignment),
      activeAssignments: this.assignments('activeAssignments', readScheduledAssignment),
      principals: this.principals(),
      managementGroups: this.managementGroups(),
      subscriptions: this.subscriptions(),
      resources: this.read('resources', readResource),
      gaps: this.read('gaps', readGap),
    };
    const { source, notices, isComplete } = this;
    return { source, collectedAt, tenantId, ...parts, isComplete, notices };
  }

  private roleDefinitions(): SnapshotRoles {
    const rows = new Map<string, object>();
    this.read('roleDefinitions', row => {
      const guid = trailingGuid(textOf(row, 'name') ?? '') ?? trailingGuid(textOf(row, 'id') ?? '');
      if (guid === undefined) return 'neither its name nor its id ends in a GUID';
      if (!Array.isArray(own(bodyOf(row), 'permissions'))) return 'it has no permissions';
      const known = rows.get(guid);
      if (known !== undefined && !isSame(known, row)) this.contradiction('role definition', guid);
      rows.set(guid, row);
      return undefined;
    });
    return new SnapshotRoles(rows, this.source);
  }

  /** Overlapping exports repeat assignments: the same one counts once. */
  private assignments<Assignment extends RoleAssignment>(
    collection: Collection,
    reader: (row: Row, at: SourceRef) => Assignment | string,
  ): Assignment[] {
    const byId = new Map<string, Assignment>();
    for (const assignment of this.read(collection, reader)) {
      const key = assignment.id || contentOf(assignment);
      const known = byId.get(key);
      if (known === undefined) byId.set(key, assignment);
      else if (contentOf(known) !== contentOf(assignment)) {
        this.contradiction('role assignment', assignment.id);
        // Both count: leaving out one could hide what somebody holds.
        byId.set(`${key} ${byId.size}`, assignment);
      }
    }
    return [...byId.values()];
  }

  private principals(): Map<string, Principal> {
    const byId = new Map<string, Principal>();
    for (const principal of this.read('principals', readPrincipal)) {
      if (byId.has(principal.id)) this.contradiction('principal', principal.id);
      byId.set(principal.id, principal);
    }
    return byId;
  }

  private managementGroups(): Map<string, string | null> {
    const parents = new Map<string, string | null>();
    for (const { name, parent } of this.read('managementGroups', readManagementGroup)) {
      const known = parents.get(name);
      if (known != null && parent != null && known !== parent) this.contradiction('management group', name);
      if (parent !== undefined && known == null) parents.set(name, parent);
    }
    for (const name of inCircle(parents)) {
      this.notice('management-group-cycle', `The management group "${name}" lies in itself.`, this.source);
    }
    return parents;
  }

  private subscriptions(): Map<string, string | null> {
    const groups = new Map<string, string | null>();
    for (const { id, managementGroup } of this.read('subscriptions', readSubscription)) {
      groups.set(id, managementGroup ?? groups.get(id) ?? null);
    }
    return groups;
  }

  private read<T>(
    collection: Collection,
    reader: (row: Row, at: SourceRef) => T | string,
  ): Exclude<T, undefined>[] {
    const read: Exclude<T, undefined>[] = [];
    const bad: (readonly [CollectedRow, string])[] = [];
    for (const row of this.collected.rows[collection]) {
      const result = isRow(row.value) ? reader(row.value, row.at) : 'it is no object';
      if (typeof result === 'string') bad.push([row, result]);
      else if (result !== undefined) read.push(result as Exclude<T, undefined>);
    }
    this.skipped(collection, bad);
    return read;
  }

  private skipped(collection: Collection, bad: readonly (readonly [CollectedRow, string])[]): void {
    if (bad.length === 0) return;
    if (collection !== 'resources') this.isComplete = false;
    for (const [{ at, place }, reason] of bad.slice(0, mostNotices)) {
      this.notice(
        'snapshot-row-skipped',
        `${place} of the snapshot was skipped: ${reason}.`,
        at.document.file,
      );
    }
    const more = bad.length - mostNotices;
    if (more > 0)
      this.notice('snapshot-row-skipped', `${more} more rows of ${collection} were skipped.`, this.source);
  }

  private contradiction(what: string, id: string): void {
    this.notice(
      'snapshot-contradiction',
      `The ${what} "${id}" stands in the snapshot twice, and differently.`,
      this.source,
    );
  }

  private notice(code: string, message: string, file: string): void {
    this.notices.push({ code, message, file });
  }
}

/** Of one collection; the rest is counted. */
const mostNotices = 10;

function contentOf({ principalId, roleGuid, scope, condition = '' }: RoleAssignment): string {
  return [principalId, roleGuid, parseScope(scope).key, condition].join(' ');
}

function isSame(a: object, b: object): boolean {
  try {
    return JSON.stringify(a) === JSON.stringify(b);
  } catch {
    // Nested too deeply to be written, and so no role.
    return false;
  }
}

/** One management group of each circle. */
function inCircle(parents: ReadonlyMap<string, string | null>): string[] {
  const done = new Set<string>();
  const found: string[] = [];
  for (const start of parents.keys()) {
    const path = new Set<string>();
    let name: string | null | undefined = start;
    for (; name != null && !done.has(name) && !path.has(name); name = parents.get(name)) path.add(name);
    if (name != null && path.has(name)) found.push(name);
    for (const passed of path) done.add(passed);
  }
  return found;
}
