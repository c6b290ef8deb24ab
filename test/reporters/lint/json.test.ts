import { expect, test } from 'vitest';
import type { LintResult } from '../../../src/lint/engine/finding.js';
import { reportJson } from '../../../src/reporters/lint/json.js';
import { cleanResult, result, wildcardFinding } from '../lint-result.js';

test('holds what the run was, its findings, what is suppressed and what was not looked at', () => {
  expect(JSON.parse(written(result))).toEqual({
    version: 1,
    catalog: { date: '2026-08-22', operations: 22704, builtInRoles: 928 },
    summary: {
      files: 3,
      roleDefinitions: 2,
      critical: 1,
      high: 0,
      medium: 0,
      low: 1,
      info: 0,
      suppressed: 1,
      suppressedBy: { comments: 1, configuration: 0, baseline: 0 },
      notLinted: {
        excludedFiles: 0,
        excludedFolders: 0,
        notIncludedFiles: 0,
        ignoredFiles: 0,
        ignoredFolders: 0,
        nodeModulesFiles: 0,
        unreadablePaths: 0,
        builtInRoles: 0,
        templateStrings: 0,
      },
      configuration: { rulesOff: 0, rulesMilder: 0, failOn: null },
    },
    findings: [
      {
        ruleId: 'role-description-missing',
        severity: 'low',
        title: 'Role without a description',
        message: 'Role "Reader of keys" has no description.',
        file: 'roles/keys.json',
        pointer: '',
        subject: {
          kind: 'role-definition',
          name: 'Reader of keys',
          id: '5f1b7a0e-9f5b-4c2e-8a43-3c1f1f9b0d11',
        },
        evidence: {},
        related: [],
        fingerprint: '00112233445566cc',
        helpUri: 'https://github.com/azrbac/azrbac/blob/main/docs/rules/role-description-missing.md',
      },
      {
        ruleId: 'ml-scoring-wildcard',
        severity: 'critical',
        title: 'Scoring role hands out more than score',
        message:
          'Role "Model scorer" allows token/action and 2 more through "Microsoft.MachineLearningServices/workspaces/onlineEndpoints/*/action".',
        file: 'roles/scorer.json',
        line: 5,
        column: 5,
        endLine: 5,
        endColumn: 76,
        pointer: '/Actions/0',
        subject: { kind: 'role-definition', name: 'Model scorer', id: null },
        evidence: {
          pattern: 'Microsoft.MachineLearningServices/workspaces/onlineEndpoints/*/action',
          count: 3,
        },
        related: [
          {
            file: 'roles/scorer.json',
            line: 3,
            column: 18,
            endLine: 3,
            endColumn: 55,
            pointer: '/Description',
            message: 'The description speaks of requests only.',
          },
        ],
        fingerprint: '00112233445566aa',
        helpUri: 'https://github.com/azrbac/azrbac/blob/main/docs/rules/ml-scoring-wildcard.md',
      },
    ],
    suppressed: [
      {
        finding: {
          ruleId: 'action-unknown',
          severity: 'high',
          title: 'Operation that Azure does not know',
          message:
            'Azure knows no operation "Microsoft.MachineLearningServices/workspaces/onlineEndpoints/scroe/action".',
          file: 'roles/scorer.json',
          line: 6,
          column: 2,
          endLine: 6,
          endColumn: 77,
          pointer: '/Actions/1',
          subject: { kind: 'role-definition', name: 'Model scorer', id: null },
          evidence: {
            action: 'Microsoft.MachineLearningServices/workspaces/onlineEndpoints/scroe/action',
            suggestions: ['Microsoft.MachineLearningServices/workspaces/onlineEndpoints/score/action'],
          },
          related: [],
          fingerprint: '00112233445566bb',
          helpUri: 'https://github.com/azrbac/azrbac/blob/main/docs/rules/action-unknown.md',
        },
        by: 'inline',
        reason: 'Preview operation',
      },
    ],
    notices: [
      {
        code: 'not-an-azure-role',
        message: 'This is a Cosmos DB role definition.',
        file: 'roles/cosmos.json',
      },
    ],
  });
});

test('is indented by two blanks and ends in a line break', () => {
  expect(written(cleanResult)).toBe(`{
  "version": 1,
  "catalog": {
    "date": "2026-08-22",
    "operations": 22704,
    "builtInRoles": 928
  },
  "summary": {
    "files": 1,
    "roleDefinitions": 1,
    "critical": 0,
    "high": 0,
    "medium": 0,
    "low": 0,
    "info": 0,
    "suppressed": 0,
    "suppressedBy": {
      "comments": 0,
      "configuration": 0,
      "baseline": 0
    },
    "notLinted": {
      "excludedFiles": 0,
      "excludedFolders": 0,
      "notIncludedFiles": 0,
      "ignoredFiles": 0,
      "ignoredFolders": 0,
      "nodeModulesFiles": 0,
      "unreadablePaths": 0,
      "builtInRoles": 0,
      "templateStrings": 0
    },
    "configuration": {
      "rulesOff": 0,
      "rulesMilder": 0,
      "failOn": null
    }
  },
  "findings": [],
  "suppressed": [],
  "notices": []
}
`);
});

test('keeps evidence under the key __proto__', () => {
  const evidence = JSON.parse('{"__proto__": "Microsoft.Compute/*"}') as Record<string, string>;
  const report = written({ ...result, findings: [{ ...wildcardFinding, evidence }] });
  expect(report).toContain('"__proto__": "Microsoft.Compute/*"');
});

function written(lintResult: LintResult): string {
  return [...reportJson(lintResult)].join('');
}
