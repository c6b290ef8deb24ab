import type { Check } from '../check.js';
import { assignmentRoleMissing } from './assignment-role-missing.js';

/**
 * The checks that look at a snapshot. Apart from the others, since a run without a snapshot loads none of them: a commit
 * hook waits for what is loaded.
 */
export const tenantChecks = {
  'assignment-role-missing': assignmentRoleMissing,
} as const satisfies Readonly<Record<string, TenantCheck>>;

/** A check whose options are checked elsewhere: against its `optionsSchema`, before a run. */
export type TenantCheck = Check<'tenant', never>;

/** Undefined where there is none of that name. */
export function findTenantCheck(name: string): TenantCheck | undefined {
  return Object.hasOwn(tenantChecks, name)
    ? (tenantChecks as Readonly<Record<string, TenantCheck>>)[name]
    : undefined;
}
