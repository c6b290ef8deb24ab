import type { Catalog } from '../catalog/catalog.js';
import type { Plane } from '../model/role-definition.js';
import { foldCase, isDecidable } from './action-pattern.js';
import { Bitset } from './bitset.js';
import type { OperationIndex } from './operation-index.js';

/** The operations that some patterns cover in one plane. */
export interface Expansion {
  readonly plane: Plane;
  /** Canonical names, sorted by their ASCII-lower-cased form. */
  readonly operations: readonly string[];
  /** What only a wildcard reached and whose plane the catalog does not know, sorted likewise. */
  readonly unknownPlane: readonly string[];
  /** Patterns that cover no operation of the catalog in that plane, nor any of unknown plane. */
  readonly matchingNothing: readonly string[];
}

export interface ExpandOptions {
  /** Patterns whose operations are taken away. */
  readonly not?: readonly string[];
  /** Default: `control`. */
  readonly plane?: Plane;
}

/** The union of what the patterns cover, less what those in `not` cover. */
export function expandPatterns(
  patterns: readonly string[],
  catalog: Pick<Catalog, 'operations'>,
  index: OperationIndex,
  { not = [], plane = 'control' }: ExpandOptions = {},
): Expansion {
  const known = new Bitset(index.size);
  const unknownPlane = new Bitset(index.size);
  const matchingNothing: string[] = [];
  for (const pattern of patterns) {
    const covered = index.expand(pattern.trim());
    const here = both(covered, index.mask(plane));
    const possible = both(covered, index.mask('unknown'));
    if (here.isEmpty && possible.isEmpty) matchingNothing.push(pattern);
    known.addAll(here);
    // Where nobody knows the plane, an operation that is spelled out counts.
    (pattern.includes('*') ? unknownPlane : known).addAll(possible);
  }
  unknownPlane.removeAll(known);
  for (const pattern of not) {
    known.removeAll(index.expand(pattern.trim()));
    unknownPlane.removeAll(index.expand(pattern.trim()));
  }
  const names = (bits: Bitset): string[] => Array.from(bits, number => catalog.operations.at(number).name);
  return { plane, operations: names(known), unknownPlane: names(unknownPlane), matchingNothing };
}

/** Patterns that are too long, or have too many stars, to be evaluated: they were taken to cover nothing. */
export function undecidablePatterns(patterns: readonly string[]): string[] {
  return patterns.filter(pattern => pattern.includes('*') && !isDecidable(foldCase(pattern.trim())));
}

function both(a: Bitset, b: Bitset): Bitset {
  const bits = a.clone();
  bits.keepAll(b);
  return bits;
}
