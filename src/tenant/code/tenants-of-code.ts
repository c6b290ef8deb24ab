import type { Catalog } from '../../rbac/catalog/catalog.js';
import type { CodeAssignment } from '../../rbac/model/code-assignment.js';
import type { Principal } from '../../rbac/model/principal.js';
import type { Scope } from '../../rbac/model/scope.js';
import type { RoleDefinition } from '../../rbac/model/role-definition.js';
import { OperationIndex } from '../../rbac/permissions/operation-index.js';
import { Tenant } from '../access/tenant.js';
import { SnapshotRoles } from '../snapshot/snapshot-roles.js';
import type { Snapshot, SnapshotGap } from '../snapshot/snapshot.js';
import type { CodeGroups } from './code-groups.js';
import { resolveAssignments, type ResolvedAssignment } from './resolve-assignments.js';

/** What code deploys, as tenants of which the rest is not known. */
export interface CodeTenants {
  readonly resolved: readonly ResolvedAssignment[];
  /** With all assignments, for what looks at one after the other. */
  readonly each: Tenant;
  /** With those that are deployed for certain, for what compares them. */
  readonly together: Tenant;
}

/** How {@link tenantsOfCode} is handed on to what does not load it. */
export type TenantsOfCode = typeof tenantsOfCode;

/** The assignments and roles of code as tenants, of which questions can be asked as of any. */
export function tenantsOfCode(
  assignments: readonly CodeAssignment[],
  roles: readonly RoleDefinition[],
  catalog: Catalog,
): CodeTenants {
  const resolved = resolveAssignments(assignments, roles, catalog);
  const index = new OperationIndex(catalog);
  const isCertain = ({ code }: ResolvedAssignment): boolean =>
    !code.unknowns.some(({ part }) => part === 'presence' || part === 'condition');
  return {
    resolved,
    each: tenantOf(resolved, catalog, { index }),
    together: tenantOf(resolved.filter(isCertain), catalog, { index }),
  };
}

/** In place of the file of a snapshot. */
export const sourceOfCode = 'the code';

/** A tenant that holds these assignments and nothing else. */
export function tenantOf(
  resolved: readonly ResolvedAssignment[],
  catalog: Catalog,
  { index, gaps = [], scopes = [], unassigned = [], groups }: TenantParts,
): Tenant {
  const roles = new Map(
    resolved.flatMap(({ assignment, role }) => (role ? [[assignment.roleGuid, role]] : [])),
  );
  const subscriptions = subscriptionsIn([...resolved.map(({ scope }) => scope.place), ...scopes]);
  const snapshot = snapshotOf(resolved, gaps);
  const others = [
    ...unassigned.map(id => newPrincipal(id, id, 'Unknown')),
    ...[...(groups?.all ?? [])].map(id => newPrincipal(id, id, 'Group')),
    ...snapshot.principals.values(),
  ].map(principal => withGroups(principal, groups));
  const principals = new Map(others.map(principal => [principal.id, principal]));
  return new Tenant({ ...snapshot, principals, subscriptions }, catalog, index, roles);
}

/** What is said of a tenant beside its assignments. */
interface TenantParts {
  readonly index: OperationIndex;
  readonly gaps?: readonly SnapshotGap[];
  /** Places that somebody asks about. */
  readonly scopes?: readonly Scope[];
  /** Identities that the code makes and assigns nothing to. */
  readonly unassigned?: readonly string[];
  readonly groups?: CodeGroups;
}

/** All that the code speaks of is in it; in which management groups they lie it does not say. */
function subscriptionsIn(scopes: readonly Scope[]): ReadonlyMap<string, null> {
  const ids = scopes.flatMap(({ key }) => /^\/subscriptions\/([^/]+)/.exec(key)?.[1] ?? []);
  return new Map(ids.map(id => [id, null]));
}

function snapshotOf(resolved: readonly ResolvedAssignment[], gaps: readonly SnapshotGap[]): Snapshot {
  const held = resolved.filter(({ code }) => code.kind === 'role-assignment');
  const passing = held.filter(({ code }) => code.isPassing);
  return {
    source: sourceOfCode,
    collectedAt: undefined,
    tenantId: undefined,
    roleDefinitions: new SnapshotRoles(new Map()),
    roleAssignments: held.filter(({ code }) => !code.isPassing).map(({ assignment }) => assignment),
    denyAssignments: [],
    eligibleAssignments: resolved
      .filter(({ code }) => code.kind === 'eligible-assignment')
      .map(({ assignment }) => assignment),
    activeAssignments: passing.map(({ assignment }) => assignment),
    principals: new Map(resolved.map(each => [each.principal.id, principalOf(each)])),
    hasDirectory: false,
    listedGroups: new Set(),
    managementGroups: new Map(),
    subscriptions: new Map(),
    managementGroupNames: new Map(),
    subscriptionNames: new Map(),
    resources: [],
    gaps,
    isComplete: true,
    notices: [],
  };
}

function principalOf({ principal: { id, type, shown, resource } }: ResolvedAssignment): Principal {
  const made = newPrincipal(id, shown, type);
  const isNew = resource !== undefined && !/(?:^|\.)data\./.test(resource);
  return isNew ? made : { ...made, memberships: 'unknown' };
}

function withGroups(principal: Principal, groups: CodeGroups | undefined): Principal {
  return groups === undefined ? principal : { ...principal, memberOf: groups.of(principal.id) };
}

/** What the code makes is in no group that the code does not put it in. */
function newPrincipal(id: string, displayName: string | undefined, type: Principal['type']): Principal {
  return {
    id,
    type,
    displayName,
    memberOf: [],
    memberships: 'all',
    owners: [],
    userType: undefined,
    accountEnabled: undefined,
    servicePrincipalType: undefined,
  };
}
