import { resourceTypeOf } from '../../rbac/action-sets/resource-kind.js';
import type { Scope } from '../../rbac/model/scope.js';
import { matchesAction } from '../../rbac/permissions/action-pattern.js';
import type { MissingOperation } from './missing-operation.js';
import type { Trap, TrapCase } from './known-errors.js';
import type { RecognisedError } from './recognise.js';
import { assignmentScope } from './assignment-scope.js';

/** A trap that applies to an error. */
export type AppliedTrap = Pick<Trap, 'id' | 'sentence' | 'reference'>;

/** The traps of an error: those that always go with it first. */
export function trapsFor(
  recognised: RecognisedError,
  missing: readonly MissingOperation[],
  traps: readonly Trap[],
): AppliedTrap[] {
  const always = recognised.error.traps ?? [];
  const ordered = [...always.flatMap(id => traps.find(trap => trap.id === id) ?? []), ...traps];
  const applies = (trap: Trap): boolean =>
    always.includes(trap.id) || trap.when.some(trapCase => holds(trapCase, recognised, missing));
  return [...new Set(ordered.filter(applies))].map(({ id, sentence, reference }) => ({
    id,
    sentence,
    reference,
  }));
}

function holds(
  { errors, operations, plane, words, principal, scope }: TrapCase,
  { error, facts, nearby }: RecognisedError,
  missing: readonly MissingOperation[],
): boolean {
  if (errors !== undefined && !errors.includes(error.id)) return false;
  if (
    operations !== undefined &&
    !missing.some(({ name }) => operations.some(pattern => matchesAction(pattern, name)))
  )
    return false;
  if (plane !== undefined && !missing.some(operation => operation.plane === plane)) return false;
  if (words !== undefined && !words.some(word => hasWord(nearby.folded, word))) return false;
  if (principal !== undefined && !isSuch(principal, facts.principal)) return false;
  if (scope === 'root') return facts.scopes.some(place => assignmentScope(place).kind === 'root');
  return scope === undefined || isTarget(facts.scopes, missing);
}

/** Whether a scope is of the type of resource that a missing operation is on. */
function isTarget(scopes: readonly Scope[], missing: readonly MissingOperation[]): boolean {
  const types = missing.map(({ name }) => name.toLowerCase().replace(/\/[^/]*$/, ''));
  return scopes.some(scope => types.includes(typeOf(assignmentScope(scope))));
}

function typeOf(scope: Scope): string {
  return scope.kind === 'resource' ? (resourceTypeOf(scope)?.toLowerCase() ?? '') : '';
}

function isSuch(
  wanted: NonNullable<TrapCase['principal']>,
  principal: RecognisedError['facts']['principal'],
): boolean {
  if (principal === null) return false;
  const { objectId, clientId, kind } = principal;
  if (wanted === 'application') return kind !== 'User';
  // Beside a user's object id stands the client id of the tool that the user signed in with.
  return kind === 'ServicePrincipal' && objectId !== null && clientId !== null && objectId !== clientId;
}

function hasWord(text: string, word: string): boolean {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    if (!isLetter(text[at - 1]) && !isLetter(text[at + word.length])) return true;
  }
  return false;
}

function isLetter(character: string | undefined): boolean {
  return character !== undefined && /[a-z0-9]/.test(character);
}
