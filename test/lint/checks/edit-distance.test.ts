import fc from 'fast-check';
import { expect, test } from 'vitest';
import { editDistance, letterParity, mayBeNear } from '../../../src/lint/checks/edit-distance.js';
import { runs } from '../../portion.js';

test.each([
  { a: 'read', b: 'read', distance: 0 },
  { a: 'read', b: 'raed', distance: 1 },
  { a: 'read', b: 'red', distance: 1 },
  { a: 'read', b: 'reads', distance: 1 },
  { a: 'read', b: 'road', distance: 1 },
  { a: 'write', b: 'wirtte', distance: 2 },
  { a: 'read', b: '', distance: 3 },
  { a: 'read', b: 'action', distance: 3 },
])('from $a to $b: $distance', ({ a, b, distance }) => {
  expect(editDistance(a, b, 2)).toBe(distance);
});

test('agrees with the whole table of the definition', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 9 });
  fc.assert(
    fc.property(text, text, (a, b) => {
      expect(editDistance(a, b, 2)).toBe(Math.min(byTable(a, b), 3));
    }),
    runs({ whole: 5_000, part: 1_000 }),
  );
});

test('parities never rule out what is near', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c', '/', '.'), maxLength: 9 });
  fc.assert(
    fc.property(text, text, fc.constantFrom(1, 2), (a, b, most) => {
      fc.pre(byTable(a, b) <= most);
      expect(mayBeNear(letterParity(a), letterParity(b), most)).toBe(true);
    }),
    { numRuns: 2_000 },
  );
});

test('parities rule out what differs by many letters', () => {
  expect(mayBeNear(letterParity('read'), letterParity('write'), 2)).toBe(false);
});

/** Optimal string alignment by its recurrence. */
function byTable(a: string, b: string): number {
  const table = Array.from({ length: a.length + 1 }, (_, i) =>
    Array.from({ length: b.length + 1 }, (__, j) => (i === 0 ? j : j === 0 ? i : 0)),
  );
  for (let i = 1; i <= a.length; i++) {
    for (let j = 1; j <= b.length; j++) {
      const change = table[i - 1]![j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swap =
        i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
          ? table[i - 2]![j - 2]! + 1
          : Infinity;
      table[i]![j] = Math.min(change, swap, table[i - 1]![j]! + 1, table[i]![j - 1]! + 1);
    }
  }
  return table[a.length]![b.length]!;
}
