import { describe, expect, test } from 'vitest';
import { readTemplate } from '../../../../src/input/formats/arm/read-template.js';
import { deepestValue, depthOf } from '../../../../src/input/formats/arm/values.js';
import { readJson } from '../../../../src/input/json.js';
import type { LocatedValue } from '../../../../src/input/located-value.js';
import { evaluated, plain, valueOf } from './evaluated.js';

const type = 'Microsoft.Authorization/roleDefinitions';
const deployments = 'Microsoft.Resources/deployments';

function read(template: object | string) {
  const text = typeof template === 'string' ? template : JSON.stringify(template, null, 2);
  return readTemplate(readJson(text, 'main.json'));
}

/** Each resource with its address, why it may not be there, and its properties. */
function resources(template: object | string): unknown[] {
  return read(template).resources.map(({ address, presence, properties }) => [
    address,
    ...(presence === undefined ? [] : [`?${presence.name}`]),
    plain(properties.members.find(({ key }) => key === 'properties')!.value),
  ]);
}

describe('parameters and variables', () => {
  test('a parameter has its default, which may speak of another', () => {
    const parameters = {
      team: { type: 'string', defaultValue: 'ml' },
      name: { type: 'string', defaultValue: "[concat(parameters('team'), '-reader')]" },
    };
    expect(evaluated("[parameters('NAME')]", { parameters })).toBe('ml-reader');
  });

  test('a parameter without a default is unknown, and null where it may be', () => {
    const parameters = { name: { type: 'string' }, other: { type: 'string', nullable: true } };
    expect(evaluated("[createArray(parameters('name'), parameters('other'))]", { parameters })).toEqual([
      "?parameters('name')",
      null,
    ]);
  });

  test('a variable may be made by a loop', () => {
    const variables = {
      copy: [{ name: 'reads', count: 2, input: "[concat('Microsoft.A', copyIndex('reads', 1), '/*/read')]" }],
      inner: { copy: [{ name: 'list', count: 2, input: '[copyIndex()]' }] },
    };
    const both = evaluated("[createArray(variables('reads'), variables('inner').list)]", { variables });
    expect(both).toEqual([
      ['Microsoft.A1/*/read', 'Microsoft.A2/*/read'],
      [0, 1],
    ]);
  });

  test('what depends on itself has no value, and is named', () => {
    const variables = {
      a: "[variables('b')]",
      b: "[concat(variables('a'), 'x')]",
      c: "[concat('c', variables('c'))]",
    };
    expect(evaluated("[variables('a')]", { variables })).toBe("{variables('a')}x");
    expect(evaluated("[variables('c')]", { variables })).toBe("c{variables('c')}");
  });

  test('a function of a user sees its own parameters', () => {
    const functions = [
      {
        namespace: 'contoso',
        members: {
          reads: {
            parameters: [{ name: 'provider', type: 'string' }],
            output: { type: 'string', value: "[concat(parameters('provider'), '/*/read')]" },
          },
          both: {
            parameters: [{ name: 'a', type: 'string' }],
            output: { type: 'array', value: "[createArray(contoso.reads(parameters('a')), variables('x'))]" },
          },
        },
      },
    ];
    expect(evaluated("[contoso.both('Microsoft.Web')]", { functions, variables: { x: 1 } })).toEqual([
      'Microsoft.Web/*/read',
      "?variables('x') is not defined",
    ]);
  });
});

describe('places', () => {
  function textAt(value: LocatedValue): string {
    return value.at.document.text.slice(value.at.start, value.at.end);
  }

  test('a literal stands where it is written, and came through what names it', () => {
    const variables = { reads: ['*/read', "[concat('a', 'b')]"] };
    const value = valueOf("[concat(variables('reads'), createArray('*/write'))]", { variables });
    expect(value.kind === 'list' && value.items.map(textAt)).toEqual([
      '"*/read"',
      "\"[concat('a', 'b')]\"",
      "'*/write'",
    ]);
    expect(value.kind === 'list' && value.items[0]!.via.map(({ name }) => name)).toEqual([
      "variables('reads')",
    ]);
  });

  test('escapes in the string of an expression move no place', () => {
    const document = readJson(
      `{"resources": [{"type": "${type}", "name": "r", "properties": {"a": "[createArray('\\u0041\\"b', 'c')]"}}]}`,
      'a.json',
    );
    const [role] = readTemplate(document).resources;
    const list = role!.properties.members[1]!.value;
    const values = list.kind === 'object' && list.members[0]!.value;
    expect(values && values.kind === 'list' && values.items.map(textAt)).toEqual(["'\\u0041\\\"b'", "'c'"]);
  });
});

