import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readJson } from '../../../src/input/json.js';
import { readRoleDefinition } from '../../../src/rbac/model/read-role-definition.js';
import type { RoleDefinition } from '../../../src/rbac/model/role-definition.js';
import { runs } from '../../portion.js';

const scope = '/subscriptions/0b44b9a8-ee7f-4020-a239-8b498e6fd0a2';
const guid = '88888888-4444-4444-4444-121212121212';
const lists = {
  actions: ['Microsoft.Storage/*/read'],
  notActions: ['Microsoft.Storage/skus/read'],
  dataActions: ['A.B/c/read'],
  notDataActions: ['A.B/d/read'],
};
const pascal = {
  Actions: lists.actions,
  NotActions: lists.notActions,
  DataActions: lists.dataActions,
  NotDataActions: lists.notDataActions,
};

describe('every shape means the same', () => {
  const flat = { Name: 'Scorer', Id: guid, IsCustom: true, Description: 'Scores', AssignableScopes: [scope] };
  const rest = {
    roleName: 'Scorer',
    description: 'Scores',
    type: 'CustomRole',
    assignableScopes: [scope],
    permissions: [lists],
  };
  const id = `${scope}/providers/Microsoft.Authorization/roleDefinitions/${guid.toUpperCase()}`;
  const listed = {
    id,
    name: guid,
    roleName: 'Scorer',
    roleType: 'CustomRole',
    description: 'Scores',
    assignableScopes: [scope],
    permissions: [lists],
  };
  const exported = {
    createdOn: 'x',
    createdBy: 'x',
    updatedOn: null,
    updatedBy: 'x',
    type: 'Microsoft.Authorization/roleDefinitions',
  };

  test.each([
    {
      name: 'Azure CLI, PowerShell up to Az 15',
      shape: 'cli',
      value: { ...flat, ...pascal, Condition: null, ConditionVersion: null },
    },
    {
      name: 'Azure CLI, camel case',
      shape: 'cli',
      value: { name: 'Scorer', id: guid, description: 'Scores', assignableScopes: [scope], ...lists },
    },
    { name: 'Azure CLI with permissions', shape: 'cli', value: { ...flat, permissions: [lists] } },
    { name: 'PowerShell from Az 16 on', shape: 'powershell', value: { ...flat, Permissions: [pascal] } },
    { name: 'az role definition list', shape: 'cli-list', value: { ...listed, ...exported } },
    {
      name: 'REST',
      shape: 'rest',
      value: {
        id,
        name: guid,
        type: 'Microsoft.Authorization/roleDefinitions',
        properties: { ...rest, createdOn: 'x' },
      },
    },
    { name: 'REST, the GUID in the name alone', shape: 'rest', value: { name: guid, properties: rest } },
    {
      name: 'REST in Pascal case',
      shape: 'rest',
      value: {
        id,
        Properties: {
          RoleName: 'Scorer',
          Description: 'Scores',
          AssignableScopes: [scope],
          Permissions: [pascal],
        },
      },
    },
  ])('$name', ({ shape, value }) => {
    const role = read(value);
    expect(role.shape).toBe(shape);
    expect(meaningOf(role)).toEqual({
      name: 'Scorer',
      guid,
      description: 'Scores',
      roleType: 'CustomRole',
      scopes: [scope],
      permissions: [lists],
    });
    expect(defectsOf(role).filter(defect => !defect.startsWith('nested-pascal-case powershell'))).toEqual([]);
  });

  test('whatever the order of the properties', () => {
    const value = { ...flat, ...pascal };
    const order = fc.shuffledSubarray(Object.entries(value), { minLength: Object.keys(value).length });
    fc.assert(
      fc.property(order, entries => {
        expect(meaningOf(read(Object.fromEntries(entries)))).toEqual(meaningOf(read(value)));
      }),
    );
  });
});

