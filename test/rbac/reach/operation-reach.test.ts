import { expect, test } from 'vitest';
import { keyAround, parseScope } from '../../../src/rbac/model/scope.js';
import { operationReach, resourceTypeIn } from '../../../src/rbac/reach/operation-reach.js';
import { loadReachFacts } from '../../../src/rbac/reach/reach-facts.js';
import { shippedCatalog } from '../../shipped-catalog.js';
import { reachCases } from './reach-cases.js';
import { expectedReach } from './reference.js';

const facts = loadReachFacts();
const cases = reachCases();

test('the pages are asked about enough', () => {
  expect(cases.length).toBeGreaterThanOrEqual(60);
  expect(cases.filter(({ source }) => !source.startsWith('https://learn.microsoft.com/'))).toEqual([]);
});

test.each(cases)('$operation at $askedAt: $reach', ({ askedAt, operation, plane, reach }) => {
  expect(operationReach(facts, parseScope(askedAt), operation, plane)).toBe(reach);
  expect(expectedReach(askedAt, operation, plane)).toBe(reach);
});

test('neither case nor a slash at the end matters', () => {
  const scope = '/SUBSCRIPTIONS/11111111-2222-3333-4444-555555555555/ResourceGroups/Shop/';
  const account = `${scope}Providers/MICROSOFT.Storage/StorageAccounts/Data/`;
  const asked = (operation: string) => operationReach(facts, parseScope(account), operation, 'control');
  expect(asked(' microsoft.storage/STORAGEACCOUNTS/listkeys/Action')).toBe('in');
  expect(asked('MICROSOFT.COMPUTE/disks/read')).toBe('out');
});

test.each([
  ['/a/b/providers/microsoft.web/sites/shop', 'microsoft.web/sites'],
  ['/a/b/providers/microsoft.web/sites/shop/slots/staging', 'microsoft.web/sites/slots'],
  ['/a/b/providers/microsoft.web/sites/shop/providers/microsoft.x/locks/keep', 'microsoft.x/locks'],
  ['/providers/microsoft.capacity/reservationorders/1', 'microsoft.capacity/reservationorders'],
])('%s is of type %s', (key, type) => {
  expect(resourceTypeIn(key)).toBe(type);
});

test('the type of a longer name is another type', () => {
  const scope = parseScope(
    '/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/shop/providers/Microsoft.Web/sites/a',
  );
  expect(operationReach(facts, scope, 'Microsoft.Web/sitesAndMore/read', 'control')).toBe('out');
});

test.each(['*', '/subscriptions/{id}', 'no scope', '/subscriptions/*'])(
  'nothing is taken away at %s, which is no place',
  text => {
    expect(operationReach(facts, parseScope(text), 'Microsoft.Compute/disks/read', 'control')).toBe('in');
  },
);

test('what has an effect at a scope has one at all scopes around it', () => {
  for (const { askedAt, operation, plane } of cases) {
    const [inner, outer] = [askedAt, keyAround(parseScope(askedAt)) ?? '/'].map(text =>
      operationReach(facts, parseScope(text), operation, plane),
    );
    if (inner === 'in') expect({ askedAt, operation, outer }).toEqual({ askedAt, operation, outer: 'in' });
    if (inner === 'unknown') expect({ askedAt, operation, outer }).not.toMatchObject({ outer: 'out' });
  }
});

test('every line of the facts names something, and a page', () => {
  const known = [...shippedCatalog.operations].map(({ name }) => name.toLowerCase());
  const lines = [...facts.extensions, ...facts.data, ...facts.above] as readonly {
    readonly operations: readonly string[];
    readonly source?: string;
  }[];
  for (const { operations, source } of lines) {
    expect(source).toMatch(/^https:\/\/learn\.microsoft\.com\//);
    for (const entry of operations) expect(entry).toMatch(/^[a-z.]+\/([^*]*\/)?[^*/]*\*?$/i);
  }
  // Some extensions are declared, and publish no operations yet.
  const named = lines.filter(({ operations }) =>
    operations.some(entry => known.some(name => name.startsWith(entry.replace(/\*$/, '')))),
  );
  expect(named.length).toBeGreaterThan(lines.length * 0.8);
});
