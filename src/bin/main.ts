// The command line, bundled into one CommonJS file by src/build/bundle.ts: start-up time is what a commit hook waits for.
// It lints, checks and tells its version by itself; all else is left to the unbundled modules beside it.
import { type ExitCode, exitSuccess } from '../cli/exit-codes.js';
import { packageVersion } from '../package/package-folder.js';
import { run as check } from '../commands/check/run.js';
import { checkDeclaration } from '../commands/check/options.js';
import { lintDeclaration } from '../commands/lint/options.js';
import { failWith } from '../cli/fail.js';
import { processIo } from '../cli/io.js';
import { run as lint } from '../commands/lint/run.js';
import { expectOutputApart } from '../cli/output-apart.js';
import { asksForHelp, parseCommandLine } from '../cli/parse-command-line.js';
import { refuseFileNamesAsOptions } from '../cli/refuse-file-names.js';

void run(process.argv.slice(2)).then(exitCode => {
  // Not process.exit: it would cut output that a slow reader has not taken yet.
  process.exitCode = exitCode;
});

async function run(args: readonly string[]): Promise<ExitCode> {
  const io = processIo();
  const [command, ...rest] = args;
  try {
    refuseFileNamesAsOptions(args, io);
    if (command === 'lint' && !asksForHelp(rest)) {
      const commandLine = parseCommandLine(lintDeclaration, rest);
      expectOutputApart(commandLine, io);
      return await lint(commandLine, io);
    }
    if (command === 'check' && !asksForHelp(rest)) {
      const commandLine = parseCommandLine(checkDeclaration, rest);
      expectOutputApart(commandLine, io);
      return await check(commandLine, io);
    }
    if (args.length === 1 && command === '--version') {
      io.stdout.write(`${packageVersion()}\n`);
      return exitSuccess;
    }
  } catch (error) {
    return failWith(error, io);
  }
  const { main } = await import('../commands/dispatch.js');
  return main(args, io);
}
