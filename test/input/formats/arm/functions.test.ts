import { describe, expect, test } from 'vitest';
import { evaluated } from './evaluated.js';

const subscriptionId = '00000000-0000-0000-0000-000000000000';
const groupId = `/subscriptions/${subscriptionId}/resourceGroups/myRg`;

describe('what Azure itself computed', () => {
  test.each([
    [`[uniqueString('${groupId}')]`, 'js26ofeqkqeve'],
    [`[uniqueString('/subscriptions/${subscriptionId}/resourceGroups/my-rg')]`, 'bmg7c6xu4tw46'],
    ["[uniqueString('test')]", 'rbgf3xv4ufgzg'],
    ["[uniqueString('abc')]", 'cgtzqvhu4i23s'],
    ["[uniqueString('hello', 'world')]", 'a7wkljktk6wne'],
    ["[uniqueString('foo', 'bar', 'baz')]", 'xzi4ioaxtmth4'],
    ["[guid('test')]", 'd6a5baf1-8b9b-542a-8525-2982f1f98a0c'],
    ["[guid('Bicep Custom Role demo')]", 'ed76121e-2e5b-5814-94b0-b635b7db8ca8'],
  ])('%s = %s', (expression, expected) => {
    expect(evaluated(expression)).toBe(expected);
  });
});

describe('texts', () => {
  test.each([
    ["[concat('Microsoft.', 'Compute', '/', '*')]", 'Microsoft.Compute/*'],
    ["[CONCAT('a', 1, true())]", 'a1True'],
    ["[format('{0}/{1}/{0}', 'a', 2)]", 'a/2/a'],
    ["[format('{{0}} {0}', 'a')]", '{0} a'],
    ["[format('{0:x}', 10)]", '?format() has a format that is not read'],
    ["[format('{1}', 'a')]", '?format() does not take what it is given'],
    ["[toLower('Contoso')]", 'contoso'],
    ["[toUpper('Contoso')]", 'CONTOSO'],
    ["[trim('  a ')]", 'a'],
    ["[replace('123-123-1234', '-', '')]", '1231231234'],
    ["[split('one,two', ',')]", ['one', 'two']],
    ["[split('one;two,three', createArray(',', ';'))]", ['one', 'two', 'three']],
    ["[join(createArray('one', 'two'), '/')]", 'one/two'],
    ["[substring('one two three', 4, 3)]", 'two'],
    ["[substring('one', 2, 3)]", '?substring() does not take what it is given'],
    ["[padLeft('123', 10, '0')]", '0000000123'],
    ["[startsWith('abcdef', 'AB')]", true],
    ["[endsWith('abcdef', 'e')]", false],
    ["[indexOf('abcdef', 'CD')]", 2],
    ["[lastIndexOf('test', 't')]", 3],
    ["[first('one')]", 'o'],
    ["[last('one')]", 'e'],
    ["[take('one two', 3)]", 'one'],
    ["[skip('one two', 4)]", 'two'],
    ["[length('one')]", 3],
    ["[empty('')]", true],
    ["[contains('OneTwoThree', 'e')]", true],
    ["[contains('OneTwoThree', 'z')]", false],
    ["[base64('one, two, three')]", 'b25lLCB0d28sIHRocmVl'],
    ["[base64ToString('b25lLCB0d28sIHRocmVl')]", 'one, two, three'],
    ["[uriComponent('a b/c(d)')]", 'a%20b%2Fc%28d%29'],
    ["[uriComponentToString('a%20b')]", 'a b'],
    ["[string(createArray('a', 1))]", '["a",1]'],
    ['[string(false())]', 'False'],
  ])('%s', (expression, expected) => {
    expect(evaluated(expression)).toEqual(expected);
  });
});

