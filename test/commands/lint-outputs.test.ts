import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { projectWith, restarter, scorer } from './project.js';
import { runCli } from './run-cli.js';

const lint = (cwd: string, args: readonly string[], env = {}) => runCli(['lint', ...args], { cwd, env });

test('several reports are written in one run', async () => {
  const cwd = projectWith({ 'scorer.json': scorer });
  const args = ['scorer.json', '--format', 'concise', '--format', 'sarif=a.sarif', '-f', 'json=a.json'];
  const { exitCode, stdout } = await lint(cwd, args);
  expect(exitCode).toBe(1);
  expect(stdout).toMatch(/^scorer\.json:\d+:\d+: high ml-scoring-wildcard: /);
  const read = (name: string) => JSON.parse(readFileSync(join(cwd, name), 'utf8')) as { version: unknown };
  expect(read('a.sarif').version).toBe('2.1.0');
  expect(read('a.json').version).toBe(1);
});

test.each([
  { args: ['-f', 'text', '-f', 'json'], says: 'Two reports cannot both go to standard output.' },
  { args: ['-f', 'sarif=a', '-f', 'json=a'], says: 'Two reports cannot both go to "a".' },
  { args: ['-f', 'sarif=a', '-o', 'b'], says: '"--output" has no report to write' },
  { args: ['-f', 'sarif='], says: '"-f sarif=" names no file.' },
  { args: ['-f', 'serif=a'], says: '"-f" cannot be "serif".' },
  { args: ['-f', 'json=scorer.json'], says: 'would overwrite "scorer.json"' },
  { args: ['-o', 'a', '-o', 'b'], says: '"-o" was given twice' },
])('$args is refused', async ({ args, says }) => {
  const cwd = projectWith({ 'scorer.json': scorer });
  const { exitCode, stdout, stderr } = await lint(cwd, ['scorer.json', ...args]);
  expect(stderr).toContain(says);
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
});

test('--exit-zero changes the exit code of findings alone', async () => {
  const cwd = projectWith({ 'scorer.json': scorer });
  expect((await lint(cwd, ['scorer.json', '--exit-zero'])).exitCode).toBe(0);
  expect((await lint(cwd, ['scorer.json', 'gone.json', '--exit-zero'])).exitCode).toBe(2);
});

test('--min-severity leaves milder findings out, and says how many', async () => {
  const cwd = projectWith({ 'scorer.json': scorer });
  const { exitCode, stdout } = await lint(cwd, ['scorer.json', '--min-severity', 'critical']);
  expect(stdout.replaceAll('\n', ' ')).toMatch(
    /^No findings in .* 1 below critical not shown\. FAILED: 1 at or above medium, not shown\./,
  );
  // What is hidden is as bad as before.
  expect(exitCode).toBe(1);
  expect(
    (await lint(cwd, ['scorer.json', '--min-severity', 'critical', '--fail-on', 'critical'])).exitCode,
  ).toBe(0);
});

test('--rule takes several rules and stars', async () => {
  const cwd = projectWith({ 'scorer.json': scorer });
  const args = ['scorer.json', '--format', 'concise', '--rule', 'role-*=off,ml-*=off'];
  expect((await lint(cwd, args)).stdout).not.toMatch(/ (?:ml|role)-/);
  expect((await lint(cwd, ['scorer.json', '--rule', 'mll-*=off'])).stderr).toContain(
    'There is no rule "mll-*".',
  );
});

test('rules with stars in a configuration count as turned off', async () => {
  const files = { 'scorer.json': scorer, 'azrbac.config.json': { rules: { 'ml-scoring-*': 'off' } } };
  const { stdout } = await lint(projectWith(files), ['scorer.json']);
  expect(stdout.replaceAll('\n', ' ')).toContain('The configuration turns off 3 rules.');
});

test('the environment gives options that the command line does not', async () => {
  const cwd = projectWith({ 'scorer.json': scorer });
  const env = { AZRBAC_FORMAT: 'concise', AZRBAC_EXIT_ZERO: 'true', AZRBAC_VERBOSE: '0' };
  const { exitCode, stdout } = await lint(cwd, ['scorer.json'], env);
  expect(stdout).toMatch(/^scorer\.json:\d+:\d+: high /);
  expect(exitCode).toBe(0);
  expect((await lint(cwd, ['scorer.json', '--format', 'json'], env)).stdout).toMatch(/^\{/);
  const wrong = await lint(cwd, ['scorer.json'], { AZRBAC_EXIT_ZERO: 'maybe' });
  expect(wrong.stderr).toContain('AZRBAC_EXIT_ZERO must be "true" or "false", not "maybe".');
  expect(wrong.exitCode).toBe(2);
});

test('in GitHub Actions annotations and the summary of the job come beside the text', async () => {
  const cwd = projectWith({ 'scorer.json': scorer });
  const env = { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: join(cwd, 'summary.md') };
  const { stdout, stderr } = await lint(cwd, ['scorer.json'], env);
  expect(stdout).toMatch(/^scorer\.json {3}role /);
  expect(stderr).toMatch(/^::error file=scorer\.json,/);
  expect(readFileSync(join(cwd, 'summary.md'), 'utf8')).toMatch(/^## azrbac lint\n/);
});

test('no annotations come where a format is asked for', async () => {
  const cwd = projectWith({ 'restarter.json': restarter });
  const { stderr } = await lint(cwd, ['restarter.json', '--format', 'text'], { GITHUB_ACTIONS: 'true' });
  expect(stderr).toBe('');
});
