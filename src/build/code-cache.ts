// The build's last step, in a process of its own: runs the bundle once and keeps what V8 compiled for it, so that the
// next start need not. See src/bin/azrbac.cts.
import { readFileSync, writeFileSync } from 'node:fs';
import module, { createRequire } from 'node:module';
import { devNull } from 'node:os';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import vm from 'node:vm';

const bundle = fileURLToPath(new URL('../bin/main.cjs', import.meta.url));
const example = fileURLToPath(new URL('../../docs/examples/online-endpoint-scorer.json', import.meta.url));

const script = new vm.Script(module.wrap(readFileSync(bundle, 'utf8')), {
  filename: bundle,
});
process.argv = [
  process.execPath,
  bundle,
  'lint',
  example,
  '--output',
  devNull,
  '--quiet',
  '--fail-on',
  'never',
];
const exported = { exports: {} };
const run = script.runInThisContext() as (...args: unknown[]) => void;
run.call(exported.exports, exported.exports, createRequire(bundle), exported, bundle, dirname(bundle));
// By now the functions that a run needs are compiled, not only the outermost ones.
process.on('exit', () => writeFileSync(bundle.replace(/cjs$/, 'cache'), script.createCachedData()));
