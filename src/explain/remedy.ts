import type { OperationsByPlane } from '../action-sets/action-set.js';
import { keysAround, parseScope, type Scope } from '../model/scope.js';
import type { RefusedPrincipal } from './facts.js';

/** A role definition as `az role definition create` takes it. */
export interface CustomRole {
  readonly Name: string;
  readonly IsCustom: true;
  readonly Description: string;
  readonly Actions: readonly string[];
  readonly NotActions: readonly string[];
  readonly DataActions: readonly string[];
  readonly NotDataActions: readonly string[];
  readonly AssignableScopes: readonly string[];
}

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

/** A command line that gives the role to whom it was missing. What the text does not say stands there in capitals. */
export function assignmentCommand(
  role: string,
  { objectId, kind }: Pick<RefusedPrincipal, 'objectId' | 'kind'>,
  scope: Scope | undefined,
): string {
  return [
    'az role assignment create',
    `--assignee-object-id ${objectId ?? 'OBJECT_ID'}`,
    ...(kind === null ? [] : [`--assignee-principal-type ${kind}`]),
    `--role ${quoted(role)}`,
    `--scope ${scope !== undefined && isPlace(scope) ? quoted(scope.text) : 'SCOPE'}`,
  ].join(' ');
}

/** A role with nothing but what is missing. */
export function customRole(
  { control = [], data = [] }: OperationsByPlane,
  scope: Scope | undefined,
): CustomRole {
  const [first = ''] = [...control, ...data];
  return {
    Name: `Custom ${first.split('/').slice(-3).join(' ')}`,
    IsCustom: true,
    Description: `Allows ${[...control, ...data].join(', ')} and nothing else.`,
    Actions: control,
    NotActions: [],
    DataActions: data,
    NotDataActions: [],
    AssignableScopes: [scope === undefined ? '/subscriptions/SUBSCRIPTION_ID' : assignableAround(scope)],
  };
}

/** Custom roles are assignable at resource groups and above. */
function assignableAround(scope: Scope): string {
  if (scope.kind === 'subscription' || scope.kind === 'resource-group' || scope.kind === 'management-group')
    return scope.text;
  const around = keysAround(scope).map(key => parseScope(key));
  const holder = around.filter(({ kind }) => kind === 'resource-group' || kind === 'subscription').at(-1);
  return holder === undefined ? '/subscriptions/SUBSCRIPTION_ID' : scope.text.slice(0, holder.key.length);
}

/** Logs mask ids, and people replace them: then it is no place that a command could name. */
function isPlace({ kind }: Scope): boolean {
  return kind !== 'malformed' && kind !== 'wildcard' && kind !== 'placeholder';
}

/** For a POSIX shell and for PowerShell, which agree on nothing else. Scopes hold no apostrophe, names of built-in roles might. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
