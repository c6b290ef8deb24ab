import type { FileProblem } from '../../analysis/azure-ml/problem.js';
import type { IdentityResult } from '../../analysis/expectations/check-report.js';
import type { Coverage } from '../../rbac/action-sets/coverage.js';
import type { RoleDefinition } from '../../rbac/model/role-definition.js';
import type { RolePermissions } from '../../rbac/permissions/role-permissions.js';
import type { SourceRef } from '../../input/source-document.js';
import { visible } from '../../text/escape.js';
import { resultLine } from './result-words.js';
import { roleVerdict } from './role-text.js';

/** One thing that was checked, as CI systems are told of it. */
export interface CheckItem {
  /** Whose access it is, or what is wrong. */
  readonly name: string;
  readonly outcome: 'pass' | 'error' | 'warning' | 'unknown';
  /** What kind of fault it is: stable. */
  readonly code: string;
  /** Nothing in it is escaped for a format yet. */
  readonly message: string;
  /** The string or the identity that it comes from; undefined where no file says it. */
  readonly at: SourceRef | undefined;
  /** The assignments that bring it, where they are not that place. */
  readonly assignedAt?: readonly SourceRef[];
}

/** What is wrong in files of Azure Machine Learning and of Kubernetes. */
export function problemItem({ code, severity, message, at }: FileProblem): CheckItem {
  return { name: code, outcome: severity, code, message, at };
}

/** A result of an identity, where a file names that, or else at the first of the assignments that bring what is too much. */
export function identityItem(
  result: IdentityResult,
  namedAt: SourceRef | undefined,
  assignedAt: readonly SourceRef[],
): CheckItem {
  const { subject, actionSets, scope } = result;
  const what = actionSets.length === 0 ? '' : `: ${actionSets.join(' and ')}`;
  return {
    name: `${subject.name}${what}${scope === null ? '' : ` at ${scope}`}`,
    ...faultOf(result),
    message: resultLine(result).slice(statusWidth).trim(),
    at: namedAt ?? assignedAt[0],
    assignedAt: namedAt === undefined ? assignedAt.slice(1) : assignedAt,
  };
}

/** An identity of which nobody knows enough for a result: the notices say what is not known. */
export function uncheckedItem(identity: string, at: SourceRef | undefined): CheckItem {
  const message = `"${visible(identity)}" was not checked, or only in part.`;
  return { name: identity, outcome: 'unknown', code: 'access-unknown', message, at };
}

/** A result of a role, at the string that grants what is forbidden or too much. */
export function roleItem(
  result: Coverage & { readonly actionSet: string },
  role: RoleDefinition,
  permissions: RolePermissions,
): CheckItem {
  const name = `${role.name?.value ?? '(unnamed)'}: ${result.actionSet}`;
  const message = `The role "${visible(role.name?.value ?? '(unnamed)')}" for ${result.actionSet}: ${roleVerdict(result)}`;
  return { name, ...faultOf(result), message, at: placeIn(result, permissions) ?? role.at };
}

/** Statuses stand in a column of their own in the text. */
const statusWidth = 9;

function faultOf({ status, missing, forbidden }: Coverage): Pick<CheckItem, 'outcome' | 'code'> {
  if (status === 'pass') return { outcome: 'pass', code: 'access-as-expected' };
  if (status === 'unknown') return { outcome: 'unknown', code: 'access-unknown' };
  if (forbidden.length > 0) return { outcome: 'error', code: 'access-forbidden' };
  if (status === 'excess') return { outcome: 'error', code: 'access-excess' };
  return { outcome: 'error', code: missing.length > 0 ? 'access-missing' : 'access-conditional' };
}

function placeIn({ forbidden, excess }: Coverage, permissions: RolePermissions): SourceRef | undefined {
  const operation = forbidden[0] ?? excess.operations[0];
  if (operation === undefined) return undefined;
  const witnesses = (['control', 'data'] as const).flatMap(plane => permissions.witnesses(operation, plane));
  return witnesses[0]?.entry.at;
}
