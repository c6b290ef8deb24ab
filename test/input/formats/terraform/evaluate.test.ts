import { describe, expect, test } from 'vitest';
import { evaluated, plain } from './evaluated.js';

const input = 'variable "unknown" {}\nvariable "list" {\n  type = list(string)\n}\n';

function valueOf(expression: string, more = ''): unknown {
  return plain(evaluated(`${input}${more}\nlocals {\n  x = ${expression}\n}\n`));
}

test.each([
  ['1 + 2 * 3 - 4', 3],
  ['-(2 + 3) % 3', -2],
  ['7 / 2', 3.5],
  ['"1" + 1', 2],
  ['1 == 1.0 && !("a" == "b")', true],
  ['1 == "1"', false],
  ['[1, 2] == [1, 2]', true],
  ['{ a = 1, b = 2 } == { b = 2, a = 1 }', true],
  ['null == null', true],
  ['2 > 1 ? "yes" : "no"', 'yes'],
  ['"a${1 + 1}b${true}"', 'a2btrue'],
  ['"%{ if true }yes%{ else }no%{ endif }"', 'yes'],
  ['"%{ for k, v in { b = 2, a = 1 } }${k}=${v};%{ endfor }"', 'a=1;b=2;'],
  ['"${[1, 2]}"', [1, 2]],
  ['<<-EOT\n    one\n      two\n  EOT', 'one\n  two\n'],
  ['[for a in ["x", "y"] : upper(a)]', ['X', 'Y']],
  ['[for i, a in ["x", "y"] : "${i}${a}" if a != "x"]', ['1y']],
  ['{ for k, v in { a = 1, b = 2 } : v => k }', { 1: 'a', 2: 'b' }],
  ['{ for a in ["x", "y", "xx"] : substr(a, 0, 1) => a... }', { x: ['x', 'xx'], y: ['y'] }],
  ['[{ a = 1 }, { a = 2 }][*].a', [1, 2]],
  ['[{ a = [1, 2] }, { a = [3] }].*.a[0]', [1, 2]],
  ['{ a = 1 }[*].a', [1]],
  ['null[*]', []],
  ['["a", "b"][1]', 'b'],
  ['["a", "b"].0', 'a'],
  ['{ "a b" = 1 }["a b"]', 1],
  ['{ (upper("a")) = 1 }.A', 1],
  ['try({}.missing, "fallback")', 'fallback'],
  ['can([][0])', false],
])('%s is %j', (expression, expected) => {
  expect(valueOf(expression)).toEqual(expected);
});

