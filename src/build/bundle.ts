// The build's second step, behind tsc: compiles the rules into one file and bundles the executable.
import { chmodSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { compileRules, encodeRuleSet } from '../lint/rules.js';

const packageFolder = fileURLToPath(new URL('../..', import.meta.url));
const executable = `${packageFolder}dist/bin/azrbac.cjs`;

writeFileSync(`${packageFolder}dist/rules.json`, encodeRuleSet(compileRules(`${packageFolder}rules`)));
await build({
  entryPoints: [`${packageFolder}src/bin/azrbac.ts`],
  outfile: executable,
  bundle: true,
  minify: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  mainFields: ['module', 'main'],
  // Loaded when needed, from the package's dependencies.
  external: ['ajv', 'chalk', 'yargs'],
  define: { 'import.meta.url': 'azrbacModuleUrl' },
  banner: {
    js: '#!/usr/bin/env node\n"use strict";const azrbacModuleUrl=require("node:url").pathToFileURL(__filename).href;',
  },
  logLevel: 'warning',
});
chmodSync(executable, 0o755);
