import { spawn } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { seededRandom } from '../seeded.js';
import { PackageCopy, runUncached, uncached } from './package-copy.js';
import { portion } from '../portion.js';

const isRoot = process.geteuid?.() === 0;
const nobody = 65_534;

test('the build leaves no compiled code in the package', () => {
  const dist = fileURLToPath(new URL('../../dist', import.meta.url));
  const files = readdirSync(dist, { recursive: true, encoding: 'utf8' });
  expect(files.filter(file => /\.(?:cache|code)$/.test(file))).toEqual([]);
});

test('the first run keeps what was compiled where only its user can write; the second writes nothing', () => {
  const copy = new PackageCopy();
  const first = copy.run();
  expect(first).toEqual(uncached(copy));
  const [entry] = copy.entries();
  expect(copy.entries()).toHaveLength(1);
  expect(lstatSync(copy.cache).mode & 0o777).toBe(0o700);
  const written = lstatSync(entry!);
  expect(written.mode & 0o777).toBe(0o600);
  expect(written.size).toBeGreaterThan(100_000);
  expect(copy.run()).toEqual(first);
  expect(copy.entries()).toEqual([entry]);
  expect(lstatSync(entry!).ino).toBe(written.ino);
});

test('a run of another kind adds its functions once', () => {
  const copy = new PackageCopy();
  const inodes = [
    ['lint', 'restarter.json'],
    ['lint', 'scorer.json'],
    ['lint', 'restarter.json'],
  ].map(args => {
    copy.run({ args });
    return lstatSync(copy.entries()[0]!).ino;
  });
  expect(inodes[1]).not.toBe(inodes[0]);
  expect(inodes[2]).toBe(inodes[1]);
});

test('an edit of the code is seen at once, even one that keeps its length', () => {
  const copy = new PackageCopy();
  copy.run({ args: ['lint', 'restarter.json'] });
  const code = readFileSync(copy.bundle, 'utf8');
  const { atime, mtime } = statSync(copy.bundle);
  const edited = code.replace('No findings', 'No mistakes');
  expect(edited).not.toBe(code);
  writeFileSync(copy.bundle, edited);
  utimesSync(copy.bundle, atime, mtime);
  for (let run = 0; run < 2; run++)
    expect(copy.run({ args: ['lint', 'restarter.json'] }).stdout).toContain('No mistakes');
  expect(copy.entries()).toHaveLength(1);
});

test('each command has an entry of its own, in the bundle of all commands too', () => {
  const copy = new PackageCopy();
  const commands = [
    ['lint', 'restarter.json'],
    ['action-sets'],
    ['expand', 'Microsoft.Compute/*/read'],
    ['--version'],
  ];
  for (const [number, args] of commands.entries()) {
    const first = copy.run({ args });
    expect(first.exitCode).toBe(0);
    expect(copy.entries()).toHaveLength(number + 1);
    expect(copy.run({ args })).toEqual(first);
  }
});

test('what lint leaves to the bundle of all commands runs too', () => {
  const copy = new PackageCopy();
  for (const args of [['lint', '--help'], ['lint', '--', '--help'], ['-V'], []]) {
    const { exitCode, stdout, stderr } = copy.run({ args });
    const expected = copy.run({ args, env: { AZRBAC_NO_CODE_CACHE: '1' } });
    expect({ exitCode, stdout, stderr }).toEqual({
      exitCode: expected.exitCode,
      stdout: expected.stdout,
      stderr: expected.stderr,
    });
  }
});

test('the code may hold more than ASCII', () => {
  const copy = new PackageCopy();
  writeFileSync(copy.bundle, readFileSync(copy.bundle, 'utf8').replace('No findings', 'Ничего 🎉'));
  for (let run = 0; run < 2; run++)
    expect(copy.run({ args: ['lint', 'restarter.json'] }).stdout).toContain('Ничего 🎉');
});

test('a damaged entry is passed over, and written anew', { timeout: 900_000 }, () => {
  const copy = new PackageCopy();
  const expected = copy.run();
  const [entry] = copy.entries();
  const whole = readFileSync(entry!);
  const seed = Number(process.env.AZRBAC_SEED ?? Date.now() % 1_000_000);
  const random = seededRandom(seed);
  const [many, few] = [portion({ whole: 50, part: 3 }), portion({ whole: 4, part: 1 })];
  const damages = [
    ...Array.from({ length: many }, () => withFlippedBit(whole, random())),
    ...Array.from({ length: many }, () => withZeros(whole, random(), 4096)),
    ...Array.from({ length: few }, () => withZeros(whole, random(), whole.length)),
    ...Array.from({ length: few }, () => whole.subarray(0, random() * whole.length)),
    Buffer.concat([whole, Buffer.alloc(2)]),
  ];
  for (const [number, damaged] of damages.entries()) {
    writeFileSync(entry!, damaged);
    expect(copy.run(), `seed ${seed}, damage ${number}`).toEqual(expected);
    // The first byte says which runs went into it: only that may differ.
    const now = readFileSync(entry!).subarray(1);
    const wasMended = now.length > whole.length / 2 && !now.equals(damaged.subarray(1));
    expect(wasMended || damaged.subarray(1).equals(whole.subarray(1)), `seed ${seed}, damage ${number}`).toBe(
      true,
    );
  }
});

