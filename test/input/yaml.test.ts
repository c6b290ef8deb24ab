import { expect, test } from 'vitest';
import { readYaml, readYamlDocuments } from '../../src/input/yaml.js';
import { pointerOf, type JsonNode } from '../../src/input/json-node.js';
import { positionAt } from '../../src/input/position.js';
import { plainValue } from '../../src/lint/engine/plain-value.js';
import { portion } from '../portion.js';

async function valueOf(text: string): Promise<unknown> {
  const { root, syntaxProblems } = await readYaml(text, 'access.yaml');
  expect(syntaxProblems).toEqual([]);
  return root === undefined ? undefined : plainValue(root);
}

async function problemsOf(text: string): Promise<string[]> {
  const document = await readYaml(text, 'access.yaml');
  return document.syntaxProblems.map(problem => {
    const { line, column } = positionAt(document, problem.start);
    return `${line}:${column} ${problem.message}`;
  });
}

function nodes(root: JsonNode | undefined): JsonNode[] {
  if (root === undefined) return [];
  const inner =
    root.kind === 'object' ? root.members.map(({ value }) => value) : root.kind === 'array' ? root.items : [];
  return [root, ...inner.flatMap(nodes)];
}

test('values are those of JSON', async () => {
  const text = 'version: 1\nlist:\n  - a\n  - { b: true, c: null }\n"quoted": "two\\nlines"\nempty:\n';
  expect(await valueOf(text)).toEqual({
    version: 1,
    list: ['a', { b: true, c: null }],
    quoted: 'two\nlines',
    empty: null,
  });
});

test('JSON is YAML', async () => {
  expect(await valueOf('{"a": [1, "x", {"b": {}}]}')).toEqual({ a: [1, 'x', { b: {} }] });
});

test('every value knows its place', async () => {
  const text = 'identities:\r\n  - name: "scoring client"\r\n    never: ["*/write"]\r\n';
  const document = await readYaml(text, 'access.yaml');
  const places = nodes(document.root)
    .filter(({ kind }) => kind === 'string')
    .map(node => ({
      ...positionAt(document, node.start),
      pointer: pointerOf(node),
      text: text.slice(node.start, node.end),
    }));
  expect(places).toEqual([
    { line: 2, column: 11, pointer: '/identities/0/name', text: '"scoring client"' },
    { line: 3, column: 13, pointer: '/identities/0/never/0', text: '"*/write"' },
  ]);
});

test('an alias stands for its anchor', async () => {
  expect(await valueOf('a: &x [1, { b: 2 }]\nc: *x\n')).toEqual({ a: [1, { b: 2 }], c: [1, { b: 2 }] });
});

test.each(['', '# nothing but a comment\n', '---\n'])('%j holds nothing', async text => {
  expect(await valueOf(text)).toBeUndefined();
});

test('keys such as __proto__ are keys', async () => {
  const { root } = await readYaml('__proto__: { polluted: true }\n', 'access.yaml');
  expect(root?.kind === 'object' && root.members.map(({ key }) => key)).toEqual(['__proto__']);
});

test.each([
  ['a: 1\n---\nb: 2\n', ['3:1 A second document begins here; one file holds one.']],
  ['a: !secret x\n', ['1:4 Tags are not understood here.']],
  ['a: *nowhere\n', ['1:4 There is no anchor "nowhere".']],
  ['? [a, b]\n: c\n', ['1:3 The name of a property must be a text.']],
  ['a: &x [*x]\n', ['1:8 The aliases expand to too much.']],
])('%j is refused', async (text, problems) => {
  expect(await problemsOf(text)).toEqual(expect.arrayContaining(problems));
});

test('a few lines that stand for billions are refused', async () => {
  const levels = Array.from(
    { length: 12 },
    (_, i) => `l${i + 1}: &l${i + 1} [${Array(9).fill(`*l${i}`).join(', ')}]`,
  );
  expect(await problemsOf(['l0: &l0 [x]', ...levels].join('\n'))).toEqual([
    expect.stringContaining('The aliases expand to too much.'),
  ]);
});

const deep = portion({ whole: 50_000, part: 10_000 });

test.each([
  ['open brackets', '['.repeat(deep)],
  ['closed brackets', '['.repeat(deep) + ']'.repeat(deep)],
  ['braces', '{a: '.repeat(deep)],
  ['dashes', `${'- '.repeat(deep)}a`],
  ['question marks', `${'? '.repeat(deep)}a`],
])(
  'depth of %s is refused, not overrun',
  async (_, text) => {
    expect(await problemsOf(text)).toEqual([expect.stringContaining('The values are nested too deeply.')]);
  },
  30_000,
);

test('several documents are read in order, empty ones left out, with places in one text', async () => {
  const { document, roots } = await readYamlDocuments(
    'a: 1\n---\n# nothing\n---\nb: 2\n...\n---\n- c\n',
    'pods.yaml',
  );
  expect(roots.map(root => [positionAt(document, root.start).line, plainValue(root)])).toEqual([
    [1, { a: 1 }],
    [5, { b: 2 }],
    [8, ['c']],
  ]);
});

test('aliases of all documents count together', async () => {
  const one = `a: &a [${Array(100).fill('x').join(', ')}]\nb: [${Array(90).fill('*a').join(', ')}]\n`;
  const { document } = await readYamlDocuments(Array(20).fill(one).join('---\n'), 'pods.yaml');
  expect(document.syntaxProblems[0]?.message).toBe('The aliases expand to too much.');
});

test('depth by indentation is refused, too', async () => {
  const text = Array.from({ length: 3_000 }, (_, depth) => `${' '.repeat(depth)}a:\n`).join('');
  expect(await problemsOf(`${text}b: 1\n`)).toEqual(['501:1 The values are nested too deeply.']);
});

const size = portion({ whole: 2_700_000, part: 600_000 });

test.each([
  ['lists', `a: [${'[],'.repeat(size)}]`],
  ['a line of entries', '- '.repeat(size)],
  ['a line of anchors', `a: ${'&a '.repeat(size)}`],
  ['lines that end as on an old Mac', 'a: b\r'.repeat(size / 2)],
  ['documents', '---\n'.repeat(size)],
])(
  'too many words and signs are refused before anything is made of them: %s',
  async (_, text) => {
    const { root, syntaxProblems } = await readYaml(text, 'hostile.yaml');
    expect(root).toBeUndefined();
    expect(syntaxProblems.map(({ message }) => message)).toEqual([
      'The text holds more than 500,000 words and signs.',
    ]);
  },
  60_000,
);
