import { describe, expect, test } from 'vitest';
import type { BicepExpression } from '../../../../src/input/formats/bicep/bicep-syntax.js';
import { parseBicep } from '../../../../src/input/formats/bicep/parse-bicep.js';
import { seededRandom } from '../../../seeded.js';

/** An expression with what belongs together in brackets. */
function shape(expression: BicepExpression): string {
  switch (expression.kind) {
    case 'text':
      return `"${expression.texts.flatMap((text, i) => [text, ...(expression.expressions[i] ? [`{${shape(expression.expressions[i]!)}}`] : [])]).join('')}"`;
    case 'number':
    case 'boolean':
      return String(expression.value);
    case 'list':
      return `[${expression.items.map(({ isSpread, value }) => (isSpread ? '...' : '') + shape(value)).join(' ')}]`;
    case 'object':
      return `{${expression.members.map(({ name, value }) => `${name === undefined ? '...' : `${shape(name)}:`}${shape(value)}`).join(' ')}}`;
    case 'variable':
      return expression.name;
    case 'call':
      return `${expression.of === undefined ? '' : `${shape(expression.of)}.`}${expression.name}(${expression.args.map(shape).join(' ')})`;
    case 'member':
      return `${shape(expression.of)}${expression.isSafe ? '.?' : '.'}${expression.name}`;
    case 'index':
      return `${shape(expression.of)}[${expression.isSafe ? '?' : ''}${expression.isFromEnd ? '^' : ''}${shape(expression.index)}]`;
    case 'unary':
      return `(${expression.operator}${shape(expression.of)})`;
    case 'binary':
      return `(${shape(expression.left)} ${expression.operator} ${shape(expression.right)})`;
    case 'ternary':
      return `(${shape(expression.condition)} ? ${shape(expression.yes)} : ${shape(expression.no)})`;
    case 'lambda':
      return `(${expression.parameters.join(' ')} => ${shape(expression.body)})`;
    case 'loop':
      return `[for ${expression.item}${expression.index === undefined ? '' : ` ${expression.index}`} in ${shape(expression.list)}: ${shape(expression.body)}]`;
    case 'conditional':
      return `if ${shape(expression.condition)} ${shape(expression.body)}`;
    default:
      return expression.kind;
  }
}

describe('expressions', () => {
  test.each([
    ['1 + 2 * 3 - 4', '((1 + (2 * 3)) - 4)'],
    ['a ?? b || c && d == e', '(a ?? (b || (c && (d == e))))'],
    ['!a.b', '(!a.b)'],
    ['-1', '(-1)'],
    ['a ? b : c ? d : e', '(a ? b : (c ? d : e))'],
    ['a\n  ? b\n  : c', '(a ? b : c)'],
    ['(a\n  && b)', '(a && b)'],
    ['a.b[0].?c[?1]![^2]::d', 'a.b[0].?c[?1][^2].d'],
    ["az.resourceGroup('a').id", 'az.resourceGroup("a").id'],
    ["'a${b.c}d'", '"a{b.c}d"'],
    ["[\n  'a'\n  'b', 'c'\n]", '["a" "b" "c"]'],
    ["[...a, 'b']", '[...a "b"]'],
    ["{\n  a: 1\n  'b-${c}': 2, ...d\n}", '{"a":1 "b-{c}":2 ...d}'],
    ['{ resource: 1, for: 2 }', '{"resource":1 "for":2}'],
    ['[for x in list: x.name]', '[for x in list: x.name]'],
    ['[for (x, i) in range(0, 3): {\n a: i\n}]', '[for x i in range(0 3): {"a":i}]'],
    ['map(a, x => x.b)', 'map(a (x => x.b))'],
    ['reduce(a, 0, (x, y) => x + y)', 'reduce(a 0 (x y => (x + y)))'],
    ['f(\n  a\n  , b\n)', 'f(a b)'],
    ['true', 'true'],
    ['null', 'null'],
    ['(a)', 'a'],
    ["'''\na'''", '"a"'],
  ])('%j', (text, expected) => {
    const { declarations, problems } = parseBicep(`var v = ${text}\n`);
    expect(problems).toEqual([]);
    const [declared] = declarations;
    expect(declared?.kind === 'variable' && shape(declared.value)).toBe(expected);
  });
});

