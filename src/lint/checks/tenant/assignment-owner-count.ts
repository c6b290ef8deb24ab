import { append } from '../../../maps.js';
import type { Tenant } from '../../../tenant/access/tenant.js';
import type { RoleAssignment } from '../../../rbac/model/role-assignment.js';
import type { Scope } from '../../../rbac/model/scope.js';
import type { CheckContext } from '../check-context.js';
import type { Check } from '../check.js';
import type { Match } from '../match.js';
import { principalName } from './assignment-match.js';
import { RolePowers } from './role-powers.js';

export interface AssignmentOwnerCountOptions {
  /** How many principals may be able to make anybody Owner of a subscription, by assignments at the subscription itself. */
  readonly most: number;
  /** How many at least, those of management groups and the root included. */
  readonly least: number;
}

/** Finds subscriptions with too many owners, or too few to be sure that one is left. Members of groups count one by one. */
export const assignmentOwnerCount: Check<'tenant', AssignmentOwnerCountOptions> = {
  subject: 'tenant',
  optionsSchema: {
    type: 'object',
    required: ['most', 'least'],
    additionalProperties: false,
    properties: { most: { type: 'integer', minimum: 1 }, least: { type: 'integer', minimum: 0 } },
  },

  *evaluate(tenant, { most, least }, context) {
    for (const [key, here] of ownersBySubscription(tenant, context)) {
      const direct = holders(here.direct, tenant);
      if (direct.length > most) yield ownersMatch(key, here.direct, direct, tenant);
      const all = holders([...here.direct, ...here.above], tenant);
      // Only where nothing is missing can too few be found.
      if (all.length < least && here.isComplete && !tenant.gaps.coverDirectory)
        yield { ...ownersMatch(key, here.direct, all, tenant), variant: 'too-few' };
    }
  },
};

interface Owners {
  readonly direct: readonly RoleAssignment[];
  readonly above: readonly RoleAssignment[];
  readonly isComplete: boolean;
}

function* ownersBySubscription(tenant: Tenant, context: CheckContext): Generator<[string, Owners]> {
  const powers = RolePowers.of(tenant, context);
  const subscriptions = new Map<string, Scope>();
  const owning = new Map<string, RoleAssignment[]>();
  for (const assignment of tenant.assignments) {
    const { place } = assignment;
    if (place.kind === 'resource' || place.kind === 'resource-group') continue;
    if (place.kind === 'subscription') subscriptions.set(place.key, place);
    if (powers.ofAssignment(assignment).power !== 'owner') continue;
    append(owning, place.key, assignment);
  }
  for (const [key, scope] of subscriptions) {
    const owners = [...tenant.tree.keysFrom(scope)].flatMap(at => owning.get(at) ?? []);
    const isHere = (assignment: RoleAssignment): boolean => tenant.scopeOf(assignment).key === key;
    const direct = owners.filter(isHere);
    if (direct.length === 0) continue;
    const isComplete = tenant.gaps.at(scope, 'grants').length === 0 && tenant.tree.isComplete(scope);
    yield [key, { direct, above: owners.filter(owner => !isHere(owner)), isComplete }];
  }
}

/** Users and service principals, sorted. A group without known members counts as one. */
function holders(assignments: readonly RoleAssignment[], { memberships }: Tenant): string[] {
  const ids = new Set<string>();
  for (const { principalId } of assignments) {
    const members = memberships.membersOf(principalId);
    for (const id of members.length === 0 ? [principalId] : members) ids.add(id);
  }
  return [...ids].sort();
}

function ownersMatch(
  scope: string,
  [first]: readonly RoleAssignment[],
  owners: readonly string[],
  tenant: Tenant,
): Match {
  const names = owners.map(id => principalName(id, tenant));
  return {
    at: first!.at,
    role: undefined,
    subject: { kind: 'scope', id: scope, name: scope },
    evidence: { scope: first!.scope, count: owners.length, owners: names },
    identity: [scope],
  };
}
