import { resolve } from 'node:path';
import { reasonOfError, UserError } from '../errors.js';
import { readRegularFile } from '../input/regular-file.js';
import { type BaselineFile, parseBaseline } from '../lint/engine/baseline.js';
import { shownPath } from '../lint/engine/load-config.js';
import type { Workspace } from './workspace.js';

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
  options: BaselineOptions,
  workspace: Workspace,
  command = 'azrbac lint',
): BaselineFile | undefined {
  const path = baselinePath(options, workspace);
  if (path === undefined) return undefined;
  const file = shownPath(path, workspace.cwd);
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

/** Where the baseline is or is to be; undefined where nothing names one. */
export function baselinePath(
  { baseline, 'no-baseline': isUnwanted }: BaselineOptions,
  { configuration: { config, folder }, cwd }: Workspace,
): string | undefined {
  if (isUnwanted) {
    if (baseline !== undefined) throw new UserError('"--baseline" and "--no-baseline" exclude each other.');
    return undefined;
  }
  if (baseline !== undefined) return resolve(cwd, baseline);
  return config.baseline === undefined ? undefined : resolve(folder, config.baseline);
}
