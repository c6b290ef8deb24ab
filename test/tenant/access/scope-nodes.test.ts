import { expect, test } from 'vitest';
import { ScopeArray } from '../../../src/tenant/access/scope-array.js';
import { AncestorIndex } from '../../../src/tenant/access/ancestor-index.js';
import { StampedArray } from '../../../src/tenant/access/stamped-array.js';
import { aroundOf, isIn } from '../../../src/tenant/access/scope-nodes.js';
import { parseScope } from '../../../src/rbac/model/scope.js';
import { corp, group, subscription, tenantOf } from './tenant-rows.js';

const machine = `${group}/providers/Microsoft.Compute/virtualMachines/vm1`;
const elsewhere = '/subscriptions/22222222-2222-3333-4444-555555555555';
const around = ['/', corp, subscription, group, machine];

const { scopeNodes, tree } = tenantOf({});
const at = (scope: string) => scopeNodes.at(parseScope(scope));

test('a place has one number, however it is spelled', () => {
  expect(at(machine.toUpperCase()).number).toBe(at(machine).number);
  expect(new Set([...around, elsewhere].map(scope => at(scope).number)).size).toBe(6);
});

test.each(around.map((scope, depth) => ({ scope, depth })))(
  '$scope lies in what is around it',
  ({ scope, depth }) => {
    const place = at(scope);
    const expected = around.slice(0, depth + 1).map(outer => at(outer).number);
    expect([...aroundOf(place)].sort()).toEqual(expected.sort());
    expect([...around, elsewhere].map(other => isIn(place, at(other).number))).toEqual(
      [...around, elsewhere].map((_, i) => i <= depth),
    );
  },
);

test.each([
  ['/', 0],
  [corp, 0],
  [subscription, at(subscription).number],
  [machine, at(subscription).number],
])('%s lies in the subscription of that number', (scope, expected) => {
  expect(at(scope).subscription).toBe(expected);
});

test('something is found for each of some places, in any order', () => {
  const names = new ScopeArray<string>();
  names.set(7, 'seven');
  names.set(3, 'three');
  names.set(0, 'none');
  expect([0, 1, 3, 7, 8].map(number => names.get(number))).toEqual([
    'none',
    undefined,
    'three',
    'seven',
    undefined,
  ]);
  names.set(3, 'three again');
  expect(names.get(3)).toBe('three again');
  names.clear();
  expect(names.get(7)).toBeUndefined();
});

test('notes are kept while there come more places, and gone when they are cleared', () => {
  const notes = new StampedArray();
  const stamp = notes.clear();
  for (const place of [5, 1_023, 1_024, 5_000]) notes.set(place, place * 2);
  expect([5, 6, 1_023, 1_024, 5_000, 9_000].map(place => notes.get(place))).toEqual([
    10,
    undefined,
    2_046,
    2_048,
    10_000,
    undefined,
  ]);
  expect(notes.isCurrent(stamp)).toBe(true);
  notes.clear();
  expect(notes.isCurrent(stamp)).toBe(false);
  expect(notes.get(5)).toBeUndefined();
});

const lab = '/providers/Microsoft.Management/managementGroups/lab';

test.each([
  [
    'where it is known',
    { subscriptions: [{ id: subscription.split('/')[2], managementGroup: 'corp' }] },
    [
      ['subscription', 'reaches'],
      ['corp', 'reaches'],
      ['corp, too', 'reaches'],
    ],
  ],
  [
    'where it is not',
    { subscriptions: [] },
    [
      ['subscription', 'reaches'],
      ['corp', 'unknown'],
      ['corp, too', 'unknown'],
      ['lab', 'unknown'],
    ],
  ],
])('what reaches a resource group: management groups %s', (_, rows, expected) => {
  const items = [
    { name: 'corp', scope: corp },
    { name: 'lab', scope: lab },
    { name: 'subscription', scope: subscription },
    { name: 'corp, too', scope: corp.toUpperCase() },
    { name: 'elsewhere', scope: elsewhere },
  ];
  const index = new AncestorIndex(items, ({ scope }) => parseScope(scope).key, tenantOf(rows).tree);
  const around = [...index.around(parseScope(group))];
  expect(around.map(({ item, reach }) => [item.name, reach])).toEqual(expected);
});

test('where nothing stands, nothing reaches', () => {
  const empty = new AncestorIndex<string>([], text => text, tree);
  expect([...empty.around(parseScope(group))]).toEqual([]);
});
