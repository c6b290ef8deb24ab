import { expect, test } from 'vitest';
import { denied, explain, ids, workspace } from './explain-text.js';

// Errors of Azure Resource Manager, storage, Key Vault and registries, in the wordings in which people meet them.

const ml = 'Microsoft.MachineLearningServices/workspaces/';
const score = `${ml}onlineEndpoints/score/action`;
const endpoint = `${workspace}/onlineEndpoints/scorer`;
const identity = `/subscriptions/${ids.subscription}/resourcegroups/ids/providers/Microsoft.ManagedIdentity/userAssignedIdentities/puller`;

/** The only explanation of a text. */
function only(text: string) {
  const { explanations } = explain(text);
  expect(explanations.map(({ error }) => error)).toHaveLength(1);
  return explanations[0]!;
}

const sentence = denied(score, endpoint);

test.each([
  ['the bare sentence', sentence],
  [
    'the Azure CLI',
    `ERROR: (AuthorizationFailed) ${sentence}\nCode: AuthorizationFailed\nMessage: ${sentence}`,
  ],
  [
    'a JSON error body',
    JSON.stringify({ error: { code: 'AuthorizationFailed', message: sentence } }, null, 2),
  ],
  [
    'JSON in JSON in JSON',
    JSON.stringify({
      status: 'Failed',
      error: {
        code: 'DeploymentFailed',
        details: [
          {
            message: JSON.stringify({
              error: { code: 'AuthorizationFailed', message: JSON.stringify(sentence) },
            }),
          },
        ],
      },
    }),
  ],
  [
    'apostrophes as \\u0027',
    `{"code":"AuthorizationFailed","message":"${sentence.replaceAll("'", '\\u0027')}"}`,
  ],
  [
    'PowerShell, cut at the edge of the window',
    `New-AzResource : \n     | ${sentence.replace('/onlineEndpoints/scorer', '/online\n     | Endpoints/scorer')}\nAt line:1 char:1`,
  ],
  [
    'a log of GitHub Actions',
    `2026-11-20T10:11:12.1234567Z ##[group]Run az ml\n2026-11-20T10:11:13.0000000Z \u001b[31mERROR: ${sentence}\u001b[0m\n2026-11-20T10:11:13.1Z ##[error]Process completed with exit code 1.`,
  ],
  ['HTML', `<p>${sentence.replaceAll("'", '&#39;')}</p>`],
])('what is missing, who, and where: %s', (_, text) => {
  const { error, missing, principal, scopes, actionSets } = only(text);
  expect({ error, missing, actionSets }).toEqual({
    error: 'authorization-failed',
    missing: [{ name: score, inCatalog: true, plane: 'control' }],
    actionSets: ['online-scoring', 'online-scoring-cli'],
  });
  expect(principal).toEqual({
    objectId: ids.object,
    clientId: ids.client,
    name: null,
    kind: 'ServicePrincipal',
  });
  expect(scopes.map(({ text: id, kind }) => [id, kind])).toEqual([[endpoint, 'resource']]);
});

test('roles, the best first, and a command that is ready', () => {
  const { builtInRoles, assignments, customRole, traps } = only(
    denied(
      'microsoft.containerregistry/registries/PULL/read',
      '/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/rg-ml/providers/Microsoft.ContainerRegistry/registries/crfraud',
    ),
  );
  expect(builtInRoles.roles[0]).toEqual({
    name: 'AcrPull',
    id: '7f951dda-4ed3-4680-a7ca-43fe172d538d',
    purpose: 'job-function',
    operations: 1,
    conditional: false,
    recommended: true,
  });
  expect(builtInRoles.roles).toHaveLength(6);
  const names = builtInRoles.roles.map(({ name }) => name);
  expect(names.slice(0, 3)).toEqual(['AcrPull', 'Reader', 'AcrPush']);
  expect(assignments).toEqual([
    'az role assignment create --assignee-object-id 22222222-aaaa-bbbb-cccc-333333333333 --assignee-principal-type ServicePrincipal --role "AcrPull" --scope "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/rg-ml/providers/Microsoft.ContainerRegistry/registries/crfraud"',
  ]);
  expect(customRole).toMatchObject({
    Actions: ['Microsoft.ContainerRegistry/registries/pull/read'],
    DataActions: [],
    AssignableScopes: ['/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/rg-ml'],
  });
  expect(traps.map(({ id }) => id)).toEqual([
    'eligible-not-active',
    'client-id-not-object-id',
    'other-principal',
    'scope-mismatch',
    'propagation-delay',
    'abac-registry',
  ]);
});

