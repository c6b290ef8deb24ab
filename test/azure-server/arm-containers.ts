import { requireParameters, requireVersion, type ArmQuestion } from './arm-route.js';
import { refusal } from './azure-error.js';
import { armPage, type ArmPage } from './pages.js';
import { parameter } from './request.js';
import type { ManagementGroup, Subscription } from './tenant.js';
import type { World } from './world.js';

const subscriptionsVersion = '2022-12-01';
const managementVersion = '2021-04-01';

/** https://learn.microsoft.com/rest/api/resources/subscriptions/list: what the caller cannot read is left out. */
export function listSubscriptions(world: World, question: ArmQuestion): ArmPage<object> {
  requireVersion(question, subscriptionsVersion);
  requireParameters(question);
  return armPage(
    question.request,
    [() => visibleSubscriptions(world).map(one => subscriptionBody(world, one))],
    world.pageSizes.arm,
  );
}

export function getSubscription(world: World, question: ArmQuestion, id: string): object {
  requireVersion(question, subscriptionsVersion);
  requireParameters(question);
  world.access.require('Microsoft.Resources/subscriptions/read', `/subscriptions/${id}`);
  return subscriptionBody(
    world,
    world.tenant.subscriptions.find(one => one.id === id),
  );
}

/** https://learn.microsoft.com/rest/api/managementgroups/entities/list */
export function listEntities(world: World, question: ArmQuestion): object {
  requireVersion(question, managementVersion);
  requireParameters(question);
  const chunks = [
    () => world.tenant.managementGroups.map(group => entityOfGroup(world, group)),
    // Whoever sees the tree sees that a subscription is in it, and no more of it.
    () => world.tenant.subscriptions.map(one => entityOfSubscription(world, one)),
  ];
  const page = armPage(question.request, chunks, world.pageSizes.arm);
  return { ...page, count: page.value.length };
}

/** https://learn.microsoft.com/rest/api/managementgroups/management-groups/get */
export function getManagementGroup(world: World, question: ArmQuestion, name: string): object {
  requireVersion(question, managementVersion);
  requireParameters(question, '$expand', '$recurse');
  const group = world.tenant.managementGroups.find(one => one.name.toLowerCase() === name.toLowerCase());
  if (group === undefined) throw refusal(404, 'NotFound', `There is no management group '${name}'.`);
  world.access.require('Microsoft.Management/managementGroups/read', groupId(group.name));
  const { query } = question.request;
  const isExpanded = parameter(query, '$expand') === 'children';
  const isDeep = parameter(query, '$recurse')?.toLowerCase() === 'true';
  return {
    ...groupHead(group),
    properties: {
      tenantId: world.tenant.tenantId,
      displayName: group.displayName,
      details: { version: 1, parent: group.parent === null ? undefined : groupHead(parentOf(world, group)!) },
      ...(isExpanded ? { children: childrenOf(world, group, isDeep) } : {}),
    },
  };
}

function childrenOf(world: World, group: ManagementGroup, isDeep: boolean): object[] {
  const groups = world.tenant.managementGroups.filter(({ parent }) => parent === group.name);
  const subscriptions = visibleSubscriptions(world).filter(one => one.managementGroup === group.name);
  return [
    ...groups.map(one => ({
      ...groupHead(one),
      displayName: one.displayName,
      ...(isDeep ? { children: childrenOf(world, one, isDeep) } : {}),
    })),
    ...subscriptions.map(({ id, displayName }) => ({
      id: `/subscriptions/${id}`,
      type: '/subscriptions',
      name: id,
      displayName,
    })),
  ];
}

function entityOfGroup(world: World, group: ManagementGroup): object {
  const parent = parentOf(world, group);
  return { ...groupHead(group), properties: entityBody(world, group.displayName, parent) };
}

function entityOfSubscription(world: World, { id, displayName, managementGroup }: Subscription): object {
  const parent = world.tenant.managementGroups.find(({ name }) => name === managementGroup);
  const properties = entityBody(world, displayName, parent);
  return { id: `/subscriptions/${id}`, type: '/subscriptions', name: id, properties };
}

function entityBody(world: World, displayName: string, parent: ManagementGroup | undefined): object {
  return {
    tenantId: world.tenant.tenantId,
    displayName,
    parent: { id: parent === undefined ? null : groupId(parent.name) },
    permissions: 'view',
    inheritedPermissions: 'view',
  };
}

function subscriptionBody(world: World, subscription: Subscription | undefined): object {
  if (subscription === undefined)
    throw refusal(404, 'SubscriptionNotFound', 'The subscription could not be found.');
  const { id, displayName, state } = subscription;
  const { tenantId } = world.tenant;
  return { id: `/subscriptions/${id}`, subscriptionId: id, tenantId, displayName, state };
}

function visibleSubscriptions({ tenant, access }: World): readonly Subscription[] {
  return tenant.subscriptions.filter(({ id }) =>
    access.may('Microsoft.Resources/subscriptions/read', `/subscriptions/${id}`),
  );
}

function parentOf({ tenant }: World, group: ManagementGroup): ManagementGroup | undefined {
  return tenant.managementGroups.find(({ name }) => name === group.parent);
}

function groupHead({ name }: ManagementGroup): { id: string; type: string; name: string } {
  return { id: groupId(name), type: 'Microsoft.Management/managementGroups', name };
}

export function groupId(name: string): string {
  return `/providers/Microsoft.Management/managementGroups/${name}`;
}
