import { UserError } from '../errors.js';
import type { Io } from './io.js';

/** One report of a run: its format, and the file that it goes to; standard output where there is none. */
export interface ReportOutput {
  readonly format: string;
  readonly file: string | undefined;
}

/**
 * What `--format FORMAT`, `--format FORMAT=FILE` and `--output FILE` ask for together; text where no format is named.
 * @throws UserError where two reports would go to one place.
 */
export function outputsOf({
  format,
  output,
}: {
  readonly format: readonly string[];
  readonly output: string | undefined;
}): readonly [ReportOutput, ...ReportOutput[]] {
  const [first = 'text', ...others] = format;
  const outputOf = (value: string): ReportOutput => {
    const { name, file } = splitFormat(value);
    return { format: name, file: file ?? output };
  };
  const outputs = [outputOf(first), ...others.map(outputOf)] as const;
  if (
    output !== undefined &&
    format.length > 0 &&
    format.every(value => splitFormat(value).file !== undefined)
  )
    throw new UserError('"--output" has no report to write: every format names a file.');
  const places = outputs.map(({ file }) => file ?? '');
  const twice = places.find((place, i) => places.indexOf(place) !== i);
  if (twice === undefined) return outputs;
  const where = twice === '' ? 'standard output' : `"${twice}"`;
  throw new UserError(`Two reports cannot both go to ${where}.`, {
    hint: 'Name a file for each of the others, as in: --format text --format sarif=azrbac.sarif',
  });
}

/** The files that `--format FORMAT=FILE` names. */
export function filesOfFormats(format: unknown): string[] {
  return [format].flat().flatMap(value => (typeof value === 'string' ? (splitFormat(value).file ?? []) : []));
}

/** `sarif=azrbac.sarif` as its parts. */
export function splitFormat(value: string): { readonly name: string; readonly file: string | undefined } {
  const equals = value.indexOf('=');
  if (equals < 0) return { name: value, file: undefined };
  return { name: value.slice(0, equals), file: value.slice(equals + 1) };
}

/** Whether a run is a step of a workflow whose author asked for no format. */
export function isBareGithubStep(
  { format, output }: { readonly format: readonly string[]; readonly output: string | undefined },
  { env }: Pick<Io, 'env'>,
): boolean {
  return env['GITHUB_ACTIONS'] === 'true' && format.length === 0 && output === undefined;
}
