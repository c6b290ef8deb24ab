import { chmodSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { misspelt, projectWith, restarter, scorer } from './project.js';
import { runCli } from './run-cli.js';

interface Report {
  readonly version: number;
  readonly summary: Record<string, number>;
  readonly findings: readonly { ruleId: string; severity: string; file: string; pointer: string }[];
  readonly notices: readonly { code: string; file?: string }[];
}

async function lintJson(args: readonly string[], surroundings: Parameters<typeof runCli>[1]) {
  const run = await runCli(['lint', '--format', 'json', ...args], surroundings);
  return { ...run, report: JSON.parse(run.stdout) as Report };
}

test('a role without a fault passes', async () => {
  const cwd = projectWith({ 'restarter.json': restarter });
  expect(await runCli(['lint', 'restarter.json'], { cwd })).toEqual({
    exitCode: 0,
    stdout: 'No findings in 1 role definition in 1 file. PASSED: none at or above medium.\n',
    stderr: '',
  });
});

test('a finding is reported with its place, and fails the run', async () => {
  const cwd = projectWith({ 'roles/scorer.json': scorer, 'roles/restarter.json': restarter });
  const { exitCode, report } = await lintJson(['roles'], { cwd });
  expect(exitCode).toBe(1);
  expect(report.summary).toMatchObject({ files: 2, roleDefinitions: 2, critical: 0 });
  const finding = report.findings.find(({ ruleId }) => ruleId === 'ml-scoring-wildcard');
  expect(finding).toMatchObject({
    severity: 'high',
    file: 'roles/scorer.json',
    line: 6,
    column: 5,
    pointer: '/Actions/0',
  });
});

test('without a path, the working directory is linted', async () => {
  const cwd = projectWith({ 'a/scorer.json': scorer });
  const { report } = await lintJson([], { cwd });
  expect(report.findings.map(({ file }) => file)).toContain('a/scorer.json');
});

test.each([
  { name: 'a high finding fails at medium', args: [], exitCode: 1 },
  { name: 'a high finding passes at critical', args: ['--fail-on', 'critical'], exitCode: 0 },
  { name: 'nothing fails at never', args: ['--fail-on', 'never'], exitCode: 0 },
  { name: 'the severity of a rule can be lowered', args: ['--rule', 'action-unknown=low'], exitCode: 0 },
  {
    name: 'and fails again where low counts',
    args: ['--rule=action-unknown=low', '--fail-on=low'],
    exitCode: 1,
  },
])('$name', async ({ args, exitCode }) => {
  const { report, ...run } = await lintJson([...args, '-'], { stdin: JSON.stringify(misspelt) });
  expect(report.summary['roleDefinitions']).toBe(1);
  expect(run.exitCode).toBe(exitCode);
});

test('a rule that is off finds nothing', async () => {
  const { report } = await lintJson(['--rule', 'ml-scoring-wildcard=off', '-'], {
    stdin: JSON.stringify(scorer),
  });
  expect(report.findings.map(({ ruleId }) => ruleId)).not.toContain('ml-scoring-wildcard');
});

test('standard input is named "-", or as it is told', async () => {
  const stdin = JSON.stringify(scorer);
  expect((await lintJson(['-'], { stdin })).report.findings[0]?.file).toBe('-');
  const named = await lintJson(['-', '--stdin-filename', 'roles/scorer.json'], { stdin });
  expect(named.report.findings[0]?.file).toBe('roles/scorer.json');
});

test.each([
  {
    name: 'a rule',
    args: ['--rule', 'ml-scoring-wildcrd=off'],
    says: 'There is no rule "ml-scoring-wildcrd".\nDid you mean "ml-scoring-wildcard"?',
  },
  {
    name: 'a severity',
    args: ['--rule', 'ml-scoring-wildcard=hihg'],
    says: '"--rule ml-scoring-wildcard=hihg" is not of the form ID=SEVERITY.',
  },
  { name: 'a format', args: ['--format', 'jsn'], says: 'Did you mean "json"?' },
  { name: 'an option', args: ['--fail-no=high'], says: 'Did you mean "--fail-on"?' },
  { name: 'a profile', args: ['--profile', 'stric'], says: 'Did you mean "strict"?' },
  {
    name: 'a date',
    args: ['--as-of', '2026-13-01'],
    says: '"--as-of" needs a date that exists, as YYYY-MM-DD, not "2026-13-01".',
  },
  { name: 'a configuration', args: ['--config', 'azrbac.jsonc'], says: '"azrbac.jsonc" cannot be read' },
  {
    name: 'a baseline',
    args: ['--baseline', 'base.json'],
    says: 'The baseline "base.json" cannot be read: it does not exist.',
  },
  {
    name: 'a baseline to write',
    args: ['--update-baseline'],
    says: '"--update-baseline" needs a file to write.',
  },
  {
    name: 'what to fix',
    args: ['--fix-typos'],
    says: '"--fix-typos" needs --fix or --fix-dry-run beside it.',
  },
])('$name that is mistaken is refused before anything is linted', async ({ args, says }) => {
  const cwd = projectWith({ 'scorer.json': scorer });
  const { exitCode, stdout, stderr } = await runCli(['lint', ...args], { cwd });
  expect(stderr).toContain(says);
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
});

test('a named file that is not there fails the run after the rest was linted', async () => {
  const cwd = projectWith({ 'scorer.json': scorer });
  const { exitCode, stderr, report } = await lintJson(['missing.json', 'scorer.json'], { cwd });
  expect(report.findings.map(({ ruleId }) => ruleId)).toContain('ml-scoring-wildcard');
  expect(stderr).toContain('azrbac: Cannot read "missing.json": it does not exist.\n');
  expect(exitCode).toBe(2);
});

test('a folder without a role definition fails the run, unless that is allowed', async () => {
  const cwd = projectWith({ 'package.json': { name: 'app' } });
  const run = await runCli(['lint'], { cwd });
  expect(run.exitCode).toBe(2);
  expect(run.stderr).toContain('No role definition was found');
  expect(run.stdout).toContain('Nothing was checked: no role definition in ');
  expect((await runCli(['lint', '--allow-empty'], { cwd })).exitCode).toBe(0);
});

test('a named file without a role definition is a notice', async () => {
  const cwd = projectWith({ 'tags.json': { environment: 'test' }, 'restarter.json': restarter });
  const { exitCode, stderr, report } = await lintJson(['tags.json', 'restarter.json'], { cwd });
  expect(report.notices).toMatchObject([{ code: 'no-role-definition', file: 'tags.json' }]);
  expect(stderr).toMatch(/^tags\.json {2}notice {2}/);
  expect(exitCode).toBe(0);
});

test('content that is broken is a finding, not a failure of the job', async () => {
  const cwd = projectWith({ 'role.json': '{ "Name": "Scorer", "AssignableScopes": [' });
  const { exitCode, report } = await lintJson(['role.json'], { cwd });
  expect(report.version).toBe(1);
  expect(exitCode).not.toBe(2);
});

/** As the Azure CLI exports it. */
const reader = {
  roleName: 'Reader',
  roleType: 'BuiltInRole',
  name: 'acdd72a7-3385-48ef-bd42-f606fba81ae7',
  permissions: [{ actions: ['*/read'], notActions: [], dataActions: [], notDataActions: [] }],
  assignableScopes: ['/'],
};

test('built-in roles of an export are skipped with one notice, and linted on request', async () => {
  const stdin = JSON.stringify([reader]);
  const skipped = await lintJson(['-'], { stdin });
  expect(skipped.report).toMatchObject({ findings: [], notices: [{ code: 'built-in-roles-skipped' }] });
  expect(skipped.exitCode).toBe(0);
  const linted = await lintJson(['-', '--include-built-in'], { stdin });
  expect(linted.report.findings.map(({ ruleId }) => ruleId)).toContain('role-grants-all-reads');
  expect(linted.report.findings.filter(({ ruleId }) => ruleId.startsWith('scope-'))).toEqual([]);
});

test('--list-files lists and does not lint', async () => {
  const cwd = projectWith({
    'roles/b.json': scorer,
    'roles/a.json': restarter,
    '.gitignore': 'ignored\n',
    'ignored/c.json': scorer,
  });
  expect(await runCli(['lint', '--list-files'], { cwd })).toEqual({
    exitCode: 0,
    stdout: 'roles/a.json\nroles/b.json\n',
    stderr: '',
  });
});

test('the configuration decides on rules, severities and what fails', async () => {
  const cwd = projectWith({
    'azrbac.config.json': { rules: { 'ml-scoring-wildcard': 'medium' }, failOn: 'high', exclude: ['old/**'] },
    'roles/scorer.json': scorer,
    'old/scorer.json': scorer,
  });
  const { report } = await lintJson(['--rule', 'ml-scoring-role-reads-keys=off'], { cwd });
  const findings = report.findings.filter(({ ruleId }) => ruleId === 'ml-scoring-wildcard');
  expect(findings).toMatchObject([{ severity: 'medium', file: 'roles/scorer.json' }]);
});

test('a configuration with a mistake is refused with file, line and column', async () => {
  const cwd = projectWith({
    'azrbac.config.json': '{\n  "rules": { "ml-scoring-wildcrd": "off" }\n}\n',
    'scorer.json': scorer,
  });
  const { exitCode, stderr } = await runCli(['lint'], { cwd });
  expect(stderr).toMatch(
    /^azrbac: azrbac\.config\.json:2:\d+: There is no rule "ml-scoring-wildcrd"\.\nDid you mean "ml-scoring-wildcard"\?\n/,
  );
  expect(exitCode).toBe(2);
});

test('a baseline silences just what it was written for', async () => {
  const cwd = projectWith({ 'scorer.json': scorer });
  const written = await lintJson(['--baseline', 'base.json', '--update-baseline', '--as-of', '2026-10-01'], {
    cwd,
  });
  expect(written.exitCode).toBe(0);
  expect(JSON.parse(readFileSync(join(cwd, 'base.json'), 'utf8'))).toMatchObject({
    version: 1,
    date: '2026-10-01',
  });
  const again = await lintJson(['--baseline', 'base.json'], { cwd });
  expect(again.report.findings).toEqual([]);
  expect(again.report.summary['suppressed']).toBeGreaterThan(0);
  expect((await lintJson([], { cwd })).exitCode).toBe(1);
});

test('a baseline is not rewritten where something could not be read', async () => {
  const cwd = projectWith({
    'scorer.json': scorer,
    'base.json': '{ "version": 1, "kind": "azrbac-baseline", "date": "2026-01-01", "findings": [] }',
  });
  const before = readFileSync(join(cwd, 'base.json'), 'utf8');
  const { exitCode, stderr } = await runCli(
    ['lint', 'gone.json', 'scorer.json', '--baseline', 'base.json', '--update-baseline'],
    { cwd },
  );
  expect(stderr).toContain('The baseline was not updated');
  expect(readFileSync(join(cwd, 'base.json'), 'utf8')).toBe(before);
  expect(exitCode).toBe(2);
});

const twice = { ...restarter, Actions: [...restarter.Actions, 'microsoft.compute/virtualmachines/READ'] };

test('--fix removes a duplicate, keeps encoding, comments and mode, and reports what is left', async () => {
  const text = JSON.stringify(twice, null, 2).replace('{', '{ // kept');
  const cwd = projectWith({ 'role.jsonc': Buffer.from(`\ufeff${text}`, 'utf16le') });
  chmodSync(join(cwd, 'role.jsonc'), 0o600);
  const { stderr, report } = await lintJson(['role.jsonc', '--fix'], { cwd });
  expect(report.findings.filter(({ ruleId }) => ruleId === 'action-duplicate')).toEqual([]);
  expect(stderr).toContain('Fixed 1 finding in 1 file.\n');
  const fixed = readFileSync(join(cwd, 'role.jsonc')).toString('utf16le');
  expect(fixed.startsWith('\ufeff{ // kept')).toBe(true);
  expect(fixed).not.toContain('READ');
});

test('--fix-dry-run reports the same and writes nothing', async () => {
  const cwd = projectWith({ 'role.json': twice });
  const before = readFileSync(join(cwd, 'role.json'), 'utf8');
  const { stderr, report } = await lintJson(['role.json', '--fix-dry-run'], { cwd });
  expect(report.findings.filter(({ ruleId }) => ruleId === 'action-duplicate')).toEqual([]);
  expect(stderr).toContain('Would fix 1 finding in 1 file.\n');
  expect(readFileSync(join(cwd, 'role.json'), 'utf8')).toBe(before);
});

test('standard input cannot be fixed, and is linted all the same', async () => {
  const { report } = await lintJson(['-', '--fix'], { stdin: JSON.stringify(twice) });
  expect(report.notices).toMatchObject([{ code: 'not-fixed', file: '-' }]);
  expect(report.findings.map(({ ruleId }) => ruleId)).toContain('action-duplicate');
});

test('a typo is mended on request alone', async () => {
  const cwd = projectWith({ 'role.json': misspelt });
  await lintJson(['role.json', '--fix'], { cwd });
  expect(readFileSync(join(cwd, 'role.json'), 'utf8')).toContain('/restat/action');
  await lintJson(['role.json', '--fix', '--fix-typos'], { cwd });
  expect(readFileSync(join(cwd, 'role.json'), 'utf8')).toContain('/restart/action');
});

test.each([
  { name: 'a terminal', args: [], env: {}, isTTY: true, colored: true },
  { name: 'a pipe', args: [], env: {}, colored: false },
  { name: 'NO_COLOR', args: [], env: { NO_COLOR: '1' }, isTTY: true, colored: false },
  { name: 'an empty NO_COLOR', args: [], env: { NO_COLOR: '' }, isTTY: true, colored: true },
  { name: 'TERM=dumb', args: [], env: { TERM: 'dumb' }, isTTY: true, colored: false },
  { name: 'FORCE_COLOR', args: [], env: { FORCE_COLOR: '1' }, colored: true },
  { name: 'FORCE_COLOR=0', args: [], env: { FORCE_COLOR: '0' }, isTTY: true, colored: false },
  { name: 'NO_COLOR over FORCE_COLOR', args: [], env: { NO_COLOR: '1', FORCE_COLOR: '1' }, colored: false },
  { name: '--color=always over NO_COLOR', args: ['--color=always'], env: { NO_COLOR: '1' }, colored: true },
  { name: '--color=never', args: ['--color=never'], env: { FORCE_COLOR: '3' }, isTTY: true, colored: false },
  { name: 'JSON', args: ['--format=json', '--color=always'], env: {}, isTTY: true, colored: false },
] as const)('colour: $name', async ({ args, env, colored, ...rest }) => {
  const { stdout } = await runCli(['lint', '-', ...args], { stdin: JSON.stringify(scorer), env, ...rest });
  expect(stdout.includes('\u001b[')).toBe(colored);
});

test('the same input and date give the same bytes', async () => {
  const cwd = projectWith({ 'roles/scorer.json': scorer, 'roles/restarter.json': restarter });
  const [first, second] = [await lintJson(['roles'], { cwd }), await lintJson(['roles'], { cwd })];
  expect(first.stdout).toBe(second.stdout);
  expect(first.stdout).not.toContain(cwd);
});
