#!/usr/bin/env node
'use strict';
const { existsSync } = require('node:fs');
const { join } = require('node:path');

const start = join(__dirname, '../dist/bin/azrbac.cjs');
if (existsSync(start)) {
  require(start);
} else {
  // npm says nothing when it leaves out the build of a package that comes from git.
  console.error(
    'azrbac was installed from git without its build step (npm --ignore-scripts), so there is nothing to run.\n' +
      'Remove it ("npm uninstall azrbac") and install it again with --ignore-scripts=false, or from a package that was\n' +
      'built elsewhere: https://github.com/azrbac/azrbac/blob/main/docs/ci.md#installing-without-scripts',
  );
  process.exitCode = 2;
}
