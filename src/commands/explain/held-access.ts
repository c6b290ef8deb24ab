import type { Explanation } from '../../analysis/explain/explain.js';
import { isPlace, type Scope } from '../../rbac/model/scope.js';
import { reasonLines, shownPrincipal, verdictWords } from '../../reporters/access/decision-text.js';
import { AccessQuestion } from '../../tenant/access/access-question.js';
import { Decider } from '../../tenant/access/decide.js';
import type { Tenant } from '../../tenant/access/tenant.js';
import { shorten, visible } from '../../text/escape.js';

/** What a snapshot says of the principal that was refused: whether it holds the right after all, and what it holds near. */
export function heldAccess(explanation: Explanation, tenant: Tenant): string[] {
  const { principal, missing, scopes, pairs } = explanation;
  const objectId = principal?.objectId ?? null;
  const places = scopes.filter(isPlace);
  if (missing.length === 0) return [];
  if (objectId === null) return ['not asked: the error names no object id'];
  if (places.length === 0) return ['not asked: the error names no scope'];
  const asked = missing.flatMap(({ name, plane }) =>
    placesFor(name, places, pairs).map(
      scope =>
        new AccessQuestion(tenant, { operation: name, plane: plane === 'data' ? 'data' : 'control', scope }),
    ),
  );
  const verdicts = asked.flatMap(question => verdictLines(question, objectId, tenant));
  return [...verdicts, ...nearestLines(objectId, places, tenant)];
}

/** The scopes to ask at: where the error lists pairs, each operation at its own. */
function placesFor(name: string, places: readonly Scope[], pairs: Explanation['pairs']): readonly Scope[] {
  const own = pairs.filter(({ operation }) => operation.toLowerCase() === name.toLowerCase());
  return own.length === 0 ? places : own.map(({ scope }) => scope).filter(isPlace);
}

function verdictLines(question: AccessQuestion, objectId: string, tenant: Tenant): string[] {
  const decided = new Decider(tenant, question).decide(objectId);
  const { operation, scope } = question;
  const reasons = reasonLines(decided, tenant).flatMap(line => line.split('\n'));
  const isHeld = decided.decision === 'allowed';
  return [
    `${verdictWords[decided.decision]}: ${shownPrincipal(objectId, tenant)}, ${visible(operation)} at ${visible(scope.text)}`,
    ...reasons.map(line => `  ${line}`),
    ...(isHeld
      ? ['  The snapshot allows it: it is newer than the error, or a token or cache is older than the role.']
      : []),
  ];
}

const mostShown = 5;

/** What it holds, at the places and above first: a role at the wrong scope, or the wrong role at the right one. */
function nearestLines(objectId: string, places: readonly Scope[], tenant: Tenant): string[] {
  const held = [...tenant.identityOf(objectId).ids].flatMap(id => tenant.assignmentsOf(id));
  const shared = (scope: Scope): number =>
    Math.max(...places.map(place => sharedParts(scope.key, place.key)));
  const listed = held
    .map(assignment => ({ assignment, scope: tenant.scopeOf(assignment) }))
    .sort((a, b) => shared(b.scope) - shared(a.scope));
  if (listed.length === 0) return ['It holds no role in this snapshot, not even through a group.'];
  const lines = listed.slice(0, mostShown).map(({ assignment, scope }) => {
    const name = tenant.role(assignment.roleGuid)?.role.name?.value ?? assignment.roleGuid;
    return `holds "${visible(shorten(name))}" at ${visible(scope.text)}`;
  });
  const more = listed.length - lines.length;
  return [...lines, ...(more > 0 ? [`and ${more} more (azrbac access ${objectId} lists them)`] : [])];
}

function sharedParts(a: string, b: string): number {
  const [left, right] = [a.split('/'), b.split('/')];
  const differ = left.findIndex((part, i) => part !== right[i]);
  return differ < 0 ? left.length : differ;
}