describe('lists and objects', () => {
  test.each([
    ["[array('a')]", ['a']],
    ["[array(createArray('a'))]", ['a']],
    ["[concat(createArray('1'), createArray('2', '3'))]", ['1', '2', '3']],
    ["[union(createArray('one', 'two'), createArray('two', 'three'))]", ['one', 'two', 'three']],
    [
      "[union(createObject('a', 1, 'b', createObject('x', 1)), createObject('A', 2, 'b', createObject('y', 2)))]",
      { A: 2, b: { x: 1, y: 2 } },
    ],
    ["[intersection(createArray('one', 'two'), createArray('two', 'three'))]", ['two']],
    ["[intersection(createObject('a', 1, 'b', 2), createObject('a', 1, 'b', 3))]", { a: 1 }],
    ["[flatten(createArray(createArray('one'), createArray('two', 'three')))]", ['one', 'two', 'three']],
    ["[first(createArray('one', 'two'))]", 'one'],
    ['[last(createArray())]', null],
    ["[take(createArray('a', 'b', 'c'), 2)]", ['a', 'b']],
    ["[skip(createArray('a', 'b', 'c'), 2)]", ['c']],
    ["[indexOf(createArray('a', 'b'), 'b')]", 1],
    ["[contains(createArray('one'), 'One')]", false],
    ["[contains(createObject('one', 'a'), 'ONE')]", true],
    ['[empty(createObject())]', true],
    ['[length(createObject())]', 0],
    ['[range(5, 3)]', [5, 6, 7]],
    ['[range(0, 10001)]', '?range() does not take what it is given'],
    ["[createObject('a', null())]", { a: null }],
    ["[createObject('a')]", '?createObject() does not take what it is given'],
    ["[objectKeys(createObject('b', 1, 'a', 2))]", ['a', 'b']],
    [
      "[items(createObject('item002', false(), 'item001', true()))]",
      [
        { key: 'item001', value: true },
        { key: 'item002', value: false },
      ],
    ],
    ["[shallowMerge(createArray(createObject('a', 1), createObject('a', 2, 'b', 3)))]", { a: 2, b: 3 }],
    ['[json(\'{"a": [1, null]}\')]', { a: [1, null] }],
    ["[json('')]", null],
    ["[json('{')]", '?json() does not take what it is given'],
    ["[tryGet(createObject('a', createObject('b', 1)), 'a', 'B')]", 1],
    ["[tryGet(createObject('a', 1), 'b', 'c')]", null],
    ["[tryGet(createArray('a'), 3)]", null],
    ["[tryIndexFromEnd(createArray('a', 'b'), 1)]", 'b'],
    ["[createObject('a', 1).b]", '?An expression asks for "b", which is not there'],
    ["[createArray('a')[1]]", '?An expression asks for 1, which is not there'],
  ])('%s', (expression, expected) => {
    expect(evaluated(expression)).toEqual(expected);
  });
});

describe('numbers and logic', () => {
  test.each([
    ['[add(5, 3)]', 8],
    ['[sub(7, 3)]', 4],
    ['[mul(5, 3)]', 15],
    ['[div(8, 3)]', 2],
    ['[div(-8, 3)]', -2],
    ['[div(8, 0)]', '?div() does not take what it is given'],
    ['[mod(7, 3)]', 1],
    ['[min(0, 3, 2)]', 0],
    ['[max(createArray(0, 3, 2))]', 3],
    ["[int('42')]", 42],
    ["[int('x')]", '?int() does not take what it is given'],
    ['[less(5, 3)]', false],
    ['[greaterOrEquals(3, 3)]', true],
    ["[equals('a', 'A')]", false],
    ['[equals(createArray(1), createArray(1))]', true],
    ["[equals(createObject('a', 1), createObject('A', 1))]", true],
    ["[equals(1, '1')]", false],
    ["[bool('True')]", true],
    ['[not(true())]', false],
    ["[and(true(), false(), parameters('missing'))]", false],
    ["[or(false(), true(), parameters('missing'))]", true],
    ["[if(true(), 'yes', parameters('missing'))]", 'yes'],
    ["[coalesce(null(), 'a', parameters('missing'))]", 'a'],
    ['[coalesce(null(), null())]', null],
  ])('%s', (expression, expected) => {
    expect(evaluated(expression)).toEqual(expected);
  });
});

describe('functions of values', () => {
  const dogs =
    "createArray(createObject('name', 'Evie', 'age', 5), createObject('name', 'Casper', 'age', 3))";
  const age = "lambdaVariables('dog').age";
  const name = "lambdaVariables('dog').name";
  test.each([
    [`[map(${dogs}, lambda('dog', ${name}))]`, ['Evie', 'Casper']],
    [
      "[map(createArray('a', 'b'), lambda('x', 'i', format('{0}{1}', lambdaVariables('x'), lambdaVariables('i'))))]",
      ['a0', 'b1'],
    ],
    [`[filter(${dogs}, lambda('dog', greaterOrEquals(${age}, 5)))]`, [{ name: 'Evie', age: 5 }]],
    ["[reduce(range(1, 4), 0, lambda('sum', 'x', add(lambdaVariables('sum'), lambdaVariables('x'))))]", 10],
    [
      "[sort(createArray(3, 1, 2), lambda('a', 'b', less(lambdaVariables('a'), lambdaVariables('b'))))]",
      [1, 2, 3],
    ],
    [`[toObject(${dogs}, lambda('dog', ${name}), lambda('dog', ${age}))]`, { Evie: 5, Casper: 3 }],
    [
      "[groupBy(createArray('aa', 'b', 'cc'), lambda('x', string(length(lambdaVariables('x')))))]",
      { 1: ['b'], 2: ['aa', 'cc'] },
    ],
    ["[mapValues(createObject('a', 1), lambda('x', add(lambdaVariables('x'), 1)))]", { a: 2 }],
  ])('%s', (expression, expected) => {
    expect(evaluated(expression)).toEqual(expected);
  });
});

