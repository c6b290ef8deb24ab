// What a commit hook runs, bundled into one small CommonJS file by src/build/bundle.ts: start-up time is what it waits for.
// It lints and tells its version; all else is left to the bundle beside it.
import { type ExitCode, exitSuccess } from '../cli/exit-codes.js';
import { packageVersion } from '../package/package-folder.js';
import { lintDeclaration } from '../commands/lint/options.js';
import { failWith } from '../cli/fail.js';
import { processIo } from '../cli/io.js';
import { run as lint } from '../commands/lint/run.js';
import { expectOutputApart } from '../cli/output-apart.js';
import { asksForHelp, parseCommandLine } from '../cli/parse-command-line.js';
import { refuseFileNamesAsOptions } from '../cli/refuse-file-names.js';

/** Runs the command line; resolves to the exit code. */
export async function run(args: readonly string[]): Promise<ExitCode> {
  const io = processIo();
  const [command, ...rest] = args;
  try {
    refuseFileNamesAsOptions(args, io);
    if (command === 'lint' && !asksForHelp(rest)) {
      const commandLine = parseCommandLine(lintDeclaration, rest, io.env);
      expectOutputApart(commandLine, io);
      return await lint(commandLine, io);
    }
    if (args.length === 1 && command === '--version') {
      io.stdout.write(`${packageVersion()}\n`);
      return exitSuccess;
    }
  } catch (error) {
    return failWith(error, io);
  }
  const commands = await import('./commands.js');
  return commands.run(args);
}
