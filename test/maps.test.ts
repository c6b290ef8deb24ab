import { expect, test } from 'vitest';
import { append, getOrInsert } from '../src/maps.js';

test('a value is made once for each key', () => {
  const lengths = new Map<string, number[]>();
  const made = (text: string): number[] => getOrInsert(lengths, text, () => [text.length]);
  expect(made('Reader')).toBe(made('Reader'));
  expect([made('Owner'), lengths.size]).toEqual([[5], 2]);
});

test('items are kept by key, in the order in which they came', () => {
  const rolesOf = new Map<string, string[]>();
  append(rolesOf, 'Ada', 'Reader');
  append(rolesOf, 'Ben', 'Owner');
  append(rolesOf, 'Ada', 'Contributor');
  expect([...rolesOf]).toEqual([
    ['Ada', ['Reader', 'Contributor']],
    ['Ben', ['Owner']],
  ]);
});
