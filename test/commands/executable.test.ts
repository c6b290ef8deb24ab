import { spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, test } from 'vitest';
import { projectWith, restarter, scorer } from './project.js';

const projectFolder = fileURLToPath(new URL('../..', import.meta.url));
const executable = join(projectFolder, 'dist/bin/azrbac.cjs');

beforeAll(() => {
  if (!existsSync(executable)) throw new Error('The executable is not built. Run: npm run build');
});

function azrbac(args: readonly string[], options: { cwd?: string; input?: string } = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [executable, ...args], {
    encoding: 'utf8',
    ...options,
  });
  return { exitCode: status, stdout, stderr };
}

test('it lints files', () => {
  const cwd = projectWith({ 'restarter.json': restarter, 'scorer.json': scorer });
  expect(azrbac(['lint', 'restarter.json'], { cwd })).toEqual({
    exitCode: 0,
    stdout: 'No findings in 1 role definition in 1 file. PASSED: none at or above medium.\n',
    stderr: '',
  });
  expect(azrbac(['lint', 'scorer.json', '--format', 'json'], { cwd })).toMatchObject({
    exitCode: 1,
    stderr: '',
  });
});

test('it lints standard input', () => {
  const { exitCode, stdout } = azrbac(['lint', '-', '--color=always'], { input: JSON.stringify(scorer) });
  expect(stdout).toContain('ml-scoring-wildcard');
  expect(stdout).toContain('\u001b[');
  expect(exitCode).toBe(1);
});

test('it refuses mistakes', () => {
  expect(azrbac(['lint', '--fail-no=low'])).toMatchObject({
    exitCode: 2,
    stdout: '',
    stderr: expect.stringContaining('--fail-on') as string,
  });
  expect(azrbac(['lnt'])).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining('Did you mean "azrbac lint"?') as string,
  });
});

test('it knows the other commands, and helps', () => {
  const { version } = JSON.parse(readFileSync(join(projectFolder, 'package.json'), 'utf8')) as {
    version: string;
  };
  expect(azrbac(['--version']).stdout).toBe(`${version}\n`);
  expect(azrbac(['lint', '--help']).stdout).toContain('--fail-on SEVERITY');
  expect(azrbac(['expand', 'Microsoft.Advisor/suppressions/*']).stdout).toContain(
    'Microsoft.Advisor/suppressions/write\n',
  );
  expect(azrbac(['rules', 'ml-scoring-wildcard']).exitCode).toBe(0);
});

test('a long report goes through a pipe whole', async () => {
  const child = spawn(process.execPath, [executable, 'expand', '*', '--format', 'json'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let text = '';
  for await (const chunk of child.stdout) {
    text += String(chunk);
    await new Promise(resolve => setTimeout(resolve, 1));
  }
  const report = JSON.parse(text) as { count: number; operations: string[] };
  expect(report.operations).toHaveLength(report.count);
  expect(text.length).toBeGreaterThan(1_000_000);
});

test('a reader that goes away early is no failure', () => {
  const run = spawnSync(
    'bash',
    [
      '--norc',
      '-c',
      `"${process.execPath}" "${executable}" expand '*' | head -n 1; echo "\${PIPESTATUS[0]}"`,
    ],
    { encoding: 'utf8' },
  );
  expect(run.stdout).toMatch(/^\S+\n0\n$/);
  expect(run.stderr).not.toContain('EPIPE');
});

test('linting needs no dependency, and so loads none', () => {
  const cwd = projectWith({ 'scorer.json': scorer });
  for (const part of ['dist/bin', 'dist/rules.json', 'role-catalog', 'package.json']) {
    cpSync(join(projectFolder, part), join(cwd, 'package', part), { recursive: true });
  }
  const copy = join(cwd, 'package/dist/bin/azrbac.cjs');
  const run = spawnSync(process.execPath, [copy, 'lint', 'scorer.json', '--format=sarif'], {
    cwd,
    encoding: 'utf8',
  });
  expect(JSON.parse(run.stdout)).toMatchObject({ version: '2.1.0' });
  expect(run).toMatchObject({ status: 1, stderr: '' });
});

test.each(['bash', 'zsh', 'fish'])(
  'the completion script for %s knows commands, options and choices',
  shell => {
    const { exitCode, stdout } = azrbac(['completion', shell]);
    for (const word of ['lint', 'catalog', 'fail-on', 'critical', 'sarif']) expect(stdout).toContain(word);
    expect(exitCode).toBe(0);
  },
);

test('bash completes with the script', () => {
  const { stdout } = azrbac(['completion', 'bash']);
  const complete = (words: string): string => {
    const list = words
      .split(' ')
      .map(word => `'${word}'`)
      .join(' ');
    const script = `${stdout}\nCOMP_WORDS=(${list}); COMP_CWORD=$((\${#COMP_WORDS[@]} - 1)); _azrbac; echo "\${COMPREPLY[*]}"`;
    return spawnSync('bash', ['--norc', '-c', script], { encoding: 'utf8' }).stdout.trim();
  };
  expect(complete('azrbac expa')).toBe('expand');
  expect(complete('azrbac audit --format ht')).toBe('html');
  expect(complete('azrbac catalog ')).toBe('info search update');
  expect(complete('azrbac lint --fail')).toBe('--fail-on --fail-on-unknown');
  expect(complete('azrbac lint --fail-on cr')).toBe('critical');
  expect(complete('azrbac catalog search --f')).toBe('--format');
  expect(complete('azrbac who-can --plane d')).toBe('data');
  expect(complete('azrbac test --snapshot package.j')).toBe('package.json');
});
