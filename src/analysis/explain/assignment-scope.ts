import { resourceTypeOf } from '../../rbac/action-sets/resource-kind.js';
import { keyAround, parseScope, type Scope } from '../../rbac/model/scope.js';
import { isPlaceOrMasked } from './masked-scope.js';

/**
 * Where a role for an operation on this scope is best assigned: not at a role assignment or deployment, nor inside a
 * vault, but at what holds it. What the operation creates carries no role yet: there it is what it is created in.
 */
export function assignmentScope(scope: Scope, operations: readonly string[] = []): Scope {
  const holder = holderOf(scope);
  return operations.some(name => creates(name, holder)) ? (parentOf(holder) ?? holder) : holder;
}

function holderOf(scope: Scope): Scope {
  const { text } = scope;
  const inner = innermost.exec(text);
  if (inner === null) return scope;
  const holder = parseScope(text.slice(0, inner.index) || '/');
  return isPlaceOrMasked(holder) ? holder : scope;
}

function creates(operation: string, scope: Scope): boolean {
  const type = resourceTypeOf(scope)?.toLowerCase();
  return type !== undefined && operation.toLowerCase() === `${type}/write`;
}

/** Undefined where that is the root: nobody creates a resource there with a role at the root. */
function parentOf(scope: Scope): Scope | undefined {
  const around = keyAround(scope);
  if (around === undefined || around === '/') return undefined;
  return parseScope(scope.text.slice(0, around.length));
}

// An assignment or definition of a role stands at its scope, a deployment in its group, a secret in its vault, a blob in its account.
const innermost =
  /(?:\/providers\/Microsoft\.Authorization\/|\/providers\/Microsoft\.Resources\/deployments\/|(?<=\/vaults\/[^/]{1,100})\/(?:secrets|keys|certificates)(?:\/|$)|(?<=\/storageAccounts\/[^/]{1,100})\/blobServices(?:\/|$))/i;
