import { placeholderIn } from '../../rbac/model/placeholder.js';
import type { RoleDefinition } from '../../rbac/model/role-definition.js';
import type { Check } from './check.js';

/**
 * Custom roles of one name: a name is unique in its tenant. In two files they may be meant for two tenants, which is
 * the variant `across-files`; the same GUID makes them one role that is written twice.
 */
export const roleNameDuplicate: Check<'inventory'> = {
  subject: 'inventory',
  optionsSchema: { type: 'object', additionalProperties: false },
  *evaluate({ roleDefinitions }) {
    const byName = new Map<string, RoleDefinition[]>();
    for (const role of roleDefinitions) {
      const { name } = role;
      if (name === undefined || role.roleType === 'BuiltInRole') continue;
      const folded = name.value.trim().toLowerCase();
      if (folded === '' || placeholderIn(name.value) !== undefined) continue;
      const others = byName.get(folded);
      if (others === undefined) {
        byName.set(folded, [role]);
        continue;
      }
      const earlier = others.filter(other => !isSameRole(other, role));
      const beside = earlier.find(other => other.at.document === role.at.document);
      const first = beside ?? earlier[0];
      if (others.length < maxKept) others.push(role);
      if (first === undefined) continue;
      yield {
        at: name.at,
        role,
        ...(beside === undefined ? { variant: 'across-files' } : {}),
        evidence: { name: name.value, other: first.at.document.file },
        related: [{ at: first.name!.at, message: 'The other role with this name.' }],
      };
    }
  },
};

/** One by its GUID, or one text that code makes several roles of, or that code and a file of its own share. */
function isSameRole(one: RoleDefinition, other: RoleDefinition): boolean {
  if (one.guid !== undefined && one.guid === other.guid) return true;
  const [a, b] = [one.name?.at, other.name?.at];
  if (one.shape !== 'code' && other.shape !== 'code') return false;
  return a?.document.file === b?.document.file && a?.range?.start === b?.range?.start;
}

/** How many are kept of one name; with every one kept, a file of 100,000 roles of the same name would take their number squared. */
const maxKept = 16;
