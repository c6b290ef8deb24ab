import type { Scope } from '../../rbac/model/scope.js';
import type { AccessQuestion } from './access-question.js';
import type { Reason } from './decision.js';

type Asked = Pick<AccessQuestion, 'operation' | 'scope'>;

/** Why nobody can be granted the operation at the scope. */
export function outOfReach({ operation, scope }: Asked): Reason {
  const explanation = `"${operation}" cannot be done at ${placeInWords(scope)} or below, so no role assignment gives it there.`;
  return { ...noGrant, kind: 'out-of-reach', id: operation, scope: scope.text, explanation };
}

/** Why nobody can tell whether what is granted has an effect at the scope. */
export function unknownReach({ operation, scope }: Asked): Reason {
  const explanation = `Microsoft does not document whether "${operation}" can be done at ${placeInWords(scope)}.`;
  return { ...noGrant, kind: 'gap', id: 'reach', scope: scope.text, explanation };
}

function placeInWords(scope: Scope): string {
  if (scope.kind !== 'resource') return `a ${scope.kind.replace('-', ' ')}`;
  const parts = scope.text.replace(/\/$/, '').split('/');
  const at = parts.findLastIndex(part => part.toLowerCase() === 'providers');
  const types = parts.slice(at + 2).filter((_, index) => index % 2 === 0);
  return `a resource of the type ${[parts[at + 1], ...types].join('/')}`;
}

const noGrant = { role: null, pattern: null, via: [], condition: null } as const;
