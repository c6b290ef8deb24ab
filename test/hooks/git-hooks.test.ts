import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { fencesOf } from '../docs/markdown-fences.js';

// The recipes of docs/hooks.md, taken from the page and run by real commits.

const projectFolder = fileURLToPath(new URL('../..', import.meta.url));
const page = readFileSync(join(projectFolder, 'docs/hooks.md'), 'utf8');
const scorer = readFileSync(join(projectFolder, 'docs/examples/online-endpoint-scorer.json'), 'utf8');
const silencing = JSON.stringify({ rules: { 'ml-scoring-wildcard': 'off' } });
const soundRole = scorer.replace('onlineEndpoints/*/action', 'onlineEndpoints/score/action');

let repository: string;

beforeEach(() => {
  repository = mkdtempSync(join(tmpdir(), 'azrbac-hooks-'));
  git('init', '-q');
  mkdirSync(join(repository, 'node_modules/.bin'), { recursive: true });
  symlinkSync(join(projectFolder, 'dist/bin/azrbac.cjs'), join(repository, 'node_modules/.bin/azrbac'));
  writeFileSync(join(repository, '.gitignore'), 'node_modules/\n');
  git('add', '.gitignore');
  git('commit', '-qm', 'Start');
});

afterEach(() => rmSync(repository, { recursive: true, force: true }));

describe.each([
  { recipe: 'a plain git hook', install: installPlainHook },
  { recipe: 'husky with lint-staged', install: installHusky },
])('$recipe', ({ install }) => {
  beforeEach(install);

  test('roles with a fault stop the commit and say why, whatever their files are called', () => {
    const names = ['roles/scorer.json', '-- b;c.json', '--config=evil.json'];
    const faulty = names.map((name, at) => [name, scorer.replace('Scorer', `Scorer ${at}`)]);
    const { status, output } = commit({ 'evil.json': silencing, ...Object.fromEntries(faulty) });
    expect(status).not.toBe(0);
    for (const name of names) expect(output).toContain(name);
    expect(output.split('ml-scoring-wildcard').length).toBeGreaterThan(names.length);
    expect(git('log', '--format=%s').output).toBe('Start\n');
  });

  test('sound roles are committed, whatever their files are called', () => {
    const names = [
      'roles/scorer.json',
      ...['-rule.json', "it's mine.json", 'Größe "x".json', 'a;b$(c).json', '-- b;c.json'],
      ...['--config=evil.json', '--fail-on=never.json', '--output=package.json', '--help.json'],
    ];
    const roles = names.map((name, at) => [name, soundRole.replace('Scorer', `Scorer ${at}`)]);
    const files = { 'package.json': '{}', 'evil.json': silencing, ...Object.fromEntries(roles) };
    expect(commit(files).status).toBe(0);
    expect(readFileSync(join(repository, 'package.json'), 'utf8')).toBe('{}');
    expect(git('log', '--format=%s').output).toBe('Change\nStart\n');
  });

  test('hundreds of files that are no roles are committed without a word', () => {
    const files = Object.fromEntries(
      Array.from({ length: 300 }, (_, i) => [`data/${i}.json`, `{ "temperature": ${i} }\n`]),
    );
    const { status, output } = commit(files);
    expect(status).toBe(0);
    expect(output).not.toContain('.json');
    expect(output.split('\n').length).toBeLessThan(10);
  });

  test('files that are not staged do not matter', () => {
    writeFileSync(join(repository, 'draft.json'), scorer);
    expect(commit({ 'readme.txt': 'Roles\n' }).status).toBe(0);
  });
});

test('all files that Git knows are linted, those that look like options among them', () => {
  const recipe = fencesOf(page).find(({ info, body }) => info === 'sh' && body.startsWith('git ls-files'))!;
  commit({ '--config=evil.json': scorer, 'evil.json': '{ "failOn": "never" }' });
  const { status, stdout } = spawnSync('sh', ['-c', recipe.body], { cwd: repository, encoding: 'utf8' });
  expect(stdout).toMatch(/^--config=evil.json {3}role .*\n {2}6:5 {4}HIGH /m);
  expect(status).not.toBe(0);
});

function installPlainHook(): void {
  const script = fencesOf(page).find(({ info, body }) => info === 'sh' && body.startsWith('#!/bin/sh'))!.body;
  writeHook(join(repository, '.git/hooks/pre-commit'), script);
}

/** Stands in for lint-staged, which is not among our dependencies: it does run the command of the page on staged files. */
function installHusky(): void {
  const config = fencesOf(page).find(
    ({ info, body }) => info === 'json' && body.includes('lint-staged'),
  )!.body;
  const [[pattern, command] = []] = Object.entries(
    (JSON.parse(config) as { 'lint-staged': Record<string, string> })['lint-staged'],
  );
  expect(pattern).toBe('*.{json,jsonc}');
  const [program = '', ...args] = command!.split(' ');
  writeFileSync(
    join(repository, 'node_modules/.bin/lint-staged'),
    `#!/usr/bin/env node
const { execFileSync, spawnSync } = require('node:child_process');
const { join, resolve } = require('node:path');
const staged = execFileSync('git', ['diff', '--name-only', '--cached', '--diff-filter=ACMR', '-z'], { encoding: 'utf8' });
const files = staged.split('\\0').filter(file => /\\.jsonc?$/.test(file)).map(file => resolve(file));
if (files.length > 0) {
  const program = join(__dirname, ${JSON.stringify(program)});
  process.exitCode = spawnSync(program, [...${JSON.stringify(args)}, ...files], { stdio: 'inherit' }).status;
}
`,
    { mode: 0o755 },
  );
  const hook = /^echo '(.*)' > \.husky\/pre-commit$/m.exec(page)![1]!;
  mkdirSync(join(repository, '.husky'));
  writeHook(join(repository, '.husky/pre-commit'), `#!/usr/bin/env sh\n${hook}\n`);
  git('config', 'core.hooksPath', '.husky');
}

function writeHook(path: string, script: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, script);
  chmodSync(path, 0o755);
}

function commit(files: Readonly<Record<string, string>>): Run {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(repository, name)), { recursive: true });
    writeFileSync(join(repository, name), text);
  }
  git('add', '--', ...Object.keys(files));
  return git('commit', '-qm', 'Change');
}

interface Run {
  readonly status: number | null;
  readonly output: string;
}

function git(...args: readonly string[]): Run {
  const { status, stdout, stderr } = spawnSync('git', args, {
    cwd: repository,
    encoding: 'utf8',
    env: gitEnvironment(),
  });
  return { status, output: stdout + stderr };
}

/** Without the variables that git sets for hooks, as these tests may run in one. */
function gitEnvironment(): NodeJS.ProcessEnv {
  const identity = { NAME: 'Tester', EMAIL: 'tester@example.com' };
  const outer = Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_'));
  return {
    ...Object.fromEntries(outer),
    ...Object.fromEntries(
      Object.entries(identity).flatMap(([key, value]) => [
        [`GIT_AUTHOR_${key}`, value],
        [`GIT_COMMITTER_${key}`, value],
      ]),
    ),
    GIT_CONFIG_GLOBAL: '/dev/null',
  };
}
