import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { JsonArray, JsonObject } from '../../../src/input/json-node.js';
import { readJson } from '../../../src/input/json.js';
import { placeOfNewList } from '../../../src/lint/fix/new-list-place.js';
import { appendItems, applyEdits, insertList, removeItems } from '../../../src/lint/fix/text-edit.js';
import { runs } from '../../portion.js';

function arrayOf(text: string): { document: ReturnType<typeof readJson>; array: JsonArray } {
  const document = readJson(text, 'role.json');
  return { document, array: document.root as JsonArray };
}

function without(text: string, ...removed: number[]): string {
  const { document, array } = arrayOf(text);
  return applyEdits(
    text,
    removeItems(document, array, item => removed.includes(Number(item.key))),
  );
}

describe('removing items', () => {
  test.each([
    { name: 'the first of a line', text: '["a", "b", "c"]', removed: [0], left: '["b", "c"]' },
    { name: 'the first of a line, before a tab', text: '["a",\t"b"]', removed: [0], left: '["b"]' },
    { name: 'the last of a line, behind a tab', text: '["a",\t"b"]', removed: [1], left: '["a"]' },
    { name: 'the last of a line', text: '["a", "b", "c"]', removed: [2], left: '["a", "b"]' },
    { name: 'the last two of a line', text: '["a", "b", "c"]', removed: [1, 2], left: '["a"]' },
    { name: 'all', text: '["a", "b"]', removed: [0, 1], left: '[]' },
    {
      name: 'a line of its own',
      text: '[\n  "a",\n  "b",\n  "c"\n]',
      removed: [1],
      left: '[\n  "a",\n  "c"\n]',
    },
    { name: 'the last line', text: '[\n  "a",\n  "b"\n]', removed: [1], left: '[\n  "a"\n]' },
    {
      name: 'the last line before a trailing comma',
      text: '[\n  "a",\n  "b",\n]',
      removed: [1],
      left: '[\n  "a",\n]',
    },
    {
      name: 'lines that end in CR LF',
      text: '[\r\n  "a",\r\n  "b"\r\n]',
      removed: [0],
      left: '[\r\n  "b"\r\n]',
    },
    {
      name: 'the last of a line that more lines follow',
      text: '["a", "b",\n  "c"]',
      removed: [1],
      left: '["a", \n  "c"]',
    },
    {
      name: 'a line that tabs indent',
      text: '[\n\t"a",\n\t"b",\n\t"c"\n]',
      removed: [1],
      left: '[\n\t"a",\n\t"c"\n]',
    },
    { name: 'lines that end in CR', text: '[\r  "a",\r  "b"\r]', removed: [0], left: '[\r  "b"\r]' },
    {
      name: 'a line with a remark, which stays',
      text: '[\n  "a", // needed, for x\n  "b"\n]',
      removed: [0],
      left: '[\n  // needed, for x\n  "b"\n]',
    },
    {
      name: 'an item whose comma stands behind a comment',
      text: '["a" /* one, two */, "b"]',
      removed: [0],
      left: '[ /* one, two */ "b"]',
    },
    {
      name: 'the last item behind a remark with a comma in it',
      text: '[\n  "a", // one, two\n  "b"\n]',
      removed: [1],
      left: '[\n  "a" // one, two\n]',
    },
  ])('$name', ({ text, removed, left }) => {
    expect(without(text, ...removed)).toBe(left);
  });
});

test('of edits at one place what is put in comes before what takes the place of something', () => {
  const edits = [
    { start: 1, end: 2, text: 'x' },
    { start: 3, end: 3, text: 'z' },
    { start: 1, end: 1, text: 'y' },
  ];
  expect(applyEdits('abc', edits)).toBe('ayxcz');
  expect(() => applyEdits('abc', [...edits, { start: 0, end: 2, text: '' }])).toThrow('overlap');
});

describe('appending items', () => {
  test.each([
    { name: 'to an empty list', text: '[]', left: '["x"]' },
    { name: 'to a list on one line', text: '["a"]', left: '["a", "x"]' },
    { name: 'to lines that tabs indent', text: '[\n\t"a"\n]', left: '[\n\t"a",\n\t"x"\n]' },
    { name: 'to a list on lines', text: '[\n  "a"\n]', left: '[\n  "a",\n  "x"\n]' },
    { name: 'behind a trailing comma', text: '[\n  "a",\n]', left: '[\n  "a",\n  "x",\n]' },
    { name: 'behind a remark', text: '[\n  "a" // why\n]', left: '[\n  "a", // why\n  "x"\n]' },
    {
      name: 'behind a remark on several on a line',
      text: '  ["a", "b" // why\n  ]',
      left: '  ["a", "b", // why\n  "x"\n  ]',
    },
    {
      name: 'behind several remarks',
      text: '[\n  "a", /* one */ // two\n]',
      left: '[\n  "a", /* one */ // two\n  "x",\n]',
    },
    { name: 'to lines that end in CR', text: '[\r  "a"\r]', left: '[\r  "a",\r  "x"\r]' },
  ])('$name', ({ text, left }) => {
    const { document, array } = arrayOf(text);
    expect(applyEdits(text, appendItems(document, array, ['x']))).toBe(left);
  });
});

test.each([
  {
    name: 'DataActions',
    left: '{\n  // what it may do\n  "Actions": ["a"],\n  "DataActions": ["x"]\n}',
    text: '{\n  // what it may do\n  "Actions": ["a"]\n}',
  },
  {
    name: 'DataActions',
    left: '{ "notActions": [], "actions": ["a"], "DataActions": ["x"], "NotDataActions": [], "b": 1 }',
    text: '{ "notActions": [], "actions": ["a"], "NotDataActions": [], "b": 1 }',
  },
  {
    name: 'Actions',
    left: '{\n  "Name": "R",\n  "Actions": ["x"],\n  "DataActions": ["a"]\n}',
    text: '{\n  "Name": "R",\n  "DataActions": ["a"]\n}',
  },
])('a new list $name stands where Azure prints it', ({ name, text, left }) => {
  const document = readJson(text, 'role.json');
  const place = placeOfNewList(document.root as JsonObject, name)!;
  expect(applyEdits(text, insertList(document, place, name, ['x']))).toBe(left);
});

const layout = fc.constantFrom('', ' ', '\n', '\r\n  ', ' /* a, b */ ', ' // c, d\n', '\t');
const items = fc.array(fc.tuple(layout, fc.constantFrom('x', 'y/z', 'say "hi", \\'), layout, fc.boolean()), {
  maxLength: 8,
});

test('whatever the layout, exactly the removed items are gone and every comment stays', () => {
  fc.assert(
    fc.property(items, fc.boolean(), (parts, hasTrailingComma) => {
      const last = parts.length - 1;
      const comma = (i: number): string => (i < last || hasTrailingComma ? ',' : '');
      const text = `[${parts.map(([before, value, after], i) => before + JSON.stringify(value) + after + comma(i)).join('')}\n]`;
      const { document, array } = arrayOf(text);
      const left = applyEdits(
        text,
        removeItems(document, array, item => parts[Number(item.key)]![3]),
      );
      const read = readJson(left, 'role.json');
      expect(read.syntaxProblems).toEqual([]);
      const values = (read.root as JsonArray).items.map(item =>
        item.kind === 'string' ? item.value : item.kind,
      );
      expect(values).toEqual(parts.filter(([, , , removed]) => !removed).map(([, value]) => value));
      expect(read.comments.map(comment => comment.text)).toEqual(
        document.comments.map(comment => comment.text),
      );
    }),
    runs({ whole: 3_000, part: 500 }),
  );
});
