import type { Catalog } from '../../rbac/catalog/catalog.js';
import type { AssignmentUnknown, CodeAssignment } from '../../rbac/model/code-assignment.js';
import type { ScheduledAssignment } from '../../rbac/model/role-assignment.js';
import type { RoleDefinition } from '../../rbac/model/role-definition.js';
import { CodeRoles } from './code-role.js';
import { CodePrincipalNames, codePrincipalOf, type CodePrincipal } from './code-principal.js';
import { scopeOf, type CodeScope } from './code-scope.js';
import { UnknownNames } from './unknown-names.js';

/** An assignment of code as Azure will have it, with stand-ins for what only the deployment knows. */
export interface ResolvedAssignment {
  readonly code: CodeAssignment;
  readonly assignment: ScheduledAssignment;
  readonly principal: CodePrincipal;
  readonly scope: CodeScope;
  /** The role of the code; undefined where it is built in, or not known. */
  readonly role: RoleDefinition | undefined;
  /** What it cannot be judged by. */
  readonly unknowns: readonly AssignmentUnknown[];
}

/** Says of every assignment of code whom it gives which role where. */
export function resolveAssignments(
  assignments: readonly CodeAssignment[],
  roles: readonly RoleDefinition[],
  catalog: Catalog,
  names = new UnknownNames(),
): ResolvedAssignment[] {
  const found = new CodeRoles(roles, catalog);
  const principals = new CodePrincipalNames();
  return assignments.map(code => {
    const principal = codePrincipalOf(code, principals);
    const scope = scopeOf(code, names);
    const role = found.of(code);
    const unknowns = [...code.unknowns];
    if (scope.reason !== undefined) unknowns.push({ part: 'scope', reason: scope.reason });
    if ('reason' in role) unknowns.push({ part: 'role', reason: role.reason });
    return {
      code,
      assignment: assignmentOf(code, { principal, scope, guid: 'guid' in role ? role.guid : undefined }),
      principal,
      scope,
      role: 'role' in role ? role.role : undefined,
      unknowns,
    };
  });
}

interface Resolved {
  readonly principal: CodePrincipal;
  readonly scope: CodeScope;
  readonly guid: string | undefined;
}

function assignmentOf(code: CodeAssignment, { principal, scope, guid }: Resolved): ScheduledAssignment {
  const { address, at, condition, conditionVersion, isPassing, domain } = code;
  return {
    id: address,
    scope: scope.text,
    place: scope.place,
    principalId: principal.id,
    principalType: principal.type === 'Unknown' ? undefined : principal.type,
    roleGuid: guid ?? `the role of ${domain} ${address}`,
    condition: condition?.value,
    conditionVersion: conditionVersion?.value,
    at,
    conditionAt: condition?.at,
    startsOn: undefined,
    endsOn: isPassing ? 'by itself' : undefined,
    assignmentType: 'Assigned',
    originId: undefined,
  };
}
