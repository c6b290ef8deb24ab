// Rows as tools print them, by the shape that they are. All ids are made up.

export const subscription = '11111111-2222-3333-4444-555555555555';
export const ada = '22222222-aaaa-bbbb-cccc-333333333333';
export const group = '88888888-aaaa-bbbb-cccc-333333333333';
export const robot = '44444444-aaaa-bbbb-cccc-333333333333';
export const reader = 'acdd72a7-3385-48ef-bd42-f606fba81ae7';
export const custom = 'bbbbbbbb-1111-2222-3333-444444444401';

const scope = `/subscriptions/${subscription}`;
const authorization = `${scope}/providers/Microsoft.Authorization`;
const workspace = `${scope}/resourceGroups/ml/providers/Microsoft.MachineLearningServices/workspaces/claims`;
export const identity = `${scope}/resourceGroups/ml/providers/Microsoft.ManagedIdentity/userAssignedIdentities/uai-score`;

/** `az role assignment list` */
export const assignment = {
  condition: null,
  conditionVersion: null,
  createdOn: '2026-01-02T03:04:05+00:00',
  id: `${authorization}/roleAssignments/cccccccc-1111-2222-3333-444444444401`,
  name: 'cccccccc-1111-2222-3333-444444444401',
  principalId: ada,
  principalName: 'ada@contoso.example',
  principalType: 'User',
  roleDefinitionId: `${authorization}/roleDefinitions/${reader}`,
  roleDefinitionName: 'Reader',
  scope,
  type: 'Microsoft.Authorization/roleAssignments',
};

/** `Get-AzRoleAssignment | ConvertTo-Json`; the portal adds `ScopeName` and `ScopeType`. */
export const powerShellAssignment = {
  RoleAssignmentName: assignment.name,
  RoleAssignmentId: assignment.id,
  Scope: scope,
  DisplayName: 'Ada',
  SignInName: 'ada@contoso.example',
  RoleDefinitionName: 'Reader',
  RoleDefinitionId: reader,
  ObjectId: ada,
  ObjectType: 'User',
  CanDelegate: false,
  Description: null,
  ConditionVersion: null,
  Condition: null,
};

export const classic = {
  id: `${authorization}/classicAdministrators/0000000000000000`,
  name: '0000000000000000',
  principalId: null,
  principalName: 'root@contoso.example',
  principalType: null,
  roleDefinitionId: 'NA(classic admin role)',
  roleDefinitionName: 'ServiceAdministrator;AccountAdministrator',
  scope,
  type: 'Microsoft.Authorization/classicAdministrators',
};

/** `Get-AzRoleEligibilityScheduleInstance | ConvertTo-Json` of Windows PowerShell. */
export const eligible = {
  Condition: null,
  EndDateTime: '/Date(1798761600000)/',
  Id: `${authorization}/roleEligibilityScheduleInstances/dddddddd-1111-2222-3333-444444444401`,
  MemberType: 'Direct',
  Name: 'dddddddd-1111-2222-3333-444444444401',
  PrincipalDisplayName: 'Ada',
  PrincipalId: ada,
  PrincipalType: 'User',
  RoleDefinitionDisplayName: 'Reader',
  RoleDefinitionId: `${authorization}/roleDefinitions/${reader}`,
  Scope: scope,
  StartDateTime: { value: '/Date(1767225600000)/', DateTime: 'Thursday, January 1, 2026 12:00:00 AM' },
  Status: 'Provisioned',
  Type: 'Microsoft.Authorization/roleEligibilityScheduleInstances',
};

/** `Get-AzRoleDefinition | ConvertTo-Json`, up to Az 15. */
export const powerShellRole = {
  Name: 'Shop Restarter',
  Id: custom,
  IsCustom: true,
  Description: 'Restarts machines of the shop.',
  Actions: ['Microsoft.Compute/virtualMachines/restart/action'],
  NotActions: [],
  DataActions: [],
  NotDataActions: [],
  AssignableScopes: [scope],
  Condition: null,
  ConditionVersion: null,
};

/** The same from Az 16 on. */
export const {
  Actions,
  NotActions,
  DataActions,
  NotDataActions,
  Condition,
  ConditionVersion,
  ...powerShell16
} = powerShellRole;
export const powerShell16Role = {
  ...powerShell16,
  Permissions: [{ Actions, NotActions, DataActions, NotDataActions, Condition, ConditionVersion }],
};

