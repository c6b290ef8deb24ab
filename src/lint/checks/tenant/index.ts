import type { Check } from '../check.js';
import { expectedAccess } from './expected-access.js';
import { assignmentGuestPrivileged } from './assignment-guest-privileged.js';
import { assignmentLimitNear } from './assignment-limit-near.js';
import { assignmentOrphanedPrincipal } from './assignment-orphaned-principal.js';
import { assignmentOwnerCount } from './assignment-owner-count.js';
import { assignmentPrivileged } from './assignment-privileged.js';
import { assignmentRepeated } from './assignment-repeated.js';
import { assignmentRoleMissing } from './assignment-role-missing.js';
import { assignmentToUser } from './assignment-to-user.js';
import { assignmentToxicCombination } from './assignment-toxic-combination.js';
import { denyWithoutEffect } from './deny-without-effect.js';
import { pimEligibleAndActive } from './pim-eligible-and-active.js';
import { pimEligibleWithoutExpiry } from './pim-eligible-without-expiry.js';
import { pimStandingPrivileged } from './pim-standing-privileged.js';

/**
 * The checks that look at a snapshot. Apart from the others, since a run without a snapshot loads none of them: a commit
 * hook waits for what is loaded.
 */
export const tenantChecks = {
  'assignment-guest-privileged': assignmentGuestPrivileged,
  'assignment-limit-near': assignmentLimitNear,
  'assignment-orphaned-principal': assignmentOrphanedPrincipal,
  'assignment-owner-count': assignmentOwnerCount,
  'assignment-privileged': assignmentPrivileged,
  'assignment-repeated': assignmentRepeated,
  'assignment-role-missing': assignmentRoleMissing,
  'assignment-to-user': assignmentToUser,
  'assignment-toxic-combination': assignmentToxicCombination,
  'expected-access': expectedAccess,
  'deny-without-effect': denyWithoutEffect,
  'pim-eligible-and-active': pimEligibleAndActive,
  'pim-eligible-without-expiry': pimEligibleWithoutExpiry,
  'pim-standing-privileged': pimStandingPrivileged,
} as const satisfies Readonly<Record<string, TenantCheck>>;

/** A check whose options are checked elsewhere: against its `optionsSchema`, before a run. */
export type TenantCheck = Check<'tenant', never> | Check<'expectation', never>;

/** Undefined where there is none of that name. */
export function findTenantCheck(name: string): TenantCheck | undefined {
  return Object.hasOwn(tenantChecks, name)
    ? (tenantChecks as Readonly<Record<string, TenantCheck>>)[name]
    : undefined;
}
