import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const numbers = [
  '000-1',
  '000-2',
  '000-3',
  '000-4',
  '000-5',
  '000-6',
  '000-7',
  '000-8',
  '000-9',
  '000-10',
  '000-11',
  '001-1',
  '001-2',
  '001-3',
  '001-4',
  '001-5',
  '001-6',
  '001-7',
  '001-8',
  '001-9',
  '001-10',
  '001-11',
  '001-12',
  '001-13',
  '001-14',
  '001-15',
  '001-16',
  '002-1',
  '002-2',
  '002-3',
  '002-4',
  '002-5',
  '002-6',
  '002-7',
  '002-8',
  '002-9',
  '003-1',
  '003-2',
  '003-3',
  '003-4',
  '003-5',
  '003-6',
  '003-7',
  '003-8',
  '003-9',
  '003-10',
  '003-11',
  '003-12',
  '003-13',
  '004-1',
  '004-2',
  '004-3',
  '004-4',
  '004-5',
  '004-6',
  '004-7',
  '004-8',
  '004-9',
  '004-10',
  '004-11',
  '004-12',
  'D-1',
  'D-2',
  'D-3',
  'D-4',
  'D-5',
  'D-6',
  'D-7',
  'D-8',
  'D-9',
  'D-10',
  'D-11',
  'D-12',
  'D-13',
];

const project = (path: string): string =>
  readFileSync(fileURLToPath(new URL(`../../../${path}`, import.meta.url)), 'utf8');

const rows = [
  ...project('docs/coverage.md').matchAll(/^\| ((?:\d{3}|D)-\d+) \| (.+) \| (.+) \| (.+) \|$/gm),
].map(([, number, asked, answer, file]) => ({
  number: number!,
  asked: asked!,
  answer: answer!,
  file: file!.replaceAll('`', ''),
}));

/** The numbers that the names of a file's tests cite. */
function citedIn(file: string): Set<string> {
  const names = [...project(file).matchAll(/\(requirements? ([^)]+)\)/g)].map(([, list]) => list!);
  return new Set(names.flatMap(list => list.match(/(?:\d{3}|D)-\d+/g) ?? []));
}

test('the page has each number once, in order', () => {
  expect(rows.map(({ number }) => number)).toEqual(numbers);
});

test.each(rows.filter(({ file }) => file !== 'none'))(
  '$number is cited by a test of $file',
  ({ number, file }) => {
    expect([...citedIn(file)]).toContain(number);
  },
);

test.each(rows.filter(({ file }) => file === 'none'))(
  '$number says why nothing can be seen',
  ({ answer }) => {
    expect(answer.length).toBeGreaterThan(40);
  },
);

test('every problem that cites a requirement cites one of the page', async () => {
  const { problemKinds } = await import('../../../src/analysis/azure-ml/problem.js');
  const cited = Object.values(problemKinds).flatMap(kind =>
    'requirement' in kind ? [kind.requirement] : [],
  );
  expect(cited.length).toBeGreaterThan(0);
  expect(cited.filter(number => !numbers.includes(number))).toEqual([]);
});
