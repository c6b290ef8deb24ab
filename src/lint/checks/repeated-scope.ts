import type { Located } from '../../input/source-document.js';
import { keysAround } from '../../rbac/model/scope.js';
import type { Check } from './check.js';
import { scopesOf } from './role-scopes.js';

/** Assignable scopes that add nothing: `duplicate`, written before; `nested`, inside another of the list. */
export const repeatedScope: Check<'role-definition', { as: 'duplicate' | 'nested' }> = {
  subject: 'role-definition',
  optionsSchema: {
    type: 'object',
    properties: { as: { enum: ['duplicate', 'nested'] } },
    required: ['as'],
    additionalProperties: false,
  },
  *evaluate(role, { as }) {
    const scopes = scopesOf(role);
    if (scopes.length < 2) return;
    const first = new Map<string, Located<string>>();
    for (const { written, scope } of scopes) if (!first.has(scope.key)) first.set(scope.key, written);
    for (const { written, scope } of scopes) {
      if (scope.kind === 'malformed' || scope.kind === 'placeholder') continue;
      const isFirst = first.get(scope.key) === written;
      // What lies in the root is everything: the rule on root scopes says so.
      const around = isFirst ? keysAround(scope).find(key => key !== '/' && first.has(key)) : scope.key;
      if (around === undefined || isFirst === (as === 'duplicate')) continue;
      const other = first.get(around)!;
      yield {
        at: written.at,
        role,
        evidence: { scope: written.value, other: other.value },
        related: [
          {
            at: other.at,
            message: as === 'duplicate' ? 'First listed here.' : 'The wider scope.',
          },
        ],
      };
    }
  },
};
