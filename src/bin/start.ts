// Starts the bundle beside it, main.cjs, from code that an earlier run has compiled: a third of what a small run costs is
// compiling. Becomes dist/bin/azrbac.cjs, as CommonJS, by src/build/bundle.ts.
import { isAscii } from 'node:buffer';
import { readFileSync } from 'node:fs';
import nodeModule from 'node:module';
import { join } from 'node:path';
import { Script } from 'node:vm';
import { type CompiledCode, type Entry, entryOf, readEntry, writeEntry } from './code-cache.js';
import { privateFolder } from './private-folder.js';

const bundle = join(__dirname, 'main.cjs');
const entry = orNothing(findEntry);
if (entry === undefined) {
  require(bundle);
} else {
  if (!isInBundle()) keepModules(entry);
  runFrom(entry);
}

function findEntry(): Entry | undefined {
  if (process.env['AZRBAC_NO_CODE_CACHE']) return undefined;
  const folder = privateFolder();
  return folder === undefined ? undefined : entryOf(bundle, folder);
}

function runFrom(entry: Entry): void {
  const code = readFileSync(bundle);
  const compiled = orNothing(() => readEntry(entry, code));
  // A string of one byte per character is half the work; the build leaves no other.
  const text = code.toString(isAscii(code) ? 'latin1' : 'utf8');
  const script = new Script(`(function (exports, require, module, __filename, __dirname) { ${text}\n})`, {
    filename: bundle,
    cachedData: compiled?.data,
  });
  keepAtExit(entry, code, script, script.cachedDataRejected ? undefined : compiled);
  const run = script.runInThisContext() as (...args: unknown[]) => void;
  run.call(exports, exports, require, module, bundle, __dirname);
}

/** V8 compiles a function when it is first called: each kind of run has functions of its own, and adds them once. */
function keepAtExit(entry: Entry, code: Buffer, script: Script, compiled: CompiledCode | undefined): void {
  process.on('exit', exitCode => {
    const runs = (compiled?.runs ?? 0) | kindOfRun(exitCode);
    if (runs === compiled?.runs || exitCode > 1) return;
    orNothing(() => writeEntry(entry, code, () => ({ data: script.createCachedData(), runs })));
  });
}

/** With and without findings, of the commands that are in the bundle; all others. */
function kindOfRun(exitCode: number): number {
  if (!isInBundle()) return 16;
  return (process.argv[2] === 'lint' ? 1 : 4) << exitCode;
}

function isInBundle(): boolean {
  const [, , command, ...rest] = process.argv;
  const asksForHelp = rest.includes('--help') || rest.includes('-h');
  return (command === 'lint' || command === 'check') && !asksForHelp;
}

/** The other commands are modules of their own. Node 22 and newer can keep what they compile of these. */
function keepModules({ modules }: Entry): void {
  const { enableCompileCache } = nodeModule as { enableCompileCache?: (folder: string) => unknown };
  orNothing(() => enableCompileCache?.(modules));
}

/** A cache that cannot be read or written is none: a run goes on without. */
function orNothing<T>(attempt: () => T): T | undefined {
  try {
    return attempt();
  } catch {
    return undefined;
  }
}
