import { fileURLToPath } from 'node:url';
import { Catalog } from '../src/rbac/catalog/catalog.js';

/** The catalog that ships. */
export const shippedCatalog = Catalog.load(fileURLToPath(new URL('../role-catalog', import.meta.url)));
