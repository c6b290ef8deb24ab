import { expect, test } from 'vitest';
import { readJson } from '../../../src/input/json.js';
import { reportConcise } from '../../../src/reporters/lint/concise.js';
import { reportText } from '../../../src/reporters/lint/text.js';
import { displayWidth } from '../../../src/text/display-width.js';
import { cleanResult, placeIn, scorer, plain, result, typoFinding, wildcardFinding } from '../lint-result.js';

const keysMeaning = 'can read the keys, which work for anyone';
const operations = ['listkeys', 'regeneratekeys', 'token'].map(
  name => `Microsoft.MachineLearningServices/workspaces/onlineEndpoints/${name}/action`,
);
const evident = {
  ...wildcardFinding,
  rule: { ...wildcardFinding.rule, title: 'Wildcard grants more than scoring', detail: '' },
  evidence: { ...wildcardFinding.evidence, operations },
  related: [
    {
      at: wildcardFinding.at,
      operation: operations[0]!,
      meaning: keysMeaning,
      message: `${operations[0]}: ${keysMeaning}.`,
    },
    ...wildcardFinding.related,
  ],
};

test('shows place, severity, title and rule, then the text, what it comes to and the fix', async () => {
  expect(await written({ ...result, findings: [evident] })).toBe(`\
roles/scorer.json   role "Model scorer"
  5:5    CRITICAL  Wildcard grants more than scoring   ml-scoring-wildcard
         "Microsoft.MachineLearningServices/workspaces/onlineEndpoints/*/action"
         …/listkeys/action        read the keys, which work for anyone
         …/regeneratekeys/action
         …/token/action
         3:18: The description speaks of requests only.
         fix: Write Microsoft.MachineLearningServices/workspaces/onlineEndpoints/score/action
              instead.

1 finding (1 critical) in 2 role definitions in 3 files. 1 suppressed in
comments. 1 notice.
FAILED: 1 at or above medium. Why: azrbac rules RULE. Short: --format concise
`);
});

test('shows the message of a rule that has no shorter wording', async () => {
  const report = await written({ ...result, findings: [typoFinding] });
  expect(report).toContain('  6:2    HIGH      Operation that Azure does not know   action-unknown\n');
  expect(report).toContain('Azure knows no operation "…/scroe/action".');
});

test('puts the worst of a file first, or what is written first', async () => {
  const mild = { ...wildcardFinding, severity: 'low' as const };
  const findings = [mild, typoFinding];
  const severitiesIn = (text: string): string[] => text.match(/\b(?:LOW|HIGH)\b/g) ?? [];
  expect(severitiesIn(await written({ ...result, findings }))).toEqual(['HIGH', 'LOW']);
  expect(severitiesIn(await written({ ...result, findings }, { sort: 'position' }))).toEqual(['LOW', 'HIGH']);
});

test('heads each role of a file once, the one with the worst finding first', async () => {
  const other = { ...typoFinding, subject: { kind: 'role-definition' as const, name: 'B', id: null } };
  const mild = { ...wildcardFinding, severity: 'low' as const };
  const report = await written({
    ...result,
    findings: [mild, other, { ...mild, at: placeIn(scorer, 'Name') }],
  });
  expect(report.match(/^roles\/scorer\.json.*$/gm)).toEqual([
    'roles/scorer.json   role "B"',
    'roles/scorer.json   role "Model scorer"',
  ]);
});

test('folds findings that say the same of several places', async () => {
  const rule = { ...typoFinding.rule, title: 'Unknown operation', detail: 'Azure spells it "{spelling}".' };
  const first = { ...typoFinding, rule, evidence: { spelling: 'A/b/read' } };
  const second = { ...first, at: placeIn(scorer, 'Actions', 0), evidence: { spelling: 'A/c/read' } };
  const report = await written({ ...result, findings: [first, second] });
  expect(report).toContain('Unknown operation   action-unknown  2x, also 5:5\n');
  expect(report).toContain('Azure spells it "A/b/read", "A/c/read".\n');
});

test('says the fix of a rule once in a file, and why only when asked to', async () => {
  const findings = [evident, { ...evident, severity: 'low' as const }];
  const report = await written({ ...result, findings });
  expect(report.match(/fix:/g)).toHaveLength(1);
  expect(report).not.toContain('why:');
  expect((await written({ ...result, findings }, { verbose: true })).match(/why: /g)).toHaveLength(1);
});

