import { expect, test } from 'vitest';
import { fillMessage } from '../../../src/lint/engine/message.js';

test.each([
  ['Role "{role}" has {count}.', { count: 3 }, 'Role "Reader" has 3.'],
  ['{operations}.', { operations: ['a/read', 'b/read'] }, 'a/read, b/read.'],
  ['{operations}.', { operations: [] }, '.'],
  ['through "{patterns}".', { patterns: ['*', '*/read'] }, 'through "*", "*/read".'],
  ['{role}', { role: 'Writer' }, 'Writer'],
  ['{unknown} {__proto__} {toString}', {}, '{unknown} {__proto__} {toString}'],
  ['{action} {action}', { action: '$& {role} $1' }, '$& {role} $1 $& {role} $1'],
  ['${action} {{action}}', { action: 'x' }, '$x {x}'],
])('%s with %j reads %s', (template, evidence, message) => {
  expect(fillMessage(template, evidence as never, { role: 'Reader' })).toBe(message);
});

test('of a long list the first 20 are named and the rest counted', () => {
  const operations = Array.from({ length: 25 }, (_, i) => `p/${i}/read`);
  expect(fillMessage('{operations}', { operations }, {})).toMatch(/^p\/0\/read, .*, p\/19\/read and 5 more$/);
});

test('a long value is cut, never within a character', () => {
  const message = fillMessage('{action}', { action: `${'a'.repeat(399)}\u{1f511}${'b'.repeat(400)}` }, {});
  expect(message).toBe(`${'a'.repeat(399)}…`);
});
