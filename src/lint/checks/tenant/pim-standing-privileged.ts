import type { Tenant } from '../../../tenant/access/tenant.js';
import type { RoleAssignment } from '../../../rbac/model/role-assignment.js';
import type { Check } from '../check.js';
import type { Match } from '../match.js';
import { assignmentMatch, principalType } from './assignment-match.js';
import { AssignmentDurations } from './assignment-durations.js';
import { isAtHighScope } from './high-scope.js';
import { type JudgedPower, RolePowers } from './role-powers.js';

/**
 * Finds users who are as good as owners of a subscription or more for good, in a tenant that has others activate such
 * roles. As the variant `group` where they are through a group: membership of it may itself be activated. As the variant
 * `privileged` what is less than that, if others have to activate the very role. Nobody can activate a role for a machine.
 */
export const pimStandingPrivileged: Check<'tenant'> = {
  subject: 'tenant',
  inCode: 'each',
  optionsSchema: { type: 'object', additionalProperties: false },

  *evaluate(tenant, _options, context) {
    const durations = new AssignmentDurations(tenant);
    if (!durations.isPimInUse) return;
    const powers = RolePowers.of(tenant, context);
    const activated = new Set(tenant.snapshot.eligibleAssignments.map(({ roleGuid }) => roleGuid));
    const users = new Map<string, number>();
    for (const assignment of tenant.assignments) {
      if (!isAtHighScope(assignment, tenant)) continue;
      const judged = powers.ofAssignment(assignment);
      if (judged.power === 'ordinary') continue;
      if (judged.power === 'privileged' && !activated.has(assignment.roleGuid)) continue;
      if (durations.of(assignment) !== 'for-good') continue;
      const match = heldByPeople(assignment, judged, tenant, users);
      if (match !== undefined) yield match;
    }
  },
};

function heldByPeople(
  assignment: RoleAssignment,
  { power, because }: JudgedPower,
  tenant: Tenant,
  usersOfGroups: Map<string, number>,
): Match | undefined {
  const { principalId } = assignment;
  const type = principalType(assignment, tenant);
  if (type !== 'User' && type !== 'Group') return undefined;
  const users =
    type === 'Group' ? usersIn(principalId, tenant, usersOfGroups) : Number(canSignIn(principalId, tenant));
  if (users === 0) return undefined;
  const variant = power === 'privileged' ? 'privileged' : type === 'Group' ? 'group' : undefined;
  const match = assignmentMatch(assignment, tenant, { because, users });
  return variant === undefined ? match : { ...match, variant };
}

/** Groups hold roles in many subscriptions: their members are counted once. */
function usersIn(group: string, tenant: Tenant, known: Map<string, number>): number {
  let users = known.get(group);
  if (users === undefined) {
    const { principals } = tenant.snapshot;
    const members = tenant.memberships.membersOf(group);
    users = members.filter(id => principals.get(id)?.type === 'User' && canSignIn(id, tenant)).length;
    known.set(group, users);
  }
  return users;
}

/** One whom the directory does not know is deleted, unless it was not read. */
function canSignIn(user: string, { snapshot, gaps }: Tenant): boolean {
  const known = snapshot.principals.get(user);
  if (known === undefined) return gaps.coverDirectory || !snapshot.hasDirectory;
  return known.accountEnabled !== false;
}
