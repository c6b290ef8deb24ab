import type { Catalog } from '../../src/rbac/catalog/catalog.js';

export function writeSamples(
  folder: string,
  catalog: Catalog,
  options?: { readonly assignments?: number },
): Promise<void>;
