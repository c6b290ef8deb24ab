import type { RoleChange } from '../../tenant/access/role-change.js';
import type { Evidence, Fix, RelatedPlace, TenantSubject } from '../checks/match.js';
import type { SourceRef } from '../../input/source-document.js';
import type { Notice } from '../../errors.js';
import type { LeftOut } from './left-out.js';
import type { Rule, Severity } from './rule.js';

/** A fault in what was read. */
export interface Finding {
  readonly rule: Rule;
  readonly variant: string | undefined;
  readonly severity: Severity;
  /** One sentence; untrusted text in it is not escaped: reporters do that for their format. */
  readonly message: string;
  readonly at: SourceRef;
  readonly subject: FindingSubject | undefined;
  readonly evidence: Evidence;
  readonly related: readonly RelatedPlace[];
  /** 16 hexadecimal digits of rule, role GUID or name, evidence and file; never of line numbers. */
  readonly fingerprint: string;
  readonly fix: Fix | undefined;
  /** The GUID of the role that it is about, or that the assignment is of. */
  readonly roleGuid?: string | undefined;
  /** The condition of an assignment that it is about. */
  readonly condition?: string | undefined;
}

export interface FindingSubject {
  readonly kind: 'role-definition' | TenantSubject['kind'];
  readonly name: string | null;
  readonly id: string | null;
}

/** A finding that somebody accepted. */
export interface SuppressedFinding {
  readonly finding: Finding;
  readonly by: 'config' | 'inline' | 'baseline';
  readonly reason: string | undefined;
}

/** The outcome of a run, in a stable order. */
export interface LintResult {
  /** Findings by file, line, column, rule id, pointer. */
  readonly findings: readonly Finding[];
  readonly suppressed: readonly SuppressedFinding[];
  readonly notices: readonly Notice[];
  readonly files: number;
  readonly roleDefinitions: number;
  /** How many the snapshot has, where there was one. */
  readonly roleAssignments?: number;
  /** What becomes of the tenant's roles that files are about to replace. */
  readonly roleChanges?: readonly RoleChange[];
  /** Beside what was suppressed. */
  readonly leftOut?: LeftOut;
  readonly catalog: { readonly date: string; readonly operations: number; readonly builtInRoles: number };
}
