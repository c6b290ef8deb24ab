import { expect, test } from 'vitest';
import {
  assign,
  deny,
  everyone,
  group,
  groupOf,
  id,
  roles,
  subscription,
  user,
  corp,
} from '../../tenant/access/tenant-rows.js';
import { carrier, customRole, identity, onlyRoles, owner, paths, userAssigned } from './paths-of.js';

const vm = carrier('Microsoft.Compute/virtualMachines', 'vm', 9);
const machineTenant = { principals: [user(1), identity(9)], resources: [vm] };
const vmContributor = '9980e02c-c2be-4d73-94e8-173b1dc7cf3c';

test('whoever runs code on a machine becomes its identity', () => {
  const rows = { ...machineTenant, roleAssignments: [assign(vmContributor, id(1), group), owner(9)] };
  expect(paths(rows)).toEqual(['1: virtual-machine>9']);
});

test('who reads a machine does not', () => {
  const rows = { ...machineTenant, roleAssignments: [assign(roles.reader, id(1), group), owner(9)] };
  expect(paths(rows)).toEqual([]);
});

test('a machine elsewhere is not reached', () => {
  const elsewhere = `${subscription}/resourceGroups/rg2`;
  const rows = { ...machineTenant, roleAssignments: [assign(vmContributor, id(1), elsewhere), owner(9)] };
  expect(paths(rows)).toEqual([]);
});

test('a role on the data plane signs in to it, if it is set up for that', () => {
  const rows = {
    ...machineTenant,
    roleAssignments: [assign('1c0163c0-47e6-4577-8991-ea5c82e286e4', id(1), group), owner(9)],
  };
  expect(paths(rows)).toEqual(['1: virtual-machine>9?']);
});

test('owners are no escalation, and are listed when asked for', () => {
  const rows = { ...machineTenant, roleAssignments: [owner(1)] };
  expect(paths(rows)).toEqual([]);
  expect(paths(rows, { includeOwners: true })).toEqual(['1:']);
});

test('a condition that lets Owner through is one step', () => {
  const condition = onlyRoles(roles.owner, roles.reader);
  const rows = {
    ...machineTenant,
    roleAssignments: [assign(roles.rbacAdministrator, id(1), subscription, { condition })],
  };
  expect(paths(rows)).toEqual(['1: role-assignment>Owner']);
});

test('a condition that lets only Reader through is none', () => {
  const condition = onlyRoles(roles.reader);
  const rows = {
    ...machineTenant,
    roleAssignments: [assign(roles.rbacAdministrator, id(1), subscription, { condition }), owner(9)],
  };
  expect(paths(rows)).toEqual([]);
});

test('a condition that lets a role through which leads on takes a step more', () => {
  const condition = onlyRoles(roles.reader, vmContributor);
  const rows = {
    ...machineTenant,
    roleAssignments: [assign(roles.rbacAdministrator, id(1), group, { condition }), owner(9)],
  };
  expect(paths(rows)).toEqual(['1: role-assignment>Virtual Machine Contributor virtual-machine>9']);
});

test('user access administrators of a group give themselves what they need there', () => {
  const rows = {
    ...machineTenant,
    roleAssignments: [assign('18d7d88d-d35e-4fb5-a5c3-7773c20a72d9', id(1), group), owner(9)],
  };
  expect(paths(rows)).toEqual(['1: role-assignment>Owner virtual-machine>9']);
});

test('attaching an identity needs something to attach it to', () => {
  const operator = assign('f1a07417-d97a-45cb-824c-7a7467783830', id(1), group);
  const rows = { principals: [user(1), identity(9)], resources: [userAssigned('deployer', 9)] };
  expect(paths({ ...rows, roleAssignments: [operator, owner(9)] })).toEqual([]);
  const elsewhere = `${subscription}/resourceGroups/rg2`;
  expect(
    paths({ ...rows, roleAssignments: [operator, assign(vmContributor, id(1), elsewhere), owner(9)] }),
  ).toEqual(['1: identity-attachment>9']);
  const storage = `${group}/providers/Microsoft.Storage/storageAccounts/store`;
  expect(
    paths({ ...rows, roleAssignments: [operator, assign(roles.contributor, id(1), storage), owner(9)] }),
  ).toEqual([]);
});

test('whoever assigns roles in an empty resource group can come to have something to attach to', () => {
  const rows = {
    principals: [user(1), identity(9)],
    resources: [userAssigned('deployer', 9)],
    roleAssignments: [
      assign('f1a07417-d97a-45cb-824c-7a7467783830', id(1), group),
      assign('18d7d88d-d35e-4fb5-a5c3-7773c20a72d9', id(1), `${subscription}/resourceGroups/empty`),
      owner(9),
    ],
  };
  expect(paths(rows)).toEqual(['1: role-assignment>Owner identity-attachment>9']);
});

