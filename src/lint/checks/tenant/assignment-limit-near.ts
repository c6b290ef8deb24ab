import type { Tenant } from '../../../tenant/access/tenant.js';
import type { RoleAssignment } from '../../../rbac/model/role-assignment.js';
import type { Check } from '../check.js';

export interface AssignmentLimitNearOptions {
  /** How many assignments Azure takes in a subscription, at its resource groups and resources included. */
  readonly subscription: number;
  /** How many it takes at one management group. */
  readonly managementGroup: number;
  /** From how much of a limit on it is near, in percent. */
  readonly percent: number;
}

/** Finds subscriptions and management groups that are about to take no more role assignments. Eligible ones do not count. */
export const assignmentLimitNear: Check<'tenant', AssignmentLimitNearOptions> = {
  subject: 'tenant',
  optionsSchema: {
    type: 'object',
    required: ['subscription', 'managementGroup', 'percent'],
    additionalProperties: false,
    properties: {
      subscription: { type: 'integer', minimum: 1 },
      managementGroup: { type: 'integer', minimum: 1 },
      percent: { type: 'number', exclusiveMinimum: 0, maximum: 100 },
    },
  },

  *evaluate(tenant, { subscription, managementGroup, percent }) {
    for (const { count, first } of counts(tenant)) {
      const scope = countedAt(first, tenant);
      const limit = scope.startsWith('/subscriptions/') ? subscription : managementGroup;
      if (count * 100 < limit * percent) continue;
      yield {
        at: first.at,
        role: undefined,
        subject: { kind: 'scope', id: scope, name: scope },
        evidence: { scope, count, limit },
        identity: [scope],
      };
    }
  },
};

interface Counted {
  count: number;
  readonly first: RoleAssignment;
}

/** Counts by the number of the subscription, or of the management group. */
function counts(tenant: Tenant): Iterable<Counted> {
  const byNumber = new Map<number, Counted>();
  for (const assignment of tenant.snapshot.roleAssignments) {
    const { number, subscription } = tenant.scopeNodes.at(assignment.place);
    if (subscription === 0 && assignment.place.kind !== 'management-group') continue;
    const counted = byNumber.get(subscription || number);
    if (counted === undefined) byNumber.set(subscription || number, { count: 1, first: assignment });
    else counted.count++;
  }
  return byNumber.values();
}

/** The key of the subscription that it counts in, or of the management group. */
function countedAt(assignment: RoleAssignment, tenant: Tenant): string {
  const { key } = tenant.scopeOf(assignment);
  return /^\/subscriptions\/[^/]+/.exec(key)?.[0] ?? key;
}
