import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { OperationsByPlane, ResourceKind } from '../../rbac/action-sets/action-set.js';
import { shippedCatalogFolder } from '../../package/package-folder.js';

/** An error of Azure's, with its true cause: an entry of `role-catalog/azure-errors.json`. */
export interface KnownError {
  /** Kebab-case and stable: scripts look at it. */
  readonly id: string;
  readonly title: string;
  /** As Azure writes them. */
  readonly codes: readonly string[];
  /** In lower case. Of several words together all must stand near the first. */
  readonly phrases: readonly (string | readonly string[])[];
  /** One of these must stand near, too. */
  readonly alsoNeeds?: readonly string[];
  /** None of these stands near. */
  readonly unless?: readonly string[];
  /** Says nothing new where one of these errors was found. */
  readonly yieldsTo?: readonly string[];
  /** The text names a string of a custom role that Azure refused in this list. */
  readonly rejects?: 'actions' | 'dataActions';
  /** What is missing where the text does not say. */
  readonly needs?: OperationsByPlane & { readonly at: ResourceKind; readonly holder?: string };
  readonly cause: string;
  readonly fix: string;
  /** Traps that always apply. */
  readonly traps?: readonly string[];
  readonly reference: string;
}

/** A mistake that leads people astray: an entry of `role-catalog/access-traps.json`. */
export interface Trap {
  readonly id: string;
  readonly sentence: string;
  readonly reference: string;
  /** Cases: it applies where one of these is met. */
  readonly when: readonly TrapCase[];
}

/** All that is given must hold. */
export interface TrapCase {
  readonly errors?: readonly string[];
  /** Action patterns; one of the missing operations is covered by one of them. */
  readonly operations?: readonly string[];
  readonly plane?: 'control' | 'data';
  /** In lower case; one stands near as a word. */
  readonly words?: readonly string[];
  readonly principal?: 'application' | 'ids-differ';
  /** The scope is the very resource that the operation is on. */
  readonly scope?: 'target';
}

/** What errors are explained with. */
export interface ErrorKnowledge {
  readonly errors: readonly KnownError[];
  readonly traps: readonly Trap[];
}

/** What comes with azrbac. */
export function loadKnowledge(folder = shippedCatalogFolder()): ErrorKnowledge {
  const read = (file: string): unknown => JSON.parse(readFileSync(join(folder, file), 'utf8'));
  return {
    ...(read('azure-errors.json') as Pick<ErrorKnowledge, 'errors'>),
    ...(read('access-traps.json') as Pick<ErrorKnowledge, 'traps'>),
  };
}
