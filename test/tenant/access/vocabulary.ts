import type { PermissionRow, RoleRow } from './world-rows.js';
import { shippedCatalog } from '../../shipped-catalog.js';
import { id, roles } from './tenant-rows.js';

// Few names, so that random tenants are full of things that meet.

export const managementGroupIds = ['root', 'corp', 'sand', 'gone'] as const;
export const subscriptionIds = [
  '11111111-2222-3333-4444-555555555555',
  '22222222-2222-3333-4444-555555555555',
  '33333333-2222-3333-4444-555555555555',
] as const;

const managementGroups = managementGroupIds.map(
  name => `/providers/Microsoft.Management/managementGroups/${name}`,
);
const subscriptions = subscriptionIds.map(guid => `/subscriptions/${guid}`);
const [first, second] = subscriptions as [string, string];
const account = `${first}/resourceGroups/rg/providers/Microsoft.Storage/storageAccounts/acct`;

/** Groups whose names begin like one another, resources in resources, and what extends them. */
export const scopes: readonly string[] = [
  '/',
  ...managementGroups,
  `${managementGroups[1]!}/providers/Microsoft.Authorization/policyAssignments/tags`,
  ...subscriptions,
  `${first}/resourceGroups/rg`,
  `${first}/resourceGroups/rg1`,
  `${first}/resourceGroups/rg1-a`,
  `${second}/resourceGroups/rg`,
  account,
  `${account}1`,
  `${account}/blobServices/default/containers/logs`,
  `${account}/providers/Microsoft.Authorization/locks/keep`,
  `${first}/providers/Microsoft.Authorization/policyAssignments/tags`,
  '/providers/Microsoft.Billing/billingAccounts/one',
];

export const highScopes: readonly string[] = [
  '/',
  ...managementGroups.slice(0, 3),
  first,
  first,
  `${first}/resourceGroups/rg`,
];

export const lowScopes: readonly string[] = scopes.filter(scope => scope.includes('/resourceGroups/rg'));

/** By object id: what the directory would say of it. The last four are never in it. */
export const identities = {
  users: [id(1), id(2)],
  services: [id(3)],
  groups: [id(11), id(12), id(13)],
  odd: [id(21)],
  lostUsers: [id(31)],
  lostServices: [id(32)],
  lostGroups: [id(41), id(42)],
} as const;

export const lost: readonly string[] = [
  ...identities.lostUsers,
  ...identities.lostServices,
  ...identities.lostGroups,
];

export const everybody: readonly string[] = Object.values(identities).flat();

export function typeOf(principal: string): string {
  const { users, lostUsers, services, lostServices, odd } = identities;
  if ([...users, ...lostUsers].includes(principal)) return 'User';
  if ([...services, ...lostServices].includes(principal)) return 'ServicePrincipal';
  return (odd as readonly string[]).includes(principal) ? 'Device' : 'Group';
}

/** The last of each are not in the catalog. */
export const operations = {
  control: [
    'Microsoft.Storage/storageAccounts/read',
    'Microsoft.Storage/storageAccounts/write',
    'Microsoft.Storage/storageAccounts/listKeys/action',
    'Microsoft.Storage/storageAccounts/blobServices/containers/read',
    'Microsoft.Authorization/roleAssignments/read',
    'Microsoft.Authorization/roleAssignments/write',
    'Microsoft.Authorization/roleAssignments/delete',
    'Microsoft.ManagedIdentity/userAssignedIdentities/assign/action',
    'Microsoft.KeyVault/vaults/read',
    'Contoso.Parts/boxes/read',
    'Contoso.Parts/boxes/lids/read',
  ],
  data: [
    'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read',
    'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/add/action',
    'Microsoft.KeyVault/vaults/secrets/getSecret/action',
    'Microsoft.KeyVault/vaults/secrets/readMetadata/action',
    'Contoso.Parts/boxes/open/action',
  ],
} as const;

/** Plain ones, and those that guard permissions of their own, each with few strings. */
const builtInGuids = [
  ...Object.values(roles),
  '18d7d88d-d35e-4fb5-a5c3-7773c20a72d9', // User Access Administrator
  'f1a07417-d97a-45cb-824c-7a7467783830', // Managed Identity Operator
  '21090545-7ca7-4776-b22c-e363652d74d2', // Key Vault Reader
  '17d1049b-9a84-46fb-8f53-869881c3d3ab', // Storage Account Contributor
  'ba92f5b4-2d11-453d-a403-e96b0029c9fe', // Storage Blob Data Contributor
  '8b54135c-b56d-4d72-a534-26097cfdc8d8', // Key Vault Data Access Administrator
  '5a382001-fe36-41ff-bba4-8bf06bd54da9', // Azure Sphere Owner
  '77789c21-1643-48a2-8f27-47f858540b51', // Storage Actions Task Assignment Contributor
  '95de85bd-744d-4664-9dde-11430bc34793', // Azure Container Storage Owner
  '8480c0f0-4509-4229-9339-7c10018cb8c4', // Defender CSPM Storage Scanner Operator
  'dbc9c667-e97f-4491-aee6-90b9cf960190', // Privileged Monitoring Data Reader
];

/** Built-in roles as rows. */
export const builtInRoles: readonly RoleRow[] = builtInGuids.map(guid => {
  const role = shippedCatalog.builtInRoles.find(guid)!;
  const permissions = role.permissions.map((permission): PermissionRow => {
    const texts = (list: 'actions' | 'notActions' | 'dataActions' | 'notDataActions'): string[] =>
      permission[list].map(({ text }) => text);
    return {
      actions: texts('actions'),
      notActions: texts('notActions'),
      dataActions: texts('dataActions'),
      notDataActions: texts('notDataActions'),
      condition: permission.condition?.value,
    };
  });
  return roleRow(guid, role.name!.value, 'BuiltInRole', permissions);
});

export function roleRow(
  guid: string,
  roleName: string,
  type: string,
  permissions: readonly PermissionRow[],
): RoleRow {
  const id = `/subscriptions/${subscriptionIds[0]}/providers/Microsoft.Authorization/roleDefinitions/${guid}`;
  return { id, name: guid, properties: { roleName, type, assignableScopes: ['/'], permissions } };
}

export const customGuids = [1, 2, 3].map(number => `c0000000-0000-0000-0000-00000000000${number}`);
