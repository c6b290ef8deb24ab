import { expect, test } from 'vitest';
import {
  encodeBaseline,
  parseBaseline,
  updateBaseline,
  type Baseline,
} from '../../../src/lint/engine/baseline.js';
import type { LintResult } from '../../../src/lint/engine/finding.js';
import type { RunCoverage } from '../../../src/lint/engine/config-suppressions.js';
import { found, lintFiles, roleWith } from './lint-text.js';

const wildcard = 'Microsoft.MachineLearningServices/workspaces/onlineEndpoints/*/action';
const files = {
  'roles/a.json': roleWith([wildcard], 'A'),
  'roles/b.json': roleWith([wildcard, 'Microsoft.Web/sites/raed'], 'B'),
};
const everything: RunCoverage = {
  coverage: 'everything',
  hasTenant: false,
  files: Object.keys(files),
  roles: new Set(),
};

function update(result: LintResult, before?: Baseline, reach = everything, asOf = '2026-11-21'): Baseline {
  return updateBaseline(result, { before, asOf, fileKey: file => file, reach });
}

const baseline = update(lintFiles(files));
const withBaseline = (
  baseline: Baseline,
  all: Record<string, unknown> = files,
  coverage: RunCoverage['coverage'] = 'everything',
): LintResult => lintFiles(all, { baseline: { file: 'baseline.json', baseline }, coverage });

test('the baseline of a run silences just that run', () => {
  const { findings, suppressed, notices } = withBaseline(baseline);
  expect([findings, suppressed.map(({ by }) => by), notices]).toEqual([
    [],
    ['baseline', 'baseline', 'baseline'],
    [],
  ]);
});

test('a new finding is reported', () => {
  const more = { ...files, 'roles/c.json': roleWith([wildcard], 'C') };
  expect(found(withBaseline(baseline, more))).toEqual(['roles/c.json ml-scoring-wildcard']);
});

test('moved lines and reordered entries change nothing', () => {
  const moved = {
    'roles/a.json': `\n\n${JSON.stringify(files['roles/a.json'])}`,
    'roles/b.json': roleWith(['Microsoft.Web/sites/raed', wildcard], 'B'),
  };
  expect(found(withBaseline(baseline, moved))).toEqual([]);
});

test('it is written line by line, sorted by file and rule', () => {
  const lines = encodeBaseline(baseline).split('\n');
  expect(lines.slice(0, 4)).toEqual([
    '{',
    '  "version": 1,',
    '  "kind": "azrbac-baseline",',
    '  "date": "2026-11-21",',
  ]);
  expect(lines.slice(5, -3).map(line => line.replace(/"[0-9a-f]{16}"/, '"…"'))).toEqual([
    '    {"fingerprint":"…","ruleId":"ml-scoring-wildcard","file":"roles/a.json","role":"A"},',
    '    {"fingerprint":"…","ruleId":"action-unknown","file":"roles/b.json","role":"B"},',
    '    {"fingerprint":"…","ruleId":"ml-scoring-wildcard","file":"roles/b.json","role":"B"}',
  ]);
  expect(parseBaseline(encodeBaseline(baseline), 'baseline.json')).toEqual(baseline);
  expect(JSON.parse(encodeBaseline({ ...baseline, findings: [] }))).toEqual({ ...baseline, findings: [] });
});

test('where nothing changed, the date stays', () => {
  expect(update(withBaseline(baseline), baseline, everything, '2027-01-01')).toEqual(baseline);
});

test('an entry whose finding is gone is a notice, and leaves with the next update', () => {
  const mended = { ...files, 'roles/a.json': roleWith(['Microsoft.Compute/disks/read'], 'A') };
  const result = withBaseline(baseline, mended);
  expect(result.notices).toEqual([
    {
      code: 'baseline-stale',
      message:
        '1 entry of the baseline accepts what is no longer found; to drop it: azrbac lint --baseline "baseline.json" --update-baseline',
      file: 'baseline.json',
    },
  ]);
  const updated = update(result, baseline, everything, '2027-01-01');
  expect([updated.date, updated.findings.map(({ file }) => file)]).toEqual([
    '2027-01-01',
    ['roles/b.json', 'roles/b.json'],
  ]);
});

test('a run over a few named files says nothing of the others, and keeps them', () => {
  const some = { 'roles/b.json': files['roles/b.json'] };
  const result = withBaseline(baseline, some, 'named-files');
  expect(result.notices).toEqual([]);
  expect(
    update(result, baseline, { ...everything, coverage: 'named-files', files: ['roles/b.json'] }),
  ).toEqual(baseline);
});

test.each(['', '[]', 'null', '{"version": 2}', '{"version": 1, "kind": "azrbac-baseline", "findings": [7]}'])(
  '%j is no baseline',
  text => {
    expect(() => parseBaseline(text, 'baseline.json')).toThrow(
      '"baseline.json" is not a baseline of azrbac.',
    );
  },
);
