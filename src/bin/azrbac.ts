// The executable, bundled into one small CommonJS file by src/build/bundle.ts: start-up time is what a commit hook waits
// for. What it does not answer itself is left to the unbundled modules beside it.
import module from 'node:module';
import { processIo } from '../commands/io.js';

// Node 20 has none.
(module as { enableCompileCache?: () => unknown }).enableCompileCache?.();

process.stdout.on('error', ignoreClosedPipe);
process.stderr.on('error', ignoreClosedPipe);
void run(process.argv.slice(2)).then(exitCode => {
  // Not process.exit: it would cut output that a slow reader has not taken yet.
  process.exitCode = exitCode;
});

async function run(args: readonly string[]): Promise<number> {
  const { main } = (await import(new URL('../cli.js', import.meta.url).href)) as typeof import('../cli.js');
  return main(args, processIo());
}

/** `azrbac … | head` closes the pipe early; that is no failure. */
function ignoreClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
}
