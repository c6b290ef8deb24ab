// Starts a bundle beside it from code that an earlier run has compiled: a third of what a small run costs is compiling.
// Becomes dist/bin/azrbac.cjs, as CommonJS, by src/build/bundle.ts.
import { join } from 'node:path';
import { Script } from 'node:vm';
import { type CompiledCode, type Entry, entryOf, readEntry, writeEntry } from './code-cache.js';
import type { run as runMain } from './main.js';
import { privateFolder } from './private-folder.js';
import { readCode } from './read-code.js';

/** What both bundles export. */
interface Bundle {
  readonly run: typeof runMain;
}

const args = process.argv.slice(2);
// What a commit hook runs has a small bundle of its own.
const bundle = join(__dirname, isForHooks() ? 'main.cjs' : 'commands.cjs');
const folder = orNothing(findFolder);
const { run } = folder === undefined ? (require(bundle) as Bundle) : loadWith(folder);
void run(args).then(exitCode => {
  // Not process.exit: it would cut output that a slow reader has not taken yet.
  process.exitCode = exitCode;
});

function isForHooks(): boolean {
  const [command, ...rest] = args;
  if (command === '--version') return rest.length === 0;
  return command === 'lint' && !rest.includes('--help') && !rest.includes('-h');
}

function findFolder(): string | undefined {
  return process.env['AZRBAC_NO_CODE_CACHE'] ? undefined : privateFolder();
}

function loadWith(cacheFolder: string): Bundle {
  const source = readCode(bundle);
  const entry = entryOf({ bundle, source, command: wordOf(args[0]) }, cacheFolder);
  const compiled = orNothing(() => readEntry(entry));
  const script = new Script(source.text, { filename: bundle, cachedData: compiled?.data });
  keepAtExit(entry, script, script.cachedDataRejected ? undefined : compiled);
  const wrapped = script.runInThisContext() as (...parts: unknown[]) => void;
  const loaded = { exports: {} as Bundle };
  wrapped.call(loaded.exports, loaded.exports, require, loaded, bundle, __dirname);
  return loaded.exports;
}

/** Commands run functions of their own, and what was compiled for one is a burden to the next. */
function wordOf(command: string | undefined): string {
  return command !== undefined && /^[a-z-]{1,20}$/.test(command) ? command : '';
}

/** V8 compiles a function when it is first called. A run with findings calls others than one without, and adds them once. */
function keepAtExit(entry: Entry, script: Script, compiled: CompiledCode | undefined): void {
  process.on('exit', exitCode => {
    if (exitCode > 1) return;
    const runs = (compiled?.runs ?? 0) | (1 << exitCode);
    if (runs !== compiled?.runs)
      orNothing(() => writeEntry(entry, () => ({ data: script.createCachedData(), runs })));
  });
}

/** A cache that cannot be read or written is none: a run goes on without. */
function orNothing<T>(attempt: () => T): T | undefined {
  try {
    return attempt();
  } catch {
    return undefined;
  }
}
