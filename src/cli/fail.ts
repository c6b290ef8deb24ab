import { type ExitCode, exitFailure } from './exit-codes.js';
import { inspect } from 'node:util';
import type { UserError } from '../errors.js';
import { shortenLine, visible } from '../text/escape.js';
import type { Io } from './io.js';

/** Says on standard error why the run ended: a sentence and a hint for the user's mistakes, a stack for ours. */
export function failWith(error: unknown, io: Io): ExitCode {
  io.stderr.write(isInputError(error) ? inputError(error) : bug(error));
  return exitFailure;
}

/** Tells an error of input by its name: the bundle and the modules beside it, which share standard output, have a class of their own each. */
function isInputError(error: unknown): error is UserError {
  return error instanceof Error && error.name === 'UserError';
}

function inputError({ message, hint }: UserError): string {
  const lines = [`azrbac: ${visible(message)}`, ...(hint === undefined ? [] : [visible(hint)])];
  return lines.map(line => `${shortenLine(line)}\n`).join('');
}

function bug(error: unknown): string {
  const first =
    'azrbac: This is a bug in azrbac, not a mistake of yours. Please report it with the lines below.';
  // With its causes: the outer error names the rule and the role, the inner one the line of code.
  const lines = inspect(error)
    .split('\n')
    .map(line => shortenLine(visible(line)));
  return `${[first, ...lines].join('\n')}\n`;
}
