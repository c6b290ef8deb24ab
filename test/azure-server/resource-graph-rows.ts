import { readActionOf, rowsAt, type Reach } from './authorization-rows.js';
import { groupId } from './arm-containers.js';
import type { Chunk } from './pages.js';
import type { ResourceGraphQuery } from './queries.js';
import { subscriptionOf } from './scope-tree.js';
import type { ManagementGroup, ScopedRow, Subscription } from './tenant.js';
import type { World } from './world.js';

/** Where a query looks. */
export interface QueryScope {
  /** Ids of subscriptions that the caller can see, in lower case. */
  readonly subscriptions: readonly string[];
  /** Whether what lies above them is meant, too, and what lies below. */
  readonly reach: Reach;
}

type GraphRow = Readonly<Record<string, unknown>>;

/** https://learn.microsoft.com/azure/governance/resource-graph/reference/supported-tables-resources */
export function graphRows(world: World, query: ResourceGraphQuery, scope: QueryScope): Chunk<GraphRow>[] {
  const isAsked = (type: string): boolean => query.types.length === 0 || query.types.includes(type);
  if (query.table === 'authorizationresources')
    return [
      ...(isAsked('microsoft.authorization/roledefinitions') ? [() => roles(world, query, scope)] : []),
      ...(isAsked('microsoft.authorization/roleassignments') ? assignments(world, scope) : []),
    ];
  if (query.table === 'resourcecontainers')
    return [
      ...(isAsked('microsoft.management/managementgroups') ? [() => groups(world)] : []),
      ...(isAsked('microsoft.resources/subscriptions') ? [() => subscriptions(world, scope)] : []),
    ];
  return resources(world, query, scope);
}

function roles(world: World, query: ResourceGraphQuery, scope: QueryScope): GraphRow[] {
  return world.tenant.roleDefinitions
    .filter(({ properties }) => properties.type === 'CustomRole' || !query.customRolesOnly)
    .filter(({ properties: { type, assignableScopes } }) =>
      type === 'BuiltInRole' ? true : assignableScopes.some(at => isVisibleRole(world, at, scope)),
    )
    .map(({ guid, properties }) => ({
      id: `/providers/microsoft.authorization/roledefinitions/${guid}`,
      name: guid,
      type: 'microsoft.authorization/roledefinitions',
      tenantId: world.tenant.tenantId,
      properties,
    }));
}

function isVisibleRole(world: World, at: string, { subscriptions, reach }: QueryScope): boolean {
  const subscription = subscriptionOf(at);
  if (subscription !== undefined) return subscriptions.includes(subscription);
  return reach.above && subscriptions.some(id => world.tree.covers(at, `/subscriptions/${id}`));
}

/** Those above are answered once, however many of the subscriptions inherit them. */
function assignments(world: World, { subscriptions, reach }: QueryScope): Chunk<GraphRow>[] {
  const { tenant, tree, access } = world;
  const around = new Set(subscriptions.flatMap(id => tree.around(`/subscriptions/${id}`).slice(1)));
  const isInherited = ({ properties: { scope } }: ScopedRow): boolean => {
    const key = scope.toLowerCase().replace(/\/+$/, '');
    return around.has(key) && (key !== '' || tenant.caller.isElevated);
  };
  const above = (): GraphRow[] =>
    reach.above ? tenant.top.roleAssignments.filter(isInherited).map(row => assignmentRow(world, row)) : [];
  const action = readActionOf('roleAssignments');
  const within = subscriptions
    .filter(id => access.may(action, `/subscriptions/${id}`))
    .map(id => {
      const chunks = rowsAt(world, 'roleAssignments', `/subscriptions/${id}`, {
        above: false,
        below: reach.below,
      });
      return () => chunks.flatMap(chunk => chunk()).map(row => assignmentRow(world, row));
    });
  return [above, ...within];
}

/** Types are in lower case, as all that Resource Graph stores. */
function assignmentRow({ tenant }: World, row: ScopedRow): GraphRow {
  return {
    ...row,
    type: row.type.toLowerCase(),
    tenantId: tenant.tenantId,
    subscriptionId: subscriptionOf(row.properties.scope) ?? '',
  };
}

function groups(world: World): GraphRow[] {
  return world.tenant.managementGroups
    .filter(({ name }) => world.access.may('Microsoft.Management/managementGroups/read', groupId(name)))
    .map(group => ({
      id: groupId(group.name),
      name: group.name,
      type: 'microsoft.management/managementgroups',
      tenantId: world.tenant.tenantId,
      properties: {
        displayName: group.displayName,
        tenantId: world.tenant.tenantId,
        details: {
          parent: group.parent === null ? undefined : { id: groupId(group.parent), name: group.parent },
          managementGroupAncestorsChain: chain(world, groupId(group.name)).slice(1),
        },
      },
    }));
}

function subscriptions(world: World, { subscriptions }: QueryScope): GraphRow[] {
  const wanted = new Set(subscriptions);
  return world.tenant.subscriptions
    .filter(({ id }) => wanted.has(id))
    .map((subscription: Subscription) => ({
      id: `/subscriptions/${subscription.id}`,
      name: subscription.displayName,
      type: 'microsoft.resources/subscriptions',
      tenantId: world.tenant.tenantId,
      subscriptionId: subscription.id,
      properties: {
        state: subscription.state,
        managementGroupAncestorsChain: chain(world, `/subscriptions/${subscription.id}`),
      },
    }));
}

/** Nearest first. */
function chain({ tree, tenant }: World, scope: string): { name: string; displayName: string }[] {
  const byName = new Map(
    tenant.managementGroups.map((group: ManagementGroup) => [group.name.toLowerCase(), group]),
  );
  return tree.managementGroupsAround(scope).map(name => {
    const { name: written, displayName } = byName.get(name)!;
    return { name: written, displayName };
  });
}

function resources(
  world: World,
  query: ResourceGraphQuery,
  { subscriptions }: QueryScope,
): Chunk<GraphRow>[] {
  return subscriptions
    .filter(id =>
      world.access.may('Microsoft.Resources/subscriptions/resources/read', `/subscriptions/${id}`),
    )
    .map(
      id => () =>
        world.tenant
          .inSubscription(id)
          .resources.filter(
            ({ type }) => query.types.length === 0 || query.types.includes(type.toLowerCase()),
          )
          .filter(({ identity }) => identity !== undefined || !query.withIdentityOnly)
          .map(row => ({ ...row, type: row.type.toLowerCase(), subscriptionId: id })),
    );
}
