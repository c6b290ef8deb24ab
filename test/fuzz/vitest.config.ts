// The tests of which `npm test` runs a part, whole: `npm run fuzz`.
import { readdirSync, readFileSync } from 'node:fs';
import { mergeConfig } from 'vitest/config';
import { fileURLToPath } from 'node:url';
import { base } from '../vitest.config.js';

const testFolder = fileURLToPath(new URL('..', import.meta.url));

const files = readdirSync(testFolder, { recursive: true, encoding: 'utf8' })
  .filter(file => file.endsWith('.test.ts') && !file.includes('node_modules'))
  .filter(file => file.startsWith('fuzz/') || importsPortions(file))
  .map(file => `test/${file}`);

function importsPortions(file: string): boolean {
  return readFileSync(`${testFolder}${file}`, 'utf8').includes("/portion.js'");
}

const config = mergeConfig(base, { test: { testTimeout: 1_800_000 } });
config.test.include = files;

export default config;