describe('declarations', () => {
  test.each([
    ["targetScope = 'subscription'", 'scope'],
    ["@description('a')\n@allowed(['x'])\nparam a string = 'x'", 'parameter a'],
    ['param a string?', 'parameter a?'],
    ["param a 'x' | 'y' | null", 'parameter a?'],
    ["param a {\n  @description('x')\n  b: string\n  *: int\n}[]?", 'parameter a?'],
    ['param a [int, string]', 'parameter a'],
    ["param a resourceInput<'Microsoft.Web/sites@2024-04-01'>.properties.siteConfig", 'parameter a'],
    ["param a sys.resourceInput<'Microsoft.Web/sites@2024-04-01'>.name", 'parameter a'],
    ['var a bool = true', 'variable a'],
    ["output a string = 'x'", 'output a'],
    ["resource a 'Microsoft.Web/sites@2024-04-01' existing = {\n  name: 'x'\n}", 'resource a existing'],
    ["resource a 'x@1' = if (b) {\n  name: 'x'\n}", 'resource a'],
    ["resource a 'x@1' = [for b in c: if (d) {\n}]", 'resource a'],
    ["module a './x.bicep' = {\n  params: {}\n}", 'module a'],
    ['func a(b string, c int?) string => b', 'function a'],
    ["import { a, b as c } from './x.bicep'", 'import a,c'],
    ["import * as d from './x.bicep'", 'import d'],
    ['extension microsoftGraphV1', ''],
    ["type a = {\n  b: 'x' | 'y'\n}", ''],
    ['metadata a = {\n  b: 1\n}', ''],
    ['assert a = b == c', ''],
  ])('%j', (text, expected) => {
    const { declarations, problems } = parseBicep(text);
    expect(problems).toEqual([]);
    const shown = declarations.map(each => {
      if (each.kind === 'scope') return each.kind;
      if (each.kind === 'import') return `import ${each.names.map(({ as }) => as).join(',')}`;
      const isNullable = each.kind === 'parameter' && each.isNullable;
      const isExisting = (each.kind === 'resource' || each.kind === 'module') && each.isExisting;
      return `${each.kind} ${each.name}${isNullable ? '?' : ''}${isExisting ? ' existing' : ''}`;
    });
    expect(shown.join(' ')).toBe(expected);
  });

  test('resources may lie in each other', () => {
    const inner = "  resource b 'c@1' = {\n    name: 'y'\n  }\n";
    const { declarations } = parseBicep(`resource a 'x@1' = {\n  name: 'x'\n${inner}}`);
    const [outer] = declarations;
    expect(
      outer?.kind === 'resource' &&
        outer.value.kind === 'object' &&
        outer.value.resources.map(({ name }) => name),
    ).toEqual(['b']);
  });
});

describe('recovery', () => {
  test.each([
    ["var a = 'x\nvar b = 1", ['a', 'b']],
    ['var a = [\nvar b = 1', ['b']],
    ['var a = {\n  c: (1\nparam b string', ['b']],
    ['var a = f(1,\n@secure()\nparam b string', ['b']],
    ['what is this\nvar b = 1', ['b']],
    ["resource a 'x@1' = {\n  name: \n  var: 1\nvar b = 2", ['b']],
    ['var a =\n\nvar b = 1', ['b']],
    ['}}}\nvar b = 1', ['b']],
    ['var a = 1 2\nvar b = 1', ['a', 'b']],
  ])('%j keeps %j', (text, names) => {
    const { declarations, problems } = parseBicep(text);
    expect(problems.length).toBeGreaterThan(0);
    expect(declarations.flatMap(each => ('name' in each ? [each.name] : []))).toEqual(names);
  });
});

describe('hostile texts', () => {
  test.each([
    ['brackets', `var a = ${'['.repeat(100_000)}`],
    ['parentheses', `var a = ${'('.repeat(100_000)}1${')'.repeat(100_000)}`],
    ['signs', `var a = ${'!'.repeat(100_000)}b`],
    ['objects', `var a = ${'{a:'.repeat(100_000)}`],
    ['strings', `var a = ${"'${".repeat(100_000)}`],
    ['accesses', `var a = b${'.c'.repeat(100_000)}`],
    ['sums', `var a = 1${' + 1'.repeat(100_000)}`],
    ['conditions', `var a = ${'b ? c : '.repeat(100_000)}d`],
    ['types', `param a ${'('.repeat(100_000)}`],
    ['lambdas', `var a = ${'b => '.repeat(100_000)}c`],
    ['open lambdas', `var a = ${'(b, '.repeat(2_000)}`],
    ['decorators', '@a\n'.repeat(50_000)],
    ['dollars', '$'.repeat(20_000)],
  ])('%s are read to an end', (_, text) => {
    const { declarations } = parseBicep(`${text}\nvar last = 1`);
    expect(declarations.length).toBeLessThanOrEqual(2);
  });

  test('a text with characters put in, taken out and doubled is read, and never throws', () => {
    const random = seededRandom(20261130);
    const sound =
      "@description('x')\nparam a string = 'b'\nvar c = [for (d, e) in range(0, 3): {\n  f: '${d}-${e}' ?? g.?h\n}]\nresource i 'j@1' = if (a == 'b') {\n  name: '''\n k'''\n}\n";
    for (let i = 0; i < 500; i++) {
      let text = sound;
      for (let change = 0; change < 3; change++) {
        const at = Math.floor(random() * text.length);
        const put = ["'", '{', '}', '[', '\n', '${', '(', ''][Math.floor(random() * 8)]!;
        text = text.slice(0, at) + put + text.slice(at + (random() < 0.5 ? 1 : 0));
      }
      expect(parseBicep(text).problems.length).toBeLessThanOrEqual(20);
    }
  });
});
