import { principalId, subscriptionScope } from './tenant-ids.mjs';
import { mulberry32 } from './seeded.mjs';

const types = [
  'Microsoft.Compute/virtualMachines',
  'Microsoft.Web/sites',
  'Microsoft.ContainerService/managedClusters',
  'Microsoft.MachineLearningServices/workspaces',
  'Microsoft.Automation/automationAccounts',
  'Microsoft.Logic/workflows',
];

/** Resources with an identity: every third one is a user-assigned identity, which those behind it act with. */
export function* resourceRows({ resources, principals, subscriptions, seed }) {
  for (let number = 0; number < resources; number++) {
    const random = mulberry32(seed + 32_452_843 + number);
    if (number % 3 === 0) {
      yield {
        id: identityId(number, subscriptions),
        type: 'Microsoft.ManagedIdentity/userAssignedIdentities',
        properties: { principalId: identityPrincipal(number, principals) },
      };
      continue;
    }
    const type = types[Math.floor(random() * types.length)];
    const first = number - (number % 3);
    yield {
      id: `${groupOf(number, subscriptions)}/providers/${type}/res-${number}`,
      type,
      identity: number % 3 === 1 ? systemAssigned(number, principals) : userAssigned(first, principals, subscriptions),
    };
  }
}

function systemAssigned(number, principals) {
  return { type: 'SystemAssigned', principalId: identityPrincipal(number, principals) };
}

function userAssigned(first, principals, subscriptions) {
  const identity = { principalId: identityPrincipal(first, principals) };
  return { type: 'UserAssigned', userAssignedIdentities: { [identityId(first, subscriptions)]: identity } };
}

function identityId(number, subscriptions) {
  return `${groupOf(number, subscriptions)}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-${number}`;
}

function groupOf(number, subscriptions) {
  return `${subscriptionScope(number % subscriptions)}/resourceGroups/rg-web-prod`;
}

/** Of ten principals, the last two are managed identities. */
function identityPrincipal(number, principals) {
  return principalId(((number * 10 + 8 + (number % 2)) % Math.max(principals, 10)));
}