test('a user is named, and gets no service principal in the command', () => {
  const { principal, assignments } = only(
    denied(
      'Microsoft.Compute/virtualMachines/start/action',
      '/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/rg',
      'ada@contoso.com',
    ),
  );
  expect(principal).toMatchObject({ name: 'ada@contoso.com', kind: 'User', clientId: null });
  expect(assignments[0]).toContain('--assignee-principal-type User');
});

test('roles that a condition guards come last and are marked', () => {
  const { builtInRoles, assignments, traps, scopes } = only(
    denied(
      'Microsoft.Authorization/roleAssignments/write',
      `${workspace}/providers/Microsoft.Authorization/roleAssignments/33333333-0000-0000-0000-000000000000`,
    ),
  );
  expect(builtInRoles.roles.map(({ name, conditional }) => [name, conditional]).slice(0, 3)).toContainEqual([
    'Role Based Access Control Administrator',
    false,
  ]);
  expect(builtInRoles.roles.at(-1)?.conditional).toBe(true);
  expect(assignments[0]).toContain(`--role "Role Based Access Control Administrator" --scope "${workspace}"`);
  expect(scopes).toHaveLength(1);
  expect(traps.map(({ id }) => id)).toEqual(
    expect.arrayContaining([
      'assign-with-condition',
      'identity-operator-assigns-no-roles',
      'not-actions-no-deny',
    ]),
  );
});

test('a linked failure names the linked scope and what was allowed', () => {
  const { error, missing, scopes, allowed, assignments, traps } = only(
    `(LinkedAuthorizationFailed) The client '${ids.client}' with object id '${ids.object}' has permission to perform action 'Microsoft.Compute/virtualMachineScaleSets/write' on scope '/subscriptions/${ids.subscription}/resourceGroups/MC_aks/providers/Microsoft.Compute/virtualMachineScaleSets/pool'; however, it does not have permission to perform action 'Microsoft.ManagedIdentity/userAssignedIdentities/assign/action' on the linked scope(s) '${identity}' or the linked scope(s) are invalid.`,
  );
  expect(error).toBe('linked-authorization-failed');
  expect(missing.map(({ name }) => name)).toEqual([
    'Microsoft.ManagedIdentity/userAssignedIdentities/assign/action',
  ]);
  expect(scopes.map(({ text }) => text)).toEqual([identity]);
  expect(allowed).toMatchObject({
    operation: 'Microsoft.Compute/virtualMachineScaleSets/write',
    scope: { kind: 'resource' },
  });
  expect(assignments[0]).toContain('--role "Managed Identity Operator"');
  expect(traps.map(({ id }) => id)).toEqual([
    'eligible-not-active',
    'client-id-not-object-id',
    'propagation-delay',
    'identity-contributor-assigns-nothing',
    'pod-identity-retired',
  ]);
});

test('several linked scopes and operations', () => {
  const { missing, scopes } = only(
    `The client 'c' with object id '${ids.object}' has permission to perform action 'Microsoft.ContainerService/managedClusters/write' on scope '/subscriptions/${ids.subscription}/resourceGroups/a/providers/Microsoft.ContainerService/managedClusters/b'; however, it does not have permission to perform action(s) 'Microsoft.Network/virtualNetworks/subnets/join/action,Microsoft.ManagedIdentity/userAssignedIdentities/assign/action' on the linked scope(s) '/subscriptions/${ids.subscription}/resourceGroups/net/providers/Microsoft.Network/virtualNetworks/v/subnets/s,${identity}' (respectively) or the linked scope(s) are invalid.`,
  );
  expect(missing.map(({ name }) => name)).toEqual([
    'Microsoft.Network/virtualNetworks/subnets/join/action',
    'Microsoft.ManagedIdentity/userAssignedIdentities/assign/action',
  ]);
  expect(scopes).toHaveLength(2);
});