describe('resources', () => {
  test('roles and assignments are found at every depth, and nothing else', () => {
    const template = {
      resources: [
        { type: 'Microsoft.Web/sites', name: 'x' },
        { type, name: 'a', properties: { roleName: 'A' } },
        {
          type: 'Microsoft.Storage/storageAccounts',
          name: 's',
          resources: [{ type: 'providers/roleAssignments', name: 'n', properties: { principalId: 'p' } }],
        },
      ],
    };
    expect(resources(template)).toEqual([
      ['resources[1]', { roleName: 'A' }],
      ['resources[2].resources[0]', { principalId: 'p' }],
    ]);
    expect(read(template).resources.map(resource => resource.type)).toEqual([
      type,
      'Microsoft.Storage/storageAccounts/providers/roleAssignments',
    ]);
  });

  test('version 2.0 names resources, and deploys none that exists', () => {
    const template = {
      languageVersion: '2.0',
      resources: {
        reader: { type, name: 'a', properties: { roleName: 'A' } },
        known: { existing: true, type, name: 'b', properties: { roleName: 'B' } },
      },
    };
    expect(resources(template)).toEqual([['reader', { roleName: 'A' }]]);
  });

  test('a loop gives a resource for each round', () => {
    const variables = { teams: ['web', 'ml'] };
    const template = {
      variables,
      resources: [
        {
          type,
          name: 'x',
          copy: { name: 'roles', count: "[length(variables('teams'))]" },
          properties: { roleName: "[variables('teams')[copyIndex('roles')]]" },
        },
      ],
    };
    expect(resources(template)).toEqual([
      ['resources[0][0]', { roleName: 'web' }],
      ['resources[0][1]', { roleName: 'ml' }],
    ]);
  });

  test('a loop of unknown length gives one, of which nobody knows how often it is', () => {
    const template = {
      parameters: { teams: { type: 'array' } },
      resources: [
        {
          type,
          name: 'x',
          copy: { name: 'roles', count: "[length(parameters('teams'))]" },
          properties: { roleName: "[parameters('teams')[copyIndex()]]", type: 'CustomRole' },
        },
      ],
    };
    expect(resources(template)).toEqual([
      ['resources[0]', "?parameters('teams')", { roleName: "?parameters('teams')", type: 'CustomRole' }],
    ]);
  });

  test('a condition takes a resource away, or leaves open whether it is there', () => {
    const template = {
      parameters: { on: { type: 'bool' } },
      resources: [
        { type, name: 'a', condition: '[equals(1, 2)]', properties: {} },
        { type, name: 'b', condition: "[parameters('on')]", properties: {} },
        { type, name: 'c', condition: true, properties: {} },
      ],
    };
    expect(resources(template)).toEqual([
      ['resources[1]', "?parameters('on')", {}],
      ['resources[2]', {}],
    ]);
  });

  test('properties may be made by a loop', () => {
    const properties = {
      copy: [
        { name: 'permissions', count: 2, input: { actions: ["[format('A{0}', copyIndex('permissions'))]"] } },
      ],
    };
    expect(resources({ resources: [{ type, name: 'a', properties }] })).toEqual([
      ['resources[0]', { permissions: [{ actions: ['A0'] }, { actions: ['A1'] }] }],
    ]);
  });
});

