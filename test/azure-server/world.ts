import type { Access } from './access.js';
import type { ScopeTree } from './scope-tree.js';
import type { AzureTenant } from './tenant.js';

/** What the parts of the server answer from. */
export interface World {
  readonly tenant: AzureTenant;
  readonly tree: ScopeTree;
  readonly access: Access;
  readonly pageSizes: PageSizes;
}

/** Rows on a page where the caller does not say how many. */
export interface PageSizes {
  readonly arm: number;
  readonly graph: number;
  /** The most that a page of Resource Graph holds, whatever was asked. */
  readonly resourceGraph: number;
}

export const azurePageSizes: PageSizes = { arm: 500, graph: 100, resourceGraph: 1000 };
