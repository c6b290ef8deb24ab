import { compareText } from '../../compare-text.js';
import type { Tenant } from '../../tenant/access/tenant.js';
import type { ScheduledAssignment } from '../../rbac/model/role-assignment.js';
import { parseScope, type Scope } from '../../rbac/model/scope.js';
import { outermostFirst } from './scope-order.js';
import { ScopeDescriber, type ScopeAccess } from './scope-access.js';

/** All that `azrbac access` has to say of a principal. */
export interface AccessDescription {
  /** The object id. */
  readonly principal: string;
  readonly groups: readonly GroupMembership[];
  /** Outermost first. */
  readonly scopes: readonly ScopeAccess[];
  /** What could be activated through PIM at these scopes, or in them. Nothing of it is held. */
  readonly eligible: readonly EligibleRole[];
}

export interface GroupMembership {
  readonly id: string;
  /** Ids of the groups that it is in by way of, from one that the principal is in on; empty where it is in it directly. */
  readonly via: readonly string[];
}

export interface EligibleRole {
  readonly assignment: ScheduledAssignment;
  /** Ids of groups, from one that the principal is in to the one that may activate it. */
  readonly via: readonly string[];
}

/** Works everything out, at that scope or wherever the principal or a group of its holds an assignment. */
export function describeAccess(tenant: Tenant, principal: string, at: Scope | undefined): AccessDescription {
  const describer = new ScopeDescriber(tenant);
  const scopes = at === undefined ? scopesOf(tenant, principal) : [at];
  return {
    principal,
    groups: groupsOf(tenant, principal),
    scopes: scopes.map(scope => describer.at(scope, principal)),
    eligible: eligibleOf(tenant, principal, at),
  };
}

/** Each scope once, however it is spelled. */
function scopesOf(tenant: Tenant, principal: string): Scope[] {
  const scopes = new Map<string, Scope>();
  for (const id of tenant.identityOf(principal).ids) {
    for (const assignment of tenant.assignmentsOf(id)) {
      const scope = tenant.scopeOf(assignment);
      const known = scopes.get(scope.key);
      if (known === undefined || scope.text < known.text) scopes.set(scope.key, scope);
    }
  }
  return [...scopes.values()].sort(outermostFirst(tenant.tree));
}

function groupsOf({ memberships }: Tenant, principal: string): GroupMembership[] {
  return [...memberships.of(principal).groups.keys()]
    .map(id => ({ id, via: memberships.via(principal, id).slice(0, -1) }))
    .sort((a, b) => a.via.length - b.via.length || compareText(a.id, b.id));
}

function eligibleOf(tenant: Tenant, principal: string, at: Scope | undefined): EligibleRole[] {
  const { tree, memberships } = tenant;
  return tenant
    .identityOf(principal)
    .ids.flatMap(id =>
      tenant.eligibleOf(id).map(assignment => ({ assignment, via: memberships.via(principal, id) })),
    )
    .filter(
      ({ assignment }) => at === undefined || tree.reach(parseScope(assignment.scope).key, at) !== 'apart',
    )
    .sort(
      (a, b) =>
        outermostFirst(tree)(tenant.scopeOf(a.assignment), tenant.scopeOf(b.assignment)) ||
        compareText(a.assignment.id, b.assignment.id),
    );
}
