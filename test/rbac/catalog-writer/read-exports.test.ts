import { expect, test } from 'vitest';
import { readOperationExport, readRoleExport } from '../../../src/rbac/catalog-writer/read-exports.js';

const storage = {
  name: 'Microsoft.Storage',
  operations: [{ name: 'Microsoft.Storage/register/action', isDataAction: false }],
  resourceTypes: [
    {
      name: 'storageAccounts',
      operations: [
        { name: 'Microsoft.Storage/storageAccounts/read', isDataAction: false },
        { name: 'Microsoft.Storage/storageAccounts/fileServices/read', isDataAction: true },
        { name: 'microsoft.storage/storageaccounts/READ', isDataAction: true },
      ],
    },
    { name: 'locations', operations: null },
  ],
};
const search = {
  name: 'Microsoft.Search',
  operations: [{ name: 'Microsoft.Search/operations/read' }],
  resourceTypes: null,
};

const expected = [
  { name: 'Microsoft.Storage/register/action', plane: 'control', basis: 'published' },
  { name: 'Microsoft.Storage/storageAccounts/read', plane: 'both', basis: 'published' },
  { name: 'Microsoft.Storage/storageAccounts/fileServices/read', plane: 'data', basis: 'published' },
  { name: 'Microsoft.Search/operations/read', plane: 'unknown', basis: 'none' },
];

test.each([
  { shape: 'az provider operation list', value: [storage, search] },
  { shape: 'the REST response', value: { value: [storage, search] } },
])('operations of providers and their resource types are read from $shape', ({ value }) => {
  expect(readOperationExport(JSON.stringify(value), 'operations.json')).toEqual(expected);
});

test('a byte order mark is no fault', () => {
  expect(readOperationExport(`\ufeff${JSON.stringify([storage, search])}`, 'operations.json')).toEqual(
    expected,
  );
});

const reader = {
  permissions: [{ actions: ['*/read'], notActions: [], dataActions: [], notDataActions: [] }],
  roleName: 'Reader',
};
const guid = 'acdd72a7-3385-48ef-bd42-f606fba81ae7';

test.each([
  {
    shape: 'az role definition list',
    value: [
      { name: guid, roleType: 'BuiltInRole', type: 'Microsoft.Authorization/roleDefinitions', ...reader },
      { name: '11111111-2222-3333-4444-555555555555', roleType: 'CustomRole', ...reader },
    ],
  },
  {
    shape: 'the REST response',
    value: {
      value: [
        {
          name: guid,
          type: 'Microsoft.Authorization/roleDefinitions',
          properties: { type: 'BuiltInRole', ...reader },
        },
        { name: '11111111-2222-3333-4444-555555555555', properties: { type: 'CustomRole', ...reader } },
      ],
    },
  },
])('built-in roles are read from $shape, custom ones counted', ({ value }) => {
  expect(readRoleExport(JSON.stringify(value), 'roles.json')).toEqual({
    roles: [
      {
        guid,
        name: 'Reader',
        permissions: [{ actions: ['*/read'], notActions: [], dataActions: [], notDataActions: [] }],
      },
    ],
    customRoles: 1,
  });
});

test.each([
  { name: 'no JSON', text: '{', says: '"x.json" is not JSON' },
  {
    name: 'neither list nor value',
    text: '{"a":1}',
    says: 'neither a list nor an object with a list as "value"',
  },
  {
    name: 'a first page',
    text: '{"value":[],"nextLink":"https://management.azure.com/"}',
    says: 'only the first page',
  },
  { name: 'nothing', text: '[]', says: 'holds no operation' },
  {
    name: 'a list of roles',
    text: JSON.stringify([{ operations: [{ roleName: 'Reader' }] }]),
    says: 'entry 1, is no resource provider',
  },
])('an operation export that is $name is refused', ({ text, says }) => {
  expect(() => readOperationExport(text, 'x.json')).toThrow(says);
});

test.each([
  {
    name: 'custom roles only',
    value: [{ name: guid, roleType: 'CustomRole', ...reader }],
    says: 'holds no built-in role',
  },
  { name: 'a list of operations', value: [storage], says: '"x.json, entry 1" is not a role definition' },
  {
    name: 'wrong actions',
    value: [{ name: guid, roleName: 'Reader', permissions: [{ actions: '*' }] }],
    says: 'no list of strings',
  },
])('a role export that is $name is refused', ({ value, says }) => {
  expect(() => readRoleExport(JSON.stringify(value), 'x.json')).toThrow(says);
});
