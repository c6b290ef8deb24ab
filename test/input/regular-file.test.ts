import { existsSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { reasonOfError } from '../../src/errors.js';
import { readRegularFile } from '../../src/input/regular-file.js';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'azrbac-regular-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function reasonFor(path: string, largest: number): string {
  try {
    readRegularFile(path, largest);
  } catch (error) {
    return reasonOfError(error);
  }
  return 'it was read';
}

test.each([0, 1, 4_096, 100_000])('a file of %i bytes is read whole', size => {
  const path = join(folder, 'role.json');
  writeFileSync(path, Buffer.alloc(size, 'a'));
  expect(readRegularFile(path, 100_000).toString()).toBe('a'.repeat(size));
});

test('a file of one byte more than the bound is refused', () => {
  const path = join(folder, 'azrbac.config.json');
  writeFileSync(path, '');
  truncateSync(path, (16 << 20) + 1);
  expect(reasonFor(path, 16 << 20)).toBe('it is larger than 16 MB');
});

// Files of /proc are of no size, and tell their content all the same.
test.skipIf(!existsSync('/proc/self/maps'))('a file that does not tell its size is read whole', () => {
  expect(readRegularFile('/proc/cpuinfo', 16 << 20).length).toBeGreaterThan(100);
  expect(readRegularFile('/proc/version', 16 << 20).toString()).toBe(readFileSync('/proc/version', 'utf8'));
});

test.skipIf(!existsSync('/proc/self/maps'))('a file that does not tell its size is held to the bound', () => {
  expect(reasonFor('/proc/self/maps', 1_024)).toMatch(/^it is larger than/);
});

test('a folder is refused', () => {
  expect(reasonFor(folder, 1_024)).toBe('it is a folder');
});

test('what is not there is told as such', () => {
  expect(reasonFor(join(folder, 'gone.json'), 1_024)).toBe('it does not exist');
});
