import { describe, expect, test } from 'vitest';
import { readJson } from '../../../src/input/json.js';
import { findRoleDefinitions } from '../../../src/rbac/model/find-role-definitions.js';

const scopes = ['/subscriptions/0b44b9a8-ee7f-4020-a239-8b498e6fd0a2'];
const read = 'Microsoft.Storage/storageAccounts/read';
const cli = {
  Name: 'Scorer',
  IsCustom: true,
  Description: 'Scores',
  Actions: [read],
  NotActions: [],
  AssignableScopes: scopes,
};
const rest = {
  properties: {
    roleName: 'Scorer',
    assignableScopes: scopes,
    permissions: [{ actions: [read], notActions: [] }],
  },
};
const list = {
  id: '/subscriptions/0b44b9a8-ee7f-4020-a239-8b498e6fd0a2/providers/Microsoft.Authorization/roleDefinitions/88888888-4444-4444-4444-121212121212',
  name: '88888888-4444-4444-4444-121212121212',
  roleName: 'Scorer',
  roleType: 'CustomRole',
  type: 'Microsoft.Authorization/roleDefinitions',
  description: null,
  assignableScopes: scopes,
  permissions: [{ actions: [read], condition: null, conditionVersion: null }],
};

describe('role definitions are found', () => {
  test.each([
    { name: 'in one object for the Azure CLI', value: cli, pointers: [''] },
    { name: 'in a list', value: [cli, cli], pointers: ['/0', '/1'] },
    { name: 'in the output of az role definition list', value: [list], pointers: ['/0'] },
    { name: 'in an export of the portal', value: rest, pointers: [''] },
    {
      name: 'in an answer of REST',
      value: { value: [rest, rest], nextLink: null },
      pointers: ['/value/0', '/value/1'],
    },
    { name: 'in lists in lists', value: [[cli], { value: [[rest]] }], pointers: ['/0/0', '/1/value/0/0'] },
    {
      name: 'in rows of Resource Graph',
      value: { count: 1, data: [{ type: 'microsoft.authorization/roledefinitions', ...rest }] },
      pointers: ['/data/0'],
    },
    {
      name: 'among other things',
      value: [{ principalId: 'x', roleDefinitionId: 'y' }, list, 7],
      pointers: ['/1'],
    },
    {
      name: 'of PowerShell from Az 16 on',
      value: { Name: 'Scorer', Permissions: [{ Actions: [read] }], AssignableScopes: scopes },
      pointers: [''],
    },
    { name: 'by their lists alone', value: { actions: ['Microsoft.Compute/*/read'] }, pointers: [''] },
    { name: 'by data actions alone', value: { Name: 'x', DataActions: [] }, pointers: [''] },
    {
      name: 'in spite of misspelt lists',
      value: { Name: 'Scorer', Action: [read], AssignableScope: scopes },
      pointers: [''],
    },
    { name: 'in spite of a string for a list', value: { Name: 'Scorer', Actions: read }, pointers: [''] },
    {
      name: 'without anything but a name',
      value: { Name: 'Scorer', IsCustom: true, Description: 'x' },
      pointers: [''],
    },
    {
      name: 'by their ARM type',
      value: { type: 'Microsoft.Authorization/roleDefinitions', properties: {} },
      pointers: [''],
    },
  ])('$name', ({ value, pointers }) => {
    const { roleDefinitions, notices } = find(value);
    expect(roleDefinitions.map(role => role.at.pointer)).toEqual(pointers);
    expect(notices).toEqual([]);
  });

  test('built-in ones as well', () => {
    expect(
      find([{ ...list, roleType: 'BuiltInRole' }, list]).roleDefinitions.map(role => role.roleType),
    ).toEqual(['BuiltInRole', 'CustomRole']);
  });
});

describe('what is no Azure role is said to be something else', () => {
  test.each([
    {
      system: 'an Azure Cosmos DB native role',
      value: {
        RoleName: 'Reader',
        Type: 'CustomRole',
        AssignableScopes: ['/'],
        Permissions: [
          {
            DataActions: [
              'Microsoft.DocumentDB/databaseAccounts/readMetadata',
              'Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers/*',
            ],
          },
        ],
      },
    },
    {
      system: 'an Azure Cosmos DB native role',
      value: {
        type: 'Microsoft.DocumentDB/databaseAccounts/sqlRoleDefinitions',
        properties: { roleName: 'x', permissions: [{ dataActions: [] }] },
      },
    },
    {
      system: 'a Kubernetes role',
      value: { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', rules: [{ verbs: ['get'] }] },
    },
    {
      system: 'a Microsoft Entra role',
      value: {
        displayName: 'x',
        rolePermissions: [{ allowedResourceActions: ['microsoft.directory/users/create'] }],
      },
    },
    {
      system: 'an Azure Policy document',
      value: { properties: { policyRule: { if: {}, then: { details: { roleDefinitionIds: ['x'] } } } } },
    },
    { system: 'an Azure Policy document', value: { if: { field: 'type' }, then: { effect: 'deny' } } },
    {
      system: 'an AWS IAM policy',
      value: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }] },
    },
    { system: 'a Google Cloud role', value: { title: 'x', includedPermissions: ['compute.instances.get'] } },
  ])('$system', ({ system, value }) => {
    expect(find(value)).toEqual({
      roleDefinitions: [],
      notices: [
        {
          code: 'not-an-azure-role',
          message: `This is ${system}, not an Azure role definition; it was not linted.`,
          file: 'role.json',
          line: 1,
          column: 1,
        },
      ],
    });
  });

  test('with their number, beside the roles', () => {
    const policy = { Statement: { Effect: 'Deny', NotAction: 'iam:*' } };
    const { roleDefinitions, notices } = find([policy, cli, policy]);
    expect(roleDefinitions).toHaveLength(1);
    expect(notices).toEqual([
      {
        code: 'not-an-azure-role',
        message:
          '2 objects here are each an AWS IAM policy, not an Azure role definition; it was not linted.',
        file: 'role.json',
        line: 1,
        column: 2,
      },
    ]);
  });

  test('but a Cosmos DB operation in an Azure role is an error in an Azure role', () => {
    const dataActions = ['Microsoft.DocumentDB/databaseAccounts/readMetadata'];
    expect(find({ ...cli, DataActions: dataActions }).roleDefinitions).toHaveLength(1);
    expect(
      find({ Name: 'Scorer', IsCustom: true, DataActions: dataActions, AssignableScopes: scopes })
        .roleDefinitions,
    ).toHaveLength(1);
  });
});

