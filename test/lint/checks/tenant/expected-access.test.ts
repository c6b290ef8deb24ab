import { expect, test } from 'vitest';
import type { ExpectationOutcome, ExpectedAtScope } from '../../../../src/lint/checks/expectation-outcome.js';
import { expectedAccess } from '../../../../src/lint/checks/tenant/expected-access.js';
import { group, id } from '../../../tenant/access/tenant-rows.js';
import { customRole } from '../custom-role.js';
import { context } from './tenant-context.js';

const { at } = customRole({});
const met: ExpectedAtScope = {
  scope: group,
  actionSets: ['online-scoring'],
  missing: [],
  denied: [],
  denials: [],
  excess: [],
  excessCount: 0,
  forbidden: [],
  through: [],
};
const finds = ['excess', 'missing', 'denied', 'wider'] as const;

function found(result: Partial<ExpectedAtScope>, wider: ExpectationOutcome['wider'] = []) {
  const outcome = { identity: 'scorer', at, principal: id(1), results: [{ ...met, ...result }], wider };
  return finds.flatMap(find =>
    [...expectedAccess.evaluate(outcome, { find }, context)].map(match => ({ find, ...match })),
  );
}

const read = 'Microsoft.Compute/disks/read';
const write = 'Microsoft.Compute/disks/write';

test.each<[string, Partial<ExpectedAtScope>, readonly object[]]>([
  ['what it needs', {}, []],
  [
    'more',
    { excess: [read], excessCount: 3, through: ['Reader'] },
    [{ find: 'excess', evidence: { operations: [read], count: 3, forbidden: [], through: ['Reader'] } }],
  ],
  [
    'something where nothing is needed',
    { actionSets: [], excess: [read], excessCount: 1 },
    [{ find: 'excess', variant: 'nothing-needed' }],
  ],
  [
    'what it must not',
    { actionSets: [], excess: [write], excessCount: 1, forbidden: [write] },
    [{ find: 'excess', variant: 'forbidden', evidence: { forbidden: [write] } }],
  ],
  [
    'less',
    { missing: [read, write] },
    [{ find: 'missing', evidence: { operations: [read, write], count: 2, actionSets: ['online-scoring'] } }],
  ],
  [
    'less, of which a part is denied',
    { missing: [read, write], denied: [write], denials: ['Lock'] },
    [
      { find: 'missing', evidence: { operations: [read], count: 1 } },
      { find: 'denied', evidence: { operations: [write], count: 1, denials: ['Lock'] } },
    ],
  ],
  ['what is denied alone', { missing: [write], denied: [write] }, [{ find: 'denied' }]],
])('an identity that holds %s', (_, result, expected) => {
  const matches = found(result);
  expect(matches).toHaveLength(expected.length);
  expect(matches).toMatchObject(
    expected.map(match => ({ at, subject: { kind: 'principal', id: id(1), name: 'scorer' }, ...match })),
  );
  for (const match of matches) expect(match.identity).toEqual([id(1), group, '']);
});

test('a role at a wider scope than needed is one match, known by its name', () => {
  const matches = found({}, [{ role: 'Reader', scope: '/subscriptions/a', narrower: group }]);
  expect(matches).toMatchObject([
    {
      find: 'wider',
      evidence: { principal: 'scorer', scope: '/subscriptions/a', roleName: 'Reader', narrower: group },
      identity: [id(1), '/subscriptions/a', 'Reader'],
    },
  ]);
  expect(Object.hasOwn(matches[0]!, 'variant')).toBe(false);
});
