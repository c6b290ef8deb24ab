import type { Finding } from '../../lint/engine/finding.js';
import type { Rule, Severity } from '../../lint/engine/rule.js';
import type { RoleAssignment } from '../../rbac/model/role-assignment.js';
import type { BlastRadius } from './blast-radius.js';
import type { CauseSubject } from './cause-subject.js';

/** Findings that one change would mend: those of one rule on one role, group, principal, condition, … */
export interface Cause {
  /** 16 hexadecimal digits of rule, variant and subject: the same from run to run, whatever else is found. */
  readonly id: string;
  readonly rule: Rule;
  readonly variant: string | undefined;
  readonly severity: Severity;
  /** One sentence; of several findings the first, with how many others there are. Not escaped. */
  readonly message: string;
  readonly subject: CauseSubject;
  /** At least one; those at the widest scopes first, else in the order of the run. Each finding of a run has one cause. */
  readonly findings: readonly Finding[];
  /** Where a role is assigned, widest scopes first; undefined where the findings themselves are the places. */
  readonly assignments: readonly RoleAssignment[] | undefined;
  readonly reach: BlastRadius;
  /** Ready to paste, where the change can be said as commands. */
  readonly commands: readonly string[];
}

/** Whom a cause concerns, and where. */
export interface CausePlace {
  readonly principalId: string | undefined;
  /** As people know it. */
  readonly principal: string | undefined;
  readonly scope: string | undefined;
  /** Undefined where the place is an assignment of the role. */
  readonly finding: Finding | undefined;
}

/** How many places a cause has. */
export function placeCount({ assignments, findings }: Pick<Cause, 'assignments' | 'findings'>): number {
  return (assignments ?? findings).length;
}

/** Where the finding is, as far as it is about something of a tenant. */
export function placeOfFinding(finding: Finding): CausePlace {
  const { subject, evidence } = finding;
  const isPrincipal = subject?.kind === 'principal';
  const scope = textOf(evidence['scope']) ?? (subject?.kind === 'scope' ? subject.id : undefined);
  return {
    principalId: (isPrincipal ? subject.id : undefined) ?? textOf(evidence['principalId']),
    principal: (isPrincipal ? subject.name : undefined) ?? textOf(evidence['principal']),
    scope: scope ?? undefined,
    finding,
  };
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
