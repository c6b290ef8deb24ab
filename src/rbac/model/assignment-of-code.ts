import type { CodeResource } from '../../input/code-resource.js';
import { rootCause, type LocatedValue, type UnknownReason } from '../../input/located-value.js';
import type { Located, SourceRef } from '../../input/source-document.js';
import type { AssignmentUnknown, AssignmentValue, CodeAssignment } from './code-assignment.js';

/** What the resource of a role assignment says, by Azure's names, whatever format and names it was written in. */
export interface AssignmentParts {
  readonly resource: CodeResource;
  readonly kind: CodeAssignment['kind'];
  readonly name: LocatedValue | undefined;
  readonly scope: LocatedValue | undefined;
  readonly roleId: LocatedValue | undefined;
  readonly roleName: LocatedValue | undefined;
  readonly principal: LocatedValue | undefined;
  readonly principalType: LocatedValue | undefined;
  /** Whether Azure must be told what a principal is that was only just made. */
  readonly asksForPrincipalType: boolean;
  readonly condition: LocatedValue | undefined;
  readonly conditionVersion: LocatedValue | undefined;
  readonly isPassing: boolean;
}

/** The role assignment that a resource of code deploys. */
export function assignmentOfCode(parts: AssignmentParts): CodeAssignment {
  const { resource, kind, isPassing } = parts;
  const refer = (value: LocatedValue, name: string): SourceRef => refTo(value, `${resource.address}/${name}`);
  const valueOf = (value: LocatedValue | undefined, name: string): AssignmentValue | undefined =>
    isAbsent(value) ? undefined : { value, at: refer(value, name) };
  const text = (value: LocatedValue | undefined, name: string): Located<string> | undefined =>
    value?.kind === 'string' && value.value.trim() !== ''
      ? { value: value.value, at: refer(value, name) }
      : undefined;
  const { document, start, end } = resource.at;
  return {
    kind,
    address: resource.address,
    domain: resource.domain,
    at: { document, pointer: `/${resource.address}`, range: { start, end } },
    name: valueOf(parts.name, 'name'),
    scope: valueOf(parts.scope, 'scope'),
    roleId: valueOf(parts.roleId, 'roleDefinitionId'),
    roleName: valueOf(parts.roleName, 'roleDefinitionName'),
    principal: valueOf(parts.principal, 'principalId'),
    principalType: text(parts.principalType, 'principalType'),
    lacksPrincipalType: parts.asksForPrincipalType && isAbsent(parts.principalType),
    condition: text(parts.condition, 'condition'),
    conditionVersion: text(parts.conditionVersion, 'conditionVersion'),
    isPassing,
    unknowns: unknownsOf(parts),
  };
}

/** What the principal will be called nobody need know; that it is this one is enough. */
function unknownsOf({ resource, condition }: AssignmentParts): AssignmentUnknown[] {
  const unknowns: AssignmentUnknown[] = [];
  const add = (part: AssignmentUnknown['part'], reason: UnknownReason | undefined): void => {
    if (reason !== undefined) unknowns.push({ part, reason: rootCause(reason) });
  };
  add('presence', resource.presence);
  add('condition', condition?.kind === 'unknown' ? condition.reason : undefined);
  return unknowns;
}

function isAbsent(value: LocatedValue | undefined): value is undefined {
  return value === undefined || value.kind === 'null' || (value.kind === 'string' && value.value === '');
}

function refTo({ at: { document, start, end }, via }: LocatedValue, pointer: string): SourceRef {
  const ref = { document, pointer: `/${pointer}`, range: { start, end } };
  return via.length === 0 ? ref : { ...ref, via };
}
