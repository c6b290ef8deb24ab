import { describe, expect, test } from 'vitest';
import { readBicep } from '../../../../src/input/formats/bicep/read-bicep.js';
import { unknownAt } from '../../../../src/input/formats/arm/values.js';
import type { LocatedValue } from '../../../../src/input/located-value.js';
import { plain } from '../arm/evaluated.js';

function read(text: string) {
  return readBicep({
    file: 'main.bicep',
    text,
    root: undefined,
    comments: [],
    tolerated: [],
    syntaxProblems: [],
  });
}

const type = 'Microsoft.Authorization/roleDefinitions@2022-04-01';

/** What an expression comes to behind these declarations. */
function valueOf(expression: string, before = ''): LocatedValue {
  const text = `${before}\nresource role '${type}' = {\n  name: 'r'\n  properties: {\n    result: ${expression}\n  }\n}\n`;
  const { members, more } = read(text).resources.at(-1)!.properties;
  const properties = members.find(({ key }) => key === 'properties')?.value;
  if (properties === undefined) return unknownAt(more!.at, more!);
  return properties.kind === 'object' ? properties.members[0]!.value : properties;
}

function evaluated(expression: string, before = ''): unknown {
  return plain(valueOf(expression, before));
}

describe('expressions', () => {
  const before = [
    'param text string',
    "param given string = 'g'",
    'param list array',
    'param optional object?',
    "var reads = ['*/read', 'Microsoft.Web/*/read']",
    "var one = {\n  a: 1\n  'b c': {\n    d: true\n  }\n}",
    "func reader(provider string) string => '${provider}/*/read'",
    "resource group 'Microsoft.Resources/resourceGroups@2024-03-01' existing = {\n  name: 'rg'\n}",
    "resource other 'Microsoft.Authorization/roleDefinitions@2022-04-01' = {\n  name: guid('x')\n  properties: {}\n}",
  ].join('\n');

  test.each([
    ["'a${1 + 2}b${true}'", 'a3bTrue'],
    ["'Microsoft.${text}/read'", 'Microsoft.{param text}/read'],
    ['given', 'g'],
    ['text', '?param text'],
    ['reads[1]', 'Microsoft.Web/*/read'],
    ['reads[^1]', 'Microsoft.Web/*/read'],
    ['concat(reads, list)', ['*/read', 'Microsoft.Web/*/read', '?param list']],
    ["[...reads, 'x']", ['*/read', 'Microsoft.Web/*/read', 'x']],
    ["union(reads, ['*/read'])", ['*/read', 'Microsoft.Web/*/read']],
    ["[for (read, i) in reads: '${i} ${read}']", ['0 */read', '1 Microsoft.Web/*/read']],
    ['[for x in list: x]', ['?param list', '?param list']],
    ["one['b c'].d", true],
    ['one.?x.?y', null],
    ["one.?x ?? 'none'", 'none'],
    ['optional.?x', null],
    ['{ ...one, a: 2 }', { a: 2, 'b c': { d: true } }],
    ["text == 'x' ? 1 : 1", 1],
    ["text == 'x' ? 1 : 2", '?param text'],
    ["'A' =~ 'a' && 'A' != 'a'", true],
    ["'A' !~ 'a'", false],
    ['!false', true],
    ['-3 + 10 / 3 * 2 % 4', -1],
    ['3 >= 3', true],
    ["reader('Microsoft.Web')", 'Microsoft.Web/*/read'],
    ['map(reads, x => length(x))', [6, 20]],
    ['filter(reads, (x, i) => i > 0)', ['Microsoft.Web/*/read']],
    ['toLower(az.subscription().id)', '/subscriptions/{subscription()}'],
    ["sys.guid('test')", 'd6a5baf1-8b9b-542a-8525-2982f1f98a0c'],
    ["other.name == guid('x')", true],
    ['other.type', 'Microsoft.Authorization/roleDefinitions'],
    ['other.properties.roleName', '?other'],
    ['nothing', '?nothing is not declared'],
    ['one.missing', '?An expression asks for "missing", which is not there'],
  ])('%s', (expression, expected) => {
    expect(evaluated(expression, before)).toEqual(expected);
  });

  test('the id of a resource depends on where the file is deployed', () => {
    const other = "resource other 'Microsoft.Authorization/roleDefinitions@2022-04-01' = {\n  name: 'x'\n}";
    expect(evaluated('other.id', `targetScope = 'subscription'\n${other}`)).toBe(
      '/subscriptions/{subscription()}/providers/Microsoft.Authorization/roleDefinitions/x',
    );
  });

  test('the id of a child begins with that of its parent', () => {
    const parent =
      "resource a 'Microsoft.Storage/storageAccounts@2024-01-01' existing = {\n  name: 'n'\n  scope: resourceGroup('rg')\n}";
    const child =
      "resource b 'Microsoft.Storage/storageAccounts/blobServices@2024-01-01' = {\n  parent: a\n  name: 'default'\n}";
    expect(evaluated('b.id', `${parent}\n${child}`)).toMatch(/\/blobServices\/default$/);
  });

  test('what depends on itself has no value', () => {
    expect(evaluated('a', 'var a = b\nvar b = [a]')).toEqual(['?a depends on itself']);
  });
});

