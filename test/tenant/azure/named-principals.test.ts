import { expect, test } from 'vitest';
import { targetInWords } from '../../../src/tenant/azure/collection-request.js';
import { addPrincipals } from '../../../src/tenant/azure/named-principals.js';

const [first, second] = ['99999999-8888-7777-6666-555555555555', 'AAAAAAAA-0000-4000-8000-000000000001'];

test('a subscription that is named twice is the same target', () => {
  const target = (...ids: string[]): string => targetInWords({ kind: 'subscriptions', ids });
  expect(target(second, first, second.toLowerCase())).toBe(target(first, second));
});

test('who is named is found beside what is no name', () => {
  const named = new Map<string, string>();
  const rows = [
    { properties: 'none' },
    { properties: { principalId: first, principalType: { toString: 1 } } },
    { properties: { principals: [null, 'x', { id: second, type: 'User' }], excludePrincipals: {} } },
    { identity: { userAssignedIdentities: { a: null, b: { principalId: '../..' } } } },
  ];
  for (const row of rows) addPrincipals(row, named);
  expect([...named]).toEqual([
    [first, 'Unknown'],
    [second.toLowerCase(), 'User'],
  ]);
});
