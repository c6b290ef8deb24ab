import { describe, expect, test } from 'vitest';
import {
  isExpression,
  parseExpression,
  unescaped,
  type Expression,
} from '../../../../src/input/formats/arm/expression.js';

/** An expression as calls in brackets, so that what belongs to what can be seen. */
function shape(expression: Expression): string {
  switch (expression.kind) {
    case 'text':
      return `"${expression.value}"`;
    case 'number':
      return String(expression.value);
    case 'call':
      return `(${[expression.name, ...expression.args.map(shape)].join(' ')})`;
    case 'member':
      return `${shape(expression.of)}.${expression.name}`;
    case 'index':
      return `${shape(expression.of)}[${shape(expression.index)}]`;
  }
}

describe('strings', () => {
  test.each([
    ["[variables('a')]", true],
    ['[x', false],
    ['x]', false],
    ['[[x]', false],
    ['[]', false],
    ['', false],
    ['[ concat() ]', true],
  ])('%s is an expression: %s', (text, expected) => {
    expect(isExpression(text)).toBe(expected);
  });

  test.each([
    ['[[x]', '[x]'],
    ['[[x', '[[x'],
    ['*/read', '*/read'],
  ])('%s means %s', (text, expected) => {
    expect(unescaped(text)).toBe(expected);
  });
});

test.each([
  ["[concat('a', 'b')]", '(concat "a" "b")'],
  ["[ format ( '{0}' ,\n\t-12 ) ]", '(format "{0}" -12)'],
  ["['it''s']", '"it\'s"'],
  ["['']", '""'],
  ["['''']", '"\'"'],
  ["[parameters('p').ids[0].name]", '(parameters "p").ids[0].name'],
  ["[variables('v')['a']['b']]", '(variables "v")["a"]["b"]'],
  ['[contoso.uniqueName(subscription().id)]', '(contoso.uniqueName (subscription).id)'],
  ['[true()]', '(true)'],
  ["[lambda('x', lambdaVariables('x'))]", '(lambda "x" (lambdaVariables "x"))'],
  ['[1.5]', '1.5'],
])('%s', (text, expected) => {
  const expression = parseExpression(text);
  expect(expression.kind === 'problem' ? expression.message : shape(expression)).toBe(expected);
});

test.each([
  ['[concat(]', 'A value is missing.', 8],
  ["[concat('a']", '"," is missing.', 11],
  ["[concat('a)]", 'A text in an expression is not closed.', 8],
  ['[concat()x]', 'The expression goes on behind its end.', 9],
  ['[concat]', '"(" is missing.', 7],
  ['[a.]', 'A name is missing.', 3],
  ['[a()[1]', '"]" is missing.', 6],
  ['[a() + 1]', 'The expression goes on behind its end.', 5],
  ['[&]', 'The character "&" does not belong here.', 1],
  ["[concat('a' 'b')]", '"," is missing.', 12],
])('%s is refused: %s', (text, message, start) => {
  expect(parseExpression(text)).toMatchObject({ kind: 'problem', message, start });
});

test('places are offsets in the string', () => {
  const text = "[concat('a', variables('b').c)]";
  const expression = parseExpression(text) as Expression & { kind: 'call' };
  const [first, second] = expression.args;
  expect(text.slice(expression.start, expression.end)).toBe("concat('a', variables('b').c)");
  expect(text.slice(first!.start, first!.end)).toBe("'a'");
  expect(text.slice(second!.start, second!.end)).toBe("variables('b').c");
});

test.each([
  ['calls', `[${'a('.repeat(5_000)}${')'.repeat(5_000)}]`],
  ['indexes', `[a()${'[a()'.repeat(3_000)}${']'.repeat(3_000)}]`],
  ['accesses', `[a()${'.b'.repeat(12_000)}]`],
  ['brackets', `[${'['.repeat(20_000)}]`.replace('[[', '[a[')],
  ['characters', `[${'a'.repeat(30_000)}()]`],
])('too many %s are refused, whatever their number', (_, text) => {
  expect(parseExpression(text).kind).toBe('problem');
});
