import { findCauses } from '../../../src/analysis/audit/find-causes.js';
import type { Cause } from '../../../src/analysis/audit/cause.js';
import { findCheck } from '../../../src/lint/checks/index.js';
import { findTenantCheck } from '../../../src/lint/checks/tenant/index.js';
import type { LintResult } from '../../../src/lint/engine/finding.js';
import { runLint } from '../../../src/lint/engine/run.js';
import type { Tenant } from '../../../src/tenant/access/tenant.js';
import { shippedCatalog } from '../../shipped-catalog.js';
import { shippedRules } from '../../lint/checks/lint-role.js';
import { type Rows, tenantOf } from '../../tenant/access/tenant-rows.js';

/** What the shipped rules find in a tenant, its custom roles included. */
export function lintOf(tenant: Tenant): LintResult {
  return runLint({
    documents: [],
    roleDefinitions: [],
    deployedRoles: [...tenant.snapshot.roleDefinitions.all()].filter(
      ({ roleType }) => roleType === 'CustomRole',
    ),
    rules: shippedRules,
    settings: new Map(),
    catalog: shippedCatalog,
    tenant,
    findCheck: name => findCheck(name) ?? findTenantCheck(name),
    asOf: '2026-11-21',
  });
}

/** The causes of what is found in a tenant of these rows; of one rule, or of all. */
export function causesOf(rows: Rows, ruleId?: string): readonly Cause[] {
  const tenant = tenantOf(rows);
  return findCauses({ lint: lintOf(tenant), tenant }).filter(
    ({ rule }) => ruleId === undefined || rule.id === ruleId,
  );
}
