import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Finding } from '../../../src/lint/engine/finding.js';
import { reportCsv } from '../../../src/reporters/lint/csv.js';
import { parseCsv } from '../parse-csv.js';
import { cleanResult, descriptionFinding, result, wildcardFinding } from '../lint-result.js';

const columns =
  'severity,ruleId,message,file,line,column,pointer,subjectKind,subjectName,subjectId,roleName,principalId,scope,fingerprint,helpUri';

function csvOf(findings: readonly Finding[]): string {
  return [...reportCsv({ ...result, findings })].join('');
}

test('a row per finding, with an empty cell for what there is not', () => {
  expect(csvOf([descriptionFinding, wildcardFinding])).toBe(
    [
      columns,
      'low,role-description-missing,"Role ""Reader of keys"" has no description.",roles/keys.json,,,,role-definition,Reader of keys,5f1b7a0e-9f5b-4c2e-8a43-3c1f1f9b0d11,,,,00112233445566cc,https://github.com/azrbac/azrbac/blob/main/docs/rules/role-description-missing.md',
      'critical,ml-scoring-wildcard,"Role ""Model scorer"" allows token/action and 2 more through ""Microsoft.MachineLearningServices/workspaces/onlineEndpoints/*/action"".",roles/scorer.json,5,5,/Actions/0,role-definition,Model scorer,,,,,00112233445566aa,https://github.com/azrbac/azrbac/blob/main/docs/rules/ml-scoring-wildcard.md',
      '',
    ].join('\r\n'),
  );
});

test('without findings there are the names of the columns', () => {
  expect([...reportCsv(cleanResult)].join('')).toBe(`${columns}\r\n`);
});

test.each([
  ['=1+1', "'=1+1"],
  ['+49 30 1', "'+49 30 1"],
  ['-2', "'-2"],
  ['@SUM(A1)', "'@SUM(A1)"],
  [' =1+1', "' =1+1"],
  ['＝1+1', "'＝1+1"],
  ['\t=1+1', '\\u{9}=1+1'],
  ['\r=1+1', '\\u{d}=1+1'],
  ['=HYPERLINK("https://evil.example","a")', '\'=HYPERLINK("https://evil.example","a")'],
  ['=1;=2', "'=1;=2"],
  ['Owner\r\n=1+1', 'Owner\\u{d}\\u{a}=1+1'],
  ['a,b', 'a,b'],
  ['a "b"', 'a "b"'],
])('%j is no formula: %j', (name, cell) => {
  const [, row] = parseCsv(csvOf([{ ...wildcardFinding, message: name }]));
  expect(row?.[2]).toBe(cell);
});

test('whatever the text, there are as many cells as columns, and none that is computed', () => {
  const text = fc.string({ unit: 'binary' });
  fc.assert(
    fc.property(text, text, (message, name) => {
      const finding: Finding = {
        ...wildcardFinding,
        message,
        subject: { kind: 'principal', name, id: name },
      };
      const rows = parseCsv(csvOf([finding, { ...finding, evidence: { scope: message } }]));
      expect(rows.map(({ length }) => length)).toEqual([15, 15, 15]);
      expect(rows.flat().filter(cell => /^[\s"]*[=+\-@\t\r]/.test(cell))).toEqual([]);
    }),
  );
});
