import { type ExitCode, exitSuccess } from '../../cli/exit-codes.js';
import { UserError } from '../../errors.js';
import { didYouMean } from '../../did-you-mean.js';
import type { completionDeclaration } from './options.js';
import type { CommandDeclaration, CommandLine } from '../../cli/command-spec.js';
import type { Io } from '../../cli/io.js';
import { writeReport } from '../../cli/output.js';
import { bashScript } from './bash.js';
import { fishScript } from './fish.js';
import { shells } from './offered.js';
import { zshScript } from './zsh.js';

/** `azrbac completion` */
export async function run(
  { positionals, options }: CommandLine<typeof completionDeclaration.options>,
  io: Io,
  commands: readonly CommandDeclaration[],
): Promise<ExitCode> {
  const [shell = ''] = positionals;
  const known = shells.find(name => name === shell);
  if (known === undefined) {
    throw new UserError(`There is no completion for the shell "${shell}".`, {
      hint: didYouMean(shell, shells),
    });
  }
  writeReport(scriptOf[known](commands), options, io);
  return exitSuccess;
}

const scriptOf = { bash: bashScript, zsh: zshScript, fish: fishScript } as const;
