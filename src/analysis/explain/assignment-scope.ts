import { isPlace, parseScope, type Scope } from '../../rbac/model/scope.js';

/**
 * Where a role for an operation on this scope is best assigned: not at a role assignment or deployment, nor inside a
 * vault, but at what holds it.
 */
export function assignmentScope(scope: Scope): Scope {
  const { text } = scope;
  const inner = innermost.exec(text);
  if (inner === null) return scope;
  const holder = parseScope(text.slice(0, inner.index) || '/');
  return isPlace(holder) ? holder : scope;
}

// An assignment or definition of a role stands at its scope, a deployment in its group, a secret in its vault, a blob in its account.
const innermost =
  /(?:\/providers\/Microsoft\.Authorization\/|\/providers\/Microsoft\.Resources\/deployments\/|(?<=\/vaults\/[^/]{1,100})\/(?:secrets|keys|certificates)(?:\/|$)|(?<=\/storageAccounts\/[^/]{1,100})\/blobServices(?:\/|$))/i;
