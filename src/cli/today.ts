import { UserError } from '../errors.js';

/**
 * The date of the run, `YYYY-MM-DD`: what `--as-of` says, else today in UTC.
 * @throws UserError for what is no date.
 */
export function today(asOf: string | undefined): string {
  if (asOf === undefined) return new Date().toISOString().slice(0, 10);
  const time = /^\d{4}-\d{2}-\d{2}$/.test(asOf) ? Date.parse(`${asOf}T00:00:00Z`) : Number.NaN;
  // Some engines roll over what the month does not have.
  if (Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== asOf) {
    throw new UserError(`"--as-of" needs a date that exists, as YYYY-MM-DD, not "${asOf}".`);
  }
  return asOf;
}
