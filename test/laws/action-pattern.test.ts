import fc from 'fast-check';
import { expect, test } from 'vitest';
import { actionKey } from '../../src/rbac/model/action-key.js';
import type { ActionEntry } from '../../src/rbac/model/role-definition.js';
import { foldCase, matchesAction, splitAtStar } from '../../src/rbac/permissions/action-pattern.js';
import { OperationIndex } from '../../src/rbac/permissions/operation-index.js';
import { PatternList } from '../../src/rbac/permissions/pattern-list.js';
import { shippedCatalog } from '../shipped-catalog.js';
import { definition } from './reference.js';
import { portion, runs } from '../portion.js';

// With letters whose other case is no ASCII letter, or is one: É, ſ, and the signs of kelvin and angstrom.
const odd = fc.constantFrom(...'aabBkKsS//..*?[]{}()!#+@|\\-^~$&:\'"<>%1 ,éÉſ\u212aÅ\u212b'.split(''));
const pattern = fc
  .array(fc.oneof(odd, fc.constantFrom('/*/', '*', '/', 'a')), { maxLength: 10 })
  .map(parts => parts.join(''));

/** Strings made from the pattern, so that about half of them match. */
const patternAndText = fc
  .tuple(pattern, fc.array(fc.array(odd, { maxLength: 3 }), { minLength: 12, maxLength: 12 }), fc.boolean())
  .map(([glob, runs, fromPattern]): [string, string] => {
    if (!fromPattern) return [glob, runs.slice(0, 3).flat().join('')];
    let i = 0;
    return [glob, glob.replace(/\*/g, () => (runs[i++ % runs.length] ?? []).join('')).replace('//', '/')];
  });

test('minimatch with our recipe decides as the definition does', () => {
  let matched = 0;
  fc.assert(
    fc.property(patternAndText, ([glob, text]) => {
      const expected = definition(foldCase(glob)).test(foldCase(text));
      if (expected) matched++;
      expect(matchesAction(glob, text)).toBe(expected);
    }),
    runs({ whole: 20_000, part: 2_000 }),
  );
  expect(matched).toBeGreaterThan(portion({ whole: 5_000, part: 500 }));
});

test('head and tail of a pattern with one star decide as minimatch does', () => {
  fc.assert(
    fc.property(patternAndText, ([glob, text]) => {
      const split = splitAtStar(foldCase(glob));
      if (split === undefined) return;
      const lower = foldCase(text);
      const bySplit =
        lower.length >= split.shortest && lower.startsWith(split.head) && lower.endsWith(split.tail);
      expect(bySplit).toBe(matchesAction(glob, text));
    }),
    runs({ whole: 10_000, part: 1_500 }),
  );
});

const names = [...shippedCatalog.operations].map(operation => operation.name);
const lowerNames = names.map(name => name.toLowerCase());

/** Patterns made by replacing parts of real operations by stars, whole segments or not. */
const catalogPattern = fc
  .tuple(
    fc.nat(names.length - 1),
    fc.array(fc.tuple(fc.nat(200), fc.nat(40), fc.boolean()), { minLength: 1, maxLength: 3 }),
  )
  .map(([index, cuts]) => cuts.reduce(starInto, names[index]!));

function starInto(text: string, [at, length, wholeSegment]: [number, number, boolean]): string {
  if (!wholeSegment) return `${text.slice(0, at % text.length)}*${text.slice((at % text.length) + length)}`;
  const segments = text.split('/');
  segments.splice(at % segments.length, 1 + (length % 3), '*');
  return segments.join('/');
}

test('an end alone finds what the definition finds, the hundredth time as the first', () => {
  const index = new OperationIndex(shippedCatalog);
  const ends = fc.tuple(fc.nat(names.length - 1), fc.nat(60), fc.constantFrom('', 'x', '/'));
  fc.assert(
    fc.property(fc.array(ends, { minLength: 250, maxLength: 250 }), cut => {
      for (const [i, length, before] of cut) {
        const glob = `*${before}${names[i]!.slice(-length - 1)}`;
        const rule = definition(glob.toLowerCase());
        const expected = lowerNames.flatMap((name, at) => (rule.test(name) ? [at] : []));
        expect([...index.expand(glob)]).toEqual(expected);
      }
    }),
    { numRuns: 1 },
  );
});

test('the index expands as the definition tried on every operation', () => {
  const index = new OperationIndex(shippedCatalog);
  fc.assert(
    fc.property(catalogPattern, glob => {
      const rule = definition(glob.toLowerCase());
      const expected = lowerNames.flatMap((name, i) => (rule.test(name) ? [i] : []));
      expect([...index.expand(glob)]).toEqual(expected);
    }),
    runs({ whole: 300, part: 30 }),
  );
});

test('what a pattern without a head expands to does not depend on how many came before', () => {
  // More than a hundred, from which on another way finds them.
  const tails = [...new Set(names.map(name => name.toLowerCase().slice(name.indexOf('/'))))].slice(
    0,
    portion({ whole: 300, part: 120 }),
  );
  const index = new OperationIndex(shippedCatalog);
  for (const tail of [...tails, '/read', '/nowhere']) {
    const expected = lowerNames.flatMap((name, i) => (name.endsWith(tail) ? [i] : []));
    expect([...index.expand(`*${tail}`)], tail).toEqual(expected);
  }
});

test('a list of patterns finds an entry exactly when one of them covers the operation', () => {
  fc.assert(
    fc.property(
      fc.array(catalogPattern, { maxLength: 6 }),
      fc.array(fc.nat(names.length - 1)),
      (globs, picks) => {
        const list = new PatternList(globs.map(entryOf));
        for (const name of [...picks.map(pick => names[pick]!), ...globs]) {
          const expected = globs.some(glob => definition(glob.toLowerCase()).test(name.toLowerCase()));
          expect(list.find(name) !== undefined).toBe(expected);
        }
      },
    ),
    runs({ whole: 500, part: 60 }),
  );
});

test('a list of one pattern decides as the pattern without blanks around it, whatever the letters', () => {
  fc.assert(
    fc.property(patternAndText, ([glob, text]) => {
      const found = new PatternList([entryOf(glob)]).find(text) !== undefined;
      expect(found).toBe(matchesAction(glob.trim(), text));
    }),
    runs({ whole: 10_000, part: 1_500 }),
  );
});

function entryOf(text: string): ActionEntry {
  const document = { file: '-', text: '', root: undefined, comments: [], tolerated: [], syntaxProblems: [] };
  const at = { document, pointer: '', range: undefined };
  return { text, key: actionKey(text), list: 'actions', permissionIndex: 0, at };
}
