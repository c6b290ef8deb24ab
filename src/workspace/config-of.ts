import { UserError } from '../errors.js';
import { emptyConfig } from '../lint/engine/config.js';
import { type LoadedConfig, loadConfig } from '../lint/engine/load-config.js';
import type { Io } from '../cli/io.js';

export interface ConfigOptions {
  readonly config: string | undefined;
  readonly 'no-config': boolean;
}

/** The configuration that the command line names, else the one that holds for the working directory, unless none is wanted. */
export function configOf(options: ConfigOptions, { cwd }: Pick<Io, 'cwd'>): LoadedConfig {
  if (!options['no-config']) return loadConfig({ cwd, file: options.config });
  if (options.config !== undefined) throw new UserError('"--config" and "--no-config" exclude each other.');
  return { config: emptyConfig, folder: cwd, file: undefined };
}
