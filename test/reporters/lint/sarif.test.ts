import { describe, expect, test } from 'vitest';
import { readJson } from '../../../src/input/json.js';
import type { Finding, LintResult } from '../../../src/lint/engine/finding.js';
import { reportSarif } from '../../../src/reporters/lint/sarif.js';
import {
  cleanResult,
  descriptionFinding,
  descriptionRule,
  plain,
  result,
  placeIn,
  scorerText,
  typoFinding,
  wildcardFinding,
  wildcardRule,
} from '../lint-result.js';
import { sarifSchemaErrors, type SarifLog } from '../sarif-schema.js';

test.each([
  { case: 'findings, suppressed findings and notices', of: result },
  { case: 'no findings', of: cleanResult },
])('a log of $case is valid SARIF 2.1.0', ({ of }) => {
  expect(sarifSchemaErrors(logOf(of))).toEqual([]);
});

test('the schema refuses a log that is wrong', () => {
  const log = logOf(result);
  Object.assign(runOf(log).results[0].locations[0].physicalLocation.region, { startLine: 0 });
  expect(sarifSchemaErrors(log)).toEqual([
    '/runs/0/results/0/locations/0/physicalLocation/region/startLine must be >= 1',
  ]);
});

test('a result has its place, related places, fingerprint and severity', () => {
  expect(runOf(logOf(result)).results[0]).toEqual({
    ruleId: 'ml-scoring-wildcard',
    ruleIndex: 1,
    level: 'error',
    message: {
      text: 'Role "Model scorer" allows token/action and 2 more through "Microsoft.MachineLearningServices/workspaces/onlineEndpoints/*/action".',
    },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: 'roles/scorer.json', uriBaseId: '%SRCROOT%' },
          region: { startLine: 5, startColumn: 5, endLine: 5, endColumn: 76 },
        },
        logicalLocations: [{ name: 'Model scorer', fullyQualifiedName: '/Actions/0' }],
      },
    ],
    relatedLocations: [
      {
        id: 0,
        physicalLocation: {
          artifactLocation: { uri: 'roles/scorer.json', uriBaseId: '%SRCROOT%' },
          region: { startLine: 3, startColumn: 18, endLine: 3, endColumn: 55 },
        },
        message: { text: 'The description speaks of requests only.' },
      },
    ],
    partialFingerprints: { primaryLocationLineHash: '00112233445566aa', 'azrbac/v1': '00112233445566aa' },
    suppressions: [],
    properties: { severity: 'critical' },
  });
});

test('a finding without a line is shown on the first, because GitHub drops it otherwise', () => {
  expect(runOf(logOf(result)).results[1].locations[0].physicalLocation.region).toEqual({ startLine: 1 });
});

test.each([
  { by: 'inline', kind: 'inSource' },
  { by: 'config', kind: 'external' },
  { by: 'baseline', kind: 'external' },
] as const)('a finding suppressed by $by is marked as $kind', ({ by, kind }) => {
  const log = logOf({
    ...result,
    findings: [],
    suppressed: [{ finding: typoFinding, by, reason: 'Preview operation' }],
  });
  expect(sarifSchemaErrors(log)).toEqual([]);
  expect(runOf(log).results[0].suppressions).toEqual([
    { kind, status: 'accepted', justification: 'Preview operation' },
  ]);
});

test('ruleIndex of every result names its rule, and rules stand once, by id', () => {
  const { tool, results } = runOf(
    logOf({ ...result, findings: [wildcardFinding, typoFinding, wildcardFinding] }),
  );
  const ids = tool.driver.rules.map(({ id }) => id);
  expect(ids).toEqual(['action-unknown', 'ml-scoring-wildcard']);
  expect(results.map(({ ruleIndex }) => ids[ruleIndex])).toEqual(results.map(({ ruleId }) => ruleId));
});

describe('rules', () => {
  test.each([
    { severity: 'critical', level: 'error', problem: 'error', security: '9.5' },
    { severity: 'high', level: 'error', problem: 'error', security: '8.0' },
    { severity: 'medium', level: 'warning', problem: 'warning', security: '5.5' },
    { severity: 'low', level: 'note', problem: 'recommendation', security: '2.5' },
    { severity: 'info', level: 'note', problem: 'recommendation', security: '0.5' },
  ] as const)('with findings of severity $severity at worst', ({ severity, level, problem, security }) => {
    const { tool, results } = runOf(logOf({ ...cleanResult, findings: [{ ...wildcardFinding, severity }] }));
    expect(results[0].level).toBe(level);
    expect(tool.driver.rules[0]?.properties).toEqual({
      category: 'azure-ml',
      precision: 'high',
      'problem.severity': problem,
      'security-severity': security,
      tags: ['security', 'azure', 'rbac', 'azure-ml'],
    });
  });

  test('about the form of a document are no security alerts', () => {
    const { tool } = runOf(
      logOf({ ...cleanResult, findings: [{ ...descriptionFinding, rule: descriptionRule }] }),
    );
    expect(tool.driver.rules[0]?.properties).toEqual({
      category: 'document',
      precision: 'high',
      'problem.severity': 'recommendation',
      tags: ['correctness', 'azure', 'rbac', 'document'],
    });
  });

  test('carry the texts that GitHub shows', () => {
    expect(runOf(logOf({ ...cleanResult, findings: [wildcardFinding] })).tool.driver.rules[0]).toMatchObject({
      id: 'ml-scoring-wildcard',
      shortDescription: { text: 'Scoring role hands out more than score' },
      fullDescription: { text: 'The wildcard also lets its holder read the keys of the endpoint.' },
      helpUri: 'https://github.com/azrbac/azrbac/blob/main/docs/rules/ml-scoring-wildcard.md',
      help: { markdown: expect.stringContaining('**Fix:** Write Microsoft.MachineLearningServices') },
      defaultConfiguration: { level: 'error' },
    });
  });
});

