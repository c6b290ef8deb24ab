import { describe, expect, test } from 'vitest';
import { found, lintFiles, roleWith } from './lint-text.js';

const wildcard = 'Microsoft.MachineLearningServices/workspaces/onlineEndpoints/*/action';
const reason = 'Its holders manage the endpoints too.';
const rule = 'ml-scoring-wildcard';
const client = roleWith([wildcard]);

/** What is left with this suppression of the one finding in `roles/client.json`. */
const left = (
  suppression: object,
  files: Record<string, unknown> = { 'roles/client.json': client },
): string[] => found(lintFiles(files, { config: { suppressions: [{ rule, reason, ...suppression }] } }));

test('a suppressed finding is kept apart, with its reason', () => {
  const { findings, suppressed } = lintFiles(
    { 'roles/client.json': client },
    { config: { suppressions: [{ rule, reason }] } },
  );
  expect(findings).toEqual([]);
  expect(suppressed.map(({ finding, by, reason }) => [finding.rule.id, by, reason])).toEqual([
    [rule, 'config', reason],
  ]);
});

describe('a suppression holds only where all that it names fits:', () => {
  test.each([
    { role: 'Endpoint Client' },
    { role: ' endpoint client' },
    { file: 'roles/client.json' },
    { file: './roles/*.json' },
    { file: 'client.json' },
    { file: '**/roles/**' },
    { operation: wildcard },
    { operation: 'microsoft.machinelearningservices/*' },
    { role: 'Endpoint Client', file: 'roles/*', operation: '*/action' },
    { rule: 'ml-scoring-wildcard', owner: 'ML platform' },
  ])('%j', suppression => {
    expect(left(suppression)).toEqual([]);
  });

  test.each([
    { role: 'Endpoint' },
    { file: 'role/*.json' },
    { file: 'roles' },
    { operation: 'Microsoft.MachineLearningServices/workspaces/onlineEndpoints/score/action' },
    { operation: '*/read' },
    { role: 'Endpoint Client', file: 'other/*' },
    { rule: 'ml-scoring-role-writes' },
  ])('%j does not', suppression => {
    expect(left(suppression)).toEqual([
      'azrbac.config.json suppression-unused',
      'roles/client.json ml-scoring-wildcard',
    ]);
  });
});

test('a role may be named by its GUID', () => {
  const id = '6f4c7a0e-2f2b-4c5e-9d0c-5f0a3c1b7e11';
  expect(left({ role: id.toUpperCase() }, { 'roles/client.json': { ...client, Id: id } })).toEqual([]);
});

describe('the last day of a suppression counts:', () => {
  test.each([
    ['2026-11-22', []],
    ['2026-11-21', []],
    ['2026-11-20', ['azrbac.config.json suppression-expired', 'roles/client.json ml-scoring-wildcard']],
    ['2026-11-31', ['azrbac.config.json suppression-expired', 'roles/client.json ml-scoring-wildcard']],
    ['2027', ['azrbac.config.json suppression-expired', 'roles/client.json ml-scoring-wildcard']],
    ['', ['azrbac.config.json suppression-expired', 'roles/client.json ml-scoring-wildcard']],
  ])('%j', (expires, remaining) => {
    expect(left({ expires })).toEqual(remaining);
  });
});

describe('a suppression is unused only where it could have been needed:', () => {
  const unused = ['azrbac.config.json suppression-unused'];
  test.each([
    ['everything was read', 'everything', { file: 'roles/gone.json' }, unused],
    ['its file is not among the named', 'named-files', { file: 'roles/gone.json' }, []],
    ['its role is not in the named files', 'named-files', { role: 'Gone' }, []],
    ['it names neither file nor role', 'named-files', {}, []],
    ['it names neither file nor role, and a folder was read', 'folders', {}, unused],
    ['its file is not in the folders', 'folders', { file: 'other/*' }, []],
    ['its file is among the named', 'named-files', { file: 'scorer.json' }, unused],
    ['its role is in the named files', 'named-files', { role: 'Scorer' }, unused],
  ] as const)('%s', (_, coverage, suppression, remaining) => {
    const scorer = roleWith(
      ['Microsoft.MachineLearningServices/workspaces/onlineEndpoints/score/action'],
      'Scorer',
    );
    const config = { suppressions: [{ rule, reason, ...suppression }] };
    expect(found(lintFiles({ 'roles/scorer.json': scorer }, { config, coverage }))).toEqual(remaining);
  });

  test('its rule is off', () => {
    const config = { rules: { [rule]: 'off' }, suppressions: [{ rule, reason }] };
    expect(found(lintFiles({ 'roles/client.json': client }, { config }))).toEqual([
      'roles/client.json ml-scoring-role-reads-keys',
    ]);
  });

  test('what it is about became part of another finding', () => {
    const config = { suppressions: [{ rule: 'ml-scoring-role-reads-keys', reason }] };
    const { findings } = lintFiles({ 'roles/client.json': client }, { config });
    expect(
      findings.map(({ rule, related }) => [rule.id, related.flatMap(({ ruleId }) => ruleId ?? [])]),
    ).toEqual([['ml-scoring-wildcard', []]]);
  });
});

test('a suppression accepts findings about other suppressions, not about itself', () => {
  const suppressions = [
    {
      rule: 'suppression-expired',
      file: 'azrbac.config.json',
      reason: 'Looked at each quarter.',
      expires: '2020-01-01',
    },
    { rule: 'role-destroys', reason, expires: '2020-01-01' },
    { rule: 'suppression-expired', file: 'azrbac.config.json', reason: 'Looked at each quarter.' },
  ];
  expect(
    lintFiles(
      { 'roles/scorer.json': roleWith(['Microsoft.Compute/disks/read']) },
      { config: { suppressions } },
    ).findings,
  ).toEqual([]);
  const [alone] = suppressions;
  expect(found(lintFiles({}, { config: { suppressions: [alone] } }))).toEqual([
    'azrbac.config.json suppression-expired',
  ]);
});
