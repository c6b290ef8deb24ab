import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { expect, test } from 'vitest';
import { misfits } from '../schemas/frozen.js';
import { misspelt, projectWith } from './project.js';
import { runCli } from './run-cli.js';

const init = (cwd: string, args: readonly string[] = [], more: object = {}) =>
  runCli(['init', ...args], { cwd, ...more });

const read = (cwd: string, file: string): string => readFileSync(join(cwd, file), 'utf8');

/** A repository of Git with these files. */
function repositoryWith(files: Parameters<typeof projectWith>[0]): string {
  const cwd = projectWith(files);
  execFileSync('git', ['init', '-q', '-b', 'main'], { cwd });
  return cwd;
}

test('a repository is set up: its configuration holds, its hook and its job are sound', async () => {
  const cwd = repositoryWith({ 'roles/restarter.json': misspelt, '.github/CODEOWNERS': '' });
  const { exitCode, stdout, stderr } = await init(cwd, ['--yes']);
  expect(exitCode).toBe(0);
  expect(stdout).toContain('Found 1 role definition in 1 file.');
  expect(stderr).toBe('Written. Next: pre-commit install, then npx azrbac lint\n');
  expect((await runCli(['lint'], { cwd })).exitCode).toBe(1);
  expect((await runCli(['lint', '--print-config'], { cwd })).stdout).toContain(
    '"configuration": "azrbac.config.json"',
  );
  const hook = parse(read(cwd, '.pre-commit-config.yaml')) as object;
  expect(hook).toEqual({
    repos: [{ repo: 'https://github.com/azrbac/azrbac', rev: 'main', hooks: [{ id: 'azrbac' }] }],
  });
  const job = parse(read(cwd, '.github/workflows/azrbac.yml')) as { jobs: { azrbac: { steps: object[] } } };
  expect(job.jobs.azrbac.steps.at(-1)).toEqual({ run: 'npx --yes github:azrbac/azrbac lint' });
});

test('a second run changes nothing', async () => {
  const cwd = repositoryWith({ '.github/workflows/test.yml': 'on: push\n' });
  await init(cwd, ['--yes']);
  const files = ['azrbac.config.json', '.pre-commit-config.yaml', '.github/workflows/azrbac.yml'];
  const before = files.map(file => read(cwd, file));
  const { exitCode, stdout, stderr } = await init(cwd, ['--yes']);
  expect(stdout.match(/: is there, nothing to do$/gm)).toHaveLength(3);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  expect(files.map(file => read(cwd, file))).toEqual(before);
});

test('nothing is written before somebody agrees', async () => {
  const cwd = repositoryWith({});
  const isThere = () => existsSync(join(cwd, 'azrbac.config.json'));
  expect((await init(cwd, ['--dry-run'])).exitCode).toBe(0);
  const unasked = await init(cwd);
  expect(unasked.stderr).toContain('To write the files, add --yes.');
  expect(unasked.exitCode).toBe(2);
  const refused = await init(cwd, [], { isTTY: true, stdin: 'n\n' });
  expect(refused.stderr).toBe('\nWrite these files? [y/N] Nothing was written.\n');
  expect([refused.exitCode, isThere()]).toEqual([0, false]);
  const agreed = await init(cwd, [], { isTTY: true, stdin: 'y\n' });
  expect([agreed.exitCode, isThere()]).toEqual([0, true]);
});

const hooks = `# our hooks
repos:
-   repo: https://github.com/pre-commit/pre-commit-hooks
    rev: v4.6.0
    hooks:
    -   id: check-yaml
        args: [--unsafe] # for Helm

ci:
  autofix_prs: false
`;

test.each([
  ['with more behind it', hooks],
  ['at its end', hooks.slice(0, hooks.indexOf('\nci:'))],
  ['without a last newline', hooks.slice(0, hooks.indexOf('\nci:') - 1)],
])('the hook is added to a list %s, and all else stays', async (_, text) => {
  const cwd = repositoryWith({ '.pre-commit-config.yaml': text });
  await init(cwd, ['--yes']);
  const after = read(cwd, '.pre-commit-config.yaml');
  const before = parse(text) as { repos: object[] };
  const entry = { repo: 'https://github.com/azrbac/azrbac', rev: 'main', hooks: [{ id: 'azrbac' }] };
  expect(parse(after)).toEqual({ ...before, repos: [...before.repos, entry] });
  const lines = new Set(after.split('\n'));
  expect(text.split('\n').filter(line => !lines.has(line))).toEqual([]);
});

