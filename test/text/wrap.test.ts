import { expect, test } from 'vitest';
import { displayWidth } from '../../src/text/display-width.js';
import { wrapped } from '../../src/text/wrap.js';
import { wrapGrant } from '../../src/reporters/access/grant-lines.js';

test.each([
  { text: 'a bb ccc dddd', columns: 5, first: 8, lines: ['a bb ccc', 'dddd'] },
  { text: 'a bb ccc dddd', columns: 8, first: 5, lines: ['a bb', 'ccc dddd'] },
  { text: 'a bb ccc dddd', columns: 6, first: undefined, lines: ['a bb', 'ccc', 'dddd'] },
  {
    text: 'Microsoft.Compute/virtualMachines/read',
    columns: 10,
    first: 10,
    lines: ['Microsoft.Compute/virtualMachines/read'],
  },
  { text: 'a bb', columns: undefined, first: undefined, lines: ['a bb'] },
])('"$text" in $columns columns, $first in the first line', ({ text, columns, first, lines }) => {
  expect(wrapped(text, columns, first)).toEqual(lines);
});

test('what a grant covers stands further in from its second line on, and wide characters count twice', () => {
  const lines = wrapGrant('名前 Größe '.repeat(12).trim(), 48);
  expect(lines.slice(0, 2)).toEqual([
    '  名前 Größe 名前 Größe 名前 Größe 名前 Größe',
    '    名前 Größe 名前 Größe 名前 Größe 名前 Größe',
  ]);
  expect(Math.max(...lines.map(displayWidth))).toBeLessThanOrEqual(48);
});
