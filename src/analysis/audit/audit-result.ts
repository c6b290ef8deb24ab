import type { CheckReport } from '../expectations/check-report.js';
import type { EscalationReport } from '../escalation/find-paths.js';
import type { Exposure } from '../exposure/exposed-identity.js';
import type { LintResult } from '../../lint/engine/finding.js';
import type { Principal } from '../../rbac/model/principal.js';
import type { ScopeDisplayNames } from '../../tenant/snapshot/scope-names.js';
import type { SnapshotGap } from '../../tenant/snapshot/snapshot.js';
import type { Cause } from './cause.js';

/** What an audit found: every format is made from this object, and has the same numbers. */
export interface AuditResult {
  readonly tenant: TenantOverview;
  /** What the rules found, and all that must be said of the run. */
  readonly lint: LintResult;
  /** The findings again, by what would have to change; worst first. */
  readonly causes: readonly Cause[];
  /** Who can come to control what. Its own notices are among those of `lint`. */
  readonly paths: Omit<EscalationReport, 'notices'>;
  /** How exposed identities are, and what would lower it. Worked out when it is read: not all formats have it. */
  readonly exposure: Exposure;
  /** What identities hold against what they need; undefined where nobody said what that is. */
  readonly check: Omit<CheckReport, 'notices'> | undefined;
  /** What the collection could not read: nothing is concluded from its absence. */
  readonly gaps: readonly SnapshotGap[];
  /** Principals of the snapshot, by id: for their names. */
  readonly principals: ReadonlyMap<string, Principal>;
  /** Display names of subscriptions and management groups. */
  readonly scopeNames: ScopeDisplayNames;
}

/** What was looked at. */
export interface TenantOverview {
  /** The file or folder, as shown to people. */
  readonly source: string;
  readonly tenantId: string | null;
  /** As written. */
  readonly collectedAt: string | null;
  /** False where the end of the snapshot is missing. */
  readonly isComplete: boolean;
  readonly managementGroups: number;
  readonly subscriptions: number;
  readonly principals: number;
  readonly roleAssignments: number;
}
