import type { Scope } from '../../../rbac/model/scope.js';
import type { Check } from '../check.js';
import { assignmentMatch, principalType } from './assignment-match.js';
import { RolePowers } from './role-powers.js';

export interface AssignmentPrivilegedOptions {
  /** Kinds of principals that it is about; all where there are none. */
  readonly principalTypes?: readonly string[];
  /** Where a privileged role must be assigned to be found. */
  readonly privilegedAt: readonly ScopeKind[];
  /** Where a role must be assigned whose holder can make anybody Owner. That is the variant `owner`. */
  readonly ownerAt: readonly ScopeKind[];
}

type ScopeKind = Scope['kind'];

const kinds = {
  type: 'array',
  items: { enum: ['root', 'management-group', 'subscription', 'resource-group', 'resource'] },
};

/** Finds assignments of powerful roles by where they stand and whose they are. What PIM has activated for a time is left out. */
export const assignmentPrivileged: Check<'tenant', AssignmentPrivilegedOptions> = {
  subject: 'tenant',
  inCode: 'each',
  optionsSchema: {
    type: 'object',
    required: ['privilegedAt', 'ownerAt'],
    additionalProperties: false,
    properties: {
      principalTypes: { type: 'array', items: { type: 'string' }, minItems: 1 },
      privilegedAt: kinds,
      ownerAt: kinds,
    },
  },

  *evaluate(tenant, { principalTypes, privilegedAt, ownerAt }, context) {
    const powers = RolePowers.of(tenant, context);
    for (const assignment of tenant.assignments) {
      const { kind } = tenant.scopeOf(assignment);
      // Most assignments stand elsewhere: they are not judged at all.
      if (!privilegedAt.includes(kind) && !ownerAt.includes(kind)) continue;
      const { power, because } = powers.ofAssignment(assignment);
      if (power === 'ordinary' || !(power === 'owner' ? ownerAt : privilegedAt).includes(kind)) continue;
      if (principalTypes !== undefined && !principalTypes.includes(principalType(assignment, tenant)))
        continue;
      if (tenant.isTimeBound(assignment)) continue;
      // Nobody can sign in as it: that the assignment is left over is another rule's matter.
      if (tenant.isDeleted(assignment)) continue;
      const match = assignmentMatch(assignment, tenant, { because });
      yield power === 'owner' ? { ...match, variant: 'owner' } : match;
    }
  },
};
