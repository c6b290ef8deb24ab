import { expect, test } from 'vitest';
import { jsonPieces } from '../../src/text/json-pieces.js';
import { jsonText } from '../../src/text/json-text.js';

const shared = {
  operations: Array.from({ length: 200 }, (_, at) => `Microsoft.Compute/virtualMachines/${at}/read`),
};

test.each<[string, object]>([
  ['nothing', {}],
  ['empty lists', { results: [], identities: [{}], errors: [[]] }],
  [
    'what is undefined',
    { version: 1, missing: undefined, results: [{ a: undefined }, undefined, null, 1, 'x'] },
  ],
  [
    'lists in lists and objects in objects',
    { results: [{ a: [1, { b: [] }], c: { d: { e: null } } }, [[1], { f: 2 }]] },
  ],
  ['one object in many places', { results: [{ shared }, { shared, again: shared }], shared, more: [shared] }],
  [
    'what strangers wrote',
    { __proto__x: 1, results: [{ ['\u001b[31m']: '##[command]\n::error::\u202e' }, '\ud800', '##vso[x]'] },
  ],
  [
    'getters',
    {
      results: [
        {
          get because() {
            return [{ operations: 2 }];
          },
        },
      ],
    },
  ],
])('%s: the pieces are the text', (_, value) => {
  expect([...jsonPieces(value)].join('')).toBe(jsonText(value));
});

test('what a generator gives is a list, asked for entry by entry', () => {
  const results = [{ a: [1, { b: [] }], c: { d: 'x\ny' } }, [], {}, null, 1, [[{ e: undefined }]]];
  function* given(): Generator<unknown> {
    yield* results;
  }
  function* nothing(): Generator<unknown> {}
  const text = [...jsonPieces({ results: given(), none: nothing() })].join('');
  expect(text).toBe(jsonText({ results, none: [] }));
});

test('a long report comes in many pieces, none much longer than its longest property', () => {
  const results = Array.from({ length: 100 }, (_, at) => ({ name: `client ${at}`, excess: shared }));
  const pieces = [...jsonPieces({ version: 1, results })];
  expect(pieces.length).toBeGreaterThan(10);
  expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThan(100_000);
  expect(JSON.parse(pieces.join(''))).toEqual({ version: 1, results });
});
