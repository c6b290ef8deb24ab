import { expect, test } from 'vitest';
import { readJson } from '../../src/input/json.js';
import { lineText, positionAt } from '../../src/input/position.js';

const document = readJson('{\n "a":\r\n\r1,\u{1f600}\u2028x', 'role.json');

test.each([
  { offset: 0, line: 1, column: 1 },
  { offset: 1, line: 1, column: 2 },
  { offset: 2, line: 2, column: 1 },
  { offset: 6, line: 2, column: 5 },
  { offset: 8, line: 2, column: 7 },
  { offset: 9, line: 3, column: 1 },
  { offset: 10, line: 4, column: 1 },
  { offset: 15, line: 4, column: 6 },
])('offset $offset stands at $line:$column', ({ offset, line, column }) => {
  expect(positionAt(document, offset)).toEqual({ line, column });
});

test.each([
  { line: 1, text: '{' },
  { line: 2, text: ' "a":' },
  { line: 3, text: '' },
  { line: 4, text: '1,\u{1f600}\u2028x' },
  { line: 5, text: '' },
])('line $line', ({ line, text }) => {
  expect(lineText(document, line)).toBe(text);
});
