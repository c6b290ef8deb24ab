import { sourceOfCode } from '../../tenant/code/tenants-of-code.js';
import type { DirectoryIdentity } from '../../tenant/access/denied-principals.js';
import type { RoleAssignment } from '../../rbac/model/role-assignment.js';
import type { Subject } from './check-report.js';
import type { EvaluationTools } from './evaluation-tools.js';
import type { ExpectedIdentity } from './expectations.js';
import { AssignedRolesByScope, type HeldHere, type AssignedRole } from './assigned-roles.js';
import { IdentityNotices } from './identity-notices.js';
import type { Judgement, Policy } from './judgement.js';
import type { JudgedScope } from './places.js';

/** An identity while it is judged. */
export interface JudgedIdentity {
  readonly identity: ExpectedIdentity;
  readonly subject: Subject;
  /** The principal with its groups. */
  readonly directory: DirectoryIdentity | undefined;
  /** The principal's own and those of its groups, be they of roles that nobody knows. */
  readonly assignments: readonly RoleAssignment[];
  readonly assignedRoles: readonly AssignedRole[];
  readonly byScope: AssignedRolesByScope;
  readonly policy: Policy;
  readonly notices: IdentityNotices;
}

/** A place with what was found there. */
export interface JudgedPlace {
  readonly place: JudgedScope;
  readonly here: HeldHere;
  readonly judgement: Judgement;
}

/** An identity with all that it holds, and what it is judged by. */
export function judgedIdentity(identity: ExpectedIdentity, tools: EvaluationTools): JudgedIdentity {
  const { request, tenant, judge } = tools;
  const { name, principal, role, never, accepted, needs } = identity;
  const subject: Subject = {
    kind: 'identity',
    name: name.value,
    principal: principal?.value ?? null,
    role: role?.value ?? null,
  };
  const notices = new IdentityNotices(name.value, request.file);
  const directory = principal && tenant.identityOf(principal.value);
  const assignments = (directory?.ids ?? []).flatMap(id => tenant.assignmentsOf(id));
  const assignedRoles = heldBy(identity, assignments, notices, tools);
  const policy = judge.policyOf({
    accepted,
    never: never.map(({ pattern, plane }) => ({ text: pattern.value, plane })),
    // Where no needs are written down, nobody can say what is too much.
    options: needs === undefined ? { ...request.options, allowExcess: 'any' } : request.options,
  });
  const byScope = new AssignedRolesByScope(assignedRoles);
  return { identity, subject, directory, assignments, assignedRoles, byScope, policy, notices };
}

function heldBy(
  { principal, role }: ExpectedIdentity,
  assignments: readonly RoleAssignment[],
  notices: IdentityNotices,
  { request, assignedRoles, unknowns }: EvaluationTools,
): AssignedRole[] {
  if (principal === undefined) {
    const definition = request.roles.get(role?.value ?? '');
    return definition === undefined ? [] : [assignedRoles.ofRole(definition)];
  }
  const where = request.tenant?.snapshot.source === sourceOfCode ? sourceOfCode : 'the snapshot';
  if (assignments.length === 0)
    notices.add('no-role-assignments', `(${principal.value}) has no role assignment in ${where}`);
  unknowns.noteGroups(principal.value, notices);
  return assignedRoles.of(principal.value);
}

/** What an identity holds at a place, held against what it needs there. */
export function judgedAt(
  place: JudgedScope,
  { directory, byScope, policy }: JudgedIdentity,
  { tenant, evaluator, assignedRoles: all, judge }: EvaluationTools,
): JudgedPlace {
  const { scope } = place;
  const assignedRoles = all.seenFrom(scope, byScope.reaching(scope, tenant.tree));
  const isDeniable = scope !== undefined && directory !== undefined;
  const denials = isDeniable ? evaluator.denials.at(scope, directory).definite : [];
  const here = { assignedRoles, denials };
  return { place, here, judgement: judge.judge(here, place, policy) };
}
