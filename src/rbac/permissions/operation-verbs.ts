import type { Bitset } from './bitset.js';
import type { OperationIndex } from './operation-index.js';

/** The verbs that an operation can end in (https://learn.microsoft.com/azure/role-based-access-control/role-definitions#actions-format). */
export const operationVerbs = ['read', 'write', 'delete', 'action'] as const;

export type OperationVerb = (typeof operationVerbs)[number];

/** Operations of the operations that end in the verb. The few that end in none of Azure's verbs count as actions. */
export function withVerb(operations: Bitset, verb: OperationVerb, index: OperationIndex): Bitset {
  const found = operations.clone();
  if (verb === 'action')
    for (const other of ['read', 'write', 'delete']) found.removeAll(index.expand(`*/${other}`));
  else found.keepAll(index.expand(`*/${verb}`));
  return found;
}
