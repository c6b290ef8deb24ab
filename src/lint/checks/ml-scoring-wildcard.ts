import type { EntryPermissions } from '../../rbac/permissions/role-permissions.js';
import type { CheckContext } from './check-context.js';
import type { Check } from './check.js';
import { isScoringWildcard, scoringWildcard } from './ml-role-kinds.js';

/** Finds every action of an online endpoint granted at once, and names what that adds to scoring. */
export const mlScoringWildcard: Check<'role-definition', object> = {
  subject: 'role-definition',
  optionsSchema: { type: 'object', additionalProperties: false },

  *evaluate(role, _options, context) {
    for (const permission of context.permissionsOf(role).entries) {
      const entry = permission.list('actions').find(scoringWildcard);
      if (entry === undefined || !isScoringWildcard(entry)) continue;
      const operations = addedToScoring(permission, context);
      if (operations.length === 0) continue;
      yield { at: entry.at, role, evidence: { pattern: entry.text.trim(), operations } };
      return;
    }
  },
};

/** What the wildcard covers, less scoring and what NotActions take away again. */
function addedToScoring(permission: EntryPermissions, { catalog, index }: CheckContext): string[] {
  const names = Array.from(index.expand(scoringWildcard), number => catalog.operations.at(number).name);
  return names.filter(
    name => !name.endsWith('/score/action') && permission.witness(name, 'control') !== undefined,
  );
}