test('notices are notifications of a run that went well', () => {
  expect(runOf(logOf(result)).invocations).toEqual([
    {
      executionSuccessful: true,
      toolExecutionNotifications: [
        {
          descriptor: { id: 'not-an-azure-role' },
          level: 'note',
          message: { text: 'This is a Cosmos DB role definition.' },
          locations: [
            { physicalLocation: { artifactLocation: { uri: 'roles/cosmos.json', uriBaseId: '%SRCROOT%' } } },
          ],
        },
      ],
    },
  ]);
});

test('keeps the 5,000 worst of more results and says so', () => {
  const mild: Finding = { ...wildcardFinding, severity: 'low' };
  const findings = [...Array.from({ length: 5001 }, () => mild), wildcardFinding];
  const { results, invocations } = runOf(logOf({ ...cleanResult, findings }));
  expect(results).toHaveLength(5000);
  expect(results[0].properties.severity).toBe('critical');
  expect(invocations[0].toolExecutionNotifications).toEqual([
    {
      descriptor: { id: 'results-left-out' },
      level: 'note',
      message: { text: '2 of 5002 results are left out: code scanning keeps 5000. The worst are here.' },
    },
  ]);
});

test('keeps 100 related places', () => {
  const related = Array.from({ length: 101 }, () => ({ at: wildcardFinding.at, message: 'Also here.' }));
  const { results } = runOf(logOf({ ...cleanResult, findings: [{ ...wildcardFinding, related }] }));
  expect(results[0].relatedLocations).toHaveLength(100);
});

test.each([
  { file: 'roles/team a/50%.json', uri: 'roles/team%20a/50%25.json' },
  { file: 'roles/größe#1?.json', uri: 'roles/gr%C3%B6%C3%9Fe%231%3F.json' },
  { file: 'C:/roles/scorer.json', uri: 'C%3A/roles/scorer.json' },
  { file: 'roles/\ud800.json', uri: 'roles/%EF%BF%BD.json' },
  { file: '-', uri: '-' },
])('writes the path $file as the URI $uri', ({ file, uri }) => {
  const finding = { ...wildcardFinding, at: placeIn(readJson(scorerText, file), 'Actions', 0) };
  const { results } = runOf(logOf({ ...cleanResult, findings: [finding] }));
  expect(results[0].locations[0].physicalLocation.artifactLocation.uri).toBe(uri);
});

test('a message holds no embedded link', () => {
  const finding = { ...wildcardFinding, message: 'Role "[click](https://evil.example)" reads keys.' };
  const { results } = runOf(logOf({ ...cleanResult, findings: [finding] }));
  expect(results[0].message.text).toBe('Role "[click]\\u0028https://evil.example)" reads keys.');
});

test.skipIf(process.platform === 'win32')('a backslash in the name of a file is none in its path', () => {
  const finding = { ...wildcardFinding, at: placeIn(readJson(scorerText, 'a\\b.json'), 'Actions', 0) };
  const { results } = runOf(logOf({ ...cleanResult, findings: [finding] }));
  expect(results[0].locations[0].physicalLocation.artifactLocation.uri).toBe('a%5Cb.json');
});

test('a message holds no placeholder', () => {
  const finding = { ...wildcardFinding, message: 'Role "{0}\u0007" reads keys.' };
  const { results } = runOf(logOf({ ...cleanResult, findings: [finding] }));
  expect(results[0].message.text).toBe('Role "{{0}}\\u0007" reads keys.');
});

test("what a user's own rule says is text, and links lead to the web", () => {
  const rule = {
    ...wildcardRule,
    since: 'own',
    title: 'Takes {0}',
    why: 'See ![a](https://evil.example/a.png) and `{code}`.',
    fix: '<img src=x>',
    references: ['javascript:alert(1)', 'http://contoso.example', 'https://contoso.example/{a}>)'],
  };
  const [described] = runOf(logOf({ ...cleanResult, findings: [{ ...wildcardFinding, rule }] })).tool.driver
    .rules;
  expect(described).toMatchObject({
    shortDescription: { text: 'Takes {{0}}' },
    fullDescription: { text: 'See ![a]\\u0028https://evil.example/a.png) and `{{code}}`.' },
    help: {
      text: 'See ![a]\\u0028https://evil.example/a.png) and `{{code}}`.\n\n<img src=x>',
      markdown: [
        '**Why:** See \\!\\[a\\](https:<!-- -->//evil.example/a.png) and `{{code}}`.',
        '**Fix:** &lt;img src=x&gt;',
        '[ml-scoring-wildcard](https://contoso.example/%7Ba%7D%3E%29)',
        '- <https://contoso.example/%7Ba%7D%3E%29>',
      ].join('\n\n'),
    },
  });
});

test('every rule without references still has help', () => {
  const finding = { ...wildcardFinding, rule: { ...wildcardRule, references: [] } };
  expect(sarifSchemaErrors(logOf({ ...cleanResult, findings: [finding] }))).toEqual([]);
});

function logOf(of: LintResult): SarifLog {
  return JSON.parse(reportSarif(of, plain)) as SarifLog;
}

function runOf(log: SarifLog): SarifLog['runs'][number] {
  return log.runs[0];
}
