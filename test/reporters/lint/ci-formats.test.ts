import { expect, test } from 'vitest';
import { readJson } from '../../../src/input/json.js';
import type { Finding } from '../../../src/lint/engine/finding.js';
import { reportAzure } from '../../../src/reporters/lint/azure.js';
import { reportGithub } from '../../../src/reporters/lint/github.js';
import { reportGitlab } from '../../../src/reporters/lint/gitlab.js';
import { cleanResult, descriptionFinding, placeIn, result, wildcardFinding } from '../lint-result.js';

const oddFile: Finding = {
  ...descriptionFinding,
  message: 'Role "100% reader" has no description.',
  at: { ...descriptionFinding.at, document: readJson('', 'roles/a,b:50%;[x].json') },
};

const overLines: Finding = {
  ...descriptionFinding,
  severity: 'medium',
  at: placeIn(readJson('{"Name": "Reader of keys",\n "Actions": [\n]}', 'roles/keys.json'), 'Actions'),
};

test('github: one command per finding, worst first, and the summary', () => {
  expect(reportGithub({ ...result, findings: [oddFile, overLines, wildcardFinding] })).toBe(
    [
      '::error file=roles/scorer.json,line=5,endLine=5,col=5,endColumn=76,title=ml-scoring-wildcard::Role "Model scorer" allows token/action and 2 more through "Microsoft.MachineLearningServices/workspaces/onlineEndpoints/*/action".%0AWrite Microsoft.MachineLearningServices/workspaces/onlineEndpoints/score/action instead.',
      '::warning file=roles/keys.json,line=2,endLine=3,title=role-description-missing::Role "Reader of keys" has no description.%0ASay in one sentence who needs the role.',
      '::notice file=roles/a%2Cb%3A50%25;[x].json,title=role-description-missing::Role "100%25 reader" has no description.%0ASay in one sentence who needs the role.',
      '3 findings (1 critical, 1 medium, 1 low) in 2 role definitions in 3 files. 1 suppressed in comments. 1 notice.',
      '',
    ].join('\n'),
  );
});

test('github: what a step does not show of a level is a plain line', () => {
  const findings = [...Array.from({ length: 11 }, () => wildcardFinding), descriptionFinding];
  const lines = reportGithub({ ...cleanResult, findings }).split('\n');
  expect(lines.filter(line => line.startsWith('::error '))).toHaveLength(10);
  expect(lines.filter(line => line.startsWith('::notice '))).toHaveLength(1);
  expect(lines[10]).toBe(
    'roles/scorer.json:5:5  critical  Role "Model scorer" allows token/action and 2 more through "Microsoft.MachineLearningServices/workspaces/onlineEndpoints/*/action". (ml-scoring-wildcard)',
  );
});

test('azure: one issue per finding, worst first, plain lines for info', () => {
  const findings: Finding[] = [
    { ...descriptionFinding, severity: 'info' },
    oddFile,
    overLines,
    wildcardFinding,
  ];
  expect(reportAzure({ ...result, findings })).toBe(
    [
      '##vso[task.logissue type=error;sourcepath=roles/scorer.json;linenumber=5;columnnumber=5;code=ml-scoring-wildcard;]Role "Model scorer" allows token/action and 2 more through "Microsoft.MachineLearningServices/workspaces/onlineEndpoints/*/action".',
      '##vso[task.logissue type=warning;sourcepath=roles/keys.json;linenumber=2;columnnumber=13;code=role-description-missing;]Role "Reader of keys" has no description.',
      '##vso[task.logissue type=warning;sourcepath=roles/a,b:50%AZP25%3B[x%5D.json;code=role-description-missing;]Role "100%AZP25 reader" has no description.',
      'roles/keys.json  info  Role "Reader of keys" has no description. (role-description-missing)',
      '4 findings (1 critical, 1 medium, 1 low, 1 info) in 2 role definitions in 3 files. 1 suppressed in comments. 1 notice.',
      '',
    ].join('\n'),
  );
});

test('gitlab: an array of issues', () => {
  expect(JSON.parse(reportGitlab(result))).toEqual([
    {
      description: 'Role "Reader of keys" has no description.',
      check_name: 'role-description-missing',
      fingerprint: '00112233445566cc',
      severity: 'minor',
      location: { path: 'roles/keys.json', lines: { begin: 1 } },
    },
    {
      description:
        'Role "Model scorer" allows token/action and 2 more through "Microsoft.MachineLearningServices/workspaces/onlineEndpoints/*/action".',
      check_name: 'ml-scoring-wildcard',
      fingerprint: '00112233445566aa',
      severity: 'blocker',
      location: { path: 'roles/scorer.json', lines: { begin: 5 } },
    },
  ]);
});

test.each([
  {
    name: 'github',
    report: reportGithub(cleanResult),
    expected: 'No findings in 1 role definition in 1 file.\n',
  },
  {
    name: 'azure',
    report: reportAzure(cleanResult),
    expected: 'No findings in 1 role definition in 1 file.\n',
  },
  { name: 'gitlab', report: reportGitlab(cleanResult), expected: '[]\n' },
])('$name without findings', ({ report, expected }) => {
  expect(report).toBe(expected);
});
