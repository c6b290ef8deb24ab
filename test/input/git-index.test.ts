import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { trackedPaths } from '../../src/input/git-index.js';

const paths = ['a.json', 'ab/c.json', 'ab/cd/Größe.json', 'ab/cd/x'.padEnd(300, 'x'), 'z.json'];

function repository(...settings: readonly string[]): {
  folder: string;
  git(...args: readonly string[]): void;
} {
  const folder = mkdtempSync(join(tmpdir(), 'azrbac-index-'));
  const git = (...args: readonly string[]): void => {
    execFileSync('git', args, { cwd: folder, stdio: 'ignore' });
  };
  git('init', '-q', ...settings);
  return { folder, git };
}

function write(folder: string): void {
  for (const path of paths.map(path => path.slice(0, 200))) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), '{}\n');
  }
}

test.each([
  { name: 'version 2', settings: [], after: [] },
  { name: 'version 3', settings: [], after: ['update-index', '--skip-worktree', 'a.json'] },
  { name: 'version 4', settings: [], after: ['update-index', '--index-version', '4'] },
  { name: 'of SHA-256', settings: ['--object-format=sha256'], after: [] },
])('an index $name is read as Git reads it', ({ settings, after }) => {
  const { folder, git } = repository(...settings);
  write(folder);
  git('add', '.');
  if (after.length > 0) git(...after);
  const listed = execFileSync('git', ['ls-files', '-z'], { cwd: folder, encoding: 'utf8' });
  expect(trackedPaths(join(folder, '.git'))).toEqual(listed.split('\0').slice(0, -1));
  expect(trackedPaths(join(folder, '.git'))).toHaveLength(paths.length);
});

test('nothing is tracked where nothing was added yet', () => {
  expect(trackedPaths(join(repository().folder, '.git'))).toEqual([]);
});

test('an index that keeps entries in another file is not understood', () => {
  const { folder, git } = repository();
  write(folder);
  git('add', '.');
  git('update-index', '--split-index');
  expect(trackedPaths(join(folder, '.git'))).toBeUndefined();
});

test('an index that is cut off anywhere, or is none, is not understood', () => {
  const { folder, git } = repository();
  write(folder);
  git('add', '.');
  const index = join(folder, '.git/index');
  const whole = execFileSync('cat', [index]);
  for (const size of [1, 11, 40, 80, 200]) {
    writeFileSync(index, whole.subarray(0, size));
    expect(trackedPaths(join(folder, '.git'))).toBeUndefined();
  }
  writeFileSync(index, 'x'.repeat(5000));
  expect(trackedPaths(join(folder, '.git'))).toBeUndefined();
});
