// The build's second step, behind tsc: bundles the executable.
import { chmodSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const packageFolder = fileURLToPath(new URL('../..', import.meta.url));
const executable = `${packageFolder}dist/bin/azrbac.cjs`;

await build({
  entryPoints: [`${packageFolder}src/bin/azrbac.ts`],
  outfile: executable,
  bundle: true,
  minify: true,
  // Class and function names stand in the stacks of bug reports.
  keepNames: false,
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
