import type { RoleDefinition } from './role-definition.js';

/** The role's name as people know it. */
export function roleName(role: Pick<RoleDefinition, 'name' | 'guid'>): string {
  return role.name?.value ?? role.guid ?? '(unnamed)';
}
