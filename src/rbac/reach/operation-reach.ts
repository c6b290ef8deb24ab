import type { Plane } from '../model/role-definition.js';
import type { Scope } from '../model/scope.js';
import {
  isNamedBy,
  type ContainerLevel,
  type ExtensionFact,
  type LevelFact,
  type ReachFacts,
} from './reach-facts.js';

/**
 * Whether an operation can have an effect at a scope or below it. `out` is certain: whatever is assigned there, Azure never asks
 * for the operation there. `unknown`: no page says, and the names leave it open.
 */
export type OperationReach = 'in' | 'out' | 'unknown';

/**
 * Says whether an assignment of the operation at the scope can ever have an effect, there or below. A request is authorized at
 * the id of the resource that it is about (https://learn.microsoft.com/azure/role-based-access-control/overview), so at a
 * resource only what is done at it counts: operations on its type, on types below it, and on extensions attached to it
 * (https://learn.microsoft.com/azure/azure-resource-manager/management/extension-resource-types). A scope that is no place
 * of Azure's takes nothing away.
 */
export function operationReach(
  facts: ReachFacts,
  scope: Scope,
  operation: string,
  plane: Plane,
): OperationReach {
  const lower = operation.trim().toLowerCase();
  switch (scope.kind) {
    case 'resource':
      return reachAtType(facts, resourceTypeIn(scope.key), lower, plane);
    case 'resource-group':
    case 'subscription':
    case 'management-group':
      return plane === 'data' ? 'in' : reachAtLevel(facts, scope.kind, lower);
    default:
      return 'in';
  }
}

/** The namespace and the types in the key of a resource's scope, without its names: those of the innermost provider. */
export function resourceTypeIn(key: string): string {
  let at = key.lastIndexOf('/providers/') + '/providers/'.length;
  let end = key.indexOf('/', at);
  let type = key.slice(at, end);
  for (at = end; at >= 0; at = key.indexOf('/', end + 1)) {
    end = key.indexOf('/', at + 1);
    if (end < 0) return type;
    type += key.slice(at, end);
  }
  return type;
}

/** At a resource of a type. Names and types are in lower case. */
export function reachAtType(facts: ReachFacts, type: string, lower: string, plane: Plane): OperationReach {
  if (lower.startsWith(`${type}/`)) return 'in';
  const attached = facts.extensions
    .filter(fact => (fact.plane ?? 'control') === plane && isNamedBy(fact.operations, lower))
    .map(fact => reachOfExtension(fact, type));
  if (attached.includes('in')) return 'in';
  if (plane === 'data') {
    const said = facts.data.filter(({ at, operations }) => at.includes(type) && isNamedBy(operations, lower));
    if (said.some(({ reach }) => reach === 'in')) return 'in';
    if (said.length > 0) return 'out';
    // Many data operations are published on a sibling of the type, or on a type that no resource has.
    if (lower.startsWith(`${providerOfType(type)}/`)) return 'unknown';
  }
  return attached.includes('unknown') ? 'unknown' : 'out';
}

/** Extensions are at a type, or below it where a type below it is a host. */
export function reachOfExtension({ hosts, elsewhere }: ExtensionFact, type: string): OperationReach {
  if (hosts === 'any') return 'in';
  if (hosts === 'unknown') return 'unknown';
  if (hosts.some(host => host === type || host.startsWith(`${type}/`))) return 'in';
  return elsewhere ?? 'out';
}

/** At a scope above resources: everything, but what is done only higher up. */
function reachAtLevel(facts: ReachFacts, level: ContainerLevel, lower: string): OperationReach {
  const fact = facts.above.find(({ operations }) => isNamedBy(operations, lower));
  if (fact !== undefined) return reachOfLevel(fact, level);
  const belowProvider = lower.slice(lower.indexOf('/') + 1);
  const isOfProvider = facts.providerLevel.operations.includes(belowProvider);
  return isOfProvider ? reachOfLevel(facts.providerLevel, level) : 'in';
}

/** What a line about levels says of one of them. */
export function reachOfLevel({ lowest, unknownAt = [] }: LevelFact, level: ContainerLevel): OperationReach {
  if (levels.indexOf(level) >= levels.indexOf(lowest)) return 'in';
  return unknownAt.includes(level) ? 'unknown' : 'out';
}

const levels: readonly ContainerLevel[] = ['resource-group', 'subscription', 'management-group', 'root'];

function providerOfType(type: string): string {
  return type.slice(0, type.indexOf('/'));
}
