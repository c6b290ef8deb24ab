import { expect, test } from 'vitest';
import type { Finding } from '../../../src/lint/engine/finding.js';
import { reportJunit } from '../../../src/reporters/lint/junit.js';
import {
  cleanResult,
  descriptionFinding,
  plain,
  result,
  typoFinding,
  wildcardFinding,
} from '../lint-result.js';

const typo: Finding = { ...typoFinding, message: 'Azure knows no operation "a" & "b".' };

test('a suite per file, a case per rule; findings below the threshold pass', () => {
  expect(
    reportJunit({ ...result, findings: [descriptionFinding, wildcardFinding, typo, typo] }, plain),
  ).toBe(`\
<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="azrbac lint" tests="3" failures="2" errors="0" skipped="0">
  <testsuite name="roles/keys.json" tests="1" failures="0" errors="0" skipped="0">
    <testcase classname="roles/keys.json" name="role-description-missing">
      <system-out>roles/keys.json  low  Role &#34;Reader of keys&#34; has no description. (role-description-missing)
why: Nobody can tell what the role is for.
fix: Say in one sentence who needs the role.</system-out>
    </testcase>
  </testsuite>
  <testsuite name="roles/scorer.json" tests="2" failures="2" errors="0" skipped="0">
    <testcase classname="roles/scorer.json" name="ml-scoring-wildcard">
      <failure type="critical" message="Role &#34;Model scorer&#34; allows token/action and 2 more through &#34;Microsoft.MachineLearningServices/workspaces/onlineEndpoints/*/action&#34;.">roles/scorer.json:5:5  critical  Role &#34;Model scorer&#34; allows token/action and 2 more through &#34;Microsoft.MachineLearningServices/workspaces/onlineEndpoints/*/action&#34;. (ml-scoring-wildcard)
why: The wildcard also lets its holder read the keys of the endpoint.
fix: Write Microsoft.MachineLearningServices/workspaces/onlineEndpoints/score/action instead.</failure>
    </testcase>
    <testcase classname="roles/scorer.json" name="action-unknown">
      <failure type="high" message="Azure knows no operation &#34;a&#34; &#38; &#34;b&#34;.">roles/scorer.json:6:2  high  Azure knows no operation &#34;a&#34; &#38; &#34;b&#34;. (action-unknown)
roles/scorer.json:6:2  high  Azure knows no operation &#34;a&#34; &#38; &#34;b&#34;. (action-unknown)
why: Azure refuses the role, or it grants less than it says.
fix: Write the operation as Azure spells it.</failure>
    </testcase>
  </testsuite>
</testsuites>
`);
});

test.each([
  { failOn: 'low', failures: 2 },
  { failOn: 'critical', failures: 1 },
  { failOn: 'never', failures: 0 },
] as const)('--fail-on $failOn: $failures of a low and a critical finding fail', ({ failOn, failures }) => {
  expect(reportJunit(result, { failOn })).toContain(
    `<testsuites name="azrbac lint" tests="2" failures="${failures}"`,
  );
});

test('a run without findings is one passed case', () => {
  expect(reportJunit(cleanResult, plain)).toBe(`\
<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="azrbac lint" tests="1" failures="0" errors="0" skipped="0">
  <testsuite name="azrbac lint" tests="1" failures="0" errors="0" skipped="0">
    <testcase classname="azrbac lint" name="no findings">
      <system-out>No findings in 1 role definition in 1 file.</system-out>
    </testcase>
  </testsuite>
</testsuites>
`);
});