test('a federated credential signs in as the identity', () => {
  const rows = {
    principals: [user(1), identity(9)],
    resources: [userAssigned('deployer', 9)],
    roleAssignments: [assign('e40ec5ca-96e0-45a2-b4ff-59039f2c2b59', id(1), group), owner(9)],
  };
  expect(paths(rows)).toEqual(['1: federated-credential>9']);
});

test('a custom role that one holds is edited where all its assignable scopes may be written', () => {
  const edit = customRole(['Microsoft.Authorization/roleDefinitions/write']);
  const held = customRole(['Microsoft.Compute/virtualMachines/read']);
  const rows = { principals: [user(1)], roleDefinitions: [edit.row, held.row] };
  const editing = assign(edit.guid, id(1), subscription);
  const { roleName } = edit.row['properties'] as { readonly roleName: string };
  expect(paths({ ...rows, roleAssignments: [editing] })).toEqual([`1: role-definition>${roleName}`]);
  const wide = customRole(['*/read'], { assignableScopes: [subscription, corp] });
  expect(
    paths({
      ...rows,
      roleDefinitions: [wide.row, customRole(['x/y/read']).row],
      roleAssignments: [assign(wide.guid, id(1), subscription)],
    }),
  ).toEqual([]);
});

test('whoever owns a group joins it', () => {
  const rows = {
    principals: [user(1), { ...groupOf(5), owners: [id(1)] }],
    roleAssignments: [owner(5)],
  };
  expect(paths(rows)).toEqual(['1: ownership>5']);
});

test('a deny assignment stops it', () => {
  const rows = {
    ...machineTenant,
    roleAssignments: [assign(vmContributor, id(1), group), owner(9)],
    denyAssignments: [
      deny(group, {
        permissions: [{ actions: ['Microsoft.Compute/virtualMachines/*'] }],
        principals: [everyone],
      }),
    ],
  };
  expect(paths(rows)).toEqual([]);
});

test('what NotActions leave out is no step', () => {
  const { guid, row } = customRole([], {
    permissions: [
      {
        actions: ['Microsoft.Compute/*'],
        notActions: ['Microsoft.Compute/virtualMachines/*', 'Microsoft.Compute/virtualMachines/write'],
      },
    ],
  });
  const rows = {
    ...machineTenant,
    roleDefinitions: [row],
    roleAssignments: [assign(guid, id(1), group), owner(9)],
  };
  expect(paths(rows)).toEqual([]);
});

test('of operations that are needed together one is not enough', () => {
  const account = carrier('Microsoft.Automation/automationAccounts', 'jobs', 9);
  const runbooks = 'Microsoft.Automation/automationAccounts/runbooks';
  const rowsWith = (...actions: readonly string[]) => {
    const { guid, row } = customRole(actions);
    return {
      principals: [user(1), identity(9)],
      resources: [account],
      roleDefinitions: [row],
      roleAssignments: [assign(guid, id(1), group), owner(9)],
    };
  };
  expect(paths(rowsWith(`${runbooks}/draft/content/write`))).toEqual([]);
  expect(paths(rowsWith(`${runbooks}/draft/content/write`, `${runbooks}/draft/testJob/write`))).toEqual([
    '1: automation-account>9',
  ]);
});

test('operations that are needed together may come from several roles', () => {
  const [first, second] = [
    customRole(['Microsoft.DataFactory/factories/pipelines/write']),
    customRole(['Microsoft.DataFactory/factories/pipelines/createrun/action']),
  ];
  const rows = {
    principals: [user(1, 5), groupOf(5), identity(9)],
    resources: [carrier('Microsoft.DataFactory/factories', 'etl', 9)],
    roleDefinitions: [first.row, second.row],
    roleAssignments: [assign(first.guid, id(1), subscription), assign(second.guid, id(5), group), owner(9)],
  };
  expect(paths(rows)).toEqual(['1: data-factory>9']);
});

test('jobs run on the compute of the workspace where they are written', () => {
  const compute = carrier('Microsoft.MachineLearningServices/workspaces/computes', 'ws/cluster', 9);
  const rows = { principals: [user(1), identity(9)], resources: [compute] };
  const scientist = 'f6c7c914-8db3-469d-8ca1-694a8f32e121';
  const at = (scope: string) => ({ ...rows, roleAssignments: [assign(scientist, id(1), scope), owner(9)] });
  const workspace = `${group}/providers/Microsoft.MachineLearningServices/workspaces/ws`;
  expect(paths(at(workspace))).toEqual(['1: ml-job>9']);
  expect(paths(at(`${workspace}2`))).toEqual([]);
});