describe('ids', () => {
  const role = 'Microsoft.Authorization/roleDefinitions';
  test.each([
    [
      `[resourceId('${role}', 'a')]`,
      `/subscriptions/{subscription()}/resourceGroups/{resourceGroup()}/providers/${role}/a`,
    ],
    [
      `[resourceId('rg', '${role}', 'a')]`,
      `/subscriptions/{subscription()}/resourceGroups/rg/providers/${role}/a`,
    ],
    [
      `[resourceId('${subscriptionId}', 'rg', '${role}', 'a')]`,
      `/subscriptions/${subscriptionId}/resourceGroups/rg/providers/${role}/a`,
    ],
    [`[subscriptionResourceId('${role}', 'a')]`, `/subscriptions/{subscription()}/providers/${role}/a`],
    [
      `[subscriptionResourceId('${subscriptionId}', '${role}', 'a')]`,
      `/subscriptions/${subscriptionId}/providers/${role}/a`,
    ],
    [`[tenantResourceId('${role}', 'a')]`, `/providers/${role}/a`],
    [
      `[managementGroupResourceId('mg', '${role}', 'a')]`,
      `/providers/Microsoft.Management/managementGroups/mg/providers/${role}/a`,
    ],
    [`[extensionResourceId('${groupId}', '${role}', 'a')]`, `${groupId}/providers/${role}/a`],
    [
      "[resourceId('Microsoft.Network/virtualNetworks/subnets', 'a', 'b')]",
      '/subscriptions/{subscription()}/resourceGroups/{resourceGroup()}/providers/Microsoft.Network/virtualNetworks/a/subnets/b',
    ],
    [
      "[resourceId('Microsoft.Network/virtualNetworks/subnets', 'a')]",
      '?resourceId() does not take what it is given',
    ],
    ['[subscription().id]', '/subscriptions/{subscription()}'],
    ['[resourceGroup().id]', '/subscriptions/{subscription()}/resourceGroups/{resourceGroup()}'],
    ['[subscription().tenantId]', '?subscription()'],
    ["[concat(subscription().id, '/x')]", '/subscriptions/{subscription()}/x'],
  ])('%s', (expression, expected) => {
    expect(evaluated(expression)).toEqual(expected);
  });
});

describe('what is unknown', () => {
  const parameters = { p: { type: 'string' }, list: { type: 'array' } };
  test.each([
    ["[concat('Microsoft.', parameters('p'))]", "Microsoft.{parameters('p')}"],
    ["[toUpper(concat('a/', parameters('p')))]", "A/{parameters('p')}"],
    ["[concat(createArray('a'), parameters('list'))]", ['a', "?parameters('list')"]],
    ["[union(createArray('a'), parameters('list'))]", ['a', "?parameters('list')"]],
    ["[createArray('a', parameters('p'))]", ['a', "?parameters('p')"]],
    ["[length(parameters('list'))]", "?parameters('list')"],
    ["[if(equals(parameters('p'), 'x'), 'a', 'b')]", "?parameters('p')"],
    ["[if(equals(parameters('p'), 'x'), 'a', 'a')]", 'a'],
    ["[equals(concat('a', parameters('p')), 'b')]", false],
    ["[contains(createArray('a', parameters('p')), 'a')]", true],
    ["[and(empty(parameters('p')), false())]", false],
    ["[map(parameters('list'), lambda('x', 1))]", "?parameters('list')"],
    ["[parameters('p').a.b[0]]", "?parameters('p')"],
    ["[reference('x').outputs.y.value]", '?reference()'],
    ['[newGuid()]', '?newGuid()'],
    ["[cidrSubnet('10.0.0.0/8', 24, 0)]", '?cidrSubnet()'],
    ["[parameters('q')]", "?parameters('q') is not defined"],
    ['[concat(]', '?An expression cannot be read: a value is missing'],
  ])('%s', (expression, expected) => {
    expect(evaluated(expression, { parameters })).toEqual(expected);
  });
});