test.each([
  [
    "(InvalidActionOrNotAction) 'Microsoft.Compute/virtualMachines/restat/action' does not match any of the actions supported by the providers.",
    'action-unknown',
    ['Microsoft.Compute/virtualMachines/restart/action'],
  ],
  [
    "InvalidActionOrNotAction: 'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read' does not match any of the actions supported by the providers.",
    'data-action-in-actions',
    [],
  ],
  [
    "'Microsoft.Insight/metrics/read': The resource provider referenced in the action is not returned in the list of providers from Azure Resource Manager.",
    'action-unknown-provider',
    ['Microsoft.Insights/Metrics/read'],
  ],
  [
    "'Microsoft.Compute/*/vm/*' contains multiple wildcards. Only one is allowed.",
    'action-multiple-wildcards',
    [],
  ],
  [
    '{"code":"InvalidDataActionOrNotDataAction","message":"\'Microsoft.Compute/virtualMachines/read\' does not match any of the data actions supported by the providers."}',
    'control-action-in-data-actions',
    [],
  ],
  [
    "InvalidDataActionOrNotDataAction: 'Microsoft.MachineLearningServices/workspaces/onlineEndpoints/score/action' has not published any data operations.",
    'control-action-in-data-actions',
    [],
  ],
])('%s: lint says %s', (text, ruleId, suggestions) => {
  const { cause, rejected } = only(text);
  expect(cause).toContain('nothing of the role was created or changed');
  expect(rejected).toHaveLength(1);
  expect(rejected[0]?.findings.map(finding => finding.ruleId)).toEqual([ruleId]);
  expect(rejected[0]?.findings[0]?.suggestions).toEqual(suggestions);
});

test('an operation that azrbac knows and Azure refuses', () => {
  const { rejected } = only(
    "InvalidActionOrNotAction: 'Microsoft.Compute/virtualMachines/read' does not match any of the actions supported by the providers.",
  );
  expect(rejected).toEqual([
    { action: 'Microsoft.Compute/virtualMachines/read', list: 'actions', findings: [] },
  ]);
});

test.each([
  [
    'RoleAssignmentExists',
    '(RoleAssignmentExists) The role assignment already exists.',
    'role-assignment-exists',
  ],
  [
    'RoleDefinitionWithSameNameExists',
    '{"error":{"code":"RoleDefinitionWithSameNameExists","message":"A custom role with the same name already exists in this directory."}}',
    'role-name-taken',
  ],
  [
    'RoleAssignmentLimitExceeded',
    'RoleAssignmentLimitExceeded: No more role assignments can be created; 4000 are in use.',
    'role-assignment-limit',
  ],
  [
    'RoleAssignmentUpdateNotPermitted',
    'Code=RoleAssignmentUpdateNotPermitted Message=Tenant ID, application ID, principal ID, and scope are not allowed to be updated.',
    'role-assignment-update',
  ],
  [
    'PrincipalNotFound',
    `PrincipalNotFound: Principal 0f0f does not exist in the directory contoso. Check that you have the correct principal ID.`,
    'principal-not-found',
  ],
  [
    'RoleDefinitionDoesNotExist',
    "RoleDefinitionDoesNotExist: The specified role definition with ID '0f0f' does not exist.",
    'role-definition-missing',
  ],
  [
    'InvalidCreateRoleAssignmentRequest',
    'InvalidCreateRoleAssignmentRequest: Role assignments to Management Groups can not be made to custom role definitions with DataActions',
    'role-assignment-invalid',
  ],
  [
    'an invalid condition',
    'Bad Request: The given role assignment condition is invalid.',
    'condition-invalid',
  ],
  [
    'a deny assignment',
    `The client '${ids.client}' with object id '${ids.object}' has permission to perform action 'Microsoft.Compute/disks/write' on scope '/subscriptions/${ids.subscription}/resourceGroups/mrg'; however, the access is denied because of the deny assignment with name 'System deny assignment' and Id '0f' at scope '/subscriptions/${ids.subscription}/resourceGroups/mrg'.`,
    'deny-assignment',
  ],
  [
    'another tenant',
    `The client has permission to perform action 'Microsoft.Network/virtualNetworks/peer/action' on scope '/subscriptions/${ids.subscription}/x', however the current tenant '0f' is not authorized to access linked subscription '0e'.`,
    'linked-tenant',
  ],
  [
    'a policy',
    "(RequestDisallowedByPolicy) Resource 'st1' was disallowed by policy.",
    'disallowed-by-policy',
  ],
  [
    'a lock',
    '(ScopeLocked) The scope cannot perform delete operation because following scope(s) are locked.',
    'scope-locked',
  ],
  [
    'a storage firewall',
    '<Error><Code>AuthorizationFailure</Code><Message>This request is not authorized to perform this operation.</Message></Error>',
    'storage-network',
  ],
  [
    'the firewall of a vault',
    'Client address is not authorized and caller is not a trusted service. Client address: 203.0.113.7',
    'key-vault-network',
  ],
  [
    'another audience',
    "(InvalidAuthenticationTokenAudience) The access token has been obtained for wrong audience or resource 'https://ml.azure.com'.",
    'wrong-audience',
  ],
])('%s needs no further role', (_, text, id) => {
  const { error, missing, assignments } = only(text);
  expect({ error, missing, assignments }).toEqual({ error: id, missing: [], assignments: [] });
});

