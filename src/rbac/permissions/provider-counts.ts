import { providerOf } from '../model/provider-of.js';
import { compareText } from '../../compare-text.js';
import type { Catalog } from '../catalog/catalog.js';
import type { Plane } from '../model/role-definition.js';
import { Bitset } from './bitset.js';
import type { PermissionSet } from './permission-set.js';

/** How much of a set belongs to one resource provider. */
export interface ProviderCount {
  /** As Azure spells it: `Microsoft.Compute`. */
  readonly provider: string;
  readonly control: number;
  readonly data: number;
}

/** Counts by provider. Where each stands in the catalog is worked out once. */
export class ProviderCounter {
  private readonly providers: readonly { readonly first: number; readonly all: Bitset }[];

  constructor(private readonly catalog: Pick<Catalog, 'operations'>) {
    const { operations } = catalog;
    this.providers = operations.providers.map(({ first, count }) => {
      const all = new Bitset(operations.size);
      all.addRange(first, first + count);
      return { first, all };
    });
  }

  /** Providers of which the set holds something, by name. */
  count(set: PermissionSet): ProviderCount[] {
    const counts = new Map<string, { provider: string; control: number; data: number }>();
    const add = (operation: string, plane: Plane, count: number): void => {
      const provider = providerOf(operation);
      const known = counts.get(provider.toLowerCase()) ?? { provider, control: 0, data: 0 };
      known[plane] += count;
      counts.set(provider.toLowerCase(), known);
    };
    for (const plane of ['control', 'data'] as const) {
      for (const { first, all } of this.providers) {
        const count = set[plane].known.sharedWith(all);
        if (count > 0) add(this.catalog.operations.at(first).name, plane, count);
      }
      for (const text of set[plane].unlisted.values()) add(text, plane, 1);
    }
    return [...counts].sort(([a], [b]) => compareText(a, b)).map(([, count]) => count);
  }
}