test('PIM requests give any role; making oneself eligible may take an approval', () => {
  const rowsWith = (action: string) => {
    const { guid, row } = customRole([action]);
    return {
      principals: [user(1)],
      roleDefinitions: [row],
      roleAssignments: [assign(guid, id(1), subscription)],
    };
  };
  const authorization = 'Microsoft.Authorization';
  expect(paths(rowsWith(`${authorization}/roleAssignmentScheduleRequests/write`))).toEqual([
    '1: pim-assignment>Owner',
  ]);
  expect(paths(rowsWith(`${authorization}/roleEligibilityScheduleRequests/write`))).toEqual([
    '1: pim-eligibility>Owner?',
  ]);
});

test('an eligible assignment is a step where that is asked for', () => {
  const rows = { principals: [user(1)], eligibleAssignments: [assign(roles.owner, id(1), subscription)] };
  expect(paths(rows)).toEqual([]);
  expect(paths(rows, { includeEligible: true })).toEqual(['1: pim-activation>Owner!']);
});

test('whoever may assign roles to service principals alone may make one of their own', () => {
  const condition = `@Request[Microsoft.Authorization/roleAssignments:PrincipalType] StringEqualsIgnoreCase 'ServicePrincipal'`;
  const rows = (principal: Record<string, unknown>) => ({
    principals: [principal],
    roleAssignments: [assign(roles.rbacAdministrator, id(1), subscription, { condition })],
  });
  expect(paths(rows(user(1)))).toEqual(['1: role-assignment>Owner?']);
  expect(paths(rows({ ...user(1), type: 'ServicePrincipal' }))).toEqual(['1: role-assignment>Owner']);
});

test('a condition on principals lets through itself and its groups', () => {
  const only = (number: number): string =>
    `@Request[Microsoft.Authorization/roleAssignments:PrincipalId] ForAnyOfAnyValues:GuidEquals {${id(number)}}`;
  const rows = (condition: string) => ({
    principals: [user(1, 5), user(2), groupOf(5)],
    roleAssignments: [1, 2].map(number =>
      assign(roles.rbacAdministrator, id(number), subscription, { condition }),
    ),
  });
  expect(paths(rows(only(1)))).toEqual(['1: role-assignment>Owner']);
  expect(paths(rows(only(5)))).toEqual(['1: role-assignment>Owner']);
  expect(paths(rows(only(7)))).toEqual([]);
});

test('owning a service principal is being it; a managed identity has no owner who could', () => {
  const application = { ...user(4), type: 'ServicePrincipal', owners: [id(1)] };
  const rows = { principals: [user(1), application], roleAssignments: [owner(4)] };
  expect(paths(rows)).toEqual(['1: ownership>4']);
  const managed = { ...application, servicePrincipalType: 'ManagedIdentity' };
  expect(paths({ ...rows, principals: [user(1), managed] })).toEqual([]);
});

test('a deny assignment that leaves somebody out does not stop them', () => {
  const rows = {
    ...machineTenant,
    principals: [...machineTenant.principals, user(2)],
    roleAssignments: [...[1, 2].map(number => assign(vmContributor, id(number), group)), owner(9)],
    denyAssignments: [
      deny(group, {
        permissions: [{ actions: ['Microsoft.Compute/*'] }],
        principals: [everyone],
        excludePrincipals: [{ id: id(2) }],
      }),
    ],
  };
  expect(paths(rows)).toEqual(['2: virtual-machine>9']);
});

test('who cannot sign in goes nowhere', () => {
  const rows = {
    ...machineTenant,
    principals: [{ ...user(1), accountEnabled: false }, identity(9)],
    roleAssignments: [assign(vmContributor, id(1), group), owner(9)],
  };
  expect(paths(rows)).toEqual([]);
});

test('a policy attaches an identity where all three operations are held', () => {
  const actions = ['policyDefinitions/write', 'policyAssignments/write'].map(
    name => `Microsoft.Authorization/${name}`,
  );
  const rowsWith = (...more: readonly string[]) => {
    const { guid, row } = customRole([...actions, ...more]);
    return {
      principals: [user(1), identity(9)],
      resources: [userAssigned('deployer', 9)],
      roleDefinitions: [row],
      roleAssignments: [
        assign('f1a07417-d97a-45cb-824c-7a7467783830', id(1), group),
        assign(guid, id(1), subscription),
        owner(9),
      ],
    };
  };
  expect(paths(rowsWith())).toEqual([]);
  expect(paths(rowsWith('Microsoft.PolicyInsights/remediations/write'))).toEqual([
    '1: policy-identity-attachment>9',
  ]);
});
