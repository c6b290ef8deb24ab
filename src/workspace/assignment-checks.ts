import { findCheck } from '../lint/checks/index.js';
import { findTenantCheck } from '../lint/checks/tenant/index.js';
import type { LintRequest } from '../lint/engine/run.js';
import { tenantsOfCode } from '../tenant/code/tenants-of-code.js';

/** What a run needs to lint role assignments of code. Loaded where there are some. */
export const assignmentChecks = {
  tenantsOfCode,
  findCheck: name => findCheck(name) ?? findTenantCheck(name),
} as const satisfies Pick<LintRequest, 'findCheck' | 'tenantsOfCode'>;
