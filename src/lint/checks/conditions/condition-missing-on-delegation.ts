import type { Tenant } from '../../../tenant/access/tenant.js';
import type { RoleAssignment } from '../../../rbac/model/role-assignment.js';
import type { RolePermissions } from '../../../rbac/permissions/role-permissions.js';
import type { CheckContext } from '../check-context.js';
import type { Check } from '../check.js';
import { contributorLike, percentOfChanges } from '../covers-built-in-role.js';
import type { Match, TenantSubject } from '../match.js';
import { assignmentMatch } from '../tenant/assignment-match.js';
import { readCondition } from './condition-reading.js';
import { guardedChanges } from './guarded-changes.js';

/**
 * Finds assignments, eligible ones too, of roles that are there to assign roles, without a condition on which ones. As the
 * variant `not-guarded` where there is a condition, and on something else. Roles that can change the access of
 * others in other ways as well are left alone: no condition could hold their holders.
 */
export const conditionMissingOnDelegation: Check<'tenant'> = {
  subject: 'tenant',
  inCode: 'each',
  optionsSchema: { type: 'object', additionalProperties: false },

  *evaluate(tenant, _options, context) {
    const delegates = new Delegates(tenant, context);
    for (const assignment of tenant.assignments) yield* delegates.check(assignment, 'role-assignment');
    for (const assignment of tenant.snapshot.eligibleAssignments)
      yield* delegates.check(assignment, 'eligible-assignment');
  },
};

class Delegates {
  private readonly known = new Map<string, boolean>();

  constructor(
    private readonly tenant: Tenant,
    private readonly context: CheckContext,
  ) {}

  *check(assignment: RoleAssignment, kind: TenantSubject['kind']): Generator<Match> {
    if (!this.isDelegate(assignment.roleGuid)) return;
    const { condition } = assignment;
    if (condition !== undefined && !this.isBesideThePoint(condition)) return;
    const match = assignmentMatch(assignment, this.tenant, {}, kind);
    yield condition === undefined ? match : { ...match, variant: 'not-guarded' };
  }

  private isDelegate(roleGuid: string): boolean {
    let isOne = this.known.get(roleGuid);
    if (isOne === undefined) {
      const role = this.tenant.role(roleGuid);
      this.known.set(roleGuid, (isOne = role !== undefined && this.isThereToAssign(role)));
    }
    return isOne;
  }

  private isThereToAssign(role: RolePermissions): boolean {
    const free = (group: string): boolean =>
      this.context
        .group(group)
        .operations.some(({ operation, plane }) =>
          role.witnesses(operation, plane).some(({ isConditional }) => !isConditional),
        );
    if (!free('role-assignment-writes')) return false;
    if (free('role-definition-writes') || free('pim-management')) return false;
    return percentOfChanges(role, 'Contributor', this.context) < contributorLike;
  }

  private isBesideThePoint(condition: string): boolean {
    const { expression } = readCondition(condition, this.tenant.conditions);
    return expression !== undefined && !guardedChanges(expression).write;
  }
}