describe('details', () => {
  test('permissions stay apart, each with its condition', () => {
    const role = read({
      properties: {
        permissions: [
          { actions: ['A.B/read'], condition: 'x', conditionVersion: '2.0' },
          { actions: ['*'] },
          { actions: ['*/read'], condition: '', conditionVersion: '' },
        ],
      },
    });
    expect(role.permissions.map(permission => permission.condition?.value)).toEqual([
      'x',
      undefined,
      undefined,
    ]);
    expect(role.permissions.map(permission => permission.actions[0]?.permissionIndex)).toEqual([0, 1, 2]);
  });

  test.each([
    { name: 'the type of a list', value: { roleName: 'Reader', roleType: 'BuiltInRole' }, is: 'BuiltInRole' },
    {
      name: 'the type of REST',
      value: { properties: { roleName: 'Reader', type: 'builtinrole' } },
      is: 'BuiltInRole',
    },
    {
      name: 'an export of PowerShell',
      value: { Name: 'Reader', Id: guid, IsCustom: false, AssignableScopes: ['/'] },
      is: 'BuiltInRole',
    },
    {
      name: '"IsCustom": false alone, which nothing reads',
      value: { Name: 'Reader', IsCustom: false, AssignableScopes: ['/'] },
      is: 'CustomRole',
    },
    { name: 'nothing', value: { Name: 'Reader' }, is: 'CustomRole' },
  ])('the type comes from $name', ({ value, is }) => {
    expect(read(value).roleType).toBe(is);
  });

  test.each([
    { value: { Id: null, Name: 'x' }, id: undefined, is: undefined },
    { value: { Id: '', Name: 'x' }, id: undefined, is: undefined },
    { value: { Id: 'scorer', Name: 'x' }, id: 'scorer', is: undefined },
    { value: { Name: guid }, id: undefined, is: undefined },
    { value: { name: 'Application-Owners', properties: {} }, id: undefined, is: undefined },
    { value: { name: guid.toUpperCase(), properties: {} }, id: guid.toUpperCase(), is: guid },
  ])('the id of $value', ({ value, id, is }) => {
    expect(read(value).id?.value).toBe(id);
    expect(read(value).guid).toBe(is);
  });

  test('strings are kept as written', () => {
    expect(
      read({ Actions: [' A.B/read ', '', '\ud800'] }).permissions[0]?.actions.map(entry => entry.text),
    ).toEqual([' A.B/read ', '', '\ud800']);
  });
});

describe('places', () => {
  const text = '{\n  "Name": "Scorer",\n  "Actions": [\n    "A.B/read"\n  ],\n  "AssignableScopes": ["/"]\n}';
  const role = readText(text);

  test.each([
    { name: 'the role', at: role.at, pointer: '', is: text },
    { name: 'its name', at: role.name?.at, pointer: '/Name', is: '"Scorer"' },
    { name: 'an action', at: role.permissions[0]?.actions[0]?.at, pointer: '/Actions/0', is: '"A.B/read"' },
    { name: 'a scope', at: role.assignableScopes[0]?.at, pointer: '/AssignableScopes/0', is: '"/"' },
    { name: 'its scopes', at: role.assignableScopesAt, pointer: '/AssignableScopes', is: '["/"]' },
  ])('$name', ({ at, pointer, is }) => {
    expect(at?.pointer).toBe(pointer);
    expect(text.slice(at?.range?.start, at?.range?.end)).toBe(is);
  });
});

