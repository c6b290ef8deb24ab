import { packageVersion } from './package/package-folder.js';
import type { CommandLine } from './commands/declaration.js';
import { failWith } from './commands/fail.js';
import { findCommand } from './commands/find-command.js';
import type { Io } from './commands/io.js';
import { expectOutputApart } from './commands/output-apart.js';
import { asksForHelp, parseCommandLine } from './commands/parse-command-line.js';
import { refuseFileNamesAsOptions } from './commands/refuse-file-names.js';

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
    const { overview } = await import('./commands/help.js');
    if (args.length === 0) io.stderr.write(await overview(found.group, io));
    else io.stdout.write(await overview(found.group, io));
    return args.length === 0 ? 2 : 0;
  }
  if (asksForHelp(found.rest)) {
    const { commandHelp } = await import('./commands/help.js');
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
  lint: () => import('./commands/lint.js'),
  expand: () => import('./commands/expand.js'),
  role: () => import('./commands/role.js'),
  check: () => import('./commands/check.js'),
  'action-sets': () => import('./commands/action-sets.js'),
  explain: () => import('./commands/explain.js'),
  can: () => import('./commands/can.js'),
  'who-can': () => import('./commands/who-can.js'),
  access: () => import('./commands/access.js'),
  test: () => import('./commands/test.js'),
  paths: () => import('./commands/paths.js'),
  collect: () => import('./commands/collect.js'),
  audit: () => import('./commands/audit.js'),
  rules: () => import('./commands/rules.js'),
  'catalog info': () => import('./commands/catalog-info.js'),
  'catalog search': () => import('./commands/catalog-search.js'),
  'catalog update': () => import('./commands/catalog-update.js'),
  completion: () => import('./commands/completion.js'),
};
