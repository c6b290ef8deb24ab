import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const projectFolder = fileURLToPath(new URL('../..', import.meta.url));
const { bin, version } = JSON.parse(readFileSync(join(projectFolder, 'package.json'), 'utf8')) as {
  bin: { azrbac: string };
  version: string;
};

test('the command that npm links is there before the build, and says what is missing', () => {
  const committed = spawnSync('git', ['ls-files', bin.azrbac], { cwd: projectFolder, encoding: 'utf8' });
  expect(committed.stdout).toBe(`${bin.azrbac}\n`);
  const folder = mkdtempSync(join(tmpdir(), 'azrbac-unbuilt-'));
  cpSync(join(projectFolder, bin.azrbac), join(folder, bin.azrbac));
  const run = spawnSync(process.execPath, [join(folder, bin.azrbac), 'lint'], { encoding: 'utf8' });
  expect(run).toMatchObject({ status: 2, stdout: '' });
  expect(run.stderr).toContain('without its build step (npm --ignore-scripts)');
  expect(run.stderr.trim().split('\n')).toHaveLength(3);
});

test('with the build it is azrbac', () => {
  const run = spawnSync(process.execPath, [join(projectFolder, bin.azrbac), '--version'], {
    encoding: 'utf8',
  });
  expect(run).toMatchObject({ status: 0, stdout: `${version}\n`, stderr: '' });
});
