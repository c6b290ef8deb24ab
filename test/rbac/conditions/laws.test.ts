import fc from 'fast-check';
import { expect, test } from 'vitest';
import { admittedValues, holdsValue } from '../../../src/rbac/conditions/admitted-values.js';
import { evaluateCondition } from '../../../src/rbac/conditions/evaluate-condition.js';
import type { AttributeKnowledge, Knowledge } from '../../../src/rbac/conditions/knowledge.js';
import { outcomeFor } from '../../../src/rbac/conditions/outcome.js';
import { guids, randomAttributes, randomCondition } from './random-condition.js';
import { holds, type World } from './reference.js';
import { portion, runs } from '../../portion.js';

const domains = new Map<string, readonly (readonly string[] | null)[]>([
  ['text', [null, [], ['a'], ['ab'], ['A'], ['B', 'a'], ['']]],
  ['number', [null, [], ['1'], ['2'], ['4'], ['1', '3']]],
  ['id', [null, [], [guids[0]!], [guids[1]!.toUpperCase()], [guids[0]!, guids[2]!]]],
]);
const subOperations = [null, 'Blob.List', 'Other'];
const actions = ['A/b/read', 'a/B/write', 'C'];

/** Picks from each list by its number. */
function worldOf(action: number, subOperation: number, picks: readonly number[]): World {
  return {
    action: actions[action]!,
    subOperation: subOperations[subOperation]!,
    attributes: new Map([...domains].map(([name, domain], i) => [name, domain[picks[i]! % domain.length]!])),
  };
}

const world = fc
  .tuple(
    fc.nat(actions.length - 1),
    fc.nat(subOperations.length - 1),
    fc.array(fc.nat(1_000), { minLength: 3, maxLength: 3 }),
  )
  .map(picked => worldOf(...picked));

function knowing(world: World, hidden: ReadonlySet<string>): Knowledge {
  return {
    action: world.action,
    subOperation: hidden.has('subOperation') ? undefined : world.subOperation,
    attribute(_, path): AttributeKnowledge {
      const values = world.attributes.get(path);
      if (hidden.has(path) || values === undefined) return { kind: 'unknown' };
      return values === null ? { kind: 'absent' } : { kind: 'values', values };
    },
  };
}

/** All worlds that differ from one in what is hidden only. */
function completions(world: World, hidden: ReadonlySet<string>): World[] {
  let worlds = [world];
  for (const [name, domain] of domains) {
    if (!hidden.has(name)) continue;
    worlds = worlds.flatMap(one =>
      domain.map(values => ({ ...one, attributes: new Map(one.attributes).set(name, values) })),
    );
  }
  if (!hidden.has('subOperation')) return worlds;
  return worlds.flatMap(one => subOperations.map(subOperation => ({ ...one, subOperation })));
}

/** What it may come to, whatever becomes of what has no meaning. */
function possibilities(expression: Parameters<typeof holds>[0], worlds: readonly World[]): Set<string> {
  return new Set(
    worlds.flatMap(one => [true, false].map(oddly => String(holds(expression, one, () => oddly)))),
  );
}

test('where all is known, it comes to what the reference says', () => {
  let odd = 0;
  let total = 0;
  fc.assert(
    fc.property(randomCondition, world, (expression, one) => {
      let isOdd = false;
      const expected = holds(expression, one, () => {
        isOdd = true;
        return true;
      });
      total++;
      if (isOdd) odd++;
      else expect(evaluateCondition(expression, knowing(one, new Set()))).toBe(String(expected));
    }),
    runs({ whole: 10_000, part: 1_000 }),
  );
  expect(odd).toBeLessThan(total / 2);
});

const hidden = fc.subarray(['text', 'number', 'id', 'subOperation']).map(names => new Set(names));

test('what is true or false is so whatever the unknown is', () => {
  const seen = new Map<string, number>();
  fc.assert(
    fc.property(randomCondition, world, hidden, (expression, one, unknown) => {
      const truth = evaluateCondition(expression, knowing(one, unknown));
      seen.set(truth, (seen.get(truth) ?? 0) + 1);
      if (truth === 'unknown') return;
      expect([...possibilities(expression, completions(one, unknown))]).toEqual([truth]);
    }),
    runs({ whole: 3_000, part: 500 }),
  );
  expect(Math.min(...seen.values())).toBeGreaterThan(portion({ whole: 300, part: 50 }));
});

test('admitted values agree with trying all of them', () => {
  const tried = new Map<string, readonly string[]>([
    ['text', ['a', 'b', 'A', 'B', 'ab', 'aB', 'AB', 'abc', '', 'a*', '?', 'z', 'Z']],
    ['number', ['0', '1', '2', '3', '4']],
    ['id', [...guids, 'ffffffff-aaaa-bbbb-cccc-1234567890ab']],
  ]);
  let exact = 0;
  fc.assert(
    fc.property(
      randomCondition,
      world,
      hidden,
      fc.constantFrom(...randomAttributes),
      (expression, one, unknown, [source, path]) => {
        const knowledge = knowing(one, unknown);
        const { definite, possible, patterns, ignoresCase } = admittedValues(expression, knowledge, {
          source,
          path,
        });
        for (const value of tried.get(path)!) {
          const assumed: Knowledge = {
            ...knowledge,
            attribute: (s, p, operator) =>
              p === path ? { kind: 'values', values: [value] } : knowledge.attribute(s, p, operator),
          };
          const truth = evaluateCondition(expression, assumed);
          const [isCertain, isPossible] = [definite, possible].map(set =>
            ignoresCase
              ? holdsValue(
                  { ...set, values: set.values.map(text => text.toLowerCase()) },
                  value.toLowerCase(),
                )
              : holdsValue(set, value),
          );
          if (isCertain) expect(truth).toBe('true');
          if (!isPossible) expect(truth).toBe('false');
          if (patterns.length > 0 || path === 'text') continue;
          exact++;
          expect([isCertain, isPossible]).toEqual([truth === 'true', truth !== 'false']);
        }
      },
    ),
    runs({ whole: 10_000, part: 1_000 }),
  );
  expect(exact).toBeGreaterThan(portion({ whole: 10_000, part: 1_000 }));
});

test('an outcome holds in all worlds', () => {
  const seen = new Map<string, number>();
  fc.assert(
    fc.property(randomCondition, fc.constantFrom(...actions), (expression, action) => {
      const outcome = outcomeFor(expression, action);
      seen.set(outcome, (seen.get(outcome) ?? 0) + 1);
      if (outcome === 'depends') return;
      const worlds = completions(
        worldOf(actions.indexOf(action), 0, [0, 0, 0]),
        new Set([...domains.keys(), 'subOperation']),
      );
      // Several values at once have no meaning without a quantifier: no outcome is meant for them.
      const meant = worlds.filter(one => {
        let isOdd = false;
        holds(expression, one, () => (isOdd = true));
        return !isOdd;
      });
      expect([...possibilities(expression, meant)]).toEqual([outcome === 'always' ? 'true' : 'false']);
    }),
    runs({ whole: 1_500, part: 200 }),
  );
  expect(Math.min(...seen.values())).toBeGreaterThan(portion({ whole: 30, part: 5 }));
});
