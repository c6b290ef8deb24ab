import { expect, test } from 'vitest';
import { ResourceGraph } from '../../../src/tenant/azure/resource-graph.js';
import { answering, type PlainAnswer } from './answers.js';

const subscriptions = ['99999999-8888-7777-6666-555555555555'];

function rows(...ids: readonly string[]): { id: string }[] {
  return ids.map(id => ({ id }));
}

async function read(pages: readonly PlainAnswer[]) {
  let page = 0;
  const http = answering(() => pages[Math.min(page++, pages.length - 1)]!);
  const list = await new ResourceGraph(http).query('roleAssignments', subscriptions);
  return { ...list, ids: list.rows.map(({ id }) => id), asked: http.asked };
}

test('pages are read by their tokens, to the end', async () => {
  const { ids, failure, asked } = await read([
    { body: { totalRecords: 3, data: rows('a', 'b'), resultTruncated: 'false', $skipToken: 'next' } },
    { body: { totalRecords: 3, data: rows('c'), resultTruncated: 'false' } },
  ]);
  expect({ ids, failure }).toEqual({ ids: ['a', 'b', 'c'], failure: undefined });
  expect(asked.map(({ body }) => (body as { options: object }).options)).toMatchObject([
    { $top: 1000, authorizationScopeFilter: 'AtScopeAboveAndBelow' },
    { $skipToken: 'next' },
  ]);
});

test.each<{ name: string; pages: PlainAnswer[]; message: string }>([
  {
    name: 'the text "true" where rows were left out',
    pages: [{ body: { totalRecords: 1, data: rows('a'), resultTruncated: 'true' } }],
    message: 'Resource Graph: rows were left out',
  },
  {
    name: 'fewer rows than it says there are',
    pages: [{ body: { totalRecords: 5, data: rows('a', 'b'), resultTruncated: 'false' } }],
    message: 'Resource Graph: 2 of 5 rows were answered',
  },
  {
    name: 'a header that says that subscriptions were passed over',
    pages: [{ body: { data: rows('a') }, headers: { 'x-ms-tenant-subscription-limit-hit': 'true' } }],
    message: 'Resource Graph: not all subscriptions were looked at',
  },
  {
    name: 'a token that was there before',
    pages: [{ body: { data: rows('a'), $skipToken: 'again' } }],
    message: 'Resource Graph: the pages go in a circle',
  },
  { name: 'no rows at all', pages: [{ body: {} }], message: 'Resource Graph answers no rows' },
])('not whole: $name', async ({ pages, message }) => {
  const { failure } = await read(pages);
  expect(failure?.message).toBe(message);
});

test('what it shows is asked for once, unless that failed', async () => {
  let status = 503;
  const http = answering(() => ({ status, body: { totalRecords: 0, data: [] } }));
  const graph = new ResourceGraph(http);
  expect((await graph.visibleOf(subscriptions)).failure?.status).toBe(503);
  status = 200;
  for (let time = 0; time < 3; time++) expect((await graph.visibleOf(subscriptions)).failure).toBeUndefined();
  expect(http.asked).toHaveLength(2);
});
