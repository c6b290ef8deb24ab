import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { shippedCatalogFolder } from '../../package/package-folder.js';
import type { Plane } from '../model/role-definition.js';

/** What is known of where operations can have an effect: `role-catalog/reach.json`, each line with its source. */
export interface ReachFacts {
  /** Operations on extension resources, which are attached to resources of other providers. */
  readonly extensions: readonly ExtensionFact[];
  /** Data operations whose names do not follow the types of the resources that they are done at. */
  readonly data: readonly DataFact[];
  /** Control-plane operations that are done at some level or above it; the first line that fits decides. */
  readonly above: readonly LevelFact[];
  /** The same for what providers publish right below their namespaces; names without the namespace. */
  readonly providerLevel: LevelFact;
}

/** Which resources some extensions are attached to. */
export interface ExtensionFact {
  /** Whole names, or what names begin with and `*`. */
  readonly operations: readonly string[];
  /** The control plane unless it says otherwise. */
  readonly plane?: Plane;
  /** Types of resources, `any` resource, or `unknown` where no page says which. */
  readonly hosts: readonly string[] | 'any' | 'unknown';
  /** Whether the sources leave open that other types are hosts, too. */
  readonly elsewhere?: 'unknown';
}

/** Whether some data operations are done at resources of some types. */
export interface DataFact {
  readonly at: readonly string[];
  readonly operations: readonly string[];
  readonly reach: 'in' | 'out';
}

/** A level of scopes above resources. */
export type ContainerLevel = 'resource-group' | 'subscription' | 'management-group' | 'root';

/** Operations that are done at a level or above it, and nowhere below. */
export interface LevelFact {
  readonly operations: readonly string[];
  readonly lowest: ContainerLevel;
  /** Levels below the lowest at which the sources leave open whether they are done there. */
  readonly unknownAt?: readonly ContainerLevel[];
}

/** Reads the facts that come with azrbac, all names in lower case. */
export function loadReachFacts(): ReachFacts {
  const text = readFileSync(join(shippedCatalogFolder(), 'reach.json'), 'utf8');
  return JSON.parse(text, (_, value: unknown) =>
    typeof value === 'string' ? value.toLowerCase() : value,
  ) as ReachFacts;
}

/** Whether an operation, in lower case, is one that an entry of the facts names. */
export function isNamedBy(entries: readonly string[], lower: string): boolean {
  return entries.some(entry =>
    entry.endsWith('*') ? lower.startsWith(entry.slice(0, -1)) : lower === entry,
  );
}
