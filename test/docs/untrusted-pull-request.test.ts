import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { fencesOf } from './markdown-fences.js';
import { projectFolder } from './shell-session.js';

// The recipe of docs/ci.md for pull requests of strangers, taken from the page and run in a real repository.

const page = readFileSync(join(projectFolder, 'docs/ci.md'), 'utf8');
const recipe = fencesOf(page).find(({ info, body }) => info === 'sh' && body.includes('$PULL_REQUEST'))!.body;
const scorer = readFileSync(join(projectFolder, 'docs/examples/online-endpoint-scorer.json'), 'utf8');
const commented = scorer.replace(
  /\n( *"Microsoft.MachineLearningServices)/,
  '\n// azrbac-ignore ml-scoring-wildcard, ml-scoring-role-reads-keys: trust me\n$1',
);
const silencing = {
  exclude: ['roles/**'],
  rules: { 'ml-scoring-wildcard': 'off' },
  failOn: 'never',
  baseline: 'roles/baseline.json',
};

test.each<{ what: string; files: Record<string, string> }>([
  { what: 'a role alone', files: { 'roles/scorer.json': scorer } },
  { what: 'a role with a comment', files: { 'roles/scorer.json': commented } },
  {
    what: 'a role with a configuration and rules for Git',
    files: {
      'roles/scorer.json': commented,
      'azrbac.config.json': JSON.stringify(silencing),
      'roles/azrbac.config.json': JSON.stringify(silencing),
      '.gitignore': 'roles/\n',
      'roles/.gitignore': '*\n',
    },
  },
  {
    what: 'a role with other configurations beside it',
    files: {
      'roles/a/scorer.json': scorer,
      'roles/a/azrbac.config.yaml': JSON.stringify(silencing),
      'roles/package.json': JSON.stringify({ azrbac: silencing }),
      'roles/azrbac.config.jsonc': JSON.stringify({ suppressions: [{ rule: 'ml-*', reason: 'trust me' }] }),
    },
  },
  {
    what: 'a role that a configuration of the pull request accepts for the next century',
    files: {
      'roles/scorer.json': scorer,
      'azrbac.config.json': JSON.stringify({
        suppressions: [{ rule: 'ml-scoring-wildcard', reason: 'trust me', expires: '2099-12-31' }],
      }),
    },
  },
])('$what is found in a pull request', ({ files }) => {
  const { status, output } = check(files);
  expect(output).toMatch(/^roles\/(?:a\/)?scorer\.json/m);
  expect(output).toContain('ml-scoring-wildcard');
  expect(status).toBe(1);
});

test('a sound pull request passes', () => {
  const sound = scorer.replace('onlineEndpoints/*/action', 'onlineEndpoints/score/action');
  expect(check({ 'roles/scorer.json': sound }).status).toBe(0);
});

/** The target branch has a configuration of its own; the pull request brings the files. */
function check(files: Readonly<Record<string, string>>): { status: number | null; output: string } {
  const folder = mkdtempSync(join(tmpdir(), 'azrbac-pull-request-'));
  const git = (...args: readonly string[]): string =>
    execFileSync('git', ['-c', 'user.name=Tester', '-c', 'user.email=tester@example.com', ...args], {
      cwd: folder,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  const commit = (content: Readonly<Record<string, string>>): void => {
    for (const [name, text] of Object.entries(content)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
    git('add', '--force', '--', ...Object.keys(content));
    git('commit', '-qm', 'Change');
  };
  git('init', '-q');
  commit({ 'azrbac.config.json': '{ "failOn": "high" }', '.gitignore': 'node_modules/\n' });
  git('update-ref', 'refs/remotes/origin/main', 'HEAD');
  commit(files);
  const pullRequest = git('rev-parse', 'HEAD').trim();
  mkdirSync(join(folder, 'node_modules/.bin'), { recursive: true });
  symlinkSync(join(projectFolder, 'dist/bin/azrbac.cjs'), join(folder, 'node_modules/.bin/azrbac'));
  // What it installs stands there already.
  const script = `set -e\n${recipe.replace(/^npm ci$/m, '')}`;
  const env = { ...process.env, PULL_REQUEST: pullRequest };
  const { status, stdout, stderr } = spawnSync('sh', ['-c', script], { cwd: folder, encoding: 'utf8', env });
  return { status, output: stdout + stderr };
}
