import type { Scope } from '../../rbac/model/scope.js';

/** How far access reaches, by where it is held. */
export type ScopeLevel = 'tenant' | 'subscription' | 'resource-group' | 'resource';

/** In twentieths of the weight of a kind, so that half of it is a whole number still. */
export const twentieths = { tenant: 20, subscription: 16, 'resource-group': 10, resource: 4 } as const;

/** Undefined where it is no scope of Azure's as it stands. */
export function scopeLevelOf({ kind }: Scope): ScopeLevel | undefined {
  switch (kind) {
    case 'root':
    case 'management-group':
      return 'tenant';
    case 'subscription':
    case 'resource-group':
    case 'resource':
      return kind;
    default:
      return undefined;
  }
}