test('shows five operations, and all of them when asked to', async () => {
  const many = Array.from({ length: 8 }, (_, i) => `Microsoft.Compute/disks/${i}/read`);
  const finding = { ...evident, related: [], evidence: { operations: many, pattern: '*' } };
  expect(await written({ ...result, findings: [finding] })).toContain('and 3 more operations\n');
  expect(await written({ ...result, findings: [finding] }, { verbose: true })).toContain('disks/7/read');
});

test.each([
  { failOn: 'critical' as const, says: 'FAILED: 1 at or above critical.' },
  { failOn: 'never' as const, says: 'PASSED: findings do not fail this run.' },
])('says whether the run failed, with --fail-on $failOn', async ({ failOn, says }) => {
  expect(await written({ ...result, findings: [evident] }, { failOn })).toContain(says);
});

test('does not say that a run passed which could not read everything', async () => {
  expect(await written(cleanResult, { isIncomplete: true })).toContain('INCOMPLETE');
});

test('says that there are no findings', async () => {
  expect(await written(cleanResult)).toBe(
    'No findings in 1 role definition in 1 file. PASSED: none at or above medium.\n',
  );
  expect(await written(cleanResult, { withoutSummary: true })).toBe('');
});

test.each([
  {
    case: 'a range over several lines is not shown',
    text: '{"Actions": [\n  "*"\n]}',
    path: ['Actions'],
    shown: [],
    hidden: '"Actions"',
  },
  {
    case: 'a short value has its line and a mark, wide characters counted',
    text: '{"名前": "e\u0301", "Id": 1}',
    path: ['Id'],
    shown: ['         {"名前": "e\u0301", "Id": 1}', `         ${' '.repeat(20)}^`],
    hidden: undefined,
  },
  {
    case: 'a terminal escape is harmless',
    text: '{"Name": "\u001b[2J"}',
    path: ['Name'],
    shown: ['         "\\u{1b}[2J"'],
    hidden: '\u001b',
  },
])('$case', async ({ text, path, shown, hidden }) => {
  const at = placeIn(readJson(text, 'roles/odd.json'), ...path);
  const report = await written({ ...result, findings: [{ ...evident, at, evidence: {}, related: [] }] });
  for (const line of shown) expect(report.split('\n')).toContain(line);
  if (hidden !== undefined) expect(report).not.toContain(hidden);
});

test.each([80, 120])('no line is wider than %i columns, whatever names say', async columns => {
  const names = [
    'x'.repeat(500),
    '名'.repeat(300),
    'a/'.repeat(300),
    '\u202e'.repeat(50),
    'word '.repeat(90),
  ];
  const findings = names.map(name => ({
    ...evident,
    at: placeIn(readJson(JSON.stringify({ Name: name }), `roles/${name}.json`), 'Name'),
    subject: { kind: 'role-definition' as const, name, id: null },
    message: `Role "${name}" is odd.`,
    // Operations of a fix stay whole: they are copied.
    rule: { ...wildcardFinding.rule, id: `own-${name.slice(0, 200)}`, fix: 'Give it another name.' },
    evidence: { operations: [name, `Microsoft.Compute/${name}`] },
  }));
  const report = await written({ ...result, findings }, { columns });
  for (const line of report.split('\n')) expect(displayWidth(line)).toBeLessThanOrEqual(columns);
});

test('breaks no operation that fits into a line', async () => {
  const finding = { ...evident, evidence: { operations, pattern: '*' }, related: [] };
  const report = await written({ ...result, findings: [finding] }, { columns: 100 });
  for (const operation of operations) expect(report).toContain(operation);
});

test('colours only when asked to', async () => {
  expect(await written(result, { color: 1 })).toContain('\u001b[');
  expect(await written(result)).not.toContain('\u001b[');
});

test('writes one line per finding and nothing else', () => {
  expect([...reportConcise({ ...result, findings: [evident, typoFinding] }, {})].join('')).toBe(
    'roles/scorer.json:5:5: critical ml-scoring-wildcard: Wildcard grants more than scoring\n' +
      'roles/scorer.json:6:2: high action-unknown: Operation that Azure does not know\n',
  );
});

type Options = Parameters<typeof reportText>[1];

async function written(
  lintResult: Parameters<typeof reportText>[0],
  options: Partial<Options> = {},
): Promise<string> {
  return [...(await reportText(lintResult, { ...plain, ...options }))].join('');
}
