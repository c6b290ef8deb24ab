import { AzureError } from './azure-error.js';
import type { ScopeTree } from './scope-tree.js';
import type { AzureTenant } from './tenant.js';

/** An operation that the caller may not do at a scope, though Reader lets it do all others. */
export interface RefusedAction {
  /** `*` is everything: the scope cannot even be seen. */
  readonly action: string;
  readonly scope: string;
  /** `here`: what lies in the scope can still be read. */
  readonly reach: 'here' | 'below';
}

/** What the caller may read: everything but what is refused, and `/` only when elevated. */
export class Access {
  constructor(
    private readonly tenant: AzureTenant,
    private readonly tree: ScopeTree,
    private readonly refused: readonly RefusedAction[] = [],
  ) {}

  may(action: string, scope: string): boolean {
    if (isRoot(scope) && !this.tenant.caller.isElevated) return false;
    return !this.refused.some(
      one => (one.action === '*' || same(one.action, action)) && this.isWithin(one, scope),
    );
  }

  /** @throws AzureError as Azure words it. */
  require(action: string, scope: string): void {
    if (!this.may(action, scope)) throw authorizationFailed(this.tenant, action, scope);
  }

  /** What is taken away at a scope, of all that Reader gives. */
  notActionsAt(scope: string): readonly string[] {
    return this.refused.filter(one => this.isWithin(one, scope)).map(one => one.action);
  }

  private isWithin({ scope, reach }: RefusedAction, asked: string): boolean {
    return reach === 'here' ? same(trimmed(scope), trimmed(asked)) : this.tree.covers(scope, asked);
  }
}

export function authorizationFailed(tenant: AzureTenant, action: string, scope: string): AzureError {
  const { clientId, objectId } = tenant.caller;
  return new AzureError(
    403,
    'AuthorizationFailed',
    `The client '${clientId}' with object id '${objectId}' does not have authorization to perform action '${action}' over scope '${scope || '/'}' or the scope is invalid. If access was recently granted, please refresh your credentials.`,
    {},
    true,
  );
}

const isRoot = (scope: string): boolean => trimmed(scope) === '';
const trimmed = (scope: string): string => scope.replace(/\/+$/, '');
const same = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();
