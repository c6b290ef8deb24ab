import { type Cause, placeCount, placeOfFinding } from '../../analysis/audit/cause.js';
import type { Finding, LintResult } from '../../lint/engine/finding.js';
import type { Rule } from '../../lint/engine/rule.js';
import { placeName } from '../../text/source-span.js';
import { helpUriOf } from '../rule-page.js';
import type { CauseData, FindingData, RuleData, RuleNumber, SuppressedData } from './report-data.js';
import type { Tables } from './tables.js';

/** Numbers rules as they come up. */
export class RuleTable {
  readonly rules: RuleData[] = [];
  private readonly numbers = new Map<Rule, RuleNumber>();

  number(rule: Rule): RuleNumber {
    let number = this.numbers.get(rule);
    if (number === undefined) {
      number = this.rules.length;
      this.numbers.set(rule, number);
      const { id, title, category, why, fix } = rule;
      this.rules.push({ id, title, category, why, fix, helpUri: helpUriOf(rule) });
    }
    return number;
  }
}

export function findingData(finding: Finding, rules: RuleTable, tables: Tables): FindingData {
  const { rule, severity, message, at, subject, fingerprint, related, roleGuid } = finding;
  const { principalId, scope } = placeOfFinding(finding);
  return {
    fingerprint,
    rule: rules.number(rule),
    severity,
    message,
    at: placeName(at),
    subject: subject === undefined ? null : { kind: subject.kind, name: subject.name, id: subject.id },
    principal: tables.principal(principalId),
    role: tables.role(roleGuid ?? roleOfSubject(finding)),
    scope: tables.scope(scope),
    related: related.map(place => place.message),
  };
}

function roleOfSubject({ subject }: Finding): string | undefined {
  return subject?.kind === 'role-definition' ? (subject.id ?? undefined) : undefined;
}

/** How many assignments of a role that is assigned everywhere are named. */
const maxPlaces = 200;

export function causesData(
  causes: readonly Cause[],
  { findings }: Pick<LintResult, 'findings'>,
  rules: RuleTable,
  tables: Tables,
): CauseData[] {
  const numbers = new Map(findings.map((finding, number) => [finding, number]));
  return causes.map(cause => ({
    id: cause.id,
    rule: rules.number(cause.rule),
    severity: cause.severity,
    message: cause.message,
    subject: cause.subject,
    identities: cause.reach.identities,
    scopes: cause.reach.scopes,
    widest: cause.reach.widest,
    places: placeCount(cause),
    findings: cause.findings.map(finding => numbers.get(finding)!),
    ...(cause.assignments !== undefined && {
      assignments: cause.assignments.slice(0, maxPlaces).map(assignment => tables.assignment(assignment)),
    }),
    commands: cause.commands,
  }));
}

export function suppressedData(
  { suppressed }: LintResult,
  rules: RuleTable,
  tables: Tables,
): SuppressedData[] {
  return suppressed.map(({ finding, by, reason }) => ({
    finding: findingData(finding, rules, tables),
    by,
    reason: reason ?? null,
  }));
}