describe('defects', () => {
  const sound = { Name: 'Scorer', Actions: ['A.B/read'], AssignableScopes: [scope] };

  test.each([
    { name: 'no name', value: { ...sound, Name: undefined }, defects: ['missing-name at ""'] },
    { name: 'a null name', value: { ...sound, Name: null }, defects: ['missing-name at ""'] },
    { name: 'a blank name', value: { ...sound, Name: ' ' }, defects: ['missing-name at /Name'] },
    {
      name: 'no name in REST',
      value: { name: guid, properties: { permissions: [], assignableScopes: [scope] } },
      defects: ['missing-name at ""'],
    },
    {
      name: 'no permissions',
      value: { ...sound, Actions: undefined },
      defects: ['missing-permissions at ""'],
    },
    {
      name: 'no scopes',
      value: { ...sound, AssignableScopes: undefined },
      defects: ['missing-assignable-scopes at ""'],
    },
    {
      name: 'an empty list of scopes',
      value: { ...sound, AssignableScopes: [] },
      defects: ['missing-assignable-scopes at /AssignableScopes'],
    },
    {
      name: 'null for scopes',
      value: { ...sound, AssignableScopes: null },
      defects: ['missing-assignable-scopes at ""'],
    },

    {
      name: 'a singular',
      value: { ...sound, DataAction: [] },
      defects: [
        'unknown-property near-match {"property":"DataAction","suggestion":"DataActions"} at /DataAction',
      ],
    },
    {
      name: 'a trailing blank',
      value: { ...sound, 'NotActions ': [] },
      defects: [
        'unknown-property near-match {"property":"NotActions ","suggestion":"NotActions"} at /NotActions ',
      ],
    },
    {
      name: 'a missing capital',
      value: { ...sound, Notactions: [] },
      defects: [
        'unknown-property near-match {"property":"Notactions","suggestion":"NotActions"} at /Notactions',
      ],
    },
    {
      name: 'a misspelt list of scopes is not missing too',
      value: { ...sound, AssignableScopes: undefined, AssignableScope: [scope] },
      defects: [
        'unknown-property near-match {"property":"AssignableScope","suggestion":"AssignableScopes"} at /AssignableScope',
      ],
    },
    {
      name: 'a misspelt list of actions is not missing too',
      value: { ...sound, Actions: undefined, Action: [] },
      defects: ['unknown-property near-match {"property":"Action","suggestion":"Actions"} at /Action'],
    },
    {
      name: 'a misspelt property in a permission',
      value: { properties: { roleName: 'x', assignableScopes: [scope], permissions: [{ action: [] }] } },
      defects: [
        'unknown-property near-match {"property":"action","suggestion":"actions"} at /properties/permissions/0/action',
      ],
    },
    {
      name: 'another property',
      value: { ...sound, Owner: 'me' },
      defects: ['unknown-property other {"property":"Owner"} at /Owner'],
    },
    {
      name: 'short words are no slips of one another',
      value: { ...sound, Date: 'x' },
      defects: ['unknown-property other {"property":"Date"} at /Date'],
    },
    {
      name: 'what means nothing is not suggested',
      value: { ...sound, Scopes: [] },
      defects: ['unknown-property other {"property":"Scopes"} at /Scopes'],
    },
    {
      name: 'remarks are fine',
      value: { ...sound, $schema: 'x', _comment: 'x', '//': 'x', apiVersion: 'x', UpdatedOn: 'x' },
      defects: [],
    },

    {
      name: 'a string for a list',
      value: { ...sound, Actions: 'A.B/read' },
      defects: [
        'wrong-type {"property":"Actions","expected":"a list of strings","found":"a string"} at /Actions',
      ],
    },
    { name: 'a placeholder for a list', value: { ...sound, Actions: '${actions}' }, defects: [] },
    {
      name: 'an object for a list',
      value: { ...sound, Actions: {} },
      defects: [
        'wrong-type {"property":"Actions","expected":"a list of strings","found":"an object"} at /Actions',
      ],
    },
    {
      name: 'null for a list',
      value: { ...sound, NotActions: null },
      defects: [
        'wrong-type ignored {"property":"NotActions","expected":"a list of strings","found":"null"} at /NotActions',
      ],
    },
    {
      name: 'a number in a list',
      value: { ...sound, Actions: ['A.B/read', 7] },
      defects: [
        'wrong-type {"property":"Actions","expected":"a list of strings","found":"a number"} at /Actions/1',
      ],
    },
    {
      name: 'a number for a name',
      value: { ...sound, Name: 7 },
      defects: ['wrong-type {"property":"Name","expected":"a string","found":"a number"} at /Name'],
    },
    {
      name: '"IsCustom" as a string',
      value: { ...sound, IsCustom: 'true' },
      defects: [
        'wrong-type ignored {"property":"IsCustom","expected":"true or false","found":"a string"} at /IsCustom',
      ],
    },
    {
      name: 'an object for permissions',
      value: { ...sound, Actions: undefined, permissions: { actions: ['A.B/read'] } },
      defects: [
        'wrong-type {"property":"permissions","expected":"a list of objects","found":"an object"} at /permissions',
      ],
    },
    {
      name: 'null among permissions',
      value: { ...sound, Actions: undefined, permissions: [null] },
      defects: [
        'wrong-type {"property":"permissions","expected":"a list of objects","found":"null"} at /permissions/0',
      ],
    },
    {
      name: 'null for permissions',
      value: { ...sound, Actions: undefined, permissions: null },
      defects: [
        'wrong-type {"property":"permissions","expected":"a list of objects","found":"null"} at /permissions',
      ],
    },

    {
      name: 'flat lists beside permissions',
      value: { ...sound, permissions: [lists] },
      defects: ['mixed-shapes {"property":"Actions","other":"permissions"} at /Actions'],
    },
    {
      name: 'flat lists beside properties',
      value: {
        ...sound,
        AssignableScopes: undefined,
        Name: undefined,
        properties: { roleName: 'x', permissions: [], assignableScopes: [scope] },
      },
      defects: ['mixed-shapes {"property":"Actions","other":"properties"} at /Actions'],
    },
    {
      name: 'flat lists in properties',
      value: { properties: { roleName: 'x', actions: [], assignableScopes: [scope] } },
      defects: ['mixed-shapes {"property":"actions","other":"properties"} at /properties/actions'],
    },
    {
      name: 'a display name beside properties',
      value: { Name: 'Scorer', properties: { roleName: 'x', permissions: [], assignableScopes: [scope] } },
      defects: ['mixed-shapes {"property":"Name","other":"properties"} at /Name'],
    },
    {
      name: 'two names',
      value: { ...sound, roleName: 'Reader' },
      defects: ['mixed-shapes {"property":"Name","other":"roleName"} at /Name'],
    },
    { name: 'one name twice', value: { ...sound, roleName: 'Scorer' }, defects: [] },

    {
      name: 'Pascal case in permissions',
      value: { name: 'x', assignableScopes: [scope], permissions: [{ Actions: ['A.B/read'] }] },
      defects: [
        'nested-pascal-case silently-empty {"property":"Actions","suggestion":"actions"} at /permissions/0/Actions',
      ],
    },
    {
      name: 'Pascal case in permissions of a list',
      value: { roleName: 'x', assignableScopes: [scope], permissions: [{ DataActions: ['A.B/read'] }] },
      defects: [
        'nested-pascal-case silently-empty {"property":"DataActions","suggestion":"dataActions"} at /permissions/0/DataActions',
      ],
    },
    {
      name: 'PowerShell from Az 16 on',
      value: { Name: 'x', AssignableScopes: [scope], Permissions: [{ Actions: ['A.B/read'] }] },
      defects: [
        'nested-pascal-case powershell {"property":"Actions","suggestion":"actions"} at /Permissions/0/Actions',
      ],
    },
  ])('$name', ({ value, defects }) => {
    expect(defectsOf(read(value))).toEqual(defects);
  });

  test('a property twice, at the later one', () => {
    const role = readText(
      `{"Name": "x", "Actions": ["A.B/read"], "AssignableScopes": ["/"],\n"actions": ["C.D/read"]}`,
    );
    expect(defectsOf(role)).toEqual(['duplicate-key {"key":"actions"} at /actions']);
    expect(role.defects[0]?.at.range?.start).toBe(66);
    expect(role.permissions.map(permission => permission.actions.map(entry => entry.text))).toEqual([
      ['C.D/read'],
    ]);
  });

  test('a property twice in a permission', () => {
    const role = readText(
      '{"properties": {"roleName": "x", "assignableScopes": ["/"], "permissions": [{"actions": [], "actions": []}]}}',
    );
    expect(defectsOf(role)).toEqual(['duplicate-key {"key":"actions"} at /properties/permissions/0/actions']);
  });

  test('nothing is missing in a role that is damaged', () => {
    expect(defectsOf(readText('{"Name": "x", "Actions": ["A.B/read"'))).toEqual([]);
  });

  test('something is missing in a role before the damage', () => {
    const document = readJson('[{"Name": "x", "Actions": []},\n', 'role.json');
    const [first] = document.root?.kind === 'array' ? document.root.items : [];
    if (first?.kind !== 'object') throw new Error('The test must give an object.');
    expect(defectsOf(readRoleDefinition(document, first))).toEqual(['missing-assignable-scopes at /0']);
  });

  test('Pascal case is said once', () => {
    const permission = { Actions: ['A.B/read'], DataActions: [] };
    expect(
      defectsOf(read({ name: 'x', assignableScopes: [scope], permissions: [permission, permission] })),
    ).toEqual([
      'nested-pascal-case silently-empty {"property":"Actions","suggestion":"actions"} at /permissions/0/Actions',
    ]);
  });

  test('a string for a list is read as a list of one', () => {
    expect(read({ ...sound, Actions: 'A.B/read' }).permissions[0]?.actions[0]?.text).toBe('A.B/read');
  });

  test('lists under wrongly cased names are read', () => {
    expect(
      read({ name: 'x', permissions: [{ Actions: ['A.B/read'] }] }).permissions[0]?.actions[0]?.text,
    ).toBe('A.B/read');
  });
});

