import { resolve } from 'node:path';
import { UserError } from '../errors.js';
import type { ByteStream } from '../input/read-source.js';
import { emptyConfig } from '../lint/engine/config.js';
import { type LoadedConfig, loadConfig } from '../lint/engine/load-config.js';
import { shippedCatalogFolder } from '../package/package-folder.js';
import { Catalog } from '../rbac/catalog/catalog.js';

/** Where a run takes place. */
export interface Surroundings {
  /** The folder that paths are relative to; absolute. */
  readonly cwd: string;
  /** What the path `-` stands for. */
  readonly stdin: ByteStream;
}

export interface ConfigOptions {
  readonly config: string | undefined;
  readonly 'no-config': boolean;
}

/** A folder with the configuration that holds for it: what every run works with. */
export class Workspace {
  private loaded: Catalog | undefined;

  constructor(
    readonly configuration: LoadedConfig,
    readonly surroundings: Surroundings,
    private readonly choice: 'named' | 'found' = 'found',
  ) {}

  /** Whether the command line chose the configuration, or none, so that nothing else may. */
  get isConfigNamed(): boolean {
    return this.choice === 'named';
  }

  get cwd(): string {
    return this.surroundings.cwd;
  }

  /** The catalog that the configuration names, else the one that comes with azrbac. Loaded when first asked for. */
  get catalog(): Catalog {
    const { config, folder } = this.configuration;
    this.loaded ??= Catalog.load(
      config.catalog === undefined ? shippedCatalogFolder() : resolve(folder, config.catalog),
    );
    return this.loaded;
  }
}

/** The working folder with the configuration that is named, else with the one that holds for it, unless none is wanted. */
export async function openWorkspace(options: ConfigOptions, surroundings: Surroundings): Promise<Workspace> {
  const choice = options.config !== undefined || options['no-config'] ? 'named' : 'found';
  return new Workspace(await configurationOf(options, surroundings.cwd), surroundings, choice);
}

async function configurationOf(options: ConfigOptions, cwd: string): Promise<LoadedConfig> {
  if (!options['no-config']) return loadConfig({ cwd, file: options.config });
  if (options.config !== undefined) throw new UserError('"--config" and "--no-config" exclude each other.');
  return { config: emptyConfig, folder: cwd, file: undefined };
}
