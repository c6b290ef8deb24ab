import type { AttributeSource } from '../../rbac/conditions/expression.js';
import { attributeKey } from '../../rbac/conditions/knowledge.js';

/**
 * The key of an attribute that somebody named as conditions do, such as
 * `@Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId]`; undefined where it is no such name.
 */
export function attributeNamed(text: string): string | undefined {
  const [, source, path] = namePattern.exec(text.trim()) ?? [];
  const known = sources.find(name => name.toLowerCase() === source?.toLowerCase());
  return known === undefined || path === undefined ? undefined : attributeKey(known, path);
}

const namePattern = /^@(\w+)\[([^\]]+)\]$/;

const sources: readonly AttributeSource[] = ['Request', 'Resource', 'Principal', 'Environment'];
