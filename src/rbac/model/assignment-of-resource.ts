import type { CodeResource } from '../../input/code-resource.js';
import { locatedMembers, type LocatedObject, type LocatedValue } from '../../input/located-value.js';
import { assignmentOfCode } from './assignment-of-code.js';
import type { CodeAssignment } from './code-assignment.js';
import { nameOfRole, type RoleNamesByAddress } from './role-names.js';

/** Whether a resource, named by Azure's types, is a role assignment, or a request for one to PIM. */
export function isAssignmentType(type: string): boolean {
  return assignmentType.test(type);
}

const assignmentType =
  /(?:^Microsoft\.Authorization|\/providers)\/(?:roleAssignments|role(?:Eligibility|Assignment)ScheduleRequests)$/i;

/** The assignment in a resource of Azure's own languages, which take properties as REST does. A request to end one is none. */
export function assignmentOfResource(
  resource: CodeResource,
  named: RoleNamesByAddress = new Map(),
): CodeAssignment | undefined {
  const { properties: outer, type } = resource;
  const body = memberIn(outer, 'properties') ?? unknownRest(outer);
  const part = (name: string): LocatedValue | undefined => {
    if (body?.kind !== 'object') return body?.kind === 'unknown' ? body : undefined;
    const found = memberIn(body, name);
    if (found !== undefined || body.more === undefined) return found && withoutEmptyDefault(found);
    return unknownRest(body);
  };
  const requested = part('requestType');
  if (requested?.kind === 'string' && !/Assign|Extend|Renew|Update/i.test(requested.value)) return undefined;
  const isScheduled = /ScheduleRequests$/i.test(type);
  const roleId = part('roleDefinitionId');
  return assignmentOfCode({
    resource,
    kind: /roleEligibilityScheduleRequests$/i.test(type) ? 'eligible-assignment' : 'role-assignment',
    name: isScheduled ? undefined : memberIn(outer, 'name'),
    scope: resource.scope,
    roleId,
    roleName: nameOfRole(roleId, named),
    principal: part('principalId'),
    principalType: part('principalType'),
    asksForPrincipalType: !isScheduled,
    condition: part('condition'),
    conditionVersion: part('conditionVersion'),
    isPassing: /roleAssignmentScheduleRequests$/i.test(type) && !isForGood(part('scheduleInfo')),
  });
}

/** What an object may hold beside the members that are known. */
function unknownRest({ more, at, via }: LocatedObject): LocatedValue | undefined {
  return more && { kind: 'unknown', reason: more, parts: undefined, at, via };
}

function isForGood(schedule: LocatedValue | undefined): boolean {
  const expiration = schedule?.kind === 'object' ? memberIn(schedule, 'expiration') : undefined;
  const type = expiration?.kind === 'object' ? memberIn(expiration, 'type') : undefined;
  return type?.kind === 'string' && /^NoExpiration$/i.test(type.value);
}

/** Names of properties do not depend on case. */
function memberIn(object: LocatedObject, name: string): LocatedValue | undefined {
  const folded = name.toLowerCase();
  return locatedMembers(object).findLast(({ key }) => key.toLowerCase() === folded)?.value;
}

/** What is empty because that is the default of a parameter will be something else when it is deployed. */
function withoutEmptyDefault(value: LocatedValue): LocatedValue {
  const step = value.via.find(({ kind }) => kind === 'default');
  if (step === undefined) return value;
  const reason = { kind: 'input', name: step.name, at: step.at } as const;
  return { kind: 'unknown', reason, parts: undefined, at: value.at, via: value.via };
}
