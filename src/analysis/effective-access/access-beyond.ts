import type { Tenant } from '../../tenant/access/tenant.js';
import { keyOf } from '../../lint/engine/sensitive-operations.js';
import type { ScopeAccess } from './scope-access.js';

/** What is new at a scope for somebody who has read what was said of the scopes around it. */
export interface AccessBeyond extends Pick<ScopeAccess, 'can' | 'sensitive' | 'providers'> {
  /** Whether a scope around it was spoken of. */
  readonly isBeyond: boolean;
}

/** Leaves out what is said of a scope around it in the same words. */
export function accessBeyond(
  access: ScopeAccess,
  shown: readonly ScopeAccess[],
  { tree }: Tenant,
): AccessBeyond {
  const { scope, can, sensitive, providers } = access;
  const keys = tree.keysFrom(scope);
  const outer = shown.filter(other => other.scope.key !== scope.key && keys.has(other.scope.key));
  if (outer.length === 0) return { can, sensitive, providers, isBeyond: false };
  const beyond = <Item>(
    items: readonly Item[],
    of: (access: ScopeAccess) => readonly Item[],
    key: (item: Item) => string,
  ) => {
    const said = new Set(outer.flatMap(other => of(other).map(key)));
    return items.filter(item => !said.has(key(item)));
  };
  return {
    can: beyond(
      can,
      other => other.can,
      ({ area, phrase, conditional }) => `${area}: ${phrase} ${conditional}`,
    ),
    sensitive: beyond(
      sensitive,
      other => other.sensitive,
      found => `${keyOf(found)} ${found.isConditional}`,
    ),
    providers: beyond(
      providers,
      other => other.providers,
      ({ provider, control, data, sensitive }) => `${provider} ${control} ${data} ${sensitive}`,
    ),
    isBeyond: true,
  };
}
