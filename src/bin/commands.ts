// The whole command line, bundled into one CommonJS file by src/build/bundle.ts: reading hundreds of modules takes longer
// than most commands.
import type { ExitCode } from '../cli/exit-codes.js';
import { processIo } from '../cli/io.js';
import { main } from '../commands/dispatch.js';

/** Runs the command line; resolves to the exit code. */
export async function run(args: readonly string[]): Promise<ExitCode> {
  return main(args, processIo());
}
