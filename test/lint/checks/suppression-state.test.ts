import { expect, test } from 'vitest';
import { suppressionState } from '../../../src/lint/checks/suppression-state.js';
import type { SuppressionUse } from '../../../src/lint/checks/suppression-use.js';
import { contextOf, customRole } from './custom-role.js';

const { at } = customRole({});
const sound: SuppressionUse = {
  by: 'inline',
  at,
  rule: 'action-casing',
  isKnownRule: true,
  suggestion: undefined,
  reason: 'as the service spells it',
  expires: undefined,
  expiry: 'none',
  use: 'used',
};
const states = ['expired', 'unused', 'without-reason', 'unknown-rule'] as const;

test.each<[string, Partial<SuppressionUse>, Readonly<Record<string, string>>]>([
  ['is sound', {}, {}],
  ['is for later', { expires: '2027-01-01', expiry: 'to-come' }, {}],
  ['is over', { expires: '2025-01-01', expiry: 'past', use: 'unused' }, { expired: 'itself' }],
  ['has no date for one', { expires: 'soon', expiry: 'bad-date', use: 'unused' }, { expired: 'bad-date' }],
  ['silences nothing', { use: 'unused' }, { unused: 'itself' }],
  ['was not needed in this run', { use: 'not-looked-for' }, {}],
  ['has no reason', { reason: undefined }, { 'without-reason': 'itself' }],
  ['names no rule', { rule: '', isKnownRule: false, use: 'unused' }, { 'unknown-rule': 'nameless' }],
  [
    'names a rule that there is not',
    { rule: 'x', isKnownRule: false, use: 'unused' },
    { 'unknown-rule': 'itself' },
  ],
  [
    'misspells a rule',
    { rule: 'action-casin', isKnownRule: false, suggestion: 'action-casing', use: 'unused' },
    { 'unknown-rule': 'near-match' },
  ],
])('a suppression that %s', (_, more, expected) => {
  const found = states.flatMap(state =>
    [...suppressionState.evaluate({ ...sound, ...more }, { state }, contextOf())].map(match => {
      expect(match.at).toBe(at);
      return [state, match.variant ?? 'itself'];
    }),
  );
  expect(Object.fromEntries(found)).toEqual(expected);
});
