import { placeholderIn } from '../../rbac/model/placeholder.js';
import type { Check } from './check.js';
import type { Match } from './match.js';

/** Names and ids of custom roles that are not theirs to have, or that Azure does not take. */
export const roleIdentity: Check<
  'role-definition',
  { fault: 'id-not-guid' | 'id-of-built-in' | 'name-of-built-in' }
> = {
  subject: 'role-definition',
  optionsSchema: {
    type: 'object',
    properties: { fault: { enum: ['id-not-guid', 'id-of-built-in', 'name-of-built-in'] } },
    required: ['fault'],
    additionalProperties: false,
  },
  *evaluate(role, { fault }, { catalog }): Generator<Match> {
    if (role.roleType === 'BuiltInRole') return;
    const { id, guid, name } = role;
    if (fault === 'id-not-guid') {
      if (id === undefined || guid !== undefined || isToBeFilled(id.value)) return;
      yield { at: id.at, role, evidence: { id: id.value } };
      return;
    }
    const builtIn = catalog.builtInRoles.find((fault === 'id-of-built-in' ? guid : name?.value) ?? '');
    if (builtIn === undefined) return;
    const evidence = { builtIn: builtIn.name!.value, guid: builtIn.guid! };
    if (fault === 'id-of-built-in') {
      if (id !== undefined) yield { at: id.at, role, evidence };
    } else if (name !== undefined && builtIn.guid !== guid && sameName(builtIn.name!.value, name.value)) {
      yield { at: name.at, role, evidence };
    }
  },
};

/** Nothing, a placeholder, or `xxxxxxxx-xxxx-…`: the id is to come. */
function isToBeFilled(id: string): boolean {
  return id.trim() === '' || placeholderIn(id) !== undefined || /x{4}/i.test(id);
}

/** Built-in roles are found by GUID too. */
function sameName(a: string, b: string): boolean {
  return a.trim().toLowerCase() === b.trim().toLowerCase();
}