// The answers are those of Terraform's documentation.
test.each([
  ['concat(["a"], ["b", "c"])', ['a', 'b', 'c']],
  ['concat([["a"], ["b"]]...)', ['a', 'b']],
  ['flatten([["a", "b"], [], ["c"]])', ['a', 'b', 'c']],
  ['flatten([[["a", "b"], []], ["c"]])', ['a', 'b', 'c']],
  ['distinct(["a", "b", "a", "c", "d", "b"])', ['a', 'b', 'c', 'd']],
  ['setunion(["a", "b"], ["b", "c"], ["d"])', ['a', 'b', 'c', 'd']],
  ['setintersection(["a", "b"], ["b", "c"])', ['b']],
  ['setsubtract(["a", "b", "c"], ["a", "c"])', ['b']],
  [
    'setproduct(["a", "b"], ["c"])',
    [
      ['a', 'c'],
      ['b', 'c'],
    ],
  ],
  ['merge({ a = "b", c = "d" }, { e = "f", c = "z" })', { a: 'b', c: 'z', e: 'f' }],
  ['keys({ c = 1, a = 2 })', ['a', 'c']],
  ['values({ c = 1, a = 2 })', [2, 1]],
  ['lookup({ a = "ay", b = "bee" }, "c", "what?")', 'what?'],
  ['lookup({ a = "ay", b = "bee" }, "a", "what?")', 'ay'],
  ['zipmap(["a", "b"], [1, 2])', { a: 1, b: 2 }],
  ['contains(["a", "b"], "a")', true],
  ['element(["a", "b", "c"], 3)', 'a'],
  ['slice(["a", "b", "c", "d"], 1, 3)', ['b', 'c']],
  ['compact(["a", "", null, "b"])', ['a', 'b']],
  ['coalesce("", "b")', 'b'],
  ['coalescelist([], ["c"])', ['c']],
  ['one(["a"])', 'a'],
  ['one([])', null],
  ['sort(["e", "d", "a"])', ['a', 'd', 'e']],
  ['reverse([1, 2, 3])', [3, 2, 1]],
  ['chunklist(["a", "b", "c"], 2)', [['a', 'b'], ['c']]],
  ['range(1, 8, 2)', [1, 3, 5, 7]],
  ['length("👾🕹️")', 3],
  ['length([1, 2])', 2],
  ['index(["a", "b"], "b")', 1],
  ['sum([10, 13, 6, 4.5])', 33.5],
  ['alltrue(["true", true])', true],
  ['anytrue([])', false],
  ['format("Hello, %s! %d%%", "Ander", 5)', 'Hello, Ander! 5%'],
  ['format("%04x|%-5s|%5.1f", 255, "a", 1.25)', '00ff|a    |  1.3'],
  ['formatlist("Hello, %s!", ["Valentina", "Ander"])', ['Hello, Valentina!', 'Hello, Ander!']],
  ['join("-", ["foo", "bar"])', 'foo-bar'],
  ['split(",", "foo,bar,baz")', ['foo', 'bar', 'baz']],
  ['split(",", "")', ['']],
  ['replace("1 + 2 + 3", "+", "-")', '1 - 2 - 3'],
  ['substr("hello world", 1, 4)', 'ello'],
  ['substr("hello world", -5, -1)', 'world'],
  ['title("hello world")', 'Hello World'],
  ['trim("?!hello?!", "!?")', 'hello'],
  ['trimprefix("helloworld", "hello")', 'world'],
  ['trimsuffix("helloworld", "world")', 'hello'],
  ['trimspace("  hello\\n\\n")', 'hello'],
  ['chomp("hello\\r\\n")', 'hello'],
  ['strrev("hello")', 'olleh'],
  ['startswith("hello world", "hello")', true],
  ['endswith("hello world", "hello")', false],
  ['basename("foo/bar/baz.txt")', 'baz.txt'],
  ['dirname("foo/bar/baz.txt")', 'foo/bar'],
  ['base64encode("Hello World")', 'SGVsbG8gV29ybGQ='],
  ['base64decode("SGVsbG8gV29ybGQ=")', 'Hello World'],
  ['urlencode("foo bar!")', 'foo+bar%21'],
  ['md5("hello world")', '5eb63bbbe01eeed093cb22bb8f5acdc3'],
  ['sha1("hello world")', '2aae6c35c94fcfb415dbe95f408b9ce91ee846ed'],
  ['uuidv5("dns", "www.terraform.io")', 'a5008fae-b28c-5ba5-96cd-82b4c53552d6'],
  [
    'uuidv5("6ba7b810-9dad-11d1-80b4-00c04fd430c8", "www.terraform.io")',
    'a5008fae-b28c-5ba5-96cd-82b4c53552d6',
  ],
  ['jsonencode({ b = [1, true, null], a = "<" })', '{"a":"<","b":[1,true,null]}'],
  ['jsondecode("{\\"hello\\": [\\"world\\"]}")', { hello: ['world'] }],
  ['yamldecode("{a: 1, b: [x, null]}")', { a: 1, b: ['x', null] }],
  ['tostring(5)', '5'],
  ['tonumber("5")', 5],
  ['tobool("true")', true],
  ['toset(["a", "b", "a"])', ['a', 'b']],
  ['max([12, 54, 3]...)', 54],
  ['core::upper("a")', 'A'],
])('%s is %j, as Terraform says', (expression, expected) => {
  expect(valueOf(expression)).toEqual(expected);
});

