import type { PermissionSet } from '../../rbac/permissions/permission-set.js';
import type { Remedy } from './check-report.js';
import type { EvaluationTools } from './evaluation-tools.js';
import type { RoleGrants } from './assigned-roles.js';
import type { JudgedIdentity } from './judged-identity.js';
import type { JudgedScope } from './places.js';
import { remedyFor, type Assignee } from './remedies.js';

/** What would give an identity what its action sets miss at a place, set by set. */
export function remediesAt(
  place: JudgedScope,
  missing: PermissionSet,
  judged: JudgedIdentity,
  tools: EvaluationTools,
): Remedy[] {
  const assignee = assigneeAt(place, judged, tools);
  // A role that grants what is forbidden would mend one failure with another.
  const harmless = (name: string): RoleGrants | undefined => {
    const grants = tools.grantsOf(name);
    return grants !== undefined &&
      tools.judge.comparer.compare(grants.held, place, judged.policy).forbidden.isEmpty
      ? grants
      : undefined;
  };
  const known = { builtIn: harmless, custom: (name: string) => tools.customRole(name) };
  return place.sets.flatMap(set => {
    const own = missing.intersect(tools.needs.of(set).required);
    return own.isEmpty ? [] : [remedyFor(set, own, assignee, known)];
  });
}

/** Undefined where nobody is assigned anything yet. */
function assigneeAt(
  { scope }: JudgedScope,
  { identity, assignedRoles }: JudgedIdentity,
  { tenant }: EvaluationTools,
): Assignee | undefined {
  const objectId = identity.principal?.value;
  if (objectId === undefined || scope === undefined) return undefined;
  const known = tenant.snapshot.principals.get(objectId)?.type;
  if (known !== undefined && known !== 'Unknown') return { objectId, kind: known, scope };
  const own = assignedRoles.find(({ via }) => via.length === 0);
  // Most identities are service principals, managed ones included.
  return { objectId, kind: own?.assignment?.principalType ?? 'ServicePrincipal', scope };
}
