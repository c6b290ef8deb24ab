import type { Tenant } from '../../tenant/access/tenant.js';
import type { CodeTenants } from '../../tenant/code/tenants-of-code.js';
import type { SubjectKind, Subjects } from '../checks/check.js';
import { findConditions } from '../checks/conditions/conditioned.js';
import type { ExpectationOutcome } from '../checks/expectation-outcome.js';
import type { AnyCheck } from '../checks/index.js';
import type { SuppressionUse } from '../checks/suppression-use.js';
import { UserError } from '../../errors.js';
import type { RoleDefinition, RoleUnknown } from '../../rbac/model/role-definition.js';
import type { Match } from '../checks/match.js';
import type { RunContext } from './context.js';
import { type Settings, settingsOf } from './file-settings.js';
import { toPendingFinding, type PendingFinding } from './pending-finding.js';
import type { Rule } from './rule.js';

export interface Matching extends Settings {
  readonly rules: readonly Rule[];
  readonly context: RunContext;
  readonly findCheck: (name: string) => AnyCheck | undefined;
  /** Undefined where the run has no snapshot: rules about one find nothing. */
  readonly tenant?: Tenant | undefined;
  /** What code deploys; undefined where that are no assignments. */
  readonly code?: CodeTenants | undefined;
  readonly expectations?: readonly ExpectationOutcome[] | undefined;
  /** Offered to rules about suppressions. */
  readonly suppressions: readonly SuppressionUse[];
  /** Told how many of how many rules have looked at everything. */
  readonly onRule?: ((done: number, of: number) => void) | undefined;
}

/**
 * What the rules find, rule by rule, as the settings have it.
 * @throws Error where a check fails, naming the rule and the subject.
 */
export function pendingFindings(matching: Matching): PendingFinding[] {
  const runs = matching.rules.map(
    (rule): RuleRun => ({
      rule,
      check: checkOf(rule, matching),
      options: rule.options ?? {},
      isForCustomRoles: isForCustomRoles(rule),
      pending: [],
    }),
  );
  let done = 0;
  for (const kind of new Set(runs.map(({ check }) => check.subject))) {
    const ofKind = runs.filter(({ check }) => check.subject === kind);
    // Subject by subject: what one rule has worked out of a role is still close at hand when the next one asks for it.
    const subjects = subjectsOf(kind, matching);
    subjects.forEach((subject, at) => {
      for (const run of ofKind) {
        takePending(run, subject, matching);
        if (at === subjects.length - 1) matching.onRule?.(++done, runs.length);
      }
    });
    if (subjects.length === 0) matching.onRule?.((done += ofKind.length), runs.length);
  }
  return runs.flatMap(({ pending }) => pending);
}

/** A rule, what is asked of it for every subject, and what it has found so far. */
interface RuleRun {
  readonly rule: Rule;
  readonly check: AnyCheck;
  readonly options: object;
  readonly isForCustomRoles: boolean;
  readonly pending: PendingFinding[];
}

function checkOf(rule: Rule, { findCheck }: Matching): AnyCheck {
  const check = findCheck(rule.check);
  if (check !== undefined) return check;
  throw new Error(`The rule "${rule.id}" names the check "${rule.check}", which does not exist.`);
}

function takePending(
  { rule, check, options, isForCustomRoles, pending }: RuleRun,
  subject: Subjects[SubjectKind],
  matching: Matching,
): void {
  const { context, code } = matching;
  if (code !== undefined && isOfCode(subject, code) && !isMeant(subject, check, code)) return;
  if (isForCustomRoles && 'roleType' in subject && subject.roleType === 'BuiltInRole') return;
  if (check.needs !== undefined && 'unknowns' in subject && lacksAny(subject, check.needs)) return;
  try {
    for (const match of evaluate(check, subject, options, context)) {
      if (isForCustomRoles && match.role?.roleType === 'BuiltInRole') continue;
      const finding = toPendingFinding(
        rule,
        match,
        settingsOf(matching, match.at.document.file),
        context.catalog.date,
      );
      if (finding !== undefined) pending.push(finding);
    }
  } catch (cause) {
    // Parts of the catalog are read when a rule first asks for them: that they are damaged is not the rule's fault.
    if (cause instanceof UserError) throw cause;
    throw new Error(`The rule "${rule.id}" failed on ${describe(check.subject, subject)}.`, { cause });
  }
}

function lacksAny(
  { unknowns }: Pick<RoleDefinition, 'unknowns'>,
  parts: readonly RoleUnknown['part'][],
): boolean {
  return unknowns?.some(({ part }) => parts.includes(part)) === true;
}

/** The check's own schema is what makes the rule's options fit: our rules are held to it by tests, others when read. */
function evaluate(
  check: AnyCheck,
  subject: Subjects[SubjectKind],
  options: object,
  context: RunContext,
): Iterable<Match> {
  return check.evaluate(subject as never, options as never, context);
}

function subjectsOf(
  kind: SubjectKind,
  { context, suppressions, tenant, code, expectations }: Matching,
): readonly Subjects[SubjectKind][] {
  switch (kind) {
    case 'document':
      return context.inventory.documents;
    case 'role-definition':
      return context.inventory.roleDefinitions;
    case 'inventory':
      return [context.inventory];
    case 'tenant':
      return [tenant ?? [], code === undefined ? [] : [code.each, code.together]].flat();
    case 'expectation':
      return expectations ?? [];
    case 'condition':
      return findConditions(context, [tenant ?? [], code?.each ?? []].flat());
    case 'suppression':
      return suppressions;
  }
}

function isMeant(subject: Subjects[SubjectKind], { inCode }: AnyCheck, code: CodeTenants): boolean {
  return inCode !== undefined && subject === code[inCode];
}

function isOfCode(subject: Subjects[SubjectKind], { each, together }: CodeTenants): boolean {
  return subject === each || subject === together;
}

function isForCustomRoles(rule: Rule): boolean {
  return rule.customRolesOnly === true || rule.category === 'assignable-scopes';
}

function describe(kind: SubjectKind, subject: Subjects[SubjectKind]): string {
  if ('permissions' in subject) return `role "${subject.name?.value ?? ''}" of "${subject.at.document.file}"`;
  return 'file' in subject ? `"${subject.file}"` : `the ${kind}`;
}
