import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Bitset } from '../../../src/rbac/permissions/bitset.js';

const capacity = 200;
const number = fc.nat(capacity - 1);
const range = fc.tuple(number, number).map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const);

/** Changes made to a bitset and to a set of numbers alike. */
const change = fc.oneof(
  fc.record({ kind: fc.constant('add' as const), bit: number }),
  fc.record({ kind: fc.constant('remove' as const), bit: number }),
  fc.record({ kind: fc.constant('addRange' as const), range }),
);
const changes = fc.array(change, { maxLength: 20 });

function build(
  list: readonly (typeof change extends fc.Arbitrary<infer Change> ? Change : never)[],
): [Bitset, Set<number>] {
  const bits = new Bitset(capacity);
  const numbers = new Set<number>();
  for (const each of list) {
    if (each.kind === 'addRange') {
      bits.addRange(...each.range);
      for (let bit = each.range[0]; bit < each.range[1]; bit++) numbers.add(bit);
    } else {
      bits[each.kind](each.bit);
      numbers[each.kind === 'add' ? 'add' : 'delete'](each.bit);
    }
  }
  return [bits, numbers];
}

test('a bitset holds what a set of numbers holds', () => {
  fc.assert(
    fc.property(changes, list => {
      const [bits, numbers] = build(list);
      expect([...bits]).toEqual([...numbers].sort((a, b) => a - b));
      expect([bits.size, bits.isEmpty]).toEqual([numbers.size, numbers.size === 0]);
    }),
    { numRuns: 2_000 },
  );
});

test('union, difference, intersection and comparisons agree with sets of numbers', () => {
  fc.assert(
    fc.property(changes, changes, (left, right) => {
      const [a, inA] = build(left);
      const [b, inB] = build(right);
      const after = (change: (copy: Bitset) => void): number[] => {
        const copy = a.clone();
        change(copy);
        return [...copy];
      };
      const sorted = (numbers: Iterable<number>): number[] => [...numbers].sort((x, y) => x - y);
      expect(after(copy => copy.addAll(b))).toEqual(sorted(new Set([...inA, ...inB])));
      expect(after(copy => copy.removeAll(b))).toEqual(sorted([...inA].filter(bit => !inB.has(bit))));
      expect(after(copy => copy.keepAll(b))).toEqual(sorted([...inA].filter(bit => inB.has(bit))));
      expect(a.isSubsetOf(b)).toBe([...inA].every(bit => inB.has(bit)));
      expect(a.intersects(b)).toBe([...inA].some(bit => inB.has(bit)));
      expect(a.equals(b)).toBe(inA.size === inB.size && [...inA].every(bit => inB.has(bit)));
    }),
    { numRuns: 2_000 },
  );
});

test('what is added twice is noted, and what was there before stays', () => {
  fc.assert(
    fc.property(changes, changes, changes, (left, right, noted) => {
      const [a, inA] = build(left);
      const [b, inB] = build(right);
      const [repeated, inRepeated] = build(noted);
      a.addAllNoting(b, repeated);
      const sorted = (numbers: Iterable<number>): number[] => [...numbers].sort((x, y) => x - y);
      const both = [...inA].filter(bit => inB.has(bit));
      expect([...a]).toEqual(sorted(new Set([...inA, ...inB])));
      expect([...repeated]).toEqual(sorted(new Set([...inRepeated, ...both])));
      expect(a.sharedWith(b)).toBe(inB.size);
    }),
    { numRuns: 500 },
  );
});

test.each([32, 40, 64])(
  'of %i numbers, the last one comes and goes, and nothing lies behind it',
  capacity => {
    const bits = new Bitset(capacity);
    bits.add(capacity - 1);
    expect([...bits]).toEqual([capacity - 1]);
    expect([bits.size, bits.isEmpty]).toEqual([1, false]);
    expect(bits.isSubsetOf(new Bitset(capacity))).toBe(false);
    bits.remove(capacity - 1);
    expect([...bits]).toEqual([]);
    expect([bits.size, bits.isEmpty]).toEqual([0, true]);
    expect(bits.isSubsetOf(new Bitset(capacity))).toBe(true);
  },
);

test('a set of words holds their bits, and a change of the words changes nothing', () => {
  const words = Uint32Array.of(0b101, 0, 0x80000000);
  const bits = Bitset.of(96, words);
  words.fill(0);
  expect([...bits]).toEqual([0, 2, 95]);
});

test.each([
  { start: 0, end: 0, numbers: [] },
  { start: 5, end: 5, numbers: [] },
  { start: 6, end: 5, numbers: [] },
  { start: 30, end: 34, numbers: [30, 31, 32, 33] },
  { start: 31, end: 32, numbers: [31] },
  { start: 32, end: 33, numbers: [32] },
])('the range from $start to $end is $numbers', ({ start, end, numbers }) => {
  const bits = new Bitset(40);
  bits.addRange(start, end);
  expect([...bits]).toEqual(numbers);
});
