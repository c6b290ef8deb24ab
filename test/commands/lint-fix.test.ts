import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { misspelt, projectWith, restarter } from './project.js';
import { runCli } from './run-cli.js';

const read = 'Microsoft.Compute/virtualMachines/read';
const blobRead = 'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read';
const twice = { ...restarter, Actions: [read, read] };

interface FixRun {
  readonly stderr: string;
  readonly exitCode: number;
}

async function fix(cwd: string, ...args: string[]): Promise<FixRun> {
  return runCli(['lint', ...args, '--fix', '--fail-on', 'never'], { cwd });
}

function textOf(cwd: string, name: string): string {
  return readFileSync(join(cwd, name), 'utf8');
}

describe('what a file says', () => {
  test('a data action is not lost where the list that it belongs to is null', async () => {
    const cwd = projectWith({ 'role.json': { ...restarter, Actions: [read, blobRead], DataActions: null } });
    await fix(cwd, '.');
    expect(JSON.parse(textOf(cwd, 'role.json'))).toMatchObject({ Actions: [read], DataActions: [blobRead] });
  });

  test.each([
    { name: 'a string', value: 'Microsoft.KeyVault/vaults/secrets/getSecret/action' },
    { name: 'an object', value: {} },
  ])('nothing moves where that list is $name, and a notice says why', async ({ value }) => {
    const cwd = projectWith({ 'role.json': { ...restarter, Actions: [read, blobRead], DataActions: value } });
    const before = textOf(cwd, 'role.json');
    const { stderr } = await fix(cwd, '.');
    expect(textOf(cwd, 'role.json')).toBe(before);
    expect(stderr).toContain(
      '1 finding (data-action-in-actions) was not fixed: "DataActions" is not a list. (not-fixed)',
    );
  });

  test('a file of one line with a comma missing stays as it is', async () => {
    const text = JSON.stringify({ ...restarter, Actions: [read, read, blobRead] }).replace(
      `"${read}","${blobRead}"`,
      `"${read}" "${blobRead}"`,
    );
    const cwd = projectWith({ 'role.json': text });
    const { stderr } = await fix(cwd, '.');
    expect(textOf(cwd, 'role.json')).toBe(text);
    expect(stderr).toContain('not fixed: the text is not sound JSON (line 1).');
  });

  test('what one fix uncovers is fixed as well, so that twice is once', async () => {
    const cwd = projectWith({ 'role.json': { ...restarter, Actions: [read, ` ${blobRead}`] } });
    expect((await fix(cwd, '.')).stderr).toContain('Fixed 2 findings in 1 file.');
    const once = textOf(cwd, 'role.json');
    expect(JSON.parse(once)).toMatchObject({ Actions: [read], DataActions: [blobRead] });
    expect((await fix(cwd, '.')).stderr).toContain('Fixed 0 findings in 0 files.');
    expect(textOf(cwd, 'role.json')).toBe(once);
  });
});

describe('--fix-dry-run', () => {
  const dryRun = (cwd: string, ...args: string[]) =>
    runCli(['lint', '.', '--fix-dry-run', '--fix-typos', '--fail-on', 'never', ...args], { cwd });

  test('prints what git apply makes the same of as --fix writes', async () => {
    const files = {
      'a/one.json': { ...misspelt, Name: 'One' },
      'a b.json': Buffer.from(`\ufeff${JSON.stringify({ ...twice, Name: 'Two' }, null, 2)}\r\n`),
      'three.jsonc': `// kept\n${JSON.stringify({ ...restarter, Actions: [read, ` ${blobRead}`] }, null, '\t')}`,
    };
    const [patched, fixed] = [projectWith(files), projectWith(files)];
    const { stdout, stderr } = await dryRun(patched);
    expect(stderr).toContain('Would fix 4 findings in 3 files.');
    expect(textOf(patched, 'three.jsonc')).toBe(files['three.jsonc']);
    execFileSync('git', ['apply', '--whitespace=nowarn', '-'], { cwd: patched, input: stdout });
    await fix(fixed, '.', '--fix-typos');
    for (const name of Object.keys(files)) expect(textOf(patched, name)).toBe(textOf(fixed, name));
    expect((await dryRun(patched)).stdout).toBe('');
  });

  test('writes the difference to a file, in a folder of a repository', async () => {
    const cwd = projectWith({ 'infra/role.json': twice });
    execFileSync('git', ['init', '-q'], { cwd });
    const infra = join(cwd, 'infra');
    const { stdout } = await dryRun(infra, '--output', 'fix.patch');
    execFileSync('git', ['apply', 'fix.patch'], { cwd: infra });
    expect(stdout).toBe('');
    expect((JSON.parse(textOf(infra, 'role.json')) as typeof twice).Actions).toEqual([read]);
  });

  test('says that texts in UTF-16 have no difference that Git takes', async () => {
    const text = Buffer.from(`\ufeff${JSON.stringify(twice)}`, 'utf16le');
    const { stdout, stderr } = await dryRun(projectWith({ 'role.json': text }));
    expect(stdout).toBe('');
    expect(stderr).toContain('The difference is not shown: Git takes UTF-16 for binary.');
  });

  test('shows a terminal nothing that would command it', async () => {
    const text = JSON.stringify({ ...twice, Description: '\u009b2J' }, null, 1);
    const cwd = projectWith({ 'role.json': text.replace('"Name"', '/* \u001b[2J */ "Name"') });
    const { stdout } = await runCli(['lint', '.', '--fix-dry-run'], { cwd, isTTY: true });
    expect(stdout).toContain('@@');
    expect(stdout).not.toMatch(/[\u001b\u009b]/);
  });
});