test.each([['repos: []\n'], ['repos: [{ repo: local, hooks: [] }]\n'], ['repos: [\n'], ['- a\n']])(
  'a list of an unusual form is left alone: %j',
  async text => {
    const cwd = repositoryWith({ '.pre-commit-config.yaml': text });
    const { stdout } = await init(cwd, ['--yes']);
    expect(stdout).toContain('.pre-commit-config.yaml: add this by hand');
    expect(read(cwd, '.pre-commit-config.yaml')).toBe(text);
  },
);

test('a job is added to the pipeline of GitLab, once', async () => {
  const pipeline = 'test:\n  script:\n    - npm test';
  const packageJson = { devDependencies: { azrbac: 'github:azrbac/azrbac' } };
  const cwd = repositoryWith({ '.gitlab-ci.yml': pipeline, 'package.json': packageJson });
  await init(cwd, ['--yes']);
  await init(cwd, ['--yes']);
  expect(parse(read(cwd, '.gitlab-ci.yml'))).toEqual({
    test: { script: ['npm test'] },
    azrbac: { image: 'node:22', script: ['npm ci', 'npx azrbac lint'] },
  });
});

test('a pipeline of Azure DevOps stays, and has a neighbour', async () => {
  const cwd = repositoryWith({ 'azure-pipelines.yml': 'steps: []\n' });
  await init(cwd, ['--yes']);
  expect(read(cwd, 'azure-pipelines.yml')).toBe('steps: []\n');
  expect(parse(read(cwd, 'azure-pipelines-azrbac.yml'))).toMatchObject({ trigger: ['main'] });
});

test('a configuration of any form is kept', async () => {
  const cwd = repositoryWith({ 'package.json': { azrbac: { failOn: 'high' } } });
  const { stdout } = await init(cwd, ['--yes']);
  expect(stdout).toContain('package.json: is there, nothing to do');
  expect(existsSync(join(cwd, 'azrbac.config.json'))).toBe(false);
});

test('a link is not written through', async () => {
  const cwd = repositoryWith({ 'elsewhere.yaml': hooks });
  symlinkSync(join(cwd, 'elsewhere.yaml'), join(cwd, '.pre-commit-config.yaml'));
  const { exitCode, stderr } = await init(cwd, ['--yes', '--ci', 'none']);
  expect(stderr).toContain('".pre-commit-config.yaml" cannot be written: it is a link.');
  expect([exitCode, read(cwd, 'elsewhere.yaml')]).toEqual([2, hooks]);
});

test('in a folder of a repository, there is only a configuration to write', async () => {
  const cwd = repositoryWith({ 'roles/restarter.json': misspelt, '.github/CODEOWNERS': '' });
  mkdirSync(join(cwd, 'teams'));
  writeFileSync(join(cwd, 'teams/role.json'), '{}');
  const { stdout } = await init(join(cwd, 'teams'), ['--dry-run']);
  expect(stdout.match(/^[^ \n].*: new file$/gm)).toEqual(['azrbac.config.json: new file']);
  expect(stdout).toContain('run azrbac init in the root of a Git repository');
});

test('JSON says the same, and fits its schema', async () => {
  const cwd = repositoryWith({});
  const { stdout } = await init(cwd, ['--dry-run', '--format', 'json', '--ci', 'github']);
  const report = JSON.parse(stdout) as { files: { path: string }[]; written: boolean };
  expect(misfits('init', report)).toEqual([]);
  expect(report.files.map(({ path }) => path)).toEqual([
    'azrbac.config.json',
    '.pre-commit-config.yaml',
    '.github/workflows/azrbac.yml',
  ]);
  expect(report.written).toBe(false);
});
