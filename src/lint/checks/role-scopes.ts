import { getOrInsert } from '../../maps.js';
import type { Located } from '../../input/source-document.js';
import type { RoleDefinition } from '../../rbac/model/role-definition.js';
import { parseScope, type Scope } from '../../rbac/model/scope.js';

/** An assignable scope, as written and as read. */
export interface RoleScope {
  readonly written: Located<string>;
  readonly scope: Scope;
}

/** The assignable scopes of a role, read once for the nine rules about them. */
export function scopesOf(role: RoleDefinition): readonly RoleScope[] {
  return getOrInsert(known, role, () =>
    role.assignableScopes.map(written => ({ written, scope: parseScope(written.value) })),
  );
}

const known = new WeakMap<RoleDefinition, readonly RoleScope[]>();
