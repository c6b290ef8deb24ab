import type { Tenant } from '../../tenant/access/tenant.js';
import type { CheckReport } from '../expectations/check-report.js';
import type { EscalationReport } from '../escalation/find-paths.js';
import type { Exposure } from '../exposure/exposed-identity.js';
import { exposureOf } from '../exposure/exposure.js';
import type { NeededAccess } from '../exposure/counted-access.js';
import type { OperationGroup } from '../../lint/checks/operation-group.js';
import type { LintResult } from '../../lint/engine/finding.js';
import { ScopeDisplayNames } from '../../tenant/snapshot/scope-names.js';
import type { AuditResult, TenantOverview } from './audit-result.js';
import { findCauses } from './find-causes.js';

/** What was found of a tenant, each by its own part. */
export interface AuditParts {
  readonly tenant: Tenant;
  readonly lint: LintResult;
  readonly paths: EscalationReport;
  readonly check: CheckReport | undefined;
  /** What the expectations let identities hold. */
  readonly needed?: NeededAccess | undefined;
  readonly groups: readonly OperationGroup[];
  /** A file relative to the configuration. */
  readonly fileKey: (file: string) => string;
}

/** Puts together what an audit says. */
export function auditTenant({
  tenant,
  lint,
  paths,
  check,
  needed,
  groups,
  fileKey,
}: AuditParts): AuditResult {
  const { notices, ...found } = paths;
  const results = check?.results;
  let exposure: Exposure | undefined;
  return {
    tenant: overviewOf(tenant),
    lint: { ...lint, notices: [...lint.notices, ...notices] },
    causes: findCauses({ lint, tenant, results, fileKey }),
    paths: found,
    get exposure() {
      return (exposure ??= exposureOf(tenant, groups, { needed }));
    },
    check: check && { results: check.results, identities: check.identities },
    gaps: tenant.snapshot.gaps,
    principals: tenant.snapshot.principals,
    scopeNames: new ScopeDisplayNames(tenant.snapshot),
  };
}

function overviewOf({ snapshot }: Tenant): TenantOverview {
  return {
    source: snapshot.source,
    tenantId: snapshot.tenantId ?? null,
    collectedAt: snapshot.collectedAt ?? null,
    isComplete: snapshot.isComplete,
    managementGroups: snapshot.managementGroups.size,
    subscriptions: snapshot.subscriptions.size,
    principals: snapshot.principals.size,
    roleAssignments: snapshot.roleAssignments.length,
  };
}