describe('deployments', () => {
  const inner = {
    parameters: { name: { type: 'string', defaultValue: 'inner' } },
    variables: { v: 'of the inner' },
    resources: [
      { type, name: 'a', properties: { roleName: "[concat(parameters('name'), ', ', variables('v'))]" } },
    ],
  };
  const outer = (properties: object) => ({
    parameters: { name: { type: 'string', defaultValue: 'outer' } },
    variables: { v: 'of the outer' },
    resources: [{ type: deployments, name: 'd', properties: { ...properties, template: inner } }],
  });

  test.each([
    [{}, 'outer, of the outer'],
    [{ expressionEvaluationOptions: { scope: 'outer' } }, 'outer, of the outer'],
    [{ expressionEvaluationOptions: { scope: 'inner' } }, 'inner, of the inner'],
    [
      {
        expressionEvaluationOptions: { scope: 'Inner' },
        parameters: { name: { value: "[concat('given by ', variables('v'))]" } },
      },
      'given by of the outer, of the inner',
    ],
    [
      {
        expressionEvaluationOptions: { scope: 'inner' },
        parameters: { name: "[createObject('value', 'made')]" },
      },
      'made, of the inner',
    ],
  ])('%j: %s', (properties, roleName) => {
    expect(resources(outer(properties))).toEqual([['resources[0].resources[0]', { roleName }]]);
  });

  test('a template that is only linked to is not read, and that is said', () => {
    const template = {
      resources: [
        {
          type: deployments,
          name: 'd',
          properties: { templateLink: { uri: 'https://contoso.example/roles.json' } },
        },
      ],
    };
    expect(read(template).notices).toEqual([
      {
        code: 'template-link',
        message: 'The template that this deployment links to was not read.',
        file: 'main.json',
        line: 3,
        column: 5,
      },
    ]);
  });
});

describe('hostile templates', () => {
  test('lists that double with every variable end with the budget', () => {
    const variables: Record<string, unknown> = { v0: ['a', 'b'] };
    for (let i = 1; i < 60; i++)
      variables[`v${i}`] = `[concat(variables('v${i - 1}'), variables('v${i - 1}'))]`;
    expect(evaluated("[variables('v59')]", { variables })).toMatch(/This file/);
  });

  test('texts that double with every variable end with the budget', () => {
    const variables: Record<string, unknown> = { v0: 'ab' };
    for (let i = 1; i < 60; i++)
      variables[`v${i}`] = `[concat(variables('v${i - 1}'), variables('v${i - 1}'))]`;
    expect(evaluated("[variables('v59')]", { variables })).toMatch(/This file/);
  });

  test('functions that call each other end with the budget', () => {
    const call = { parameters: [], output: { type: 'string', value: '[concat(f.a(), f.b())]' } };
    const functions = [{ namespace: 'f', members: { a: call, b: call } }];
    expect(evaluated('[f.a()]', { functions })).toMatch(/This file/);
  });

  test('a chain of thousands of variables has an end', () => {
    const variables: Record<string, unknown> = { v0: 'a' };
    for (let i = 1; i < 20_000; i++) variables[`v${i}`] = `[variables('v${i - 1}')]`;
    expect(evaluated("[variables('v19999')]", { variables })).toBe('?This file');
    expect(evaluated("[variables('v100')]", { variables })).toBe('a');
  });

  test('values that grow deeper with every round have an end', () => {
    const expression =
      "[reduce(range(0, 10000), createArray(), lambda('a', 'x', createArray(lambdaVariables('a'))))]";
    expect(depthOf(valueOf(expression))).toBeLessThanOrEqual(deepestValue);
  });

  test('values and deployments that lie in each other a hundred thousand times have an end', () => {
    const lists = `{"resources": [{"type": "${type}", "name": "a", "properties": ${'['.repeat(100_000)}${']'.repeat(100_000)}}]}`;
    expect(read(lists).resources).toHaveLength(1);
    const open = `{"resources": [{"type": "${deployments}", "name": "a", "properties": {"template": `;
    expect(read(open.repeat(50_000)).notices.map(({ code }) => code)).toEqual(['nested-too-deeply']);
  });

  test.each([
    '',
    '[]',
    '"x"',
    'null',
    '{"resources": 7}',
    '{"resources": [null, 7, {"type": 7}]}',
    '{"parameters": [], "variables": 3, "functions": {}, "resources": {}}',
  ])('%s holds nothing', text => {
    expect(read(text)).toMatchObject({ resources: [], notices: [] });
  });
});
