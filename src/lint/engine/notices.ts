import type { Notice } from '../../errors.js';
import type { BaselineEntry, BaselineFile } from './baseline.js';
import { positionAt } from '../../input/position.js';
import { rootCause, type UnknownReason } from '../../input/located-value.js';
import type { SourceRef } from '../../input/source-document.js';
import type { RoleDefinition } from '../../rbac/model/role-definition.js';
import { isDecidable, maxSeveralStars } from '../../rbac/permissions/action-pattern.js';
import type { CodeAssignment } from '../../rbac/model/code-assignment.js';
import type { ResolvedAssignment } from '../../tenant/code/resolve-assignments.js';
import type { PendingFinding } from './pending-finding.js';
import type { Suppression } from './suppression.js';

export function builtInNotices(skipped: number): Notice[] {
  if (skipped === 0) return [];
  const what = skipped === 1 ? '1 built-in role was' : `${skipped} built-in roles were`;
  return [
    { code: 'built-in-roles-skipped', message: `${what} not linted; --include-built-in lints them too.` },
  ];
}

/** On roles that say that they are Azure's own, and are not. */
export function claimedNotices(claimed: readonly RoleDefinition[], catalogDate: string): Notice[] {
  const [first] = claimed;
  if (first === undefined) return [];
  const [who, as] =
    claimed.length === 1
      ? ['1 role says that it is built-in and is', 'it was linted as a custom role']
      : [`${claimed.length} roles say that they are built-in and are`, 'they were linted as custom roles'];
  const message = `${who} not in the catalog of ${catalogDate}, or not with these permissions; ${as}.`;
  return [{ code: 'built-in-role-unknown', message, ...placeOf(first.at) }];
}

/** One per template, for all the strings in it that nobody can judge before it is filled. */
export function templateNotices(inTemplates: readonly PendingFinding[]): Notice[] {
  const counts = new Map<string, number>();
  for (const { match } of inTemplates) {
    const { file } = match.at.document;
    counts.set(file, (counts.get(file) ?? 0) + 1);
  }
  return [...counts].map(([file, count]) => ({
    code: 'template-placeholders',
    message: unjudged(count),
    file,
  }));
}

/** One per condition that cannot be read and that a finding depends on. */
export function conditionNotices(pending: readonly PendingFinding[]): Notice[] {
  const places = new Map<string, SourceRef>();
  for (const at of pending.flatMap(({ match }) => match.conditions ?? [])) {
    places.set(JSON.stringify([at.document.file, at.pointer, at.range?.start]), at);
  }
  const message = 'This condition cannot be read: what it guards counts as if it always held.';
  return [...places.values()].map(at => ({ code: 'condition-not-read', message, ...placeOf(at) }));
}

/** What was taken to cover nothing: patterns beyond reason, of which Azure would accept none. */
export function unevaluatedNotices(roleDefinitions: readonly RoleDefinition[]): Notice[] {
  const severalStars = new Set<string>();
  const notices = roleDefinitions.flatMap(role => {
    const patterns = patternsWithSeveralStars(role);
    const beyond = patterns.filter(pattern => !isDecidable(pattern)).length;
    for (const pattern of patterns) if (isDecidable(pattern)) severalStars.add(pattern);
    return beyond === 0
      ? []
      : [{ code: 'pattern-not-evaluated', message: tooLong(beyond), ...placeOf(role.at) }];
  });
  if (severalStars.size <= maxSeveralStars) return notices;
  const message = `Of ${severalStars.size} action patterns with more than one wildcard, which Azure refuses in custom roles, the first ${maxSeveralStars} were evaluated; the others were taken to cover nothing.`;
  return [...notices, { code: 'pattern-not-evaluated', message }];
}

/** On suppressions that would hold if the configuration let them, each with the reason why it does not. */
export function refusedNotices(refused: ReadonlyMap<Suppression, string>): Notice[] {
  return [...refused].map(([{ at, rule }, reason]) => ({
    code: 'suppression-refused',
    message: `The suppression of ${rule} does not hold: ${reason}.`,
    ...placeOf(at),
  }));
}

function patternsWithSeveralStars({ permissions }: RoleDefinition): string[] {
  return permissions
    .flatMap(({ actions, notActions, dataActions, notDataActions }) => [
      actions,
      notActions,
      dataActions,
      notDataActions,
    ])
    .flatMap(list => list.map(({ key }) => key))
    .filter(key => key.indexOf('*') !== key.lastIndexOf('*') || (key.includes('*') && !isDecidable(key)));
}

