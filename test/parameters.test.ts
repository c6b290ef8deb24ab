import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const source = new URL('../src/', import.meta.url);
const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter(file => /\.tsx?$/.test(file));

/** What can stand in front of parameters: the name of a function or method, or the `=` of a function without one. */
const start = /(?:function\*?\s+(\w+)|\n\s+(?:[a-z]+ )*\*?(\w+)|(=)\s*(?:async\s*)?)(?:<[^(){}]*?>)?\(/g;

/** Functions of the text with more than `most` parameters. */
function functionsWithMore(text: string, most: number): string[] {
  const code = text.replace(/\/\*[\s\S]*?\*\/|\/\/ .*$/gm, '');
  return [...code.matchAll(start)].flatMap(match => {
    const list = listFrom(code, match.index + match[0].length);
    const isDeclared = /^\s*(?::|\{|=>)/.test(code.slice(list.end));
    return isDeclared && list.count > most ? [match[1] ?? match[2] ?? 'a function without a name'] : [];
  });
}

/** How many things stand between brackets, and where these end. */
function listFrom(code: string, from: number): { readonly count: number; readonly end: number } {
  let [depth, count, end] = [1, 0, from];
  let isInItem = false;
  for (; depth > 0 && end < code.length; end++) {
    const letter = code[end]!;
    if ('([{<'.includes(letter)) depth++;
    else if (')]}'.includes(letter) || (letter === '>' && code[end - 1] !== '=')) depth--;
    if (depth === 1 && letter === ',') isInItem = false;
    else if (depth > 0 && !isInItem && /\S/.test(letter)) {
      isInItem = true;
      count++;
    }
  }
  return { count, end };
}

test('no function takes more than four parameters: beyond two, an object says what they are', () => {
  const found = files.flatMap(file =>
    functionsWithMore(readFileSync(new URL(file, source), 'utf8'), 4).map(name => `${file}: ${name}`),
  );
  expect(found).toEqual([]);
});

test.each([
  ['function add(a: number, b: Map<string, number>, c = f(1, 2)): number {', 'add'],
  [
    'class A {\n  constructor(\n    private readonly a: A,\n    { b, c }: B,\n    d?: () => void,\n  ) {',
    'constructor',
  ],
  ['const f = async (a: A, [b, c]: B, d: D): Promise<void> => {', 'a function without a name'],
])('three are counted in %j', (text, name) => {
  expect([functionsWithMore(text, 2), functionsWithMore(text, 3)]).toEqual([[name], []]);
});

test('arguments are not parameters', () => {
  expect(functionsWithMore('const sum = add(a, b, c);\n  call(a, b, c);', 2)).toEqual([]);
});
