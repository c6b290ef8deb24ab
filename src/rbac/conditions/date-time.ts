/**
 * A date and time as a text that sorts as time does; undefined where it is none. The form is `yyyy-mm-ddThh:mm:ss.fffffffZ`
 * with any number of fraction digits or none
 * (https://learn.microsoft.com/azure/role-based-access-control/conditions-format#datetime-comparison-operators).
 */
export function sortableDate(text: string): string | undefined {
  const match = text.length > longest ? null : dateForm.exec(text);
  if (match === null) return undefined;
  const seconds = match[1]!;
  const time = Date.parse(`${seconds}Z`);
  // What the calendar lacks, such as 30 February, comes back as another day.
  if (Number.isNaN(time) || new Date(time).toISOString().slice(0, seconds.length) !== seconds)
    return undefined;
  return seconds + (match[2] ?? '').replace(/\.?0*$/, '');
}

/** How many digits the documentation gives to fractions of a second. */
export const maxFractionDigits = 7;

const longest = 60;

const dateForm = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(\.\d+)?Z$/;
