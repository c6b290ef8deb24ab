import type { Tenant } from '../access/tenant.js';
import type { Match, SubjectKind, Subjects } from '../checks/check.js';
import type { ExpectationOutcome } from '../checks/expectation-outcome.js';
import type { AnyCheck } from '../checks/index.js';
import type { SuppressionUse } from '../checks/suppression-use.js';
import { UserError } from '../errors.js';
import type { RunContext } from './context.js';
import { toDraft, type Draft } from './draft.js';
import type { Rule } from './rule.js';
import type { RuleSettings } from './settings.js';

export interface Matching {
  readonly rules: readonly Rule[];
  readonly settings: RuleSettings;
  readonly context: RunContext;
  readonly findCheck: (name: string) => AnyCheck | undefined;
  /** Undefined where the run has no snapshot: rules about one find nothing. */
  readonly tenant?: Tenant | undefined;
  readonly expectations?: readonly ExpectationOutcome[] | undefined;
  /** Offered to rules about suppressions. */
  readonly suppressions: readonly SuppressionUse[];
}

/**
 * What the rules find, as the settings have it.
 * @throws Error where a check fails, naming the rule and the subject.
 */
export function draftsOf(matching: Matching): Draft[] {
  const drafts: Draft[] = [];
  for (const rule of matching.rules) {
    for (const match of matchesOf(rule, matching)) {
      if (isForCustomRoles(rule) && match.role?.roleType === 'BuiltInRole') continue;
      const draft = toDraft(rule, match, matching.settings, matching.context.catalog.date);
      if (draft !== undefined) drafts.push(draft);
    }
  }
  return drafts;
}

function* matchesOf(rule: Rule, matching: Matching): Generator<Match> {
  const check = matching.findCheck(rule.check);
  if (check === undefined)
    throw new Error(`The rule "${rule.id}" names the check "${rule.check}", which does not exist.`);
  for (const subject of subjectsOf(check.subject, matching)) {
    if (isForCustomRoles(rule) && 'roleType' in subject && subject.roleType === 'BuiltInRole') continue;
    try {
      yield* evaluate(check, subject, rule, matching.context);
    } catch (cause) {
      // Parts of the catalog are read when a rule first asks for them: that they are damaged is not the rule's fault.
      if (cause instanceof UserError) throw cause;
      throw new Error(`The rule "${rule.id}" failed on ${describe(check.subject, subject)}.`, { cause });
    }
  }
}

/** The check's own schema is what makes the rule's options fit: our rules are held to it by tests, others when read. */
function evaluate(
  check: AnyCheck,
  subject: Subjects[SubjectKind],
  rule: Rule,
  context: RunContext,
): Iterable<Match> {
  return check.evaluate(subject as never, (rule.options ?? {}) as never, context);
}

function subjectsOf(
  kind: SubjectKind,
  { context, suppressions, tenant, expectations }: Matching,
): readonly Subjects[SubjectKind][] {
  switch (kind) {
    case 'document':
      return context.inventory.documents;
    case 'role-definition':
      return context.inventory.roleDefinitions;
    case 'inventory':
      return [context.inventory];
    case 'tenant':
      return tenant === undefined ? [] : [tenant];
    case 'expectation':
      return expectations ?? [];
    case 'suppression':
      return suppressions;
  }
}

function isForCustomRoles(rule: Rule): boolean {
  return rule.customRolesOnly === true || rule.category === 'assignable-scopes';
}

function describe(kind: SubjectKind, subject: Subjects[SubjectKind]): string {
  if ('permissions' in subject) return `role "${subject.name?.value ?? ''}" of "${subject.at.document.file}"`;
  return 'text' in subject ? `"${subject.file}"` : `the ${kind}`;
}
