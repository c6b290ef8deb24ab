import type { Catalog } from '../catalog/catalog.js';
import type { Plane } from '../model/role-definition.js';
import type { Bitset } from './bitset.js';
import type { OperationIndex } from './operation-index.js';

/** Plain words, and the operations that make them true. */
export interface Phrase {
  readonly phrase: string;
  /** The kind of resource, as a heading. */
  readonly area: string;
  readonly plane: Plane;
  /** Canonical names, sorted. What is granted for `can`, what is lacking for `cannot`. */
  readonly operations: readonly string[];
  /** Granted under conditions only. */
  readonly conditional?: true;
  /** What to say instead where that is so. */
  readonly conditionalPhrase?: string;
}

/** What the holder of a role can and cannot do. Every operation that the role grants stands behind some phrase. */
export interface RoleSummary {
  readonly can: readonly Phrase[];
  readonly cannot: readonly Phrase[];
}

/** What is known of the sets while the words are looked for. */
export interface Wording {
  readonly catalog: Pick<Catalog, 'operations'>;
  readonly index: OperationIndex;
  readonly granted: Readonly<Record<Plane, Bitset>>;
  /** What some phrase already speaks of. */
  readonly said: Readonly<Record<Plane, Bitset>>;
}

/** The operations' names, in the order of the catalog. */
export function operationNames(operations: Bitset, { catalog }: Pick<Wording, 'catalog'>): string[] {
  return Array.from(operations, index => catalog.operations.at(index).name);
}

/** The operations that both hold. */
export function intersection(a: Bitset, b: Bitset): Bitset {
  const both = a.clone();
  both.keepAll(b);
  return both;
}
