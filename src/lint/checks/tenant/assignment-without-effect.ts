import { isNothing } from '../../../tenant/access/granted-role.js';
import type { Tenant } from '../../../tenant/access/tenant.js';
import type { RoleAssignment } from '../../../rbac/model/role-assignment.js';
import type { Check } from '../check.js';
import { assignmentMatch } from './assignment-match.js';

/** Finds assignments of roles of which nothing can have an effect at their scope or below; as a variant, at shares of files (`file-share`). */
export const assignmentWithoutEffect: Check<'tenant', object> = {
  subject: 'tenant',
  optionsSchema: { type: 'object', additionalProperties: false },

  *evaluate(tenant) {
    for (const assignment of tenant.assignments) {
      if (!isWithoutEffect(assignment, tenant)) continue;
      const match = assignmentMatch(assignment, tenant);
      const share = shareIn(assignment.scope);
      if (share === undefined) yield match;
      else yield { ...match, variant: 'file-share', evidence: { ...match.evidence, dataScope: share } };
    }
  },
};

/** What nobody knows to have one may have one; a role that grants nothing anywhere is another fault. */
function isWithoutEffect({ roleGuid, place }: RoleAssignment, tenant: Tenant): boolean {
  const role = tenant.role(roleGuid);
  const reach = tenant.reach.at(place);
  if (role === undefined || reach.isEverything('control') || isNothing(role.set)) return false;
  const { within, unknown } = reach.limit(role.set);
  return isNothing(within) && isNothing(unknown);
}

/** The scope at which Azure looks for roles when files of a share are read, where this is the share's own id. */
function shareIn(scope: string): string | undefined {
  const found = /^(.*\/fileServices\/default)\/shares\/([^/]+)$/i.exec(scope);
  return found === null ? undefined : `${found[1]}/fileshares/${found[2]}`;
}
