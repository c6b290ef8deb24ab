import { findCheck } from '../../../../src/lint/checks/index.js';
import { findTenantCheck } from '../../../../src/lint/checks/tenant/index.js';
import type { Finding } from '../../../../src/lint/engine/finding.js';
import { runLint } from '../../../../src/lint/engine/run.js';
import { shippedCatalog } from '../../../shipped-catalog.js';
import { type Rows, tenantOf } from '../../../tenant/access/tenant-rows.js';
import { shippedRules } from '../lint-role.js';

/** What the shipped rules whose ids start with one of `prefixes` find in a tenant, as the default profile has it. */
export function lintTenant(rows: Rows, ...prefixes: readonly string[]): readonly Finding[] {
  const { findings } = runLint({
    documents: [],
    roleDefinitions: [],
    rules: {
      rules: shippedRules.rules.filter(({ id }) => prefixes.some(prefix => id.startsWith(prefix))),
      groups: shippedRules.groups,
    },
    settings: new Map(),
    catalog: shippedCatalog,
    tenant: tenantOf(rows),
    findCheck: name => findCheck(name) ?? findTenantCheck(name),
    asOf: '2026-11-21',
  });
  return findings;
}
