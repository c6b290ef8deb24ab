// Compiled code is run as it is: none that somebody else could have written, whatever it pretends to be.
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  readFileSync,
  renameSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { expect, test } from 'vitest';
import { PackageCopy, uncached } from './package-copy.js';

const isRoot = process.geteuid?.() === 0;
const nobody = 65_534;

/** Puts compiled code that prints "planted" into the entry of the last run: V8 looks at the length of the source alone. */
function plant(copy: PackageCopy): string {
  copy.run();
  const [entry] = copy.entries();
  const bytes = readFileSync(entry!);
  const size = twiceCompiled(bytes);
  const head = bytes.subarray(0, bytes.length - 2 * size);
  planted ??= compilePlanted(readFileSync(copy.bundle).length);
  writeFileSync(entry!, Buffer.concat([head, planted, planted]));
  return entry!;
}

let planted: Buffer | undefined;

/** Code of a source of this length. */
function compilePlanted(length: number): Buffer {
  const compile = `
    const open = '(function (exports, require, module, __filename, __dirname) { ';
    const body = 'console.log("planted"); exports.run = async () => 0; /*'.padEnd(${length} - 2) + '*/';
    const script = new (require('node:vm').Script)(open + body + '\\n})');
    const print = console.log;
    console.log = () => {};
    const exports = {};
    script.runInThisContext()(exports);
    exports.run();
    console.log = print;
    process.stdout.write(script.createCachedData().toString('base64'));`;
  const env = { ...process.env, NODE_OPTIONS: '' };
  return Buffer.from(execFileSync(process.execPath, ['-e', compile], { encoding: 'utf8', env }), 'base64');
}

/** The length of what V8 compiled: it is there twice, behind a key that is smaller. */
function twiceCompiled(bytes: Buffer): number {
  for (let start = 8; start < 4096; start += 8) {
    const size = (bytes.length - start) / 2;
    if (bytes.subarray(start, start + size).equals(bytes.subarray(start + size))) return size;
  }
  throw new Error('the entry does not end in two copies');
}

test('what the user could have written alone is run: the code of the tests below would print', () => {
  const copy = new PackageCopy();
  plant(copy);
  expect(copy.run()).toMatchObject({ exitCode: 0, stdout: 'planted\n' });
});

test.each<{ how: string; spoil: (entry: string, copy: PackageCopy) => void; needsRoot?: true }>([
  {
    how: 'the file belongs to another user',
    spoil: entry => chownSync(entry, nobody, nobody),
    needsRoot: true,
  },
  {
    how: 'the folder belongs to another user',
    spoil: (_, { cache }) => chownSync(cache, nobody, nobody),
    needsRoot: true,
  },
  {
    how: 'the home belongs to another user',
    spoil: (_, { caches }) => chownSync(caches, nobody, nobody),
    needsRoot: true,
  },
  { how: 'the group may write to the file', spoil: entry => chmodSync(entry, 0o660) },
  { how: 'all may write to the file', spoil: entry => chmodSync(entry, 0o606) },
  { how: 'the group may write to the folder', spoil: (_, { cache }) => chmodSync(cache, 0o770) },
  { how: 'all may write to the folder', spoil: (_, { cache }) => chmodSync(cache, 0o777) },
  { how: 'the file is a link', spoil: entry => throughLink(entry) },
  { how: 'the folder is a link', spoil: (_, { cache }) => throughLink(cache) },
  {
    how: 'it is of another Node',
    spoil: entry =>
      replace(
        entry,
        process.version,
        'v20.19.0'.padEnd(process.version.length).slice(0, process.version.length),
      ),
  },
  {
    how: 'it is of another processor',
    spoil: entry => replace(entry, `"${process.arch}"`, '"a64"'.slice(0, process.arch.length + 2)),
  },
])('planted code is not run where $how', { timeout: 60_000 }, ({ spoil, needsRoot }) => {
  if (needsRoot && !isRoot) return;
  const copy = new PackageCopy();
  spoil(plant(copy), copy);
  expect(copy.run()).toEqual(uncached(copy));
});

test.runIf(isRoot)(
  'another user gets nothing from a folder that is not theirs, and leaves nothing in it',
  () => {
    const copy = new PackageCopy();
    chmodSync(copy.folder, 0o755);
    const entry = plant(copy);
    chmodSync(copy.cache, 0o755);
    chmodSync(entry, 0o644);
    const { ino } = statSync(entry);
    expect(copy.run({ uid: nobody })).toEqual(uncached(copy));
    expect(statSync(entry).ino).toBe(ino);
  },
);

function throughLink(path: string): void {
  renameSync(path, `${path}-moved`);
  symlinkSync(`${path}-moved`, path);
}

function replace(file: string, text: string, by: string): void {
  const bytes = readFileSync(file);
  const at = bytes.indexOf(text);
  expect(at).toBeGreaterThan(0);
  expect(by).toHaveLength(text.length);
  bytes.write(by, at);
  writeFileSync(file, bytes);
}
