import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { pointerOf, type JsonNode } from '../../src/input/json-node.js';
import { isUnquoted, readJson, readJsonTemplate } from '../../src/input/json.js';
import { runs } from '../portion.js';

describe('what strict JSON means', () => {
  test('is what JSON.parse says', () => {
    fc.assert(
      fc.property(
        fc.jsonValue({ depthSize: 'medium' }),
        fc.constantFrom(undefined, 1, '\t'),
        (value, indent) => {
          const document = readJson(JSON.stringify(value, null, indent), 'role.json');
          expect(document.syntaxProblems).toEqual([]);
          expect(document.tolerated).toEqual([]);
          expect(valueOf(document.root)).toEqual(JSON.parse(JSON.stringify(value)));
        },
      ),
    );
  });

  test.each([
    '{"__proto__": {"actions": ["*"]}, "constructor": 1, "toString": null}',
    '"\\ud800 lone \\u0000 \\n \\" \\/ é"',
    '[1e400, -0, -1.5E-3, 0.1, 123456789012345678901234567890]',
    ' \r\n\t{"a" : [ ] , "b":{ } } \r',
    '{"": {"": ""}}',
    '"\u2028 \u{1f600}"',
  ])('%s', text => {
    expect(valueOf(readJson(text, 'role.json').root)).toEqual(JSON.parse(text));
  });

  test('is left where JSON.parse throws, and only there', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...fragments), { maxLength: 12 }), parts => {
        const text = parts.join('');
        const document = readJson(text, 'role.json');
        const departures = document.syntaxProblems.length + document.tolerated.length;
        expect(departures === 0).toBe(isJson(text));
      }),
      runs({ whole: 3_000, part: 500 }),
    );
  });
});

describe('places', () => {
  const text = '{\n  "Name": "Scorer",\n  "Actions": [ "a/b", 12 ]\n}';
  const root = readJson(text, 'role.json').root;

  test('a range includes the quotes', () => {
    expect(textAt('/Name')).toBe('"Scorer"');
    expect(textAt('/Actions/0')).toBe('"a/b"');
  });

  test('a range of a list or an object includes the brackets', () => {
    expect(textAt('/Actions')).toBe('[ "a/b", 12 ]');
    expect(textAt('')).toBe(text);
  });

  test('a property keeps the place of its name', () => {
    const [member] = root?.kind === 'object' ? root.members : [];
    expect(member?.keyRange).toEqual({ start: 4, end: 10 });
  });

  test('a pointer escapes "~" and "/"', () => {
    const [leaf] = leavesOf(readJson('{"a/b": [0, {"~x": 1}]}', 'x').root).slice(1);
    expect(leaf && pointerOf(leaf)).toBe('/a~1b/1/~0x');
  });

  function textAt(pointer: string): string | undefined {
    const node = nodesOf(root).find(each => pointerOf(each) === pointer);
    return node && text.slice(node.start, node.end);
  }
});

describe('tolerated', () => {
  test('comments are kept with their delimiters', () => {
    const document = readJson('// azrbac-ignore role-empty: wanted\n{ /* none */ }', 'role.jsonc');
    expect(document.comments).toEqual([
      { start: 0, end: 35, text: '// azrbac-ignore role-empty: wanted' },
      { start: 38, end: 48, text: '/* none */' },
    ]);
    expect(document.syntaxProblems).toEqual([]);
    expect(document.tolerated).toEqual([{ start: 0, end: 35, message: 'JSON does not allow comments.' }]);
  });

  test('the first trailing comma', () => {
    expect(readJson('{"a": [1, 2,], }', 'x').tolerated).toEqual([
      { start: 11, end: 12, message: 'Trailing comma after the last value.' },
    ]);
  });

  test('a byte order mark', () => {
    const document = readJson('\ufeff{"a": 1}', 'x');
    expect(document).toMatchObject({ text: '{"a": 1}', syntaxProblems: [], tolerated: [] });
  });
});

