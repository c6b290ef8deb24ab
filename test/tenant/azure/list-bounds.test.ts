import { expect, test } from 'vitest';
import { AuthorizationReader } from '../../../src/tenant/azure/authorization-unit.js';
import type { AzureRequest } from '../../../src/tenant/azure/azure-http.js';
import { readList } from '../../../src/tenant/azure/azure-list.js';
import { realClock } from '../../../src/tenant/azure/clock.js';
import { DirectoryReader } from '../../../src/tenant/azure/directory.js';
import { readInBatches } from '../../../src/tenant/azure/graph-batch.js';
import { defaultListLimits, ListsUnderWay } from '../../../src/tenant/azure/list-bounds.js';
import { ResourceGraph } from '../../../src/tenant/azure/resource-graph.js';
import { answering, type PlainAnswer } from './answers.js';

// Lists that never end: they are given up, and what was read of them is kept.

const limits = { ...defaultListLimits, pages: 50, pagesWithoutNews: 5, rows: 400, bytes: 20_000 };
const subscription = '99999999-8888-7777-6666-555555555555';
const url = 'https://management.azure.com/list';

function rowsFrom(start: number, count: number): { id: string }[] {
  return Array.from({ length: count }, (_, at) => ({ id: `/row/${start + at}` }));
}

/** A page of ARM's, the next one under a link that was never there. */
function page(number: number, rows: readonly object[], size = 100): PlainAnswer {
  return { body: { value: rows, nextLink: `${url}?$skipToken=${number + 1}` }, size };
}

type Endless = readonly [what: string, answer: (page: number) => PlainAnswer, reason: string];

const endless: readonly Endless[] = [
  ['empty pages', at => page(at, []), '5 pages came with no new row'],
  ['the same rows again', at => page(at, rowsFrom(0, 3)), '5 pages came with no new row'],
  ['rows that are none', at => page(at, [{ name: 'a' }]), '5 pages came with no new row'],
  ['a new row on each page', at => page(at, rowsFrom(at, 1)), 'it has more than 50 pages'],
  ['many new rows on each page', at => page(at, rowsFrom(at * 100, 100)), 'it has more than 400 rows'],
  ['large pages', at => page(at, rowsFrom(at, 1), 6_000), 'it is larger than 0 MiB'],
];

test.each(endless)('a list of %s is given up', async (_, answer, reason) => {
  let pages = 0;
  const http = answering(() => answer(++pages), limits);
  const { failure } = await readList(http, { method: 'GET', url });
  expect(failure).toMatchObject({ kind: 'endless', message: `the list does not end: ${reason}` });
  expect(http.asked.length).toBeLessThanOrEqual(51);
});

test.each(endless)(
  'a list of assignments of %s is a gap that is not asked for again',
  async (_, answer, reason) => {
    let pages = 0;
    const http = answering(() => answer(++pages), limits);
    const reader = new AuthorizationReader(http, () => false);
    const { gaps, isOpen } = await reader.atSubscription('denyAssignments', subscription);
    expect(gaps.map(gap => gap.reason)).toEqual([`the list does not end: ${reason}`]);
    expect(isOpen).toBe(false);
  },
);

test('what came before is kept', async () => {
  let pages = 0;
  const http = answering(() => page(++pages, rowsFrom(pages * 100, 100)), limits);
  const { rows } = await readList(http, { method: 'GET', url });
  expect(rows).toHaveLength(400);
});

test('some empty pages, and some that come twice, make no endless list', async () => {
  const rows = [[], [], rowsFrom(0, 2), rowsFrom(0, 2), [], [], rowsFrom(2, 2)];
  let pages = 0;
  const http = answering(() => {
    const value = rows[pages++]!;
    return pages === rows.length ? { body: { value } } : page(pages, value);
  }, limits);
  const list = await readList(http, { method: 'GET', url });
  expect(list.failure).toBeUndefined();
  expect(new Set(list.rows.map(({ id }) => id)).size).toBe(4);
});

test.each([
  ['the same rows', () => [{ id: '/row/1' }], '5 pages came with no new row'],
  ['new rows', (at: number) => rowsFrom(at * 100, 100), 'it has more than 400 rows'],
])('Resource Graph with ever new tokens and %s is given up', async (_, rows, reason) => {
  let pages = 0;
  const http = answering(() => ({ body: { data: rows(++pages), $skipToken: `token ${pages}` } }), limits);
  const { failure } = await new ResourceGraph(http).query('roleAssignments', [subscription]);
  expect(failure).toMatchObject({ kind: 'endless', message: `the list does not end: ${reason}` });
});