describe('what is unknown', () => {
  test.each([
    ['var.unknown', { input: 'var.unknown' }],
    ['"a-${var.unknown}-b"', 'a-<var.unknown>-b'],
    ['["a", var.unknown]', ['a', { input: 'var.unknown' }]],
    ['concat(["a"], var.list)', ['a', '... var.list']],
    ['concat(["a"], [["b"], var.list]...)', ['a', 'b', '... var.list']],
    ['flatten(["a", [var.list]])', ['a', { input: 'var.list' }]],
    ['distinct(concat(["a", "a"], var.list))', ['a', '... var.list']],
    ['length(concat(["a"], var.list))', { input: 'var.list' }],
    ['concat(["a"], var.list)[0]', { input: 'var.list' }],
    ['contains(concat(["a"], var.list), "a")', true],
    ['contains(concat(["a"], var.list), "b")', { input: 'var.list' }],
    ['merge({ a = 1 }, var.unknown)', { a: { input: 'var.unknown' }, '...': 'var.unknown' }],
    ['merge(var.unknown, { a = 1 })', { a: 1, '...': 'var.unknown' }],
    ['var.unknown ? "a" : "b"', { input: 'var.unknown' }],
    ['false && var.unknown', false],
    ['true || var.unknown', true],
    ['true && var.unknown', { input: 'var.unknown' }],
    ['var.unknown == "a"', { input: 'var.unknown' }],
    ['[for a in ["x", "y"] : a if a == "x" || var.unknown]', ['x', '... var.unknown']],
    ['[for a in var.list : upper(a)]', { input: 'var.list' }],
    ['upper(var.unknown)', { input: 'var.unknown' }],
    ['setsubtract(["a", "b"], var.list)', { input: 'var.list' }],
    ['timestamp()', { function: 'timestamp()' }],
    ['provider::azurerm::parse_resource_id("x")', { function: 'provider::azurerm::parse_resource_id()' }],
    ['regex("a+", "aa")', { function: 'regex()' }],
    ['data.azurerm_subscription.here.id', '/subscriptions/<data.azurerm_subscription.here.id>'],
    [
      '"${azurerm_resource_group.ml.id}/providers"',
      '/subscriptions/<subscription>/resourceGroups/ml-prod/providers',
    ],
    ['azurerm_resource_group.ml.name', 'ml-prod'],
    ['azurerm_resource_group.ml.location', { deployment: 'azurerm_resource_group.ml.location' }],
    ['azurerm_resource_group.each["dev"].name', 'ml-dev'],
    [
      'module.elsewhere.out',
      { 'not-read': 'module.elsewhere comes from "Azure/naming/azurerm" and was not read' },
    ],
    ['var.missing', { error: 'var.missing is not declared' }],
    ['local.loop', { error: 'local.loop depends on itself' }],
    ['["a"][7]', { error: 'An index is not in the list' }],
    ['{}.a', { error: '"a" is not in the object' }],
    ['1 + "a"', { error: '"+" is applied to what it does not take' }],
    ['1 / 0', { error: '"/" divides by zero' }],
    ['upper()', { error: 'upper() is given something that it does not take' }],
    ['each.key', { error: 'each is used where there is no loop' }],
  ])('%s is %j', (expression, expected) => {
    const more = `
data "azurerm_subscription" "here" {}
resource "azurerm_resource_group" "ml" {
  name = "ml-prod"
}
resource "azurerm_resource_group" "each" {
  for_each = toset(["dev", "prod"])
  name     = "ml-\${each.key}"
}
module "elsewhere" {
  source = "Azure/naming/azurerm"
}
locals {
  loop  = local.round
  round = local.loop
}`;
    expect(valueOf(expression, more)).toEqual(expected);
  });
});

