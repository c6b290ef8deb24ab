import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { OperationsByPlane, ResourceKind } from '../../rbac/action-sets/action-set.js';
import { shippedCatalogFolder } from '../../package/package-folder.js';

/** An error of Azure's, with its true cause: an entry of a file in `role-catalog/azure-errors/`. */
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
  readonly needs?: ErrorNeeds;
  /** What is missing instead where one of these words, in lower case, stands near. */
  readonly variants?: readonly { readonly words: readonly string[]; readonly needs: ErrorNeeds }[];
  /** The operations that the text names are what is missing. */
  readonly names?: boolean;
  /** The operations that the text names are data actions, whatever else bears their name. */
  readonly plane?: 'data';
  /** A role may be the wrong answer: none is proposed. */
  readonly proposesNoRole?: boolean;
  /** Marks `needs` as a guess: what the text does not say, and what azrbac assumes. */
  readonly guess?: string;
  /** Roles that documentation names for it, the best first. */
  readonly rolesNamed?: readonly string[];
  /** Says so little that it counts only where nothing else was found. */
  readonly lastResort?: boolean;
  readonly cause: string;
  readonly fix: string;
  /** Traps that always apply. */
  readonly traps?: readonly string[];
  readonly reference: string;
  /** Where the wording is known from; `reference` where there is none. */
  readonly source?: string;
  /** Texts of the shape that people paste; ids and names are made up. */
  readonly samples: readonly string[];
}

/** What is missing where the text does not say, and who must hold it. */
export type ErrorNeeds = OperationsByPlane & { readonly at?: ResourceKind; readonly holder?: string };

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
  /** The scope is the very resource that the operation is on, or the root of the tenant. */
  readonly scope?: 'target' | 'root';
}

/** Whether the operations that its text names are what is missing. */
export function namesWhatIsMissing({ names }: Pick<KnownError, 'names'>): boolean {
  return names === true;
}

/** What errors are explained with. */
export interface ErrorKnowledge {
  readonly errors: readonly KnownError[];
  readonly traps: readonly Trap[];
}

/** What comes with azrbac. */
export function loadKnowledge(folder = shippedCatalogFolder()): ErrorKnowledge {
  const read = (...path: readonly string[]): unknown =>
    JSON.parse(readFileSync(join(folder, ...path), 'utf8'));
  const families = readdirSync(join(folder, errorFolder)).filter(file => file.endsWith('.json'));
  return {
    errors: families
      .sort()
      .flatMap(file => (read(errorFolder, file) as Pick<ErrorKnowledge, 'errors'>).errors),
    ...(read('access-traps.json') as Pick<ErrorKnowledge, 'traps'>),
  };
}

const errorFolder = 'azure-errors';
