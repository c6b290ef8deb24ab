import type { Check } from './check.js';
import type { Match } from './match.js';
import { scopesOf } from './role-scopes.js';

/** Management groups among the assignable scopes: `several`, or beside `data-actions`. */
export const managementGroupScope: Check<'role-definition', { fault: 'several' | 'data-actions' }> = {
  subject: 'role-definition',
  optionsSchema: {
    type: 'object',
    properties: { fault: { enum: ['several', 'data-actions'] } },
    required: ['fault'],
    additionalProperties: false,
  },
  *evaluate(role, { fault }): Generator<Match> {
    const groups = new Map<string, (typeof role.assignableScopes)[number]>();
    for (const { written, scope } of scopesOf(role)) {
      if (scope.kind === 'management-group' && !groups.has(scope.key)) groups.set(scope.key, written);
    }
    const [first, second] = groups.values();
    if (fault === 'several') {
      if (second !== undefined)
        yield { at: second.at, role, evidence: { scope: second.value, count: groups.size } };
    } else if (first !== undefined && role.permissions.some(({ dataActions }) => dataActions.length > 0)) {
      yield { at: first.at, role, evidence: { scope: first.value } };
    }
  },
};
