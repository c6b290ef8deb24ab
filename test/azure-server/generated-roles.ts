import { seededRandom } from '../seeded.js';
import { groupId } from './arm-containers.js';
import type { TenantSizes } from './generate-tenant.js';
import { guidOf, pick } from './ids.js';
import type { ManagementGroup, RoleDefinitionRow, Subscription } from './tenant.js';

export const builtInRoles = {
  owner: '8e3af657-a8ff-443c-a75c-2fe8c4bcb635',
  contributor: 'b24988ac-6180-42a0-ab88-20f7382dd24c',
  reader: 'acdd72a7-3385-48ef-bd42-f606fba81ae7',
  userAccessAdministrator: '18d7d88d-d35e-4fb5-a5c3-7773c20a72d9',
  storageBlobDataReader: '2a2b9908-6ea1-4ae2-8e65-a410df84e7d1',
} as const;

const operations = [
  'Microsoft.Compute/virtualMachines/read',
  'Microsoft.Compute/virtualMachines/start/action',
  'Microsoft.Storage/storageAccounts/listKeys/action',
  'Microsoft.MachineLearningServices/workspaces/onlineEndpoints/score/action',
  'Microsoft.Authorization/*/read',
  'Microsoft.Web/sites/*',
];

/** A few built-in roles, and custom ones that can be assigned in the oddest places. */
export function generateRoles(
  sizes: TenantSizes,
  subscriptions: readonly Subscription[],
  groups: readonly ManagementGroup[],
): RoleDefinitionRow[] {
  const random = seededRandom(sizes.seed + 31);
  const builtIn = [
    role(builtInRoles.owner, 'Owner', 'BuiltInRole', ['/'], ['*'], []),
    role(
      builtInRoles.contributor,
      'Contributor',
      'BuiltInRole',
      ['/'],
      ['*'],
      ['Microsoft.Authorization/*/Write'],
    ),
    role(builtInRoles.reader, 'Reader', 'BuiltInRole', ['/'], ['*/read'], []),
    role(
      builtInRoles.userAccessAdministrator,
      'User Access Administrator',
      'BuiltInRole',
      ['/'],
      ['*/read', 'Microsoft.Authorization/*'],
      [],
    ),
    role(builtInRoles.storageBlobDataReader, 'Storage Blob Data Reader', 'BuiltInRole', ['/'], [], []),
  ];
  const custom = Array.from({ length: sizes.customRoles }, (_, number) => {
    const scopes = assignableScopes(random, number, subscriptions, groups);
    const actions = [pick(random, operations), pick(random, operations)];
    return role(
      customRoleId(sizes.seed, number),
      `Contoso Role ${number}`,
      'CustomRole',
      scopes,
      actions,
      [],
    );
  });
  return [...builtIn, ...custom];
}

export const customRoleId = (seed: number, number: number): string => guidOf(`${seed} role`, number);

function assignableScopes(
  random: () => number,
  number: number,
  subscriptions: readonly Subscription[],
  groups: readonly ManagementGroup[],
): string[] {
  const subscription = (): string => `/subscriptions/${pick(random, subscriptions).id}`;
  if (number % 6 === 1) return [groupId(pick(random, groups).name)];
  if (number % 6 === 2) return [`${subscription()}/resourceGroups/rg-web-prod`];
  if (number % 6 === 3) return [...new Set([subscription(), subscription(), subscription()])];
  return [subscription()];
}

function role(
  guid: string,
  roleName: string,
  type: 'BuiltInRole' | 'CustomRole',
  scopes: readonly string[],
  actions: readonly string[],
  notActions: readonly string[],
): RoleDefinitionRow {
  const permissions = [{ actions, notActions, dataActions: [], notDataActions: [] }];
  const description = type === 'CustomRole' ? 'Made for a test.' : `What ${roleName} is.`;
  return { guid, properties: { roleName, type, description, assignableScopes: scopes, permissions } };
}
