import type { Catalog } from '../catalog/catalog.js';
import type { Match, SubjectKind, Subjects } from '../checks/check.js';
import { findCheck as findOwnCheck, type AnyCheck } from '../checks/index.js';
import type { Notice } from '../errors.js';
import type { SourceDocument } from '../input/source-document.js';
import type { RoleDefinition } from '../model/role-definition.js';
import { RunContext } from './context.js';
import { compareDrafts, toDraft, type Draft } from './draft.js';
import type { Finding, FindingSubject, LintResult, SuppressedFinding } from './finding.js';
import { fingerprints } from './fingerprint.js';
import { groupImplied } from './implied.js';
import type { RuleSet } from './rules.js';
import type { Rule } from './rule.js';
import { enabledRules, type RuleSettings } from './settings.js';

export interface LintRequest {
  readonly documents: readonly SourceDocument[];
  readonly roleDefinitions: readonly RoleDefinition[];
  readonly rules: Pick<RuleSet, 'rules' | 'groups'>;
  readonly settings: RuleSettings;
  readonly catalog: Catalog;
  /** The day that the run is about, `YYYY-MM-DD`. */
  readonly asOf: string;
  /** Definitions of type BuiltInRole are skipped with a notice unless they are asked for. */
  readonly builtInRoles?: 'skip' | 'include';
  /** Where checks are looked up by name; our own unless told. */
  readonly findCheck?: (name: string) => AnyCheck | undefined;
}

/**
 * Offers every subject to the check of every enabled rule and turns the matches into findings.
 * @throws Error where a check fails, naming the rule and the subject: nothing is skipped in silence.
 */
export function runLint(request: LintRequest): LintResult {
  const linted = request.roleDefinitions.filter(role => isLinted(role, request));
  const inventory = { documents: request.documents, roleDefinitions: linted };
  const context = new RunContext(request.catalog, inventory, request.asOf, request.rules.groups, () => false);
  const drafts = draftsOf(request, context).sort(compareDrafts);
  const { drafts: grouped } = groupImplied(drafts, () => false);
  const findings = toFindings(grouped, file => file);
  const suppressed: SuppressedFinding[] = [];
  return {
    findings,
    suppressed,
    notices: builtInNotice(request.roleDefinitions.length - linted.length),
    files: request.documents.length,
    roleDefinitions: linted.length,
    catalog: {
      date: request.catalog.date,
      operations: request.catalog.operations.size,
      builtInRoles: request.catalog.manifest.counts.builtInRoles,
    },
  };
}

function isLinted(role: RoleDefinition, { builtInRoles = 'skip' }: LintRequest): boolean {
  return role.roleType !== 'BuiltInRole' || builtInRoles === 'include';
}

/** The matches of all enabled rules, as their settings have them. */
function draftsOf(request: LintRequest, context: RunContext): Draft[] {
  const drafts: Draft[] = [];
  for (const rule of enabledRules(request.rules.rules, request.settings)) {
    for (const match of matchesOf(rule, request, context)) {
      if (isForCustomRoles(rule) && match.role?.roleType === 'BuiltInRole') continue;
      const draft = toDraft(rule, match, request.settings, request.catalog.date);
      if (draft !== undefined) drafts.push(draft);
    }
  }
  return drafts;
}

function* matchesOf(rule: Rule, { findCheck = findOwnCheck }: LintRequest, context: RunContext): Generator<Match> {
  const check = findCheck(rule.check);
  if (check === undefined) throw new Error(`The rule "${rule.id}" names the check "${rule.check}", which does not exist.`);
  for (const subject of subjectsOf(check.subject, context)) {
    if (isForCustomRoles(rule) && 'roleType' in subject && subject.roleType === 'BuiltInRole') continue;
    try {
      yield* evaluate(check, subject, rule, context);
    } catch (cause) {
      throw new Error(`The rule "${rule.id}" failed on ${describe(check.subject, subject)}.`, { cause });
    }
  }
}

/** The check's own schema is what makes the rule's options fit: our rules are held to it by tests, others when read. */
function evaluate(check: AnyCheck, subject: Subjects[SubjectKind], rule: Rule, context: RunContext): Iterable<Match> {
  return check.evaluate(subject as never, (rule.options ?? {}) as never, context);
}

function subjectsOf(kind: SubjectKind, { inventory }: RunContext): readonly Subjects[SubjectKind][] {
  switch (kind) {
    case 'document':
      return inventory.documents;
    case 'role-definition':
      return inventory.roleDefinitions;
    case 'inventory':
      return [inventory];
  }
}

function isForCustomRoles(rule: Rule): boolean {
  return rule.customRolesOnly === true || rule.category === 'assignable-scopes';
}

function describe(kind: SubjectKind, subject: Subjects[SubjectKind]): string {
  if ('permissions' in subject) return `role "${subject.name?.value ?? ''}" of "${subject.at.document.file}"`;
  return 'file' in subject ? `"${subject.file}"` : `the ${kind}`;
}

/** The drafts must be in the order of the output: equal ones are told apart by it. */
function toFindings(drafts: readonly Draft[], fileKey: (file: string) => string): Finding[] {
  const names = fingerprints(drafts, fileKey);
  return drafts.map(({ rule, match, severity, message, related }, i) => ({
    rule,
    variant: match.variant,
    severity,
    message,
    at: match.at,
    subject: subjectOf(match.role),
    evidence: match.evidence,
    related,
    fingerprint: names[i]!,
    fix: match.fix,
  }));
}

function subjectOf(role: RoleDefinition | undefined): FindingSubject | undefined {
  return role && { kind: 'role-definition', name: role.name?.value ?? null, id: role.id?.value ?? null };
}

function builtInNotice(skipped: number): Notice[] {
  if (skipped === 0) return [];
  const what = skipped === 1 ? '1 built-in role was' : `${skipped} built-in roles were`;
  return [{ code: 'built-in-roles-skipped', message: `${what} not linted; --include-built-in lints them too.` }];
}