describe('hostile input', () => {
  test('no role makes the reader throw', () => {
    const key = fc.constantFrom(
      'Name',
      'name',
      'id',
      'properties',
      'permissions',
      'Permissions',
      'Actions',
      'actions',
      'assignableScopes',
      'isCustom',
      'type',
      '__proto__',
      'action',
    );
    const { tree } = fc.letrec(tie => ({
      tree: fc.oneof(
        { depthSize: 'small' },
        fc.jsonValue({ maxDepth: 1 }),
        fc.array(tie('tree'), { maxLength: 3 }),
        fc.dictionary(key, tie('tree'), { maxKeys: 6 }),
      ),
    }));
    fc.assert(
      fc.property(fc.dictionary(key, tree), value => {
        const role = read(value);
        for (const defect of role.defects) expect(defect.at.range).toBeDefined();
      }),
      runs({ whole: 1_000, part: 150 }),
    );
  });

  test('keys that stand twice, one in the other, are told no deeper than a role can be', () => {
    const text = `{"IsCustom": true, "a": ${'{"b": 1, "b": 2, "a": '.repeat(5_000)}{}${'}'.repeat(5_000)}}`;
    const twice = readText(text).defects.filter(({ kind }) => kind === 'duplicate-key');
    expect(twice).toHaveLength(20);
  });

  test.each([
    {
      name: '100,000 actions',
      value: { Actions: Array.from({ length: 100_000 }, (_, n) => `A.B/t${n}/read`) },
      entries: 100_000,
      unknown: 0,
    },
    {
      name: '100,000 permissions',
      value: { permissions: Array.from({ length: 100_000 }, () => ({ Actions: ['A.B/read'] })) },
      entries: 100_000,
      unknown: 0,
    },
    {
      name: '100,000 unknown properties',
      value: Object.fromEntries(Array.from({ length: 100_000 }, (_, n) => [`property${n}`, n])),
      entries: 0,
      unknown: 100_000,
    },
    {
      name: 'a name of 1,000,000 characters',
      value: { ['x'.repeat(1_000_000)]: 1 },
      entries: 0,
      unknown: 1,
    },
  ])('$name', ({ value, entries, unknown }) => {
    const { permissions, defects } = read(value);
    expect(permissions.reduce((sum, { actions }) => sum + actions.length, 0)).toBe(entries);
    expect(defects.filter(({ kind }) => kind === 'unknown-property')).toHaveLength(unknown);
  });
});

function read(value: object): RoleDefinition {
  return readText(JSON.stringify(value));
}

function readText(text: string): RoleDefinition {
  const document = readJson(text, 'role.json');
  if (document.root?.kind !== 'object') throw new Error('The test must give an object.');
  return readRoleDefinition(document, document.root);
}

function meaningOf(role: RoleDefinition) {
  return {
    name: role.name?.value,
    guid: role.guid,
    description: role.description?.value,
    roleType: role.roleType,
    scopes: role.assignableScopes.map(each => each.value),
    permissions: role.permissions.map(permission => ({
      actions: permission.actions.map(entry => entry.text),
      notActions: permission.notActions.map(entry => entry.text),
      dataActions: permission.dataActions.map(entry => entry.text),
      notDataActions: permission.notDataActions.map(entry => entry.text),
    })),
  };
}

function defectsOf(role: RoleDefinition): string[] {
  return role.defects.map(({ kind, variant, evidence, at }) => {
    const details = Object.keys(evidence).length === 0 ? [] : [JSON.stringify(evidence)];
    return [kind, ...(variant === undefined ? [] : [variant]), ...details, 'at', at.pointer || '""'].join(
      ' ',
    );
  });
}
