import { requireParameters, requireVersion, type ArmQuestion } from './arm-route.js';
import { refusal } from './azure-error.js';
import { armPage } from './pages.js';
import { subscriptionOf } from './scope-tree.js';
import type { ResourceRow } from './tenant.js';
import type { World } from './world.js';

const machineLearning = 'Microsoft.MachineLearningServices';

/** API versions of the types whose resources can be read one by one, or listed. */
const versions: ReadonlyMap<string, string> = new Map(
  [
    [`${machineLearning}/workspaces`, '2024-10-01'],
    [`${machineLearning}/workspaces/onlineEndpoints`, '2024-10-01'],
    [`${machineLearning}/workspaces/onlineEndpoints/deployments`, '2024-10-01'],
    [`${machineLearning}/workspaces/batchEndpoints`, '2024-10-01'],
    [`${machineLearning}/workspaces/batchEndpoints/deployments`, '2024-10-01'],
    [`${machineLearning}/workspaces/computes`, '2024-10-01'],
    [`${machineLearning}/workspaces/datastores`, '2024-10-01'],
    [`${machineLearning}/registries`, '2024-10-01'],
    ['Microsoft.KeyVault/vaults', '2023-07-01'],
    ['Microsoft.ManagedIdentity/userAssignedIdentities', '2023-01-31'],
  ].map(([type, version]) => [type!.toLowerCase(), version!]),
);

/** ARM knows of tracked resources; what only its provider knows is not in the list. */
const untracked = new Set(
  ['computes', 'datastores'].map(name => `${machineLearning}/workspaces/${name}`.toLowerCase()),
);

/** https://learn.microsoft.com/rest/api/resources/resources/list: heads without properties. */
export function listResources(world: World, question: ArmQuestion, subscription: string): unknown {
  requireVersion(question, '2021-04-01');
  requireParameters(question, '$expand', '$top');
  world.access.require('Microsoft.Resources/subscriptions/resources/read', `/subscriptions/${subscription}`);
  const rows = (): object[] =>
    resourcesOf(world, subscription)
      .filter(({ type }) => !untracked.has(type.toLowerCase()))
      .map(({ properties: _, ...head }) => head);
  return armPage(question.request, [rows], world.pageSizes.arm);
}

/** All of a type in a subscription, or all children of a type of one resource. */
export function listOfType(world: World, question: ArmQuestion, parent: string, type: string): unknown {
  const fullType = type.includes('/') ? type : `${typeOf(parent)}/${type}`;
  requireVersion(question, versionOf(fullType));
  requireParameters(question, '$top', '$skip');
  world.access.require(`${fullType}/read`, parent);
  const rows = resourcesOf(world, subscriptionOf(parent)!);
  if (!type.includes('/') && !rows.some(({ id }) => id.toLowerCase() === parent.toLowerCase()))
    throw refusal(404, 'ResourceNotFound', `There is no resource '${parent}'.`);
  const found = rows.filter(
    row =>
      row.type.toLowerCase() === fullType.toLowerCase() &&
      row.id.toLowerCase().startsWith(`${parent.toLowerCase()}/`),
  );
  return armPage(question.request, [() => found], world.pageSizes.arm);
}

export function getResource(world: World, question: ArmQuestion): ResourceRow {
  const type = typeOf(question.path);
  requireVersion(question, versionOf(type));
  requireParameters(question);
  world.access.require(`${type}/read`, question.path);
  const rows = resourcesOf(world, subscriptionOf(question.path)!);
  const found = rows.find(({ id }) => id.toLowerCase() === question.path.toLowerCase());
  if (found === undefined) throw refusal(404, 'ResourceNotFound', `There is no resource '${question.path}'.`);
  return found;
}

function resourcesOf({ tenant, tree }: World, subscription: string): readonly ResourceRow[] {
  if (!tree.has(`/subscriptions/${subscription}`))
    throw refusal(404, 'SubscriptionNotFound', `The subscription '${subscription}' could not be found.`);
  return tenant.inSubscription(subscription).resources;
}

function versionOf(type: string): string {
  const version = versions.get(type.toLowerCase());
  if (version === undefined)
    throw refusal(404, 'InvalidResourceType', `Nothing of type '${type}' is served.`);
  return version;
}

/** `…/providers/Microsoft.X/a/name/b/name` is of type `Microsoft.X/a/b`. */
function typeOf(id: string): string {
  const [provider, ...rest] = id
    .split(/\/providers\//i)
    .at(-1)!
    .split('/');
  return [provider, ...rest.filter((_, index) => index % 2 === 0)].join('/');
}
