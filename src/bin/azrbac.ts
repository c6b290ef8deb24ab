// The executable, bundled into one small CommonJS file by src/build/bundle.ts: start-up time is what a commit hook waits
// for. It lints and tells its version by itself; all else is left to the unbundled modules beside it.
import { packageVersion } from '../catalog/package-folder.js';
import { lintDeclaration } from '../commands/command-table.js';
import { failWith } from '../commands/fail.js';
import { processIo } from '../commands/io.js';
import { run as lint } from '../commands/lint.js';
import { asksForHelp, parseCommandLine } from '../commands/parse-command-line.js';

void run(process.argv.slice(2)).then(exitCode => {
  // Not process.exit: it would cut output that a slow reader has not taken yet.
  process.exitCode = exitCode;
});

async function run(args: readonly string[]): Promise<number> {
  const io = processIo();
  if (args[0] === 'lint' && !asksForHelp(args)) {
    try {
      return await lint(parseCommandLine(lintDeclaration, args.slice(1)), io);
    } catch (error) {
      return failWith(error, io);
    }
  }
  if (args.length === 1 && args[0] === '--version') {
    io.stdout.write(`${packageVersion()}\n`);
    return 0;
  }
  const { main } = (await import(new URL('../cli.js', import.meta.url).href)) as typeof import('../cli.js');
  return main(args, io);
}
