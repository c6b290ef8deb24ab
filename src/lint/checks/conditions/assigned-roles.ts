import type { RoleDefinition } from '../../../rbac/model/role-definition.js';
import { roleName } from '../../../rbac/model/role-name.js';
import type { Witness } from '../../../rbac/permissions/role-permissions.js';
import { admittedAssignments } from '../../../rbac/conditions/role-assignment-guard.js';
import type { CheckContext } from '../check-context.js';
import { firstTwo } from '../../../text/list.js';
import type { Evidence } from '../match.js';
import { type AdmittedRole, RolePowers } from '../tenant/role-powers.js';
import { readCondition } from './condition-reading.js';
import { listedPrincipals } from './delegation.js';

/** What the conditions in a role let its holders assign, worst first. */
export const assigning = [
  'admits-owner',
  'conditional',
  'listed-principals',
  'deny-list',
  'admits-privileged',
] as const;

export interface AssignedRoles {
  /** `conditional`: nobody can read the condition. */
  readonly variant: (typeof assigning)[number];
  readonly evidence: Evidence;
}

/**
 * What a role that assigns roles under conditions lets its holders assign, by the worst of these conditions; undefined where
 * all of it is ordinary.
 */
export function assignedRoles(
  witnesses: readonly Witness[],
  context: CheckContext,
): AssignedRoles | undefined {
  const judged = witnesses.flatMap(witness => judge(witness, context) ?? []);
  return judged.sort((a, b) => assigning.indexOf(a.variant) - assigning.indexOf(b.variant))[0];
}

function judge({ permission }: Witness, context: CheckContext): AssignedRoles | undefined {
  const { roles } = context;
  const text = permission.permission.condition?.value.trim() ?? '';
  const { expression, unknowns } = readCondition(text, roles.conditions);
  if (expression === undefined || unknowns.length > 0) return { variant: 'conditional', evidence: {} };
  const { possible } = admittedAssignments(expression, 'write', 'RoleDefinitionId');
  const powerful = RolePowers.of(roles, context).powerfulIn(possible);
  const owners = powerful.filter(({ power }) => power === 'owner');
  const excluded = possible.kind === 'only' ? [] : possible.values.map(guid => nameOf(guid, context));
  if (owners.length > 0) {
    const isLimited = listedPrincipals(expression, owners) !== undefined;
    return { variant: isLimited ? 'listed-principals' : 'admits-owner', evidence: evidenceOf(powerful) };
  }
  if (possible.kind === 'all-but') {
    const evidence = { ...evidenceOf(powerful), excluded, excludedListing: firstTwo(excluded) };
    return { variant: 'deny-list', evidence };
  }
  return powerful.length === 0 ? undefined : { variant: 'admits-privileged', evidence: evidenceOf(powerful) };
}

function evidenceOf(powerful: readonly AdmittedRole[]): Evidence {
  const names = powerful.map(({ role }) => role);
  const [{ role: strongest, because } = { role: '', because: '' }] = powerful;
  return { roles: names, rolesListing: firstTwo(names), strongest, because };
}

function nameOf(guid: string, { roles }: CheckContext): string {
  const role: RoleDefinition | undefined = roles.role(guid)?.role;
  return role === undefined ? guid : roleName(role);
}
