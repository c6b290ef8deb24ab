import { expect, test } from 'vitest';
import { misfits } from '../schemas/frozen.js';
import { projectWith, misspelt } from './project.js';
import { runCli } from './run-cli.js';

const lint = (cwd: string, args: readonly string[]) => runCli(['lint', '-q', ...args], { cwd });

/** Of each finding its file, severity and rule. */
async function found(cwd: string, args: readonly string[] = ['.']): Promise<string[]> {
  const { stdout } = await lint(cwd, [...args, '--format', 'json']);
  const { findings } = JSON.parse(stdout) as {
    findings: { file: string; severity: string; ruleId: string }[];
  };
  return findings.map(({ file, severity, ruleId }) => `${file} ${severity} ${ruleId}`);
}

const off = { rules: { 'action-unknown': 'off' } };
const low = { rules: { 'action-unknown': 'low' } };

test('overrides hold for the files of their globs, the last over the others', async () => {
  const overrides = [
    { files: ['teams/**'], ...low },
    { files: ['beta-*.json'], ...off },
  ];
  const cwd = projectWith({
    'azrbac.config.json': { overrides },
    'scorer.json': misspelt,
    'teams/a/scorer.json': { ...misspelt, Name: 'A' },
    'teams/a/beta-scorer.json': { ...misspelt, Name: 'B' },
  });
  expect(await found(cwd)).toEqual([
    'scorer.json high action-unknown',
    'teams/a/scorer.json low action-unknown',
  ]);
  expect(await found(cwd, ['.', '--rule', 'action-unknown=info'])).toHaveLength(3);
});

test('an override turns on what is off elsewhere', async () => {
  const overrides = [{ files: ['prod/**'], rules: { 'action-u*': 'critical' } }];
  const files = { 'scorer.json': misspelt, 'prod/scorer.json': { ...misspelt, Name: 'P' } };
  const cwd = projectWith({ 'azrbac.config.json': { ...off, overrides }, ...files });
  expect(await found(cwd)).toEqual(['prod/scorer.json critical action-unknown']);
});

test('a rule that an override names must be one', async () => {
  const config = { overrides: [{ files: ['a/**'], rules: { 'action-unknwon': 'off' } }] };
  const cwd = projectWith({ 'azrbac.config.json': config, 'scorer.json': misspelt });
  const { exitCode, stderr } = await lint(cwd, ['.']);
  expect(stderr).toContain('There is no rule "action-unknwon".');
  expect(stderr).toContain('Did you mean "action-unknown"?');
  expect(exitCode).toBe(2);
});

const monorepo = {
  'azrbac.config.json': low,
  'scorer.json': misspelt,
  'teams/a/azrbac.config.yaml': 'rules:\n  action-unknown: "off"\n',
  'teams/a/roles/scorer.json': { ...misspelt, Name: 'A' },
  'teams/b/package.json': { name: 'b', azrbac: { extends: 'recommended' } },
  'teams/b/scorer.json': { ...misspelt, Name: 'B' },
};

test('for each file the nearest configuration holds, wherever the run starts', async () => {
  const cwd = projectWith(monorepo);
  const expected = ['scorer.json low action-unknown', 'teams/b/scorer.json high action-unknown'];
  expect(await found(cwd)).toEqual(expected);
  expect(await found(cwd, ['scorer.json', 'teams/b/scorer.json', 'teams/a/roles/scorer.json'])).toEqual(
    expected,
  );
  expect(await found(`${cwd}/teams`, ['b', 'a'])).toEqual(['b/scorer.json high action-unknown']);
  expect(await found(`${cwd}/teams/b`)).toEqual(['scorer.json high action-unknown']);
});

test('what comes with the files does not overrule a configuration that the command line names', async () => {
  const cwd = projectWith({ ...monorepo, 'ci/trusted.json': { rules: { 'action-u*': 'critical' } } });
  const all = ['scorer.json', 'teams/a/roles/scorer.json', 'teams/b/scorer.json'];
  const withAll = (severity: string) => all.map(file => `${file} ${severity} action-unknown`);
  expect(await found(cwd, ['.', '--config', 'ci/trusted.json'])).toEqual(withAll('critical'));
  expect(await found(cwd, ['.', '--no-config'])).toEqual(withAll('high'));
});

