import { mayBeGroup } from '../../tenant/access/denied-principals.js';
import { isKnownPrincipal } from '../../tenant/access/known-principal.js';
import { membershipCommand } from '../../tenant/access/membership-command.js';
import type { Tenant } from '../../tenant/access/tenant.js';
import type { Notice } from '../../errors.js';
import type { RoleAssignment } from '../../rbac/model/role-assignment.js';
import { parseScope, type Scope } from '../../rbac/model/scope.js';
import type { AccessDescription } from './access-description.js';
import type { ScopeAccess } from './scope-access.js';

/** What could not be read, and could make what a principal holds more or less than was said. */
export interface AccessUnknowns {
  readonly notices: readonly Notice[];
  readonly isPartial: boolean;
}

/** Doubts about what was described: at that scope, or everywhere. Gaps of the snapshot have their notices already. */
export function unknownsOf(
  { principal, scopes }: AccessDescription,
  tenant: Tenant,
  at: Scope | undefined,
): AccessUnknowns {
  const file = tenant.snapshot.source;
  const messages = [
    ...new Set(scopes.flatMap(access => [...unreadRoles(access, tenant), ...unreadDenials(access, tenant)])),
  ];
  const notices = messages.map(message => ({ code: 'assignment-not-evaluated', message, file }));
  for (const message of absences(principal, tenant, at))
    notices.push({ code: 'not-in-snapshot', message, file });
  const groups = unknownGroups(principal, tenant, at);
  if (groups !== undefined) notices.push({ code: 'groups-unknown', message: groups, file });
  return { notices, isPartial: notices.length > 0 || hasGap(tenant, at) };
}

/** What the snapshot holds nothing of, nobody read. */
function absences(principal: string, tenant: Tenant, at: Scope | undefined): string[] {
  const absent = at && tenant.gaps.absentSubscription(at);
  return [
    ...(absent === undefined
      ? []
      : [`The snapshot holds nothing of ${absent.scope}: what is held there is not known.`]),
    ...(isKnownPrincipal(principal, tenant)
      ? []
      : [
          `The snapshot holds nothing about ${principal}: no principal and no role assignment has that object id.`,
        ]),
  ];
}

function unreadRoles({ unread, scope }: ScopeAccess, tenant: Tenant): string[] {
  return unread.map(({ id, roleGuid, scope: place }) =>
    tenant.role(roleGuid) === undefined
      ? `The role "${roleGuid}" is neither in the snapshot nor built in: what the assignment ${id} gives is not known.`
      : `The snapshot does not say whether ${scope.text} lies in ${place}: the assignment ${id} was not counted.`,
  );
}

function unreadDenials({ denials, scope }: ScopeAccess, tenant: Tenant): string[] {
  return denials
    .filter(deny => tenant.tree.reach(tenant.scopeOf(deny).key, scope) === 'unknown')
    .map(
      ({ id, scope: place }) =>
        `The snapshot does not say whether ${scope.text} lies in ${place}: what the deny assignment ${id} covers was counted as conditional.`,
    );
}

/** A group that it is not known to be in matters only where that group holds something, or is denied something. */
function unknownGroups(principal: string, tenant: Tenant, at: Scope | undefined): string | undefined {
  const { snapshot, memberships } = tenant;
  if (memberships.of(principal).isComplete) return undefined;
  const own = new Set(tenant.identityOf(principal).ids);
  const isOther = (id: string): boolean => !own.has(id) && mayBeGroup(id, snapshot.principals);
  const isHere = (place: Pick<RoleAssignment, 'place'>): boolean =>
    at === undefined || tenant.tree.reach(tenant.scopeOf(place).key, at) !== 'apart';
  const matters =
    tenant.assignments.some(
      assignment => isOther(assignment.principalId) && isGroupByType(assignment) && isHere(assignment),
    ) ||
    snapshot.denyAssignments.some(
      deny => isHere(deny) && [...deny.principals, ...deny.excludedPrincipals].some(isOther),
    );
  if (!matters) return undefined;
  const name = snapshot.principals.get(principal)?.displayName;
  const who = name === undefined ? principal : `"${name}" (${principal})`;
  return `The snapshot does not hold all the groups that ${who} may be in: what they hold may come on top. Save in the folder of the snapshot what this prints: ${membershipCommand([principal])}`;
}

function isGroupByType({ principalType }: RoleAssignment): boolean {
  return principalType === undefined || principalType === 'Group';
}

function hasGap({ snapshot, gaps, tree }: Tenant, at: Scope | undefined): boolean {
  if (!snapshot.isComplete) return true;
  if (at === undefined) return snapshot.gaps.some(({ what }) => what !== 'resources');
  return (
    gaps.at(at, 'grants').length > 0 ||
    gaps.at(at, 'denies').length > 0 ||
    snapshot.gaps.some(
      ({ what, scope }) =>
        what === 'eligibleAssignments' && tree.reach(parseScope(scope).key, at) !== 'apart',
    )
  );
}
