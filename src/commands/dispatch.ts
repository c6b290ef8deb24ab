import { type ExitCode, exitSuccess, exitFailure } from '../cli/exit-codes.js';
import { packageVersion } from '../package/package-folder.js';
import { failWith } from '../cli/fail.js';
import { findCommand } from './find-command.js';
import { commands } from './index.js';
import type { Io } from '../cli/io.js';
import { expectOutputApart } from '../cli/output-apart.js';
import { asksForHelp, parseCommandLine } from '../cli/parse-command-line.js';
import { refuseFileNamesAsOptions } from '../cli/refuse-file-names.js';

/**
 * The whole command line: runs what the arguments (without node and script) ask for and resolves to the exit code.
 * Never throws, never ends the process.
 */
export async function main(args: readonly string[], io: Io): Promise<ExitCode> {
  try {
    return await dispatch(args, io);
  } catch (error) {
    return failWith(error, io);
  }
}

async function dispatch(args: readonly string[], io: Io): Promise<ExitCode> {
  refuseFileNamesAsOptions(args, io);
  if (args[0] === '--version' || args[0] === '-V') {
    io.stdout.write(`${packageVersion()}\n`);
    return exitSuccess;
  }
  const found = findCommand(args);
  if (found.kind === 'help') {
    const { overview } = await import('./help.js');
    if (args.length === 0) io.stderr.write(await overview(found.group, io));
    else io.stdout.write(await overview(found.group, io));
    return args.length === 0 ? exitFailure : exitSuccess;
  }
  if (asksForHelp(found.rest)) {
    const { commandHelp } = await import('./help.js');
    io.stdout.write(await commandHelp(found.command, io));
    return exitSuccess;
  }
  const { run } = await found.command.load();
  const commandLine = parseCommandLine(found.command, found.rest, io.env);
  expectOutputApart(commandLine, io);
  return run(commandLine, io, commands);
}
