import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fileKeyOf, loadConfig } from '../../../src/lint/engine/load-config.js';

let root: string;

beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'azrbac-')));
  mkdirSync(join(root, 'repository', '.git'), { recursive: true });
  mkdirSync(join(root, 'repository', 'infra', 'roles'), { recursive: true });
});

afterEach(() => {
  rmSync(root, { recursive: true });
});

const write = (file: string, text: string | Buffer): void => writeFileSync(join(root, file), text);
const load = (folder: string, file?: string) => loadConfig({ cwd: join(root, folder), file });

test('the nearest file upwards counts', () => {
  write('repository/azrbac.config.json', '{"failOn": "high"}');
  write('repository/infra/azrbac.config.json', '{"failOn": "low"}');
  const { config, folder, file } = load('repository/infra/roles');
  expect([config.failOn, folder, file]).toEqual([
    'low',
    join(root, 'repository', 'infra'),
    '../azrbac.config.json',
  ]);
});

test('the search ends at the root of the repository', () => {
  write('azrbac.config.json', '{"failOn": "high"}');
  expect(load('repository/infra').file).toBeUndefined();
  write('repository/azrbac.config.json', '{}');
  expect(load('repository/infra').file).toBe('../azrbac.config.json');
});

test('a file that is named counts alone', () => {
  write('repository/azrbac.config.json', '{"failOn": "high"}');
  write('repository/ci.json', '{"failOn": "info"}');
  expect(load('repository/infra', '../ci.json').config.failOn).toBe('info');
});

test('files are known by their path from the configuration, wherever azrbac is started', () => {
  write('repository/azrbac.config.json', '{}');
  const keyIn = (folder: string) => fileKeyOf(load(folder), join(root, folder));
  expect(keyIn('repository')('infra/roles/a.json')).toBe('infra/roles/a.json');
  expect(keyIn('repository/infra')('roles/a.json')).toBe('infra/roles/a.json');
  expect(keyIn('repository/infra/roles')('../../a.json')).toBe('a.json');
  expect(keyIn('repository/infra')('-')).toBe('-');
});

test('UTF-16 with its mark is read', () => {
  write('repository/azrbac.config.json', Buffer.from('\ufeff{"failOn": "never"}', 'utf16le'));
  expect(load('repository').config.failOn).toBe('never');
});

test.each([
  ['none.json', '"none.json" cannot be read: it does not exist.'],
  ['infra', '"infra" cannot be read: it is a folder.'],
])('%s cannot be read', (file, message) => {
  expect(() => load('repository', file)).toThrow(message);
});