describe('variables', () => {
  test('have their defaults, and what files of values give the root', () => {
    const main =
      'variable "a" {\n default = 1\n}\nvariable "b" {\n default = 1\n}\nvariable "c" {\n default = 1\n}\nlocals {\n x = [var.a, var.b, var.c]\n}';
    const files = {
      'terraform.tfvars': 'b = 2\nc = 2',
      'z.auto.tfvars.json': '{"c": 3}',
      'other.tfvars': 'a = 9',
    };
    expect(plain(evaluated(main, files))).toEqual([1, 2, 3]);
  });

  test('conform to their types: optional attributes, sets, texts for numbers', () => {
    const main = `
variable "roles" {
  type = map(object({
    actions     = set(string)
    not_actions = optional(list(string), ["*/delete"])
    note        = optional(string)
  }))
  default = { reader = { actions = ["*/read", "*/read", 7] } }
}
locals {
  x = var.roles
}`;
    expect(plain(evaluated(main))).toEqual({
      reader: { actions: ['*/read', '7'], not_actions: ['*/delete'], note: null },
    });
  });
});

describe('files inside of the root', () => {
  test('are read as texts, as JSON with places of their own, and as templates', () => {
    const files = {
      'roles/a.json': '{"actions": ["*/read"]}',
      'roles/b.json': '{}',
      'role.tftpl': '%{ for a in actions ~}\n${a};\n%{ endfor ~}\n',
    };
    const value = evaluated(
      `locals {
  x = [
    fileset("roles", "*.json"),
    jsondecode(file("\${path.module}/roles/a.json")),
    templatefile("role.tftpl", { actions = ["a", "b"] }),
    fileexists("roles/c.json"),
  ]
}`,
      files,
    );
    expect(plain(value)).toEqual([['a.json', 'b.json'], { actions: ['*/read'] }, 'a;\nb;\n', false]);
    const actions =
      value.kind === 'list' && value.items[1]?.kind === 'object'
        ? value.items[1].members[0]!.value
        : undefined;
    const first = actions?.kind === 'list' ? actions.items[0]! : undefined;
    expect(first?.at.document.file).toBe('roles/a.json');
    expect(first?.at).toMatchObject({ start: 13, end: 21 });
  });

  test.each([
    ['file("../outside.json")', /^"\.\.\/outside\.json" (?:does not exist|lies outside of \.)$/],
    ['file("/etc/passwd")', /^"\/etc\/passwd" lies outside of \.$/],
    ['file("missing.json")', /^"missing\.json" does not exist$/],
  ])('%s is refused', (expression, message) => {
    const value = plain(evaluated(`locals {\n  x = ${expression}\n}`)) as { 'not-read': string };
    expect(value['not-read']).toMatch(message);
  });
});

describe('work that never ends', () => {
  test.each([
    ['a local of itself in a list', 'x = [local.x]'],
    ['loops in loops', `x = ${'[for a in range(100) : '.repeat(8)}a${']'.repeat(8)}`],
    [
      'lists that double',
      `${Array.from({ length: 60 }, (_, i) => `a${i + 1} = concat(local.a${i}, local.a${i})`).join('\n')}\na0 = ["*"]\nx = length(local.a60)`,
    ],
    [
      'texts that double',
      `${Array.from({ length: 60 }, (_, i) => `a${i + 1} = "\${local.a${i}}\${local.a${i}}"`).join('\n')}\na0 = "*"\nx = local.a60`,
    ],
    [
      'a chain of 5,000 locals',
      `${Array.from({ length: 5_000 }, (_, i) => `a${i} = local.a${i + 1}`).join('\n')}\na5000 = 1\nx = local.a0`,
    ],
  ])('%s comes to an end', (_, locals) => {
    expect(() => evaluated(`locals {\n${locals}\n}`)).not.toThrow();
  });
});
