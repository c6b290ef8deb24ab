#!/usr/bin/env node
// Starts the bundle beside this file, main.cjs, from its compiled code: half of what a small run costs is compiling.
// Node 22 and newer keep compiled code themselves; for Node 20 the build leaves main.cache, which V8 refuses on any
// other version, and then compiles as usual.
import fs = require('node:fs');
import nodeModule = require('node:module');
import path = require('node:path');

const bundle = path.join(__dirname, 'main.cjs');
const { enableCompileCache } = nodeModule as { enableCompileCache?: () => unknown };
if (enableCompileCache !== undefined) {
  enableCompileCache();
  require(bundle);
} else {
  runCompiled(readIfThere(path.join(__dirname, 'main.cache')));
}

function runCompiled(cachedData: Buffer | undefined): void {
  if (cachedData === undefined) {
    require(bundle);
    return;
  }
  const vm = require('node:vm') as typeof import('node:vm');
  const script = new vm.Script(nodeModule.wrap(fs.readFileSync(bundle, 'utf8')), {
    filename: bundle,
    cachedData,
  });
  const run = script.runInThisContext() as (...args: unknown[]) => void;
  run.call(exports, exports, require, module, bundle, __dirname);
}

function readIfThere(file: string): Buffer | undefined {
  try {
    return fs.readFileSync(file);
  } catch {
    return undefined;
  }
}