describe('the file itself', () => {
  test('a link that leads out of the folder is not written through', async () => {
    const cwd = projectWith({ 'outside.json': twice, 'roles/inside.json': restarter });
    symlinkSync('../outside.json', join(cwd, 'roles', 'link.json'));
    const before = textOf(cwd, 'outside.json');
    const { stderr } = await fix(cwd, 'roles');
    expect(textOf(cwd, 'outside.json')).toBe(before);
    expect(stderr).toContain(
      'The file was not fixed: it is a link that leads out of the folder. (not-fixed)',
    );
  });

  test.each([
    { name: 'inside of the folder', args: ['.'] },
    { name: 'that was named', args: ['link.json'] },
  ])('a link $name keeps its target, which is fixed', async ({ args }) => {
    const cwd = projectWith({ 'store/role.json': twice, 'azrbac.config.json': { exclude: ['store'] } });
    symlinkSync('store/role.json', join(cwd, 'link.json'));
    await fix(cwd, ...args);
    expect(lstatSync(join(cwd, 'link.json')).isSymbolicLink()).toBe(true);
    expect(JSON.parse(textOf(cwd, 'store/role.json')).Actions).toEqual([read]);
  });

  test('a read-only file is not replaced', async () => {
    const cwd = projectWith({ 'role.json': twice });
    const before = textOf(cwd, 'role.json');
    chmodSync(join(cwd, 'role.json'), 0o444);
    const { stderr } = await fix(cwd, '.');
    expect(textOf(cwd, 'role.json')).toBe(before);
    expect(stderr).toContain('The file was not fixed: it is read-only. (not-fixed)');
  });

  test('a file with several names is not replaced: they would no longer be one file', async () => {
    const cwd = projectWith({ 'role.json': twice });
    linkSync(join(cwd, 'role.json'), join(cwd, 'other.txt'));
    const before = textOf(cwd, 'role.json');
    const { stderr } = await fix(cwd, 'role.json');
    expect(textOf(cwd, 'role.json')).toBe(before);
    expect(stderr).toContain('it has several names (hard links)');
  });

  test('a rehearsal says the same of it', async () => {
    const cwd = projectWith({ 'role.json': twice });
    chmodSync(join(cwd, 'role.json'), 0o444);
    const { stderr } = await runCli(['lint', '.', '--fix-dry-run'], { cwd });
    expect(stderr).toContain('Would fix 0 findings in 0 files.');
    expect(stderr).toContain('it is read-only');
  });

  test.runIf(process.getuid?.() === 0)('root leaves it to its owner, and its mode as it is', async () => {
    const cwd = projectWith({ 'role.json': twice });
    const path = join(cwd, 'role.json');
    chmodSync(path, 0o664);
    chownSync(path, 12_345, 54_321);
    await fix(cwd, '.');
    const { uid, gid, mode } = statSync(path);
    expect({ uid, gid, mode: mode & 0o7777 }).toEqual({ uid: 12_345, gid: 54_321, mode: 0o664 });
    expect(JSON.parse(readFileSync(path, 'utf8')).Actions).toEqual([read]);
  });
});

const executable = fileURLToPath(new URL('../../dist/bin/azrbac.cjs', import.meta.url));

/** Many files, so that most of the time of a run goes into writing. */
function manyRoles(): { folder: string; old: string; new: string } {
  const folder = projectWith({});
  mkdirSync(folder, { recursive: true });
  const filler = { ...twice, Description: 'Restarts machines. '.repeat(2_000) };
  const old = `${JSON.stringify(filler, null, 2)}\n`;
  for (let i = 0; i < 60; i++) writeFileSync(join(folder, `role-${i}.json`), old);
  return { folder, old, new: `${JSON.stringify({ ...filler, Actions: [read] }, null, 2)}\n` };
}

function startFix(cwd: string): ChildProcess {
  return spawn(process.execPath, [executable, 'lint', '.', '--fix', '--format', 'csv'], {
    cwd,
    stdio: 'ignore',
  });
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null)
    await new Promise(resolve => child.once('exit', resolve));
}

/** Waits until the first file was written, and a moment longer. */
async function writingBegan(
  folder: string,
  before: string,
  child: ChildProcess,
  longer: number,
): Promise<void> {
  const isOld = (): boolean => readFileSync(join(folder, 'role-0.json'), 'utf8') === before;
  while (child.exitCode === null && isOld()) await sleep(1);
  await sleep(longer);
}

test.each([0, 1, 3, 6, 10])('killed %i ms into writing, each file is old or new', async longer => {
  const { folder, old, new: fixed } = manyRoles();
  const child = startFix(folder);
  await writingBegan(folder, old, child, longer);
  child.kill('SIGKILL');
  await ended(child);
  const names = readdirSync(folder).filter(name => name.startsWith('role-'));
  expect(names).toHaveLength(60);
  for (const name of names) expect([old, fixed]).toContain(textOf(folder, name));
});

test.each([0, 2, 5])('interrupted %i ms into writing, it leaves nothing beside them', async longer => {
  const { folder, old, new: fixed } = manyRoles();
  const child = startFix(folder);
  await writingBegan(folder, old, child, longer);
  child.kill('SIGINT');
  await ended(child);
  expect(readdirSync(folder)).toHaveLength(60);
  for (const name of readdirSync(folder)) expect([old, fixed]).toContain(textOf(folder, name));
});