function tooLong(count: number): string {
  return count === 1
    ? '1 action pattern, too long or with too many wildcards to be evaluated, was taken to cover nothing.'
    : `${count} action patterns, too long or with too many wildcards to be evaluated, were taken to cover nothing.`;
}

/** One per cause, for all roles and assignments of code that are known in part because of it. */
export function unknownNotices(
  roleDefinitions: readonly RoleDefinition[],
  assignments: readonly ResolvedAssignment[] = [],
): Notice[] {
  const causes = new Map<string, UnknownCause>();
  const causeOf = (reason: UnknownReason): UnknownCause => {
    const root = rootCause(reason);
    const key = causeKey(root);
    const cause = causes.get(key) ?? { reason: root, names: new Map(), parts: new Set() };
    causes.set(key, cause);
    return cause;
  };
  for (const role of roleDefinitions) {
    for (const { part, reason } of role.unknowns ?? []) {
      const cause = causeOf(reason);
      cause.names.set(role, `Role "${role.name?.value ?? role.address ?? '(unnamed)'}"`);
      cause.parts.add(part);
    }
  }
  for (const { code, unknowns } of assignments) {
    for (const { part, reason } of unknowns) {
      const cause = causeOf(reason);
      cause.names.set(code, `Assignment "${code.address}"`);
      cause.parts.add(part);
    }
  }
  return [...causes.values()].map(cause => {
    const { document, start } = cause.reason.at;
    const message = `${sentenceOf(cause.reason)} ${judgedWithout(cause)}`;
    return { code: 'unknown-value', message, file: document.file, ...positionAt(document, start) };
  });
}

interface UnknownCause {
  readonly reason: UnknownReason;
  /** What is known in part because of it, as it begins a sentence. */
  readonly names: Map<RoleDefinition | CodeAssignment, string>;
  readonly parts: Set<string>;
}

/** What is only known after deployment is the same in every configuration that names it so: the first place is enough. */
function causeKey({ kind, name, detail, at }: UnknownReason): string {
  const place = kind === 'deployment' ? [] : [at.document.file, at.start];
  return JSON.stringify([kind, name, detail, ...place]);
}

function sentenceOf({ kind, name, detail }: UnknownReason): string {
  return `${name} ${detail ?? unknownBecause[kind]}.`;
}

const unknownBecause: Readonly<Record<UnknownReason['kind'], string>> = {
  input: 'has no value here',
  deployment: 'is known only after deployment',
  function: 'is not evaluated',
  'not-read': 'was not read',
  error: 'has no value',
  budget: 'takes more steps than a run spends on it',
};

function judgedWithout({ names, parts }: UnknownCause): string {
  const [first] = names.values();
  const without = `linted without that part of ${[...parts].join(', ')}.`;
  if (names.size === 1) return `${first} was ${without}`;
  const roles = [...names.keys()].filter(each => 'permissions' in each).length;
  const kind = roles === 0 ? 'assignments' : roles === names.size ? 'roles' : 'roles and assignments';
  return `${names.size} ${kind} were ${without}`;
}

export function staleNotices(stale: readonly BaselineEntry[], baseline: BaselineFile | undefined): Notice[] {
  if (stale.length === 0 || baseline === undefined) return [];
  const what = stale.length === 1 ? '1 entry' : `${stale.length} entries`;
  const pronoun = stale.length === 1 ? 'it' : 'them';
  const accept = stale.length === 1 ? 'accepts' : 'accept';
  const command = `${baseline.command ?? 'azrbac lint'} --baseline "${baseline.file}" --update-baseline`;
  return [
    {
      code: 'baseline-stale',
      message: `${what} of the baseline ${accept} what is no longer found; to drop ${pronoun}: ${command}`,
      file: baseline.file,
    },
  ];
}

function unjudged(count: number): string {
  const what = count === 1 ? '1 string holds a placeholder' : `${count} strings hold placeholders`;
  return `${what} and cannot be judged before the template is filled.`;
}

function placeOf({ document, range }: SourceRef): Pick<Notice, 'file' | 'line' | 'column'> {
  return { file: document.file, ...(range && positionAt(document, range.start)) };
}
