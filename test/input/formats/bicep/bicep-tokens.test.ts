import { describe, expect, test } from 'vitest';
import { tokensOf } from '../../../../src/input/formats/bicep/bicep-tokens.js';

function shown(text: string): string[] {
  const { tokens } = tokensOf(text);
  return tokens
    .slice(0, -1)
    .map(({ kind, value }) => (kind === 'sign' ? value : `${kind} ${JSON.stringify(value)}`));
}

test.each([
  ["var a = 'x'", ['name "var"', 'name "a"', '=', 'text "x"']],
  ["'it\\'s \\${x} \\u{1F600}'", ['text "it\'s ${x} 😀"']],
  ["'a${b}c${d}e'", ['text-left "a"', 'name "b"', 'text-middle "c"', 'name "d"', 'text-right "e"']],
  [
    "'${{a: '}'}.a}'",
    ['text-left ""', '{', 'name "a"', ':', 'text "}"', '}', '.', 'name "a"', 'text-right ""'],
  ],
  ["'''\n  a '' ${b}\n'''", ['text "  a \'\' ${b}\\n"']],
  ["'''a''''", ['text "a\'"']],
  ["''''''", ['text ""']],
  ["$'''a ${b} c'''", ['text-left "a "', 'name "b"', 'text-right " c"']],
  ["$$'''a ${b} $${c}'''", ['text-left "a ${b} "', 'name "c"', 'text-right ""']],
  ['a ?? b.?c', ['name "a"', '??', 'name "b"', '.', '?', 'name "c"']],
  ['a => b =~ c !~ d', ['name "a"', '=>', 'name "b"', '=~', 'name "c"', '!~', 'name "d"']],
  ['#disable-next-line no-unused-vars\nvar', ['new-line "\\n"', 'name "var"']],
  ['a // b\n/* c\n*/ d', ['name "a"', 'new-line "\\n"', 'name "d"']],
  ['a\r\n\r\nb', ['name "a"', 'new-line "\\r\\n\\r\\n"', 'name "b"']],
])('%j', (text, tokens) => {
  expect(shown(text)).toEqual(tokens);
});

test('comments are kept', () => {
  expect(tokensOf('a // b\n/* c */').comments).toEqual([
    { start: 2, end: 6, text: '// b' },
    { start: 7, end: 14, text: '/* c */' },
  ]);
});

describe('what is not closed', () => {
  test.each([
    ["'abc\nvar", 'A string is not closed.', ['text "abc"', 'new-line "\\n"', 'name "var"']],
    ["'''abc", 'A string is not closed.', ['text "abc"']],
    ['/* abc', 'A comment is never closed.', []],
    ["'a\\q'", 'A string holds a backslash before a character that needs none.', ['text "a\\\\q"']],
  ])('%j', (text, message, tokens) => {
    expect(shown(text)).toEqual(tokens);
    expect(tokensOf(text).problems.map(problem => problem.message)).toEqual([message]);
  });
});