describe('errors', () => {
  test.each([
    { text: '', value: undefined, problem: 'The text holds no value.', at: '' },
    { text: '{"a": 1', value: { a: 1 }, problem: 'An object is never closed.', at: '{' },
    { text: '[1 2]', value: [1, 2], problem: 'A comma is missing.', at: '2' },
    { text: '{"a": 1 "b": 2}', value: { a: 1, b: 2 }, problem: 'A comma is missing.', at: '"b"' },
    {
      text: '{"a" 1}',
      value: { a: 1 },
      problem: 'A colon is missing between a property and its value.',
      at: '1',
    },
    { text: '{"a": , "b": 2}', value: { b: 2 }, problem: 'The value of a property is missing.', at: ',' },
    { text: '[1,,2]', value: [1, 2], problem: 'Expected a value instead of a comma.', at: ',' },
    {
      text: '{name: "x"}',
      value: { name: 'x' },
      problem: 'Property names must be in double quotes.',
      at: 'name',
    },
    {
      text: "{'a b': 'c d'}",
      value: { 'a b': 'c d' },
      problem: 'Expected double quotes; JSON does not allow single quotes.',
      at: "'a b'",
    },
    {
      text: '{"a": [1, {"b": 2]}',
      value: { a: [1, { b: 2 }] },
      problem: 'An object is not closed.',
      at: ']',
    },
    { text: '{"a": [1}', value: { a: [1] }, problem: 'A list is not closed.', at: '}' },
    {
      text: '{"a": 1}]',
      value: { a: 1 },
      problem: 'The text goes on behind the end of its value; the rest was not read.',
      at: ']',
    },
    {
      text: '{"a": ${scopes}, "b": 2}',
      value: { a: '${scopes}', b: 2 },
      problem: 'Expected a value instead of a placeholder.',
      at: '${scopes}',
    },
    { text: '["a\nb"]', value: ['a', 'b', ']'], problem: 'A string is not closed on its line.', at: '"a' },
    {
      text: '["a\tb"]',
      value: ['a\tb'],
      problem: 'A string holds a control character that is not escaped.',
      at: '"a\tb"',
    },
    { text: '[tru]', value: ['tru'], problem: 'Expected a double-quoted string.', at: 'tru' },
    { text: '[01]', value: [0, 1], problem: 'A comma is missing.', at: '1' },
  ])('$text', ({ text, value, problem, at }) => {
    const document = readJson(text, 'x');
    const [first] = document.syntaxProblems;
    expect(valueOf(document.root)).toEqual(value);
    expect(first?.message).toBe(problem);
    expect(first && text.slice(first.start, first.end)).toBe(at);
  });

  test('at most twenty are listed, one a line', () => {
    expect(readJson(`[${'x y z\n'.repeat(50)}]`, 'x').syntaxProblems).toHaveLength(20);
  });

  test('no text makes the reader throw', () => {
    const role =
      '{"Name": "Scorer", "Actions": ["a/b/*"], // x\n "IsCustom": true, "AssignableScopes": ["/"], }';
    const mutation = fc.tuple(fc.nat(role.length), fc.nat(5), fc.string({ unit: 'binary', maxLength: 4 }));
    fc.assert(
      fc.property(fc.array(mutation, { maxLength: 8 }), mutations => {
        let text = role;
        for (const [at, length, insert] of mutations)
          text = text.slice(0, at) + insert + text.slice(at + length);
        const document = readJson(text, 'x');
        for (const node of nodesOf(document.root)) {
          expect(node.start).toBeLessThanOrEqual(node.end);
          expect(node.end).toBeLessThanOrEqual(document.text.length);
        }
      }),
      runs({ whole: 2_000, part: 300 }),
    );
  });
});

describe('templates', () => {
  test('placeholders outside of quotes are expected, and known as such', () => {
    const document = readJsonTemplate(
      '{"permissions": {{ permissions }}, "scopes": ${jsonencode(scopes)} }',
      'role.json.j2',
    );
    expect(document.syntaxProblems).toEqual([]);
    expect(valueOf(document.root)).toEqual({
      permissions: '{{ permissions }}',
      scopes: '${jsonencode(scopes)}',
    });
    const [first] = leavesOf(document.root);
    expect(first && isUnquoted(first, document)).toBe(true);
  });

  test('directives are skipped', () => {
    const document = readJsonTemplate(
      '[{% for a in actions %} "{{ a }}", {% endfor %} "x/read"]',
      'role.json.j2',
    );
    expect(document.syntaxProblems).toEqual([]);
    expect(valueOf(document.root)).toEqual(['{{ a }}', 'x/read']);
  });
});

describe('hostile sizes', () => {
  test.each([
    { name: 'nested 100,000 deep', text: '['.repeat(100_000) + ']'.repeat(100_000) },
    { name: 'nested 100,000 deep, never closed', text: '{"a":'.repeat(100_000) },
    { name: 'closed 100,000 times too often', text: `[${'}'.repeat(100_000)}` },
    { name: 'openings of placeholders', text: '{{'.repeat(500_000) },
    { name: 'single quotes', text: `[${"'\n".repeat(500_000)}` },
    { name: 'blanks', text: ' '.repeat(20_000_000) },
    { name: 'NUL', text: '\0'.repeat(1_000_000) },
    {
      name: '100,000 entries',
      text: JSON.stringify({ Actions: Array.from({ length: 100_000 }, (_, n) => `A.B/${n}/read`) }),
    },
    { name: 'one string of escapes', text: `"${'\\n'.repeat(2_000_000)}"` },
  ])('$name', ({ text }) => {
    const { syntaxProblems, tolerated } = readJson(text, 'x');
    expect(syntaxProblems.length + tolerated.length === 0).toBe(isJson(text));
  });

  test('a pointer 100,000 deep', () => {
    let node = readJson('['.repeat(100_000) + ']'.repeat(100_000), 'x').root;
    while (node?.kind === 'array' && node.items[0] !== undefined) node = node.items[0];
    expect(node && pointerOf(node)).toBe('/0'.repeat(99_999));
  });
});

const fragments = [
  '{',
  '}',
  '[',
  ']',
  ',',
  ':',
  '"a"',
  '"b"',
  '1',
  '-1.5',
  'true',
  'null',
  ' ',
  '\n',
  '// c\n',
  '/**/',
  'x',
  "'",
  '{{',
  '}}',
  '<',
  '>',
  '\u00a0',
];

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function valueOf(node: JsonNode | undefined): unknown {
  if (node === undefined) return undefined;
  if (node.kind === 'array') return node.items.map(valueOf);
  if (node.kind !== 'object') return node.value;
  const value = {};
  for (const { key, value: each } of node.members) {
    Object.defineProperty(value, key, {
      value: valueOf(each),
      enumerable: true,
      writable: true,
      configurable: true,
    });
  }
  return value;
}

function nodesOf(root: JsonNode | undefined): JsonNode[] {
  const found = root === undefined ? [] : [root];
  for (let at = 0; at < found.length; at++) {
    const node = found[at];
    if (node?.kind === 'array') found.push(...node.items);
    if (node?.kind === 'object') found.push(...node.members.map(member => member.value));
  }
  return found;
}

function leavesOf(root: JsonNode | undefined): JsonNode[] {
  return nodesOf(root).filter(node => node.kind !== 'array' && node.kind !== 'object');
}
