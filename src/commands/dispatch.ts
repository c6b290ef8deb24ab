import { packageVersion } from '../package/package-folder.js';
import type { CommandLine } from '../cli/command-spec.js';
import { failWith } from '../cli/fail.js';
import { findCommand } from './find-command.js';
import type { Io } from '../cli/io.js';
import { expectOutputApart } from '../cli/output-apart.js';
import { asksForHelp, parseCommandLine } from '../cli/parse-command-line.js';
import { refuseFileNamesAsOptions } from '../cli/refuse-file-names.js';

/**
 * The whole command line: runs what the arguments (without node and script) ask for and resolves to the exit code.
 * Never throws, never ends the process.
 */
export async function main(args: readonly string[], io: Io): Promise<number> {
  try {
    return await dispatch(args, io);
  } catch (error) {
    return failWith(error, io);
  }
}

async function dispatch(args: readonly string[], io: Io): Promise<number> {
  refuseFileNamesAsOptions(args, io);
  if (args[0] === '--version' || args[0] === '-V') {
    io.stdout.write(`${packageVersion()}\n`);
    return 0;
  }
  const found = findCommand(args);
  if (found.kind === 'help') {
    const { overview } = await import('./help.js');
    if (args.length === 0) io.stderr.write(await overview(found.group, io));
    else io.stdout.write(await overview(found.group, io));
    return args.length === 0 ? 2 : 0;
  }
  if (asksForHelp(found.rest)) {
    const { commandHelp } = await import('./help.js');
    io.stdout.write(await commandHelp(found.command, io));
    return 0;
  }
  const load = runners[found.command.name];
  if (load === undefined) throw new Error(`no code for the command ${found.command.name}`);
  const { run } = await load();
  const commandLine = parseCommandLine(found.command, found.rest);
  expectOutputApart(commandLine, io);
  return run(commandLine as CommandLine<never>, io);
}

interface Runner {
  run(commandLine: CommandLine<never>, io: Io): Promise<number>;
}

const runners: Readonly<Record<string, () => Promise<Runner>>> = {
  lint: () => import('./lint/run.js'),
  expand: () => import('./expand/run.js'),
  role: () => import('./role/run.js'),
  check: () => import('./check/run.js'),
  'action-sets': () => import('./action-sets/run.js'),
  explain: () => import('./explain/run.js'),
  can: () => import('./can/run.js'),
  'who-can': () => import('./who-can/run.js'),
  access: () => import('./access/run.js'),
  test: () => import('./test/run.js'),
  paths: () => import('./paths/run.js'),
  collect: () => import('./collect/run.js'),
  audit: () => import('./audit/run.js'),
  rules: () => import('./rules/run.js'),
  'catalog info': () => import('./catalog/info.js'),
  'catalog search': () => import('./catalog/search.js'),
  'catalog update': () => import('./catalog/update.js'),
  completion: () => import('./completion/run.js'),
};
