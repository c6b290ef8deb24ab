import fc from 'fast-check';
import { expect, test } from 'vitest';
import { guidOf } from '../../../src/rbac/model/guid.js';
import { GuidTable } from '../../../src/tenant/snapshot/guid-table.js';

const guid = '7f951dda-4ed3-4680-a7ca-43fe172d538d';

test('the same GUID has the same number, however it is written', () => {
  const table = new GuidTable();
  const written = [guid, guid.toUpperCase(), guid.replaceAll('-', ''), `x/${guid}`];
  const numbers = written.map(text => table.add(text, text.lastIndexOf('/') + 1));
  expect(numbers).toEqual([0, 0, 0, 0]);
  expect(table.add(guid.replace('7', '8'))).toBe(1);
  expect([0, 1].map(number => table.text(number))).toEqual([guid, guid.replace('7', '8')]);
});

test.each([
  '',
  '7',
  guid.slice(1),
  guid.replace('d', 'g'),
  guid.replace('d', 'ń'),
  guid.replace('-', '0'),
  `${guid.replaceAll('-', '').slice(4)}----`,
  `${guid.slice(0, 13)}${guid.slice(14)}0`,
])('%j is none', text => {
  expect(new GuidTable().add(text)).toBe(-1);
});

test('it takes for a GUID what is one, and knows which were there', () => {
  const hex = fc.stringMatching(
    /^[0-9a-fA-F]{8}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{12}$/,
  );
  const damaged = fc.tuple(hex, fc.nat(40), fc.string({ maxLength: 1, unit: 'grapheme' }));
  const texts = fc.array(
    fc.oneof(
      hex,
      damaged.map(([text, at, by]) => text.slice(0, at) + by + text.slice(at + 1)),
    ),
  );
  fc.assert(
    fc.property(texts, all => {
      const table = new GuidTable();
      const known: string[] = [];
      for (const text of all) {
        const expected = guidOf(text);
        if (expected !== undefined && !known.includes(expected)) known.push(expected);
        expect(table.add(text)).toBe(expected === undefined ? -1 : known.indexOf(expected));
      }
      expect(known.map((_, number) => table.text(number))).toEqual(known);
    }),
  );
});

test('100,000 GUIDs that differ in few bits are told apart', () => {
  const table = new GuidTable();
  const texts = Array.from(
    { length: 100_000 },
    (_, at) => `${at.toString(16).padStart(8, '0')}${guid.slice(8)}`,
  );
  expect([...texts, ...texts].map(text => table.add(text)).slice(100_000)).toEqual(texts.map((_, at) => at));
  expect(table.text(99_999)).toBe(texts.at(-1));
});
