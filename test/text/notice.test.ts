import { expect, test } from 'vitest';
import { formatNotice } from '../../src/reporters/lint/reporters.js';

test.each([
  {
    notice: {
      code: 'comments-tolerated',
      message: 'It has comments.',
      file: 'roles/a.json',
      line: 3,
      column: 1,
    },
    line: 'roles/a.json:3:1  notice  It has comments. (comments-tolerated)',
  },
  {
    notice: {
      code: 'not-an-azure-role',
      message: 'This is a Cosmos DB role definition.',
      file: 'roles/cosmos.json',
    },
    line: 'roles/cosmos.json  notice  This is a Cosmos DB role definition. (not-an-azure-role)',
  },
  {
    notice: { code: 'built-in-skipped', message: '3 built-in role definitions were not linted.' },
    line: 'notice  3 built-in role definitions were not linted. (built-in-skipped)',
  },
])('$line', ({ notice, line }) => {
  expect(formatNotice(notice)).toBe(line);
});
