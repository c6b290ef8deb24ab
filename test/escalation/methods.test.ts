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
} from '../access/tenant-rows.js';
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

test('a federated credential signs in as the identity', () => {
  const rows = {
    principals: [user(1), identity(9)],
    resources: [userAssigned('deployer', 9)],
    roleAssignments: [assign('e40ec5ca-96e0-45a2-b4ff-59039f2c2b59', id(1), group), owner(9)],
  };
  expect(paths(rows)[0]).toMatch(/^1: /);
});

test('a custom role that one holds is edited where all its assignable scopes may be written', () => {
  const edit = customRole(['Microsoft.Authorization/roleDefinitions/write']);
  const held = customRole(['Microsoft.Compute/virtualMachines/read']);
  const rows = { principals: [user(1)], roleDefinitions: [edit.row, held.row] };
  const editing = assign(edit.guid, id(1), subscription);
  expect(paths({ ...rows, roleAssignments: [editing] })).toEqual(['1: role-definition>Custom 1']);
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
