import { getOrInsert } from '../../maps.js';
import { covers, parseScope } from '../../rbac/model/scope.js';
import { matchesAction } from '../../rbac/permissions/action-pattern.js';
import type { PendingFinding } from './pending-finding.js';
import { fileMatcher } from './file-matcher.js';
import type { ConfigSuppression } from './suppression.js';

/** What a run looked at. */
export interface RunCoverage {
  /**
   * `everything`: all that the configuration is about. `named-files`: a few files of many, as a hook names them; what is
   * not among them may well exist. `folders`: something in between.
   */
  readonly coverage: 'everything' | 'folders' | 'named-files';
  /** Relative to the configuration's folder. */
  readonly files: readonly string[];
  /** Names and GUIDs of the roles, in lower case. */
  readonly roles: ReadonlySet<string>;
  /** Whether there was a snapshot. */
  readonly hasTenant: boolean;
  /** The file or folder of the snapshot, relative to the configuration's folder. */
  readonly snapshot?: string | undefined;
}

/** Whether the finding is one that the suppression is about. Its rule was compared before. */
export function coversFinding(
  suppression: ConfigSuppression,
  finding: PendingFinding,
  fileKey: (file: string) => string,
): boolean {
  const { role, file, operation, principal, scope } = suppression;
  if (role !== undefined && !isAboutRole(finding, role)) return false;
  if (operation !== undefined && !isAboutOperation(finding, operation)) return false;
  if (principal !== undefined && !isAboutPrincipal(finding, principal)) return false;
  if (scope !== undefined && !isWithinScope(finding, scope)) return false;
  if (file === undefined) return true;
  const isAboutFile = getOrInsert(matchers, suppression, () => fileMatcher(file));
  return isAboutFile(fileKey(finding.match.at.document.file));
}

/** Whether anything that the suppression could be about was part of the run. */
export function couldApply(
  { role, file, principal, scope }: ConfigSuppression,
  { coverage, files, roles, hasTenant }: RunCoverage,
): boolean {
  // Who holds what where is known of a snapshot alone.
  if ((principal !== undefined || scope !== undefined) && !hasTenant) return false;
  if (coverage === 'everything') return true;
  if (role !== undefined && !roles.has(fold(role))) return false;
  if (file !== undefined) return files.some(fileMatcher(file));
  return role !== undefined || coverage === 'folders';
}

/** Every finding is held against every suppression: a glob is compiled once. */
const matchers = new WeakMap<ConfigSuppression, (path: string) => boolean>();

/** The form in which role names are compared. */
export function fold(roleName: string): string {
  return roleName.trim().toLowerCase();
}

function isAboutRole({ match }: PendingFinding, wanted: string): boolean {
  const { name, guid } = match.role ?? match.subject?.role ?? {};
  // Of a role that a tenant assigns and nobody knows, there is the GUID alone.
  const { roleName } = match.evidence;
  const names = [name?.value, guid, typeof roleName === 'string' ? roleName : undefined];
  return names.some(known => known !== undefined && fold(known) === fold(wanted));
}

function isAboutPrincipal({ match }: PendingFinding, wanted: string): boolean {
  const { principalId, principal, guest } = match.evidence;
  return [principalId, principal, guest].some(
    known => typeof known === 'string' && fold(known) === fold(wanted),
  );
}

/** Compares scopes by their texts alone: a management group is not known to hold a subscription here. */
function isWithinScope({ match }: PendingFinding, wanted: string): boolean {
  const { scope } = match.evidence;
  return typeof scope === 'string' && covers(parseScope(wanted), parseScope(scope));
}

/**
 * Whether the pattern covers the string that the finding blames, or all the operations that it speaks of: a
 * suppression must not hide what its author did not name.
 */
function isAboutOperation({ match }: PendingFinding, wanted: string): boolean {
  const { operations, count, operation, action, pattern } = match.evidence;
  const covers = (text: unknown): boolean => typeof text === 'string' && matchesAction(wanted, text.trim());
  if ([operation, action, pattern].some(covers)) return true;
  if (!Array.isArray(operations) || operations.length === 0) return false;
  const isComplete = typeof count !== 'number' || count <= operations.length;
  return isComplete && operations.every(covers);
}