test('storage: roles of the control plane do not help', () => {
  const { error, missing, builtInRoles, hosts, traps } = only(
    'HttpResponseError: This request is not authorized to perform this operation using this permission. ErrorCode:AuthorizationPermissionMismatch GET https://stfraud.blob.core.windows.net/data/train.csv',
  );
  expect(error).toBe('storage-permission-mismatch');
  expect(missing).toEqual([
    {
      name: 'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read',
      inCatalog: true,
      plane: 'data',
    },
  ]);
  expect(builtInRoles.roles.map(({ name }) => name)).toContain('Storage Blob Data Reader');
  expect(builtInRoles.roles.map(({ name }) => name)).not.toContain('Contributor');
  expect(hosts).toEqual(['stfraud.blob.core.windows.net']);
  expect(traps.map(({ id }) => id)).toContain('control-plane-role-reads-no-data');
});

test('a vault with roles: the role goes to the vault, not to the secret', () => {
  const { error, principal, missing, assignments } = only(
    `(Forbidden) Caller is not authorized to perform action on resource.\r\nIf role assignments, deny assignments or role definitions were changed recently, please observe propagation time.\r\nCaller: appid=${ids.client};oid=${ids.object};iss=https://sts.windows.net/0f/\r\nAction: 'Microsoft.KeyVault/vaults/secrets/setSecret/action'\r\nResource: '/subscriptions/${ids.subscription}/resourcegroups/rg/providers/microsoft.keyvault/vaults/kv1/secrets/db'\r\nAssignment: (not found)\r\nVault: kv1;location=westeurope\r\nInner error: {\r\n    "code": "ForbiddenByRbac"\r\n}`,
  );
  expect(error).toBe('key-vault-rbac');
  expect(principal).toEqual({ objectId: ids.object, clientId: ids.client, name: null, kind: null });
  expect(missing.map(({ name }) => name)).toEqual(['Microsoft.KeyVault/vaults/secrets/setSecret/action']);
  expect(assignments[0]).toMatch(/vaults\/kv1"$/);
});

test('a vault with access policies: no role helps', () => {
  const { error, missing, principal, traps, hosts } = only(
    `(Forbidden) The user, group or application 'appid=${ids.client};oid=${ids.object};iss=https://sts.windows.net/0f/' does not have secrets get permission on key vault 'kv-fraud;location=westeurope'.\nInner error: { "code": "ForbiddenByPolicy" }`,
  );
  expect({ error, missing }).toEqual({ error: 'key-vault-policy', missing: [] });
  expect(principal?.objectId).toBe(ids.object);
  expect(hosts).toEqual(['kv-fraud']);
  expect(traps.map(({ id }) => id)).toContain('access-policy-vault');
});

test('a registry that refuses a pull', () => {
  const { error, missing, traps, hosts } = only(
    'Error response from daemon: Head "https://crfraud.azurecr.io/v2/scorer/manifests/3": unauthorized: authentication required',
  );
  expect(error).toBe('registry-unauthorized');
  expect(missing.map(({ name }) => name)).toEqual(['Microsoft.ContainerRegistry/registries/pull/read']);
  expect(hosts).toEqual(['crfraud.azurecr.io']);
  expect(traps.map(({ id }) => id)).toContain('abac-registry');
});

test('several errors, each once', () => {
  const other = denied(
    'Microsoft.Compute/disks/read',
    '/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/rg',
    'ada@contoso.com',
  );
  const { explanations } = explain(
    `${sentence}\n${other}\n${sentence}\n(RoleAssignmentExists) The role assignment already exists.`,
  );
  expect(
    explanations.map(({ error, missing, principal }) => [error, missing[0]?.name, principal?.name]),
  ).toEqual([
    ['authorization-failed', score, null],
    ['authorization-failed', 'Microsoft.Compute/disks/read', 'ada@contoso.com'],
    ['role-assignment-exists', undefined, undefined],
  ]);
});

test('a code alone is explained in general', () => {
  const { error, missing, scopes } = only('LinkedAuthorizationFailed');
  expect({ error, missing, scopes }).toEqual({
    error: 'linked-authorization-failed',
    missing: [],
    scopes: [],
  });
});

test('an operation beside a word of refusal', () => {
  const { error, missing } = only(
    'Your account lacks Microsoft.Compute/virtualMachines/start/action on this machine.',
  );
  expect({ error, names: missing.map(({ name }) => name) }).toEqual({
    error: 'operation-denied',
    names: ['Microsoft.Compute/virtualMachines/start/action'],
  });
});

test.each([
  '',
  'Segmentation fault',
  'Everything is allowed: Microsoft.Compute/virtualMachines/read',
  'To start it you need the permission Microsoft.Compute/virtualMachines/start/action.',
  '{"ok":true}',
])('nothing is recognised in %j', text => {
  const { explanations, notices } = explain(text);
  expect(explanations).toEqual([]);
  expect(notices.map(({ code }) => code)).toEqual(['nothing-recognised']);
});

test('where every built-in role grants far more, the custom role is assigned', () => {
  const { prefersCustomRole, customRole, assignments } = only(sentence);
  expect(prefersCustomRole).toBe(true);
  expect(customRole?.Name).toBe('Custom onlineEndpoints score action');
  expect(assignments).toEqual([
    `az role assignment create --assignee-object-id ${ids.object} --assignee-principal-type ServicePrincipal --role "Custom onlineEndpoints score action" --scope "${endpoint}"`,
  ]);
});

test('a subscription that a log has masked is left to fill in', () => {
  const { scopes, assignments, customRole } = only(
    denied('Microsoft.ContainerRegistry/registries/pull/read', '/subscriptions/***/resourceGroups/rg-ml'),
  );
  expect(scopes.map(({ text: id }) => id)).toEqual(['/subscriptions/SUBSCRIPTION_ID/resourceGroups/rg-ml']);
  expect(assignments[0]).toMatch(/ --scope "\/subscriptions\/SUBSCRIPTION_ID\/resourceGroups\/rg-ml"$/);
  expect(customRole?.AssignableScopes).toEqual(['/subscriptions/SUBSCRIPTION_ID']);
});

test('a linked failure that only a deny assignment caused', () => {
  const { error, missing, scopes } = only(
    `The client 'c' with object id '${ids.object}' has permission to perform action 'Microsoft.Insights/diagnosticSettings/write' on scope '/subscriptions/${ids.subscription}/resourceGroups/app'; however, it does not have permission to perform action 'Microsoft.OperationalInsights/workspaces/sharedKeys/action' on the '0' linked scope(s) '' or the linked scope(s) are invalid and is blocked by deny assignments on the '1' linked scope(s) '/subscriptions/${ids.subscription}/resourceGroups/logs'.`,
  );
  expect({ error, missing }).toEqual({ error: 'deny-assignment', missing: [] });
  expect(scopes.map(({ text: id }) => id)).toEqual([
    `/subscriptions/${ids.subscription}/resourceGroups/logs`,
  ]);
});

test.each([
  ['Microsoft.MachineLearningServices/workspaces/onlineEndpoints/write', endpoint, true],
  ['Microsoft.MachineLearningServices/workspaces/jobs/write', workspace, false],
  ['Microsoft.MachineLearningServices/workspaces/onlineEndpoints/read', endpoint, false],
  [
    'Microsoft.Authorization/roleAssignments/write',
    `${workspace}/providers/Microsoft.Authorization/roleAssignments/0f`,
    false,
  ],
])('%s: whether the resource may not be there yet', (operation, scope, expected) => {
  const traps = only(denied(operation, scope)).traps.map(({ id }) => id);
  expect(traps.includes('resource-not-there-yet')).toBe(expected);
});

test.each([
  ['/', 'root', '/'],
  [
    '/providers/Microsoft.Management/managementGroups/corp',
    'management-group',
    '/providers/Microsoft.Management/managementGroups/corp',
  ],
  [`/subscriptions/${ids.subscription}`, 'subscription', `/subscriptions/${ids.subscription}`],
  [
    `/subscriptions/${ids.subscription}/resourcegroups/rg/providers/Microsoft.Resources/deployments/d1`,
    'resource',
    `/subscriptions/${ids.subscription}/resourcegroups/rg`,
  ],
])('the role for %s', (scope, kind, assigned) => {
  const { scopes, assignments } = only(denied('Microsoft.Resources/deployments/write', scope));
  expect(scopes.map(found => found.kind)).toEqual([kind]);
  expect(assignments[0]).toContain(`--scope "${assigned}"`);
});

test('a tenant-level provider', () => {
  const { scopes } = only(
    denied('Microsoft.Subscription/aliases/write', '/providers/Microsoft.Subscription/aliases/sandbox'),
  );
  expect(scopes.map(({ kind }) => kind)).toEqual(['resource']);
});
