import { expect, test } from 'vitest';
import { readJson } from '../../../src/input/json.js';
import { reportText } from '../../../src/reporters/lint/text.js';
import {
  cleanResult,
  descriptionFinding,
  placeIn,
  scorer,
  plain,
  result,
  typoFinding,
  wildcardFinding,
} from '../lint-result.js';

test('shows place, message, excerpt, related places, why, fix and rule, and sums up', async () => {
  expect(await written(result, plain)).toBe(`\
roles/keys.json  low  Role "Reader of keys" has no description.
   why  Nobody can tell what the role is for.
   fix  Say in one sentence who needs the role.
   rule role-description-missing

roles/scorer.json:5:5  critical  Role "Model scorer" allows token/action and 2 more through "Microsoft.MachineLearningServices/workspaces/onlineEndpoints/*/action".
  |
5 |     "Microsoft.MachineLearningServices/workspaces/onlineEndpoints/*/action",
  |     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  also 3:18  The description speaks of requests only.
  why  The wildcard also lets its holder read the keys of the endpoint.
  fix  Write Microsoft.MachineLearningServices/workspaces/onlineEndpoints/score/action instead.
  rule ml-scoring-wildcard

2 findings (1 critical, 1 low) in 2 role definitions in 3 files. 1 suppressed in comments. 1 notice.
`);
});

test('says why and how to mend it at the first finding of a rule only, and shows tabs as four blanks', async () => {
  const report = await written({ ...result, findings: [typoFinding, typoFinding] }, plain);
  expect(report.match(/ why /g)).toHaveLength(1);
  expect(report.split('\n\n')[1]).toBe(`\
roles/scorer.json:6:2  high  Azure knows no operation "Microsoft.MachineLearningServices/workspaces/onlineEndpoints/scroe/action".
  |
6 |     "Microsoft.MachineLearningServices/workspaces/onlineEndpoints/scroe/action"
  |     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  rule action-unknown`);
});

test('says of a related place only what is new, and shows five', async () => {
  const elsewhere = readJson('{"Name": "Model scorer"}', 'roles/copy.json');
  const related = [
    { at: wildcardFinding.at, message: 'It also lets its holder read keys.' },
    { at: placeIn(scorer, 'Name'), message: 'It is called a scorer.' },
    { at: placeIn(elsewhere, 'Name'), message: 'Another role is called the same.' },
    { at: descriptionFinding.at, message: 'A third role reads keys.' },
    ...['a', 'b', 'c'].map(letter => ({ at: wildcardFinding.at, message: `Reason ${letter}.` })),
  ];
  const report = await written({ ...result, findings: [{ ...wildcardFinding, related }] }, plain);
  expect(report.split('\n').filter(line => line.startsWith('  also'))).toEqual([
    '  also It also lets its holder read keys.',
    '  also 2:11  It is called a scorer.',
    '  also roles/copy.json:1:10  Another role is called the same.',
    '  also roles/keys.json  A third role reads keys.',
    '  also Reason a.',
    '  also 2 more',
  ]);
});

test('says that there are no findings', async () => {
  expect(await written(cleanResult, plain)).toBe('No findings in 1 role definition in 1 file.\n');
});

test.each([
  {
    case: 'a range over several lines',
    text: '{"Actions": [\n  "*"\n]}',
    path: ['Actions'],
    shown: ['1 | {"Actions": [', '  |             ^ to line 3'],
  },
  {
    case: 'wide and combining characters before the range',
    text: '{"名前": "e\u0301", "Id": 1}',
    path: ['Id'],
    shown: ['1 | {"名前": "e\u0301", "Id": 1}', `  | ${' '.repeat(20)}^`],
  },
  {
    case: 'a terminal escape',
    text: '{"Name": "\u001b[2J"}',
    path: ['Name'],
    shown: ['1 | {"Name": "\\u{1b}[2J"}', '  |          ^^^^^^^^^^^'],
  },
  {
    case: 'a line longer than a screen',
    text: `{"Actions": [${'"Microsoft.Compute/virtualMachines/read", '.repeat(1000)}"*"${', "*/read"'.repeat(1000)}]}`,
    path: ['Actions', 1000],
    shown: [
      '1 | …alMachines/read", "Microsoft.Compute/virtualMachines/read", "*", "*/read", "*/read", "*/read", "*/read", "*/read", "*/re…',
      `  | ${' '.repeat(61)}^^^`,
    ],
  },
  {
    case: 'a line that is cut between the halves of a character',
    text: `{"${'🔑'.repeat(100)}": "*"}`,
    path: ['🔑'.repeat(100)],
    shown: [`1 | …${'🔑'.repeat(28)}": "*"}`, `  | ${' '.repeat(60)}^^^`],
  },
])('excerpt of $case', async ({ text, path, shown }) => {
  const at = placeIn(readJson(text, 'roles/odd.json'), ...path);
  const report = await written({ ...result, findings: [{ ...wildcardFinding, at }] }, plain);
  for (const line of shown) expect(report.split('\n')).toContain(line);
});

test('colours only when asked to', async () => {
  expect(await written(result, { ...plain, color: 1 })).toContain('\u001b[');
});

async function written(...[lintResult, options]: Parameters<typeof reportText>): Promise<string> {
  return [...(await reportText(lintResult, options))].join('');
}
