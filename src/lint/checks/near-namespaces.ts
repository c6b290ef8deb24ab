import type { OperationTable } from '../../rbac/catalog/operation-table.js';
import { editDistance, letterParity, mayBeNear } from './edit-distance.js';

/** A provider namespace in lower case, and how many edits it is from the one that was asked about. */
export interface NearNamespace {
  readonly name: string;
  readonly distance: number;
}

/** Namespaces of the catalog at most `most` edits from the given one, in lower case. A file may hold 100,000 typos. */
export function namespacesNear(namespace: string, operations: OperationTable, most: number): NearNamespace[] {
  const parity = letterParity(namespace);
  return namespacesOf(operations)
    .list.filter(known => mayBeNear(parity, known.parity, most))
    .map(({ name }) => ({ name, distance: editDistance(namespace, name, most) }))
    .filter(({ distance }) => distance <= most);
}

/** Namespaces that the given text, in lower case, begins with. */
export function namespacesBefore(text: string, operations: OperationTable): string[] {
  const { byName, lengths } = namespacesOf(operations);
  return lengths
    .filter(length => length <= text.length)
    .map(length => text.slice(0, length))
    .filter(start => byName.has(start));
}

interface Namespaces {
  readonly list: readonly { readonly name: string; readonly parity: number }[];
  readonly byName: ReadonlySet<string>;
  /** How long they are, each length once. */
  readonly lengths: readonly number[];
}

function namespacesOf(operations: OperationTable): Namespaces {
  let known = namespaces.get(operations);
  if (known === undefined) {
    const names = operations.providers.map(({ provider }) => provider);
    known = {
      list: names.map(name => ({ name, parity: letterParity(name) })),
      byName: new Set(names),
      lengths: [...new Set(names.map(({ length }) => length))],
    };
    namespaces.set(operations, known);
  }
  return known;
}

const namespaces = new WeakMap<OperationTable, Namespaces>();
