import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const source = fileURLToPath(new URL('../src', import.meta.url));

/** A part imports from parts before it and from itself. What stands directly in `src` belongs to the part of its name. */
const order = [
  ['errors', 'did-you-mean', 'maps', 'compare-text', 'sha256', 'package'],
  ['input'],
  ['text'],
  ['rbac/model'],
  ['rbac/catalog'],
  ['rbac/permissions'],
  ['rbac/reach'],
  ['rbac/conditions'],
  ['rbac/catalog-writer', 'rbac/action-sets'],
  ['rbac/recommendations'],
  ['tenant/snapshot'],
  ['tenant/snapshot-writer', 'tenant/access'],
  ['tenant/azure', 'tenant/code'],
  ['lint/checks'],
  ['lint/engine'],
  ['lint/fix'],
  [
    'analysis/azure-ml',
    'analysis/explain',
    'analysis/expectations',
    'analysis/escalation/methods',
    'analysis/exposure',
  ],
  ['analysis/escalation/grants'],
  ['analysis/escalation/graph'],
  ['analysis/escalation/search'],
  ['analysis/escalation/describe'],
  ['analysis/escalation'],
  ['analysis/access-tests', 'analysis/audit', 'analysis/effective-access'],
  ['reporters', 'workspace'],
  ['reporters/html-report'],
  ['reporters/report-page', 'cli'],
  ['commands'],
  ['index', 'build'],
  ['bin'],
];

/** Folders of a layer that are a part of their own: those that the order names. */
const named = new Set(order.flat());

const files = readdirSync(source, { recursive: true, withFileTypes: true })
  .filter(entry => entry.isFile() && /\.tsx?$/.test(entry.name))
  .map(entry => relative(source, join(entry.parentPath, entry.name)));

function partOf(file: string): string {
  if (dirname(file) === '.') return basename(file, '.ts');
  const folders = dirname(file).split('/');
  const within = folders.map((_, i) => folders.slice(0, i + 1).join('/'));
  return within.findLast(folder => named.has(folder)) ?? folders[0]!;
}

/** Files of the project that a file imports, values or types, relative to `src`. */
function importsOf(file: string): string[] {
  const text = readFileSync(join(source, file), 'utf8');
  const specifiers = [...text.matchAll(/(?:from|import|import\()\s*'(\.[^']+)\.js'/g)].map(
    ([, path]) => path!,
  );
  return specifiers.map(path => {
    const imported = relative(source, join(source, dirname(file), path));
    return files.includes(`${imported}.tsx`) ? `${imported}.tsx` : `${imported}.ts`;
  });
}

test('every part of the source has its place', () => {
  expect([...new Set(files.map(partOf))].filter(part => !named.has(part))).toEqual([]);
});

test('imports point one way', () => {
  const rank = (file: string): number => order.findIndex(parts => parts.includes(partOf(file)));
  const isAllowed = (from: string, to: string): boolean =>
    partOf(from) === partOf(to) || rank(to) < rank(from);
  const wrong = files.flatMap(file =>
    importsOf(file)
      .filter(to => !isAllowed(file, to))
      .map(to => `${file} -> ${to}`),
  );
  expect(wrong).toEqual([]);
});

test('no file imports itself, directly or through others, not even a type', () => {
  const imports = new Map(files.map(file => [file, importsOf(file)]));
  const reach = (from: string): Set<string> => {
    const seen = new Set(imports.get(from));
    for (const file of seen) for (const next of imports.get(file) ?? []) seen.add(next);
    return seen;
  };
  expect(files.filter(file => reach(file).has(file))).toEqual([]);
});

/**
 * The library says in its own names what is inside, each command and each bundle is run by a `run` of its own, and what a reader of one
 * format is made of is seen by that reader alone.
 */
const isAnotherName = (file: string, name: string): boolean =>
  file === 'index.ts' ||
  file.startsWith('input/formats/') ||
  (name === 'run' && /^(commands|bin)\//.test(file));

test('one exported name has one definition', () => {
  const definitions = new Map<string, string[]>();
  for (const file of files) {
    const text = readFileSync(join(source, file), 'utf8');
    for (const [, name] of text.matchAll(exportedName)) {
      if (isAnotherName(file, name!)) continue;
      definitions.set(name!, [...new Set([...(definitions.get(name!) ?? []), file])]);
    }
  }
  expect([...definitions].filter(([, places]) => places.length > 1)).toEqual([]);
});

const exportedName =
  /^export (?:declare |abstract |async )*(?:interface|type|const|let|function\*?|class|enum) ([\w$]+)/gm;

test('no file is named for what it is not about', () => {
  const names = files.flatMap(file => file.split('/')).map(name => basename(name).replace(/\.tsx?$/, ''));
  expect(names.filter(name => /^(?:utils?|helpers?|common|misc|shared)$/.test(name))).toEqual([]);
});

test('only one folder knows Azure’s libraries', () => {
  const wrong = files.filter(file =>
    /from '@azure\/|import\('@azure\//.test(readFileSync(join(source, file), 'utf8')),
  );
  expect(wrong.filter(file => partOf(file) !== 'tenant/azure')).toEqual([]);
});

test('doc comments name what they are about: a reader of one has nothing else before them', () => {
  const nameless = /\/\*\*\s+(?:\* )?(?:Those|That|Its|Of|It|So|By)\b[^\n]*/g;
  const found = files.flatMap(file =>
    (readFileSync(join(source, file), 'utf8').match(nameless) ?? []).map(comment => `${file}: ${comment}`),
  );
  expect(found).toEqual([]);
});

test('no module counts or keeps a choice, but for the library’s catalog: runs do not know of each other', () => {
  const changing =
    /^(?:export )?let \w+|^(?:export )?const \w+(?:: (?!Readonly)[^=\n]*)? = new (?:Map|Set)(?:<[^\n]*>)?\(\);/m;
  expect(files.filter(file => changing.test(readFileSync(join(source, file), 'utf8')))).toEqual(['index.ts']);
});