test('runs at the same time do not disturb each other', async () => {
  const copy = new PackageCopy();
  const runs = Array.from({ length: 8 }, async () => {
    const child = spawn(process.execPath, [copy.executable, 'lint', 'scorer.json'], {
      cwd: copy.folder,
      env: { XDG_CACHE_HOME: copy.caches },
    });
    let stdout = '';
    for await (const chunk of child.stdout) stdout += String(chunk);
    return stdout;
  });
  const { stdout } = uncached(copy);
  expect(await Promise.all(runs)).toEqual(runs.map(() => stdout));
  expect(copy.run().stdout).toBe(stdout);
  expect(copy.entries().map(file => file.replace(/^.*\./, '.'))).toEqual(['.code']);
});

test('other V8 options have an entry of their own', () => {
  const copy = new PackageCopy();
  const env = { XDG_CACHE_HOME: copy.caches };
  copy.run();
  copy.run({ env: { ...env, NODE_OPTIONS: '--max-old-space-size=512' } });
  expect(copy.entries()).toHaveLength(2);
});

test('entries of other versions go, the oldest first; files of others stay', () => {
  const copy = new PackageCopy();
  mkdirSync(copy.cache, { mode: 0o700 });
  for (let hour = 1; hour <= 40; hour++) {
    const file = join(copy.cache, `v20.19.${hour}-0123abcd.code`);
    writeFileSync(file, 'old');
    const then = Date.now() / 1000 - hour * 3600;
    utimesSync(file, then, then);
  }
  const half = join(copy.cache, 'v20.19.0-0123abcd.code.4711');
  writeFileSync(half, 'killed');
  utimesSync(half, 0, 0);
  writeFileSync(join(copy.cache, 'notes.txt'), 'mine');
  copy.run();
  expect(copy.entries()).toHaveLength(20);
  expect(copy.entries()).toContain(join(copy.cache, 'v20.19.1-0123abcd.code'));
  expect(copy.entries()).not.toContain(half);
  expect(existsSync(join(copy.cache, 'notes.txt'))).toBe(true);
});

test('AZRBAC_NO_CODE_CACHE keeps nothing', () => {
  const copy = new PackageCopy();
  runUncached(copy);
  expect(readdirSync(copy.caches)).toEqual([]);
});

test.each<{ place: string; env: (copy: PackageCopy) => Record<string, string> }>([
  { place: 'no home', env: () => ({}) },
  { place: 'a home that is not there', env: copy => ({ HOME: join(copy.folder, 'nobody') }) },
  { place: 'a home that is a file', env: copy => ({ HOME: copy.bundle }) },
  { place: 'a relative folder', env: () => ({ XDG_CACHE_HOME: 'caches' }) },
  { place: 'a place where no folder can be made', env: () => ({ XDG_CACHE_HOME: '/proc/azrbac' }) },
])('with $place azrbac runs all the same', ({ env }) => {
  const copy = new PackageCopy();
  expect(copy.run({ env: env(copy) })).toEqual(uncached(copy));
  expect(readdirSync(copy.caches)).toEqual([]);
});

test('a home has the cache in .cache', () => {
  const copy = new PackageCopy();
  copy.run({ env: { HOME: copy.caches } });
  const folder = process.platform === 'darwin' ? 'Library/Caches/azrbac' : '.cache/azrbac';
  expect(readdirSync(join(copy.caches, folder))).toHaveLength(1);
});

test.runIf(isRoot)('a home that cannot be written to is no failure', () => {
  const copy = new PackageCopy();
  chmodSync(copy.folder, 0o755);
  chmodSync(copy.caches, 0o755);
  expect(copy.run({ uid: nobody, env: { HOME: copy.caches } })).toEqual(uncached(copy));
  expect(readdirSync(copy.caches)).toEqual([]);
});

test('a file that is as large as a run may write is no failure', () => {
  const copy = new PackageCopy();
  const limited = join(copy.folder, 'limited.sh');
  writeFileSync(limited, `#!/bin/bash\nulimit -f 100\nexec '${process.execPath}' "$@"\n`, { mode: 0o755 });
  expect(copy.run({ node: limited })).toEqual(uncached(copy));
  expect(copy.entries()).toEqual([]);
});

test('a link or a file where the folder would be is not used', () => {
  for (const make of [
    (path: string) => symlinkSync('elsewhere', path),
    (path: string) => writeFileSync(path, ''),
  ]) {
    const copy = new PackageCopy();
    mkdirSync(join(copy.caches, 'elsewhere'), { mode: 0o700 });
    make(copy.cache);
    expect(copy.run()).toEqual(uncached(copy));
    expect(readdirSync(join(copy.caches, 'elsewhere'))).toEqual([]);
  }
});

function withFlippedBit(bytes: Buffer, at: number): Buffer {
  const damaged = Buffer.from(bytes);
  const bit = Math.floor(at * bytes.length * 8);
  damaged[bit >> 3]! ^= 1 << (bit & 7);
  return damaged;
}

function withZeros(bytes: Buffer, at: number, length: number): Buffer {
  const start = Math.floor(at * bytes.length);
  return Buffer.from(bytes).fill(0, start, Math.min(start + length, bytes.length));
}
