import { expect, test } from 'vitest';
import { cyclesIn } from '../../../src/tenant/snapshot/cycles.js';

function circles(edges: Readonly<Record<string, readonly string[]>>): string[] {
  return cyclesIn(new Map(Object.entries(edges))).map(([first]) => first!);
}

test.each([
  [{ a: ['b'], b: ['c'], c: [] }, []],
  [{ a: ['a'] }, ['a']],
  [{ a: ['b', 'c'], b: ['d'], c: ['d'], d: [] }, []],
  [{ a: ['b'], b: ['a'] }, ['a']],
  [{ x: ['a'], a: ['b'], b: ['c', 'y'], c: ['a'], y: [] }, ['a']],
  [{ a: ['b'], b: ['a', 'c'], c: ['d'], d: ['c'] }, ['c', 'a']],
  [{ a: ['b', 'c'], b: ['a'], c: ['a'] }, ['a']],
  [{ a: ['lost'], b: ['a', 'lost'] }, []],
])('of %j: %j', (edges, expected) => {
  expect(circles(edges)).toEqual(expected);
});

test('a circle through 200,000 nodes needs no recursion', () => {
  const edges = new Map(
    Array.from({ length: 200_000 }, (_, at) => [`${at}`, [`${(at + 1) % 200_000}`, '0']]),
  );
  const [circle] = cyclesIn(edges);
  expect([circle?.length, circle?.[0]]).toEqual([200_000, '0']);
});
