import type { UserError } from '../errors.js';
import { visible } from '../text/escape.js';
import { failWith } from './fail.js';
import type { Io } from './io.js';

// What is wrong with a file that people write for azrbac, beside the report on what is right in it.

/** On standard error, one after the other. */
export function failWithAll(inputErrors: readonly UserError[], file: string, io: Io): void {
  for (const inputError of inputErrors.slice(0, maxInputErrors)) failWith(inputError, io);
  const more = inputErrors.length - maxInputErrors;
  if (more > 0) io.stderr.write(`azrbac: ${more} more mistakes in ${visible(file)} (see --format json).\n`);
}

/** Nobody reads more of them at once. */
const maxInputErrors = 50;
