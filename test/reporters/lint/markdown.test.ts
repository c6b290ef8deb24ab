import { expect, test } from 'vitest';
import type { Finding } from '../../../src/lint/engine/finding.js';
import { reportMarkdown } from '../../../src/reporters/lint/markdown.js';
import { cleanResult, result, wildcardFinding } from '../lint-result.js';

test('a table of findings, worst first, and the notices', () => {
  expect(reportMarkdown(result)).toBe(`\
## azrbac lint

2 findings (1 critical, 1 low) in 2 role definitions in 3 files. 1 suppressed in comments. 1 notice.

| Severity | Place | Finding | Rule |
| --- | --- | --- | --- |
| critical | \`roles/scorer.json:5:5\` | Role "Model scorer" allows token/action and 2 more through "Microsoft.MachineLearningServices/workspaces/onlineEndpoints/\\*/action". | [ml-scoring-wildcard](https://github.com/azrbac/azrbac/blob/main/docs/rules/ml-scoring-wildcard.md) |
| low | \`roles/keys.json\` | Role "Reader of keys" has no description. | [role-description-missing](https://github.com/azrbac/azrbac/blob/main/docs/rules/role-description-missing.md) |

### Notices

- \`roles/cosmos.json\`: This is a Cosmos DB role definition. (\`not-an-azure-role\`)
`);
});

test('a run without findings is one sentence', () => {
  expect(reportMarkdown(cleanResult)).toBe('## azrbac lint\n\nNo findings in 1 role definition in 1 file.\n');
});

test('stays below 1 MiB and says how much is missing', () => {
  const long: Finding = { ...wildcardFinding, message: '*'.repeat(5000) };
  const notice = { code: 'not-an-azure-role', message: '名'.repeat(5000) };
  const report = reportMarkdown({
    ...cleanResult,
    findings: Array.from({ length: 2000 }, () => long),
    notices: Array.from({ length: 2000 }, () => notice),
  });
  expect(Buffer.byteLength(report)).toBeLessThan(1024 * 1024);
  expect(report.match(/^\| critical /gm)).toHaveLength(232);
  expect(report).toContain('\n\n1768 more findings not shown here.\n');
  expect(report).toMatch(/\n\n\d+ more notices not shown here\.\n$/);
});
