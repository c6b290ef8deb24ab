import yargs from 'yargs';
import { commands } from './index.js';
import type { CommandDeclaration } from '../cli/command-spec.js';
import type { Io } from '../cli/io.js';

/** Help on one command. */
export async function commandHelp(command: CommandDeclaration, io: Io): Promise<string> {
  const page = blankPage(io).usage(`${usageLine(command)}\n\nazrbac ${command.name} ${command.summary}.`);
  for (const { name, describe } of command.positionals) page.positional(name, { describe });
  // Never parsed with: a key may hold what a person should read.
  for (const [name, option] of Object.entries(command.options)) {
    const key = option.argument === undefined ? name : `${name} ${option.argument}`;
    page.option(key, {
      describe: option.describe,
      ...(option.short !== undefined && { alias: option.short }),
    });
  }
  page.epilogue(['Examples:', ...command.examples.flatMap(exampleLines)].join('\n'));
  return `${await page.getHelp()}\n`;
}

/** Help on all commands, or on those of a group such as `catalog`. */
export async function overview(group: string | undefined, io: Io): Promise<string> {
  const shown = commands.filter(({ name }) => group === undefined || name.startsWith(`${group} `));
  const page = blankPage(io).usage(`Usage: azrbac ${group ?? ''}${group ? ' ' : ''}<command> [options]`);
  for (const command of shown) page.command(`${command.name}`, command.summary);
  page.epilogue('azrbac <command> --help shows the options of a command, with examples.');
  return `${await page.getHelp()}\n`;
}

function blankPage(io: Io) {
  // It would ask for the working directory, which may be gone.
  return yargs([], '/')
    .scriptName('azrbac')
    .locale('en')
    .help(false)
    .version(false)
    .wrap(Math.min(io.columns ?? 100, 110));
}

/** Yargs would break command lines that people want to copy. */
function exampleLines([commandLine, purpose]: CommandDeclaration['examples'][number]): string[] {
  return [`  # ${purpose}`, `  ${commandLine}`];
}

function usageLine({ name, positionals }: CommandDeclaration): string {
  const words = positionals.map(positional => {
    const word = `${positional.name}${positional.repeatable ? '…' : ''}`;
    return positional.required ? word : `[${word}]`;
  });
  return ['Usage: azrbac', name, ...words, '[options]'].join(' ');
}
