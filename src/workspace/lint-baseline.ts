import { resolve } from 'node:path';
import { reasonOfError, UserError } from '../errors.js';
import { readRegularFile } from '../input/regular-file.js';
import { type BaselineFile, encodeBaseline, parseBaseline, updateBaseline } from '../lint/engine/baseline.js';
import type { LintResult } from '../lint/engine/finding.js';
import { type LoadedConfig, shownPath } from '../lint/engine/load-config.js';
import { type LintRequest, reachOf } from '../lint/engine/run.js';
import type { Io } from '../cli/io.js';
import { replaceFile } from '../cli/replace-file.js';

export interface BaselineOptions {
  readonly baseline: string | undefined;
  readonly 'no-baseline': boolean;
  readonly 'update-baseline': boolean;
}

/**
 * The baseline that the command line names, else the configuration.
 * @throws UserError where it cannot be read; one that is to be written need not be there yet.
 */
export function loadBaseline(
  loaded: LoadedConfig,
  options: BaselineOptions,
  io: Io,
  command = 'azrbac lint',
): BaselineFile | undefined {
  const path = baselinePath(loaded, options, io);
  if (path === undefined) return undefined;
  const file = shownPath(path, io.cwd);
  try {
    return {
      file,
      baseline: parseBaseline(readRegularFile(path, largestBaseline).toString(), file),
      command,
    };
  } catch (cause) {
    if (cause instanceof UserError) throw cause;
    if (options['update-baseline'] && (cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new UserError(`The baseline "${file}" cannot be read: ${reasonOfError(cause)}.`, {
      hint: `Write one with: ${command} --baseline "${file}" --update-baseline`,
      cause,
    });
  }
}

/** Bytes: room for some hundred thousand findings. */
const largestBaseline = 64 << 20;

/** Writes the baseline that accepts all that the run found. */
export function rewriteBaseline(
  result: LintResult,
  request: LintRequest,
  loaded: LoadedConfig,
  options: BaselineOptions,
  io: Io,
): BaselineFile {
  const path = baselinePath(loaded, options, io);
  if (path === undefined) {
    throw new UserError('"--update-baseline" needs a file to write.', { hint: 'Name it: --baseline FILE' });
  }
  const baseline = updateBaseline(result, {
    before: request.baseline?.baseline,
    asOf: request.asOf,
    fileKey: request.fileKey ?? (file => file),
    reach: reachOf(request),
  });
  const file = shownPath(path, io.cwd);
  replaceFile({ path, shown: file }, encodeBaseline(baseline));
  return { file, baseline };
}

function baselinePath(
  { config, folder }: LoadedConfig,
  { baseline, 'no-baseline': isUnwanted }: BaselineOptions,
  { cwd }: Io,
): string | undefined {
  if (isUnwanted) {
    if (baseline !== undefined) throw new UserError('"--baseline" and "--no-baseline" exclude each other.');
    return undefined;
  }
  if (baseline !== undefined) return resolve(cwd, baseline);
  return config.baseline === undefined ? undefined : resolve(folder, config.baseline);
}