describe('documents that wait for a reader', () => {
  const template = 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#';
  const inTemplate = { type: 'Microsoft.Authorization/roleDefinitions', apiVersion: '2022-04-01', ...rest };

  test.each([
    { name: 'an ARM template', value: { $schema: template, resources: [inTemplate] } },
    {
      name: 'an ARM template without schema',
      value: { contentVersion: '1.0.0.0', resources: { role: inTemplate } },
    },
    {
      name: 'a nested deployment',
      value: {
        $schema: template,
        resources: [
          { type: 'Microsoft.Resources/deployments', properties: { template: { resources: [inTemplate] } } },
        ],
      },
    },
    {
      name: 'a plan of Terraform',
      value: {
        format_version: '1.2',
        terraform_version: '1.9',
        planned_values: { root_module: { resources: [{ type: 'azurerm_role_definition', values: {} }] } },
      },
    },
    {
      name: 'a plan of Terraform with azapi',
      value: {
        resource_changes: [
          {
            type: 'azapi_resource',
            change: { after: { type: 'Microsoft.Authorization/roleDefinitions@2022-04-01' } },
          },
        ],
      },
    },
  ])('$name', ({ value }) => {
    expect(find(value)).toMatchObject({
      roleDefinitions: [],
      notices: [{ code: 'not-supported-yet', file: 'role.json' }],
    });
    expect(find(value, false).notices).toHaveLength(1);
  });
});

describe('a named file without a role is told from a role', () => {
  test.each([
    { value: {}, holds: 'an empty object' },
    { value: [], holds: 'an empty list' },
    { value: { value: [] }, holds: 'an empty list' },
    { value: 'Microsoft.Storage/*', holds: 'a string' },
    { value: { name: 'azrbac', version: '1.0.0' }, holds: 'an object with "name", "version"' },
    { value: { principalId: 'x', roleDefinitionId: 'y', scope: '/' }, holds: 'a role assignment' },
    {
      value: [{ properties: { principalId: 'x', roleDefinitionId: 'y' } }],
      holds: 'a list of role assignments',
    },
    {
      value: {
        $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#',
        parameters: {},
      },
      holds: 'parameters of an ARM template',
    },
    {
      value: {
        $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
        resources: [{ type: 'Microsoft.Authorization/roleAssignments' }],
      },
      holds: 'an ARM template without any',
    },
    {
      value: { name: 'ci', permissions: [{ actions: ['read', 'write'] }] },
      holds: 'an object with "name", "permissions"',
    },
    { value: { name: 'alert', actions: { email: 'a@b.c' } }, holds: 'an object with "name", "actions"' },
  ])('$holds', ({ value, holds }) => {
    expect(find(value)).toEqual({
      roleDefinitions: [],
      notices: [
        {
          code: 'no-role-definition',
          message: `No role definition was found; the file holds ${holds}.`,
          file: 'role.json',
        },
      ],
    });
  });

  test('and one that was found in a folder is not worth a word', () => {
    expect(find({ name: 'azrbac' }, false)).toEqual({ roleDefinitions: [], notices: [] });
  });

  test.each([
    { text: '', problem: 'The text holds no value.', line: 1, column: 1 },
    { text: '{"name": "ci",\n "on": [}', problem: 'A list is not closed.', line: 2, column: 9 },
  ])(
    'a damaged text is said to be damaged, wherever it was found: $text',
    ({ text, problem, line, column }) => {
      const message = `No role definition was found, and the text is damaged: ${problem}`;
      const notices = [{ code: 'no-role-definition', message, file: 'role.json', line, column }];
      expect(findRoleDefinitions(readJson(text, 'role.json'), true).notices).toEqual(notices);
      expect(findRoleDefinitions(readJson(text, 'role.json'), false).notices).toEqual(notices);
    },
  );
});

test.each([100, 101, 100_000])('of lists nested %i deep a hundred are looked into', depth => {
  const text = `${'['.repeat(depth)}${JSON.stringify(cli)}${']'.repeat(depth)}`;
  const { roleDefinitions, notices } = findRoleDefinitions(readJson(text, 'role.json'), true);
  const message = 'A list lies in more than 99 others here; what lies deeper was not looked at.';
  const told = [{ code: 'nested-too-deeply', message, file: 'role.json', line: 1, column: 101 }];
  expect([roleDefinitions.length, notices]).toEqual(depth === 100 ? [1, []] : [0, told]);
});

test('properties that JavaScript objects inherit are absent', () => {
  expect(find({ constructor: 1 }).roleDefinitions).toEqual([]);
  const text = '{"__proto__": {"Actions": ["Microsoft.Storage/*"], "AssignableScopes": ["/"]}}';
  expect(findRoleDefinitions(readJson(text, 'role.json'), true).roleDefinitions).toEqual([]);
});

function find(value: unknown, isNamed = true) {
  return findRoleDefinitions(readJson(JSON.stringify(value), 'role.json'), isNamed);
}
