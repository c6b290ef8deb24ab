import type { Collected } from './collected.js';
import type { ExportTrust } from './export-coverage.js';
import { inconsistencies } from './inconsistencies.js';
import type { Snapshot } from './snapshot.js';
import { SnapshotRoles } from './snapshot-roles.js';

/** The snapshot of all that was collected, with notices of what does not fit together in it. */
export function buildSnapshot(collected: Collected, source: string, trust: ExportTrust = 'notice'): Snapshot {
  const partial = trust === 'complete' ? undefined : collected.exports.notice();
  if (partial !== undefined) collected.notices.add('export-may-be-partial', partial, source, 'exports');
  const parts = {
    source,
    collectedAt: collected.collectedAt,
    tenantId: collected.tenantId,
    roleDefinitions: new SnapshotRoles(collected.roleDefinitions),
    roleAssignments: collected.roleAssignments.all,
    denyAssignments: collected.denyAssignments,
    eligibleAssignments: collected.eligibleAssignments.all,
    activeAssignments: collected.activeAssignments.all,
    principals: collected.directory.join(collected.principals, collected.shared),
    hasDirectory: collected.principals.size > 0,
    listedGroups: collected.directory.listedGroups,
    managementGroups: collected.managementGroups,
    subscriptions: collected.subscriptions,
    managementGroupNames: collected.managementGroupNames,
    subscriptionNames: collected.subscriptionNames,
    resources: collected.resources,
    gaps: [...collected.gaps, ...collected.pages.gaps(), ...collected.exports.gaps(trust)],
    isComplete: collected.isComplete,
  };
  return {
    ...parts,
    notices: [...collected.notices.all(), ...inconsistencies(parts, collected.shared)],
  };
}