test('a list that begins in a batch has its bounds from there on', async () => {
  const next = 'https://graph.microsoft.com/v1.0/groups/a/members?$skiptoken=';
  let pages = 0;
  const body = (): object => ({ value: rowsFrom(++pages, 1), '@odata.nextLink': `${next}${pages}` });
  const http = answering(
    ({ url }) =>
      url.endsWith('$batch')
        ? { body: { responses: [{ id: '0', status: 200, body: body() }] } }
        : { body: body() },
    limits,
  );
  const reasons: unknown[] = [];
  await readInBatches({ http, clock: realClock({}) }, [{ path: '/groups/a/members' }], (_, { failure }) => {
    reasons.push(failure?.message);
  });
  expect(reasons).toEqual(['the list does not end: it has more than 50 pages']);
});

test('lists that are read together give way to each other, the large ones only', () => {
  const lists = new ListsUnderWay({ ...defaultListLimits, bytesTogether: 1_000, ownBytes: 100 });
  const [large, small] = [lists.begin(), lists.begin()];
  const pageOf = (size: number, id: string) => ({ size, rows: [{ id }] });
  large.note(pageOf(990, 'a'));
  small.note(pageOf(90, 'b'));
  expect(() => large.note(pageOf(10, 'c'))).toThrow('it and others are larger than 0 MiB');
  large.close();
  expect(() => small.note(pageOf(500, 'd'))).not.toThrow();
});

/** A directory in which every group holds another one, or many more people. */
function directory(membersOf: (path: string) => readonly object[]) {
  return ({ url, body }: AzureRequest): PlainAnswer => {
    if (!url.endsWith('$batch')) {
      const { ids } = body as { ids: readonly string[] };
      return { body: { value: ids.map(id => ({ id, '@odata.type': '#microsoft.graph.group' })) } };
    }
    const { requests } = body as { requests: readonly { id: string; url: string }[] };
    const responses = requests.map(({ id, url: path }) => ({
      id,
      status: 200,
      body: { value: membersOf(path) },
    }));
    return { body: { responses } };
  };
}

let last = 0;
function newGroup(): object {
  const id = `00000000-0000-4000-8000-${String(++last).padStart(12, '0')}`;
  return { id, '@odata.type': '#microsoft.graph.group' };
}

test.each([
  [
    'groups in groups',
    (path: string) => (path.includes('/members?') ? [newGroup()] : []),
    'groups contain each other 100 levels deep',
  ],
  [
    'owners of owners',
    (path: string) => (path.includes('/owners') ? [newGroup()] : []),
    'owners own each other 100 levels deep',
  ],
  ['more and more members', () => Array.from({ length: 40 }, newGroup), 'it has more than 500 objects'],
  [
    'the same members everywhere',
    (path: string) =>
      path.includes('/members?')
        ? Array.from({ length: 5 }, (_, at) => ({
            id: `00000000-0000-4000-8000-00000000000${at}`,
            '@odata.type': '#microsoft.graph.group',
          }))
        : [],
    'it has more than 20 members and owners',
  ],
])('a directory of %s comes to an end', async (what, membersOf, reason) => {
  const http = answering(directory(membersOf));
  const most = { objects: 500, links: what.startsWith('the same') ? 20 : 2_000 };
  const reader = new DirectoryReader(http, realClock({}), most);
  const { gaps, isOpen } = await reader.read(new Map([[subscription, 'Group']]));
  expect(gaps).toEqual([{ what: 'principals', scope: '/', reason: `the directory does not end: ${reason}` }]);
  expect(isOpen).toBe(false);
});

test('objects that nobody asked for are not kept', async () => {
  const http = answering(({ url, body }) => {
    if (url.endsWith('$batch')) return directory(() => [])({ url, body, method: 'POST' });
    return { body: { value: [{ id: subscription, '@odata.type': '#microsoft.graph.user' }, newGroup()] } };
  });
  const { rows } = await new DirectoryReader(http, realClock({})).read(new Map([[subscription, 'User']]));
  expect(rows.get('principals')?.map(({ key }) => key)).toEqual([subscription]);
});
