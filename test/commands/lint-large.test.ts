import { beforeAll, expect, test } from 'vitest';
import { projectWith, restarter } from './project.js';
import { runCli } from './run-cli.js';

interface Report {
  readonly summary: object;
  readonly findings: readonly { readonly ruleId: string; readonly file: string; readonly message: string }[];
}

let report: Report;

// Five files of 1.5 million lists each, of which the first holds no role.
beforeAll(async () => {
  const many = `${'[],'.repeat(1_500_000)}[]]}`;
  const role = `${JSON.stringify(restarter).slice(0, -1)},"tags":[${many}`;
  const cwd = projectWith({
    'a.json': `{"actions":[${many}`,
    ...Object.fromEntries(['b', 'c', 'd', 'e'].map(name => [`${name}.json`, role])),
  });
  const { stdout } = await runCli(['lint', '.', '--format', 'json'], { cwd });
  report = JSON.parse(stdout) as Report;
}, 120_000);

test('what the files of a run hold beyond five million values is not read, and that is said', () => {
  expect(report.summary).toMatchObject({ files: 5, roleDefinitions: 4 });
  const damaged = report.findings.filter(({ ruleId }) => ruleId === 'document-syntax');
  expect(damaged.map(({ file }) => file)).toContain('e.json');
  expect(damaged[0]?.message).toContain('All that is read in a run may hold 5,000,000 values');
});

test('files without a role take no room from those that follow', () => {
  const damaged = report.findings.filter(({ ruleId }) => ruleId === 'document-syntax');
  expect(damaged.map(({ file }) => file)).not.toContain('d.json');
});
