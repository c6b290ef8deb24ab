import { expect, test } from 'vitest';
import { AuthorizationReader } from '../../../src/tenant/azure/authorization-unit.js';
import { readList } from '../../../src/tenant/azure/azure-list.js';
import { realClock } from '../../../src/tenant/azure/clock.js';
import { DirectoryReader } from '../../../src/tenant/azure/directory.js';
import { readInBatches } from '../../../src/tenant/azure/graph-batch.js';
import { remainingGaps } from '../../../src/tenant/azure/remaining-gaps.js';
import { ResourceGraph } from '../../../src/tenant/azure/resource-graph.js';
import { resourceRow } from '../../../src/tenant/azure/resource-properties.js';
import { answering } from './answers.js';

// Answers that are not Azure's: none may end a collection, and nothing may be missing in silence.

const subscription = '99999999-8888-7777-6666-555555555555';
const good = {
  id: `/subscriptions/${subscription}/providers/Microsoft.Authorization/roleAssignments/1`,
  name: '1',
  type: 'Microsoft.Authorization/roleAssignments',
  properties: { scope: `/subscriptions/${subscription}` },
};
const deep = JSON.parse(`${'['.repeat(50_000)}${']'.repeat(50_000)}`) as unknown;

const strangers: readonly (readonly [string, unknown])[] = [
  ['a text', 'row'],
  ['nothing', null],
  ['a list', []],
  ['without an id', { name: 'a' }],
  ['with a number for an id', { ...good, id: 7 }],
  ['with an id that cannot be made a text', { ...good, id: { toString: 1, valueOf: 1 } }],
  ['with a name that cannot be made a text', { ...good, name: { toString: 1, valueOf: 1 } }],
  ['with a type that is endlessly deep', { ...good, type: deep }],
  ['with an id that is longer than any', { ...good, id: `/${'a'.repeat(10_000)}` }],
  ['endlessly deep', { ...good, properties: deep }],
];

test.each(strangers)('a row %s is left out, and that is told', async (_, stranger) => {
  const reader = new AuthorizationReader(
    answering(() => ({ body: { value: [good, stranger] } })),
    () => false,
  );
  const { rows, gaps } = await reader.atSubscription('roleAssignments', subscription);
  expect(rows.get('roleAssignments')?.map(({ key }) => key)).toEqual([good.id.toLowerCase()]);
  expect(gaps).toEqual([
    {
      what: 'roleAssignments',
      scope: `/subscriptions/${subscription}`,
      reason: 'a row is not as Azure makes them: left out',
    },
  ]);
});

test.each(strangers)('Resource Graph: a row %s makes a list that is not whole', async (_, stranger) => {
  const http = answering(() => ({ body: { data: [good, stranger], resultTruncated: 'false' } }));
  const { rows, failure } = await new ResourceGraph(http).query('roleAssignments', [subscription]);
  expect([rows, failure?.kind]).toEqual([[good], 'broken-list']);
});

test('a scope that is no text leaves a row where its id says it is', async () => {
  const row = { ...good, properties: { scope: { toString: 1 } } };
  const reader = new AuthorizationReader(
    answering(() => ({ body: { value: [row] } })),
    () => false,
  );
  const { rows } = await reader.atSubscription('roleAssignments', subscription);
  expect(rows.get('roleAssignments')).toHaveLength(1);
});

test('a role without a name is known by what its id ends in', async () => {
  const ids = ['a', 'b'].map(name => ({ id: `/providers/Microsoft.Authorization/roleDefinitions/${name}` }));
  const reader = new AuthorizationReader(
    answering(() => ({ body: { value: ids } })),
    () => false,
  );
  const { shared } = await reader.atSubscription('roleDefinitions', subscription);
  expect(shared.map(({ key }) => key)).toEqual(['a', 'b']);
});

test.each([7, true, {}, ['https://management.azure.com/next']])(
  'a link %j to the next page breaks a list off',
  async nextLink => {
    const http = answering(() => ({ body: { value: [good], nextLink } }));
    const { failure } = await readList(http, { method: 'GET', url: 'https://management.azure.com/list' });
    expect(failure?.kind).toBe('broken-list');
  },
);

test.each(['constructor', '__proto__', 'toString'])('a resource of the type %s is none to keep', type => {
  expect(resourceRow({ id: '/a', name: 'a', type, properties: { a: 1 } })).toBeUndefined();
});

test.each([null, {}, { responses: 7 }, { responses: [null, 7, { id: '0', status: 200, headers: 7 }] }])(
  'a batch that is answered with %j comes to an end',
  async body => {
    const clock = realClock({ AZRBAC_WAIT_SCALE: '0' });
    const kinds: unknown[] = [];
    const http = answering(() => ({ body }));
    await readInBatches({ http, clock }, [{ path: '/groups/a/members' }], (_, { failure }) => {
      kinds.push(failure?.kind);
    });
    expect(kinds).toEqual(['exhausted']);
  },
);

test('a directory that answers no list does not make everybody unknown to it', async () => {
  const named = new Map([[subscription, 'User']]);
  const directory = new DirectoryReader(
    answering(() => ({ body: {} })),
    realClock({}),
  );
  const { rows, gaps } = await directory.read(named);
  expect(rows.get('principals')).toHaveLength(1);
  expect(gaps).toEqual([{ what: 'principals', scope: '/', reason: 'the answer is not a list' }]);
});

test('a member whose id is no GUID becomes part of no path', async () => {
  const http = answering(({ url, body }) => {
    if (url.includes('getByIds')) {
      const { ids } = body as { ids: string[] };
      return { body: { value: ids.map(id => ({ id, '@odata.type': '#microsoft.graph.group' })) } };
    }
    const { requests } = body as { requests: { id: string; url: string }[] };
    const members = { value: [{ id: '../users', '@odata.type': '#microsoft.graph.group' }] };
    return { body: { responses: requests.map(({ id }) => ({ id, status: 200, body: members })) } };
  });
  const { gaps } = await new DirectoryReader(http, realClock({})).read(new Map([[subscription, 'Group']]));
  expect(JSON.stringify(http.asked)).not.toContain('..');
  expect(gaps.map(({ what }) => what)).toEqual(['principals']);
});

test('a scope with a bare % is a scope like others', () => {
  const gap = { what: 'resources', scope: '/subscriptions/a/%', reason: 'gone' };
  const containers = { managementGroups: [], subscriptions: [], foreign: 0, gaps: [], isOpen: false };
  expect(remainingGaps([gap], containers, new Set())).toEqual([gap]);
});
