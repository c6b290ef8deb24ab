import type { Tenant } from '../../../tenant/access/tenant.js';
import type { RoleAssignment } from '../../../rbac/model/role-assignment.js';
import { roleName } from '../../../rbac/model/role-name.js';
import type { Check } from '../check.js';
import { principalName } from './assignment-match.js';
import { firstMeeting, mayMeet, SubscriptionMasks } from './combination-meeting.js';
import { type Combination, PartFinder } from './combination-parts.js';
import { AssignmentIndex } from './assignment-index.js';

export interface AssignmentToxicCombinationOptions {
  readonly combinations: readonly Combination[];
}

const groupName = { type: 'string', format: 'operation-group' };

/**
 * Finds principals whose roles, harmless one by one, add up to more where they meet. What a single role of theirs allows
 * is left to the rules on roles.
 */
export const assignmentToxicCombination: Check<'tenant', AssignmentToxicCombinationOptions> = {
  subject: 'tenant',
  optionsSchema: {
    type: 'object',
    required: ['combinations'],
    additionalProperties: false,
    properties: {
      combinations: {
        type: 'array',
        minItems: 1,
        items: {
          type: 'object',
          required: ['title', 'allOf'],
          additionalProperties: false,
          properties: { title: { type: 'string' }, allOf: { type: 'array', minItems: 2, items: groupName } },
        },
      },
    },
  },

  *evaluate(tenant, { combinations }, context) {
    const parts = new PartFinder(tenant, combinations, context);
    const assignmentIndex = AssignmentIndex.of(tenant, context);
    const masks = new SubscriptionMasks();
    for (const principal of assignmentIndex.everyone()) {
      const held = assignmentIndex.idsOf(principal).map(id => parts.heldBy(id));
      const wanted = combinations.filter(combination => mayMeet(held, parts.maskOf(combination)));
      if (wanted.length === 0) continue;
      masks.take(held);
      for (const combination of wanted) {
        const found = firstMeeting(held, masks, parts.maskOf(combination));
        if (found === undefined) continue;
        const name = principalName(principal, tenant);
        const roles = [...new Set(found.map(assignment => nameOf(assignment, tenant)))].sort();
        const [{ at, scope }] = found;
        yield {
          at,
          role: undefined,
          subject: { kind: 'principal', id: principal, name },
          evidence: { principal: name, principalId: principal, combination: combination.title, roles, scope },
          identity: [principal, combination.title],
          related: found.slice(1).map(other => ({
            at: other.at,
            message: `The other role is assigned at ${other.scope}.`,
          })),
        };
      }
    }
  },
};

function nameOf({ roleGuid }: RoleAssignment, tenant: Tenant): string {
  const role = tenant.role(roleGuid)?.role;
  return role === undefined ? roleGuid : roleName(role);
}
