import type { Notice } from '../../errors.js';
import { largeCount } from '../../text/count.js';
import { firstFive } from '../../text/list.js';
import type { Snapshot } from './snapshot.js';

/** Roles that are known without a snapshot: the built-in ones, by GUID in lower case. */
export interface KnownRoles {
  find(guid: string): unknown;
}

/** All that must be said of a snapshot before anything is concluded from it. */
export function snapshotNotices(snapshot: Snapshot, known: KnownRoles): Notice[] {
  return [...snapshot.notices, ...gaps(snapshot), ...unknownRoles(snapshot, known)];
}

/** What the collection could not read. */
function gaps({ gaps: found, source }: Snapshot): Notice[] {
  return found.map(({ what, scope, reason }) => ({
    code: 'snapshot-gap',
    message: `The collection could not read ${what} at ${scope}: ${reason}`,
    file: source,
  }));
}

function unknownRoles(snapshot: Snapshot, known: KnownRoles): Notice[] {
  const counts = new Map<string, number>();
  for (const list of [snapshot.roleAssignments, snapshot.eligibleAssignments, snapshot.activeAssignments])
    for (const { roleGuid } of list) counts.set(roleGuid, (counts.get(roleGuid) ?? 0) + 1);
  const unknown = [...counts].filter(
    ([guid]) => !snapshot.roleDefinitions.has(guid) && known.find(guid) === undefined,
  );
  if (unknown.length === 0) return [];
  const count = unknown.reduce((sum, [, each]) => sum + each, 0);
  const roles = firstFive(unknown.map(([guid]) => guid));
  const message = `Neither the snapshot nor the catalog knows ${largeCount(unknown.length, 'role')} of ${largeCount(count, 'assignment')}: ${roles}. What they grant is not known.`;
  return [{ code: 'snapshot-roles-missing', message, file: snapshot.source }];
}
