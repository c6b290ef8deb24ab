// npm's `prepare`: builds the package. npm tells its own preparation of a git dependency to install globally where it does
// so itself (`npm install -g git+…`, as pre-commit 4.6 and newer call it); then nothing is in node_modules, and what the
// build needs is installed here.
'use strict';
const { spawnSync } = require('node:child_process');
const { existsSync } = require('node:fs');
const { join } = require('node:path');

const root = join(__dirname, '../..');
const inherited = /^npm_config_(?:global|location|prefix|local_prefix|omit|production|package_lock_only|dry_run)$/i;
const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !inherited.test(name)));

if (!existsSync(join(root, 'node_modules/typescript')))
  npm('ci', '--include=dev', '--include=optional', '--ignore-scripts', '--no-audit', '--no-fund');
npm('run', 'build');

function npm(...args) {
  const cli = process.env.npm_execpath;
  const [command, first] = cli === undefined ? ['npm', []] : [process.execPath, [cli]];
  // Standard output is npm's: pre-commit 3 takes what "npm pack" prints there for the name of the package.
  const { status } = spawnSync(command, [...first, ...args], { cwd: root, env, stdio: ['ignore', 2, 2] });
  if (status !== 0) process.exit(status ?? 1);
}
