import type { UserError } from '../errors.js';

/** Faults of a file that people write for azrbac, as JSON reports hold them. */
export function inputErrorsJson(errors: readonly UserError[]): object[] {
  return errors.map(({ message, hint = null, place }) => ({
    ...(place && { file: place.file, line: place.line, column: place.column }),
    message: place?.sentence ?? message,
    hint,
  }));
}
