import type { Catalog } from '../../rbac/catalog/catalog.js';
import type { Plane } from '../../rbac/model/role-definition.js';

/** The operation that somebody named, as far as the catalog settles what is meant. */
export type AskedOperation =
  /** An operation whose plane is known, or was said where there is a choice. */
  | { readonly kind: 'settled'; readonly name: string; readonly plane: Plane }
  /** A plane was said that it is not on: it is on the other one alone. */
  | { readonly kind: 'on-other-plane'; readonly name: string; readonly plane: Plane }
  /** No plane was said, and it is on both, or on one that nobody knows. */
  | { readonly kind: 'plane-open'; readonly name: string; readonly planes: 'both' | 'unknown' }
  | { readonly kind: 'unlisted'; readonly name: string }
  /** A wildcard, or nothing at all. */
  | { readonly kind: 'no-operation' };

/** Looks up what was named. `plane` is what was said of its plane. */
export function askedOperation(
  text: string,
  plane: Plane | undefined,
  catalog: Pick<Catalog, 'findOperation'>,
): AskedOperation {
  const written = text.trim();
  if (written === '' || written.includes('*')) return { kind: 'no-operation' };
  const known = catalog.findOperation(written);
  if (known === undefined) return { kind: 'unlisted', name: written };
  const { name } = known;
  if (known.plane === 'control' || known.plane === 'data') {
    const isElsewhere = plane !== undefined && plane !== known.plane;
    return { kind: isElsewhere ? 'on-other-plane' : 'settled', name, plane: known.plane };
  }
  return plane === undefined
    ? { kind: 'plane-open', name, planes: known.plane }
    : { kind: 'settled', name, plane };
}
