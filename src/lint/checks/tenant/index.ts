import type { Check } from '../check.js';
import { assignmentNameCollides } from '../assignments/assignment-name-collides.js';
import { assignmentPrincipalTypeMissing } from '../assignments/assignment-principal-type-missing.js';
import { assignmentRoleMisnamed } from '../assignments/assignment-role-misnamed.js';
import { assignmentRoleUnknown } from '../assignments/assignment-role-unknown.js';
import { roleReferenceRenamed } from '../assignments/role-reference-renamed.js';
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
import { assignmentWithoutEffect } from './assignment-without-effect.js';
import { denyWithoutEffect } from './deny-without-effect.js';
import { pimEligibleAndActive } from './pim-eligible-and-active.js';
import { pimEligibleWithoutExpiry } from './pim-eligible-without-expiry.js';
import { pimStandingPrivileged } from './pim-standing-privileged.js';

/**
 * The checks that look at a snapshot, or at role assignments of code. Apart from the others, since a run without these loads none: a commit
 * hook waits for what is loaded.
 */
export const tenantChecks = {
  'assignment-guest-privileged': assignmentGuestPrivileged,
  'assignment-limit-near': assignmentLimitNear,
  'assignment-name-collides': assignmentNameCollides,
  'assignment-orphaned-principal': assignmentOrphanedPrincipal,
  'assignment-owner-count': assignmentOwnerCount,
  'assignment-principal-type-missing': assignmentPrincipalTypeMissing,
  'assignment-privileged': assignmentPrivileged,
  'assignment-repeated': assignmentRepeated,
  'assignment-role-misnamed': assignmentRoleMisnamed,
  'assignment-role-missing': assignmentRoleMissing,
  'assignment-role-unknown': assignmentRoleUnknown,
  'role-reference-renamed': roleReferenceRenamed,
  'assignment-to-user': assignmentToUser,
  'assignment-toxic-combination': assignmentToxicCombination,
  'assignment-without-effect': assignmentWithoutEffect,
  'expected-access': expectedAccess,
  'deny-without-effect': denyWithoutEffect,
  'pim-eligible-and-active': pimEligibleAndActive,
  'pim-eligible-without-expiry': pimEligibleWithoutExpiry,
  'pim-standing-privileged': pimStandingPrivileged,
} as const satisfies Readonly<Record<string, TenantCheck>>;

/** A check whose options are checked elsewhere: against its `optionsSchema`, before a run. */
export type TenantCheck = Check<'tenant', never> | Check<'expectation', never> | Check<'inventory', never>;

/** Undefined where there is none of that name. */
export function findTenantCheck(name: string): TenantCheck | undefined {
  return Object.hasOwn(tenantChecks, name)
    ? (tenantChecks as Readonly<Record<string, TenantCheck>>)[name]
    : undefined;
}
