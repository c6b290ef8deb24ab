import { expect, test } from 'vitest';
import type { ScopeHierarchy } from '../../../src/tenant/azure/scope-hierarchy.js';
import { kindsAtRoot, remainingGaps } from '../../../src/tenant/azure/remaining-gaps.js';

const [production, sandbox] = [
  '99999999-8888-7777-6666-555555555555',
  '11111111-2222-3333-4444-555555555555',
];
const group = (name: string): string => `/providers/Microsoft.Management/managementGroups/${name}`;
const subscription = (id: string, managementGroup: string) => ({
  id,
  managementGroup,
  displayName: null,
  state: null,
});

const none: ReadonlySet<string> = new Set();

const containers: ScopeHierarchy = {
  managementGroups: [
    { id: 'Root', parent: null, displayName: null },
    { id: 'Platform', parent: 'Root', displayName: null },
    { id: 'Empty', parent: 'Root', displayName: null },
  ],
  subscriptions: [subscription(production, 'Platform'), subscription(sandbox, 'root')],
  foreign: 0,
  gaps: [],
  isOpen: false,
};

const refused = (what: string, scope: string) => ({ what, scope, reason: `403: needs ${what}` });

test.each([
  {
    name: 'a group whose subscription shows what it inherits',
    gap: refused('roleAssignments', group('Platform')),
    isLeft: false,
  },
  { name: 'a group far above', gap: refused('roleDefinitions', group('Root')), isLeft: false },
  { name: 'a group without subscriptions', gap: refused('roleAssignments', group('Empty')), isLeft: true },
  { name: 'the root', gap: refused('roleAssignments', '/'), isLeft: true },
  {
    name: 'deny assignments, of which the root has none',
    gap: refused('denyAssignments', '/'),
    isLeft: false,
  },
  {
    name: 'a subscription itself',
    gap: refused('roleAssignments', `/subscriptions/${production}`),
    isLeft: true,
  },
  { name: 'the tree', gap: refused('managementGroups', '/'), isLeft: true },
])('$name: left is $isLeft', ({ gap, isLeft }) => {
  expect(remainingGaps([gap], containers, none)).toEqual(isLeft ? [gap] : []);
});

test('a subscription that was not read either shows nothing', () => {
  const gaps = [
    refused('roleAssignments', `/subscriptions/${production}`),
    refused('roleAssignments', group('Platform')),
  ];
  expect(remainingGaps(gaps, containers, none)).toHaveLength(2);
});

test('the same gap is told once', () => {
  const gap = refused('resources', `/subscriptions/${production}`);
  expect(remainingGaps([gap, { ...gap }], containers, none)).toEqual([gap]);
});

test('what subscriptions show of the root is not missing', () => {
  const atRoot = '/providers/microsoft.authorization/roleassignments/1';
  const inGroup = `${group('Root')}${atRoot}`.toLowerCase();
  const inSight = kindsAtRoot([
    { kind: 'roleAssignments', key: atRoot },
    { kind: 'eligibleAssignments', key: inGroup },
  ]);
  const gaps = [refused('roleAssignments', '/'), refused('eligibleAssignments', '/')];
  expect(remainingGaps(gaps, containers, inSight)).toEqual([refused('eligibleAssignments', '/')]);
});
