import { spawnSync } from 'node:child_process';
import { existsSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { projectWith, restarter, scorer } from './project.js';
import { runCli } from './run-cli.js';

const silencing = { rules: { 'ml-scoring-wildcard': 'off' }, failOn: 'never' };

test.each([
  { names: ['--config=evil.json'], args: ['--config=evil.json', 'scorer.json'] },
  { names: ['-cevil.json'], args: ['-cevil.json', 'scorer.json'] },
  { names: ['--config', 'evil.json'], args: ['--config', 'evil.json', 'scorer.json'] },
  { names: ['--output=package.json'], args: ['--output=package.json', 'scorer.json'] },
  { names: ['--fail-on=never'], args: ['--fail-on=never', 'scorer.json'] },
  { names: ['--config=folder/evil.json'], args: ['--config=folder/evil.json', 'scorer.json'] },
  { names: ['--help'], args: ['--help', 'scorer.json'] },
  { names: ['-q'], args: ['scorer.json', '-q'] },
])('azrbac lint $args is refused where $names are files', async ({ names, args }) => {
  const files = Object.fromEntries(names.map(name => [name, silencing]));
  const cwd = projectWith({ 'scorer.json': scorer, 'package.json': {}, ...files });
  const { exitCode, stdout, stderr } = await runCli(['lint', ...args], { cwd });
  expect(stderr).toContain(`azrbac: "${names[0]}" is a file here, and would be taken for an option.`);
  expect(stderr).toContain(`Put "--" before file names, or write "./${names[0]}".`);
  expect(stdout).toBe('');
  expect(exitCode).toBe(2);
});

test('a link that leads nowhere is the name of a file, too', async () => {
  const cwd = projectWith({ 'scorer.json': scorer });
  symlinkSync('nowhere', join(cwd, '--fail-on=never'));
  const { exitCode } = await runCli(['lint', '--fail-on=never', 'scorer.json'], { cwd });
  expect(exitCode).toBe(2);
});

test.each([{ args: ['--', '--config=evil.json'] }, { args: ['./--config=evil.json'] }])(
  'a file named like an option is linted where it is given as $args',
  async ({ args }) => {
    const cwd = projectWith({ '--config=evil.json': scorer });
    const { exitCode, stdout } = await runCli(['lint', ...args], { cwd });
    expect(stdout).toMatch(/^--config=evil\.json {3}role "Endpoint Scorer"\n {2}6:5 {4}HIGH /);
    expect(exitCode).toBe(1);
  },
);

test('an option of a value longer than any file name may be is an option', async () => {
  const cwd = projectWith({ 'restarter.json': restarter });
  const { exitCode, stderr } = await runCli(['lint', `--baseline=${'x'.repeat(5000)}`, '.'], { cwd });
  expect(stderr).toContain('The baseline');
  expect(exitCode).toBe(2);
});

test('every file that Git lists, handed over by xargs without "--", writes over none of them', () => {
  const cwd = projectWith({ 'scorer.json': scorer, '--output=stolen.json': '{}', '--fail-on=never': '' });
  const azrbac = fileURLToPath(new URL('../../dist/bin/azrbac.cjs', import.meta.url));
  const script = `git init -q && git add -A && git ls-files -z | xargs -0 "${process.execPath}" "${azrbac}" lint`;
  const { stderr } = spawnSync('bash', ['--norc', '-c', script], { cwd, encoding: 'utf8' });
  expect(stderr).toContain('is a file here');
  expect(existsSync(join(cwd, 'stolen.json'))).toBe(false);
});