describe('resources', () => {
  test('loops give one for each round, conditions take them away', () => {
    const text = `var teams = ['web', 'ml']
param on bool
resource a '${type}' = [for team in teams: {
  name: team
  properties: { roleName: '\${team} role' }
}]
resource b '${type}' = if (1 == 2) {
  name: 'b'
}
resource c '${type}' = if (on) {
  name: 'c'
}
`;
    expect(read(text).resources.map(({ address, presence }) => [address, presence?.name])).toEqual([
      ['a[0]', undefined],
      ['a[1]', undefined],
      ['c', 'param on'],
    ]);
  });

  test('assignments inside of other resources are found', () => {
    const inner =
      "  resource b 'providers/roleAssignments@2022-04-01' = {\n    name: 'x'\n    properties: {\n      principalId: 'p'\n    }\n  }\n";
    const text = `resource a 'Microsoft.Storage/storageAccounts@2024-01-01' = {\n  name: 'n'\n${inner}}`;
    expect(read(text).resources.map(({ address, type: of }) => [address, of])).toEqual([
      ['a::b', 'Microsoft.Storage/storageAccounts/providers/roleAssignments'],
    ]);
  });

  test('a literal stands where it is written', () => {
    const value = valueOf("concat(reads, ['b'])", "var reads = [\n  'a' // first\n]");
    const texts =
      value.kind === 'list' ? value.items.map(({ at }) => at.document.text.slice(at.start, at.end)) : [];
    expect(texts).toEqual(["'a'", "'b'"]);
  });

  test('modules are named as what was not looked at', () => {
    expect(read("module a 'br/public:avm/x:1' = {\n}\nmodule b './y.bicep' = {\n}").notices).toEqual([
      {
        code: 'module-not-read',
        message:
          'What modules deploy is not read with the file that names them: "br/public:avm/x:1", "./y.bicep".',
        file: 'main.bicep',
        line: 1,
        column: 1,
      },
    ]);
  });
});

describe('hostile files', () => {
  test('lists that double with every variable end with the budget', () => {
    const lines = ["var v0 = ['a', 'b']"];
    for (let i = 1; i < 60; i++) lines.push(`var v${i} = [...v${i - 1}, ...v${i - 1}]`);
    expect(evaluated('v59', lines.join('\n'))).toBe('?This file');
  });

  test('a chain of thousands of variables has an end', () => {
    const lines = ["var v0 = 'a'"];
    for (let i = 1; i < 20_000; i++) lines.push(`var v${i} = v${i - 1}`);
    expect(evaluated('v19999', lines.join('\n'))).toBe('?This file');
  });

  test('functions that call each other end with the budget', () => {
    expect(evaluated("f('x')", "func f(x string) string => '${f(x)}${f(x)}'")).toBe('?This file');
  });
});