/** `az identity list` */
export const managedIdentity = {
  clientId: '55555555-aaaa-bbbb-cccc-333333333333',
  id: identity,
  location: 'westeurope',
  name: 'uai-score',
  principalId: robot,
  resourceGroup: 'ml',
  systemData: null,
  tags: {},
  tenantId: '99999999-aaaa-bbbb-cccc-000000000000',
  type: 'Microsoft.ManagedIdentity/userAssignedIdentities',
};

/** `az ml compute show` */
export const compute = {
  id: `${workspace}/computes/cpu`,
  name: 'cpu',
  type: 'amlcompute',
  location: 'westeurope',
  identity: {
    principal_id: robot,
    tenant_id: '99999999-aaaa-bbbb-cccc-000000000000',
    type: 'system_assigned',
    user_assigned_identities: [],
  },
};

/** `az ad sp list` */
export const servicePrincipal = {
  '@odata.type': '#microsoft.graph.servicePrincipal',
  accountEnabled: true,
  alternativeNames: ['isExplicit=True', identity],
  appId: managedIdentity.clientId,
  displayName: 'uai-score',
  id: robot,
  servicePrincipalNames: [managedIdentity.clientId],
  servicePrincipalType: 'ManagedIdentity',
};

/** A row of each shape, by its name. */
export const samples: Readonly<Record<string, object>> = {
  'classic administrators': classic,
  'requests to Privileged Identity Management': {
    ...eligible,
    Type: 'Microsoft.Authorization/roleEligibilityScheduleRequests',
  },
  'eligible and active assignments of Privileged Identity Management': eligible,
  'directory roles of Microsoft Entra': { directoryScopeId: '/', principalId: ada, roleDefinitionId: custom },
  'role assignments of the Azure CLI, REST and Azure Resource Graph': assignment,
  'role assignments of PowerShell and of the portal': powerShellAssignment,
  'deny assignments of PowerShell': {
    Id: `${authorization}/denyAssignments/eeeeeeee-1111-2222-3333-444444444401`,
    DenyAssignmentName: 'Keep the shop',
    Actions: ['*/delete'],
    NotActions: [],
    Scope: scope,
    Principals: [{ ObjectId: ada, ObjectType: 'User', DisplayName: 'Ada' }],
    ExcludePrincipals: [],
  },
  'deny assignments of REST': {
    id: `${authorization}/denyAssignments/eeeeeeee-1111-2222-3333-444444444401`,
    type: 'Microsoft.Authorization/denyAssignments',
    properties: { denyAssignmentName: 'Keep the shop', scope, permissions: [{ actions: ['*/delete'] }] },
  },
  'role definitions of the Azure CLI, REST, Azure Resource Graph and the portal': {
    id: `${authorization}/roleDefinitions/${custom}`,
    properties: { roleName: 'Shop Restarter', permissions: [{ actions: ['*/read'] }] },
  },
  'role definitions of PowerShell': powerShellRole,
  'management groups': {
    Id: '/providers/Microsoft.Management/managementGroups/corp',
    Name: 'corp',
    Type: '/providers/Microsoft.Management/managementGroups',
    ParentId: '/providers/Microsoft.Management/managementGroups/root',
  },
  subscriptions: { id: subscription, name: 'Shop', state: 'Enabled', tenantId: managedIdentity.tenantId },
  'a group and its members': { group, members: [ada] },
  'a principal and its groups': { id: ada, transitiveMemberOf: [group] },
  applications: {
    id: custom,
    appId: robot,
    displayName: 'Shop',
    identifierUris: [],
    publisherDomain: 'contoso.example',
  },
  'users, groups and service principals of the Azure CLI, Microsoft Graph and PowerShell': {
    displayName: 'Ada',
    id: ada,
    userPrincipalName: 'ada@contoso.example',
  },
  'directory roles, administrative units and devices': {
    '@odata.type': '#microsoft.graph.directoryRole',
    id: custom,
  },
  'resource groups': {
    id: `${scope}/resourceGroups/ml`,
    name: 'ml',
    type: 'Microsoft.Resources/resourceGroups',
  },
  'policies, locks and settings of roles': {
    id: `${authorization}/locks/keep`,
    level: 'CanNotDelete',
    name: 'keep',
    type: 'Microsoft.Authorization/locks',
  },
  'workspaces, computes and endpoints of az ml': compute,
  'resources and managed identities of the Azure CLI, PowerShell and Azure Resource Graph': managedIdentity,
};