test('suppressions of a nearer configuration hold in its folder alone', async () => {
  const suppressions = [{ rule: 'action-unknown', reason: 'Reviewed', file: 'scorer.json' }];
  const cwd = projectWith({
    'scorer.json': misspelt,
    'team [1]/azrbac.config.json': { suppressions },
    'team [1]/a/scorer.json': { ...misspelt, Name: 'A' },
    'team [1]/a/other.json': { ...misspelt, Name: 'O' },
  });
  expect(await found(cwd)).toEqual([
    'scorer.json high action-unknown',
    'team [1]/a/other.json high action-unknown',
  ]);
});

test('what a nearer configuration says of the whole run is said not to hold', async () => {
  const cwd = projectWith({
    'scorer.json': misspelt,
    'a/azrbac.config.json': { failOn: 'never', rulesFolder: 'rules', rules: { 'own-rule': 'high' } },
    'a/scorer.json': { ...misspelt, Name: 'A' },
  });
  const { exitCode, stderr } = await runCli(['lint', '.'], { cwd });
  expect(stderr).toContain('a/azrbac.config.json');
  expect(stderr.replaceAll(/\s+/g, ' ')).toContain(
    '"failOn", "rulesFolder" hold only for runs that start in this folder.',
  );
  expect(exitCode).toBe(1);
});

test('the summary counts what configurations of folders make milder', async () => {
  const { stdout } = await lint(projectWith(monorepo), ['.']);
  expect(stdout.replaceAll(/\s+/g, ' ')).toMatch(/The configuration turns off 1 rule\./);
});

interface Printed {
  readonly configuration: string | null;
  readonly failOn: string;
  readonly rules: Record<string, string>;
}

test('--print-config prints what holds for a file', async () => {
  const suppressions = [{ rule: 'action-casing', reason: 'Old', file: 'old/**' }];
  const cwd = projectWith({ ...monorepo, 'azrbac.config.json': { ...low, suppressions } });
  const print = async (...args: string[]) => {
    const { exitCode, stdout } = await lint(cwd, ['--print-config', ...args]);
    expect(exitCode).toBe(0);
    const { configuration, failOn, rules } = JSON.parse(stdout) as Printed;
    expect(misfits('lint-config', JSON.parse(stdout))).toEqual([]);
    return [configuration, failOn, rules['action-unknown']];
  };
  expect(await print()).toEqual(['azrbac.config.json', 'medium', 'low']);
  expect(await print('teams/a/roles/scorer.json')).toEqual(['teams/a/azrbac.config.yaml', 'medium', 'off']);
  expect(await print('teams/b/scorer.json', '--fail-on', 'high')).toEqual([
    'teams/b/package.json',
    'high',
    'high',
  ]);
  expect((await lint(cwd, ['--print-config', 'scorer.json', 'teams'])).exitCode).toBe(2);
});

test.each([
  { policy: {}, args: [], holds: true },
  {
    policy: { neverSuppress: ['action-*'] },
    args: [],
    holds: false,
    says: 'this rule may not be suppressed',
  },
  {
    policy: {},
    args: ['--never-suppress', 'action-*'],
    holds: false,
    says: 'this rule may not be suppressed',
  },
  { policy: { maxSuppressionDays: 90 }, args: [], holds: false, says: 'until 2026-12-30' },
  { policy: { maxSuppressionDays: 91 }, args: [], holds: true },
  {
    policy: { maxSuppressionDays: 91 },
    args: ['--max-suppression-days', '90'],
    holds: false,
    says: 'suppressions may last at most 90 days',
  },
])('$policy with $args', async ({ policy, args, holds, says }) => {
  const suppression = { rule: 'action-unknown', reason: 'Break glass', expires: '2026-12-31' };
  const cwd = projectWith({
    'azrbac.config.json': { ...policy, suppressions: [suppression] },
    'accepted.json': misspelt,
  });
  const { stdout, stderr } = await runCli(
    ['lint', '.', '--as-of', '2026-10-01', '--format', 'json', ...args],
    { cwd },
  );
  const { findings } = JSON.parse(stdout) as { findings: unknown[] };
  expect(findings).toHaveLength(holds ? 0 : 1);
  if (says !== undefined) expect(stderr).toContain(says);
});
