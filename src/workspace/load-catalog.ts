import { resolve } from 'node:path';
import { Catalog } from '../rbac/catalog/catalog.js';
import { shippedCatalogFolder } from '../package/package-folder.js';
import type { LoadedConfig } from '../lint/engine/load-config.js';
import { type ConfigOptions, configOf } from './config-of.js';
import type { Io } from '../cli/io.js';

/** The catalog that the configuration names, else the one that comes with azrbac. */
export function loadCatalogFor({ config, folder }: LoadedConfig): Catalog {
  return Catalog.load(
    config.catalog === undefined ? shippedCatalogFolder() : resolve(folder, config.catalog),
  );
}

/** The same for a command that needs nothing else of the configuration. */
export function loadConfiguredCatalog(options: ConfigOptions, io: Pick<Io, 'cwd'>): Catalog {
  return loadCatalogFor(configOf(options, io));
}
