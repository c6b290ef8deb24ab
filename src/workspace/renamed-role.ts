import type { Notice } from '../errors.js';
import type { NamedBuiltInRole } from '../rbac/catalog/built-in-roles.js';
import { roleName } from '../rbac/model/role-name.js';

/** Says what a role is called now, where somebody used a name that it no longer has. */
export function renamedNotices({ role, formerName }: NamedBuiltInRole): Notice[] {
  if (formerName === undefined) return [];
  const message = `The built-in role "${formerName}" is called "${roleName(role)}" now.`;
  return [{ code: 'role-renamed', message }];
}
