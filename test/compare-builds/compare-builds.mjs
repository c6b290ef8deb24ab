// node test/compare-builds/compare-builds.mjs OLD NEW [--corpus FOLDER]: runs two builds of azrbac (folders of packages that
// are built) on the same samples, every command in every format, and tells where exit code, output or messages differ by a
// byte. For changes of structure, which must not be seen from outside.
import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { commandRuns } from './command-runs.mjs';
import { writeSamples } from './samples.mjs';

const { positionals, values } = parseArgs({ allowPositionals: true, options: { corpus: { type: 'string' } } });
if (positionals.length !== 2) throw new Error('usage: compare-builds.mjs OLD NEW [--corpus FOLDER]');
const builds = positionals.map(folder => resolve(folder, 'dist/bin/azrbac.cjs'));
const folder = mkdtempSync(join(tmpdir(), 'azrbac-compare-'));
try {
  const { loadCatalog } = await import(resolve(positionals[0], 'dist/index.js'));
  await writeSamples(folder, await loadCatalog());
  if (values.corpus !== undefined) cpSync(values.corpus, join(folder, 'corpus'), { recursive: true });
  const runs = commandRuns(folder, { corpus: values.corpus && 'corpus' });
  const different = await compareAll(runs);
  for (const { run, parts } of different) console.log(`${parts.join(', ')} differ: azrbac ${run.args.join(' ')}   (in ${run.cwd})`);
  console.log(`${runs.length} runs, ${different.length} of them differ`);
  process.exitCode = different.length > 0 ? 1 : 0;
} finally {
  rmSync(folder, { recursive: true });
}

async function compareAll(runs) {
  const different = [];
  const waiting = [...runs];
  const worker = async () => {
    for (let run = waiting.shift(); run !== undefined; run = waiting.shift()) {
      const [old, now] = [await output(builds[0], run), await output(builds[1], run)];
      const parts = ['exitCode', 'stdout', 'stderr'].filter(part => old[part] !== now[part]);
      if (parts.length > 0) different.push({ run, parts });
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
  return different;
}

function output(bin, { args, cwd, stdin }) {
  return new Promise(done => {
    const options = { cwd: join(folder, cwd), maxBuffer: 2 ** 30, encoding: 'latin1', env: { ...process.env, NO_COLOR: '1' } };
    const child = execFile(process.execPath, [bin, ...args], options, (error, stdout, stderr) =>
      done({ exitCode: error?.code ?? 0, stdout, stderr }),
    );
    child.stdin.end(stdin ?? '');
  });
}
