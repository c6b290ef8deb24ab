import type { MalformedScopeReason, Scope } from '../../rbac/model/scope.js';
import type { Check } from './check.js';
import type { Evidence } from './match.js';
import { scopesOf } from './role-scopes.js';

const kinds = ['root', 'wildcard', 'malformed', 'placeholder', 'resource'] as const;

/** Assignable scopes of one kind. */
export const assignableScope: Check<'role-definition', { kind: (typeof kinds)[number] }> = {
  subject: 'role-definition',
  optionsSchema: {
    type: 'object',
    properties: { kind: { enum: kinds } },
    required: ['kind'],
    additionalProperties: false,
  },
  *evaluate(role, { kind }) {
    for (const { written, scope } of scopesOf(role)) {
      if (scope.kind !== kind) continue;
      yield { at: written.at, role, evidence: { scope: written.value, ...evidenceOf(scope) } };
    }
  },
};

function evidenceOf(scope: Scope): Evidence {
  if (scope.kind === 'malformed') return { reason: reasons[scope.reason] };
  return scope.kind === 'placeholder' ? { placeholder: scope.placeholder } : {};
}

/** Each goes on from "a scope that …". */
const reasons: Readonly<Record<MalformedScopeReason, string>> = {
  empty: 'is empty',
  blanks: 'has spaces around it',
  'too-long': 'is longer than any Azure ID',
  'no-leading-slash': 'does not start with a slash',
  'empty-part': 'has nothing between two slashes',
  'illegal-character': 'contains a character that is not allowed',
  incomplete: 'is incomplete',
  'unknown-start': 'starts with neither /subscriptions/ nor /providers/',
  'unknown-part': 'continues with neither resourceGroups nor providers',
  'subscription-not-guid': 'does not name the subscription by its GUID',
};
