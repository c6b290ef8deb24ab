import type { ScopeLevel } from '../../analysis/exposure/scope-level.js';
import type { Severity } from '../../lint/engine/rule.js';

// What the page is made from: plain JSON, numbers for what stands in a list of its own. The page has no other source.

/** ScopeNodes in the lists of {@link ReportData}; -1 for none. */
export type RuleNumber = number;
export type ScopeNumber = number;
export type PrincipalNumber = number;
export type RoleNumber = number;
export type AssignmentNumber = number;
export type FindingNumber = number;
export type PatternsNumber = number;
export type KindNumber = number;
export type ContributionNumber = number;

export interface ReportData {
  readonly version: 1;
  readonly tool: string;
  readonly tenant: TenantData;
  readonly summary: SummaryData;
  readonly score: ScoreData;
  readonly kinds: readonly KindData[];
  readonly rules: readonly RuleData[];
  readonly scopes: readonly ScopeData[];
  readonly principals: readonly PrincipalData[];
  readonly roles: readonly RoleData[];
  readonly assignments: readonly AssignmentData[];
  readonly denials: readonly DenialData[];
  readonly patterns: readonly (readonly PatternData[])[];
  readonly contributions: readonly ContributionData[];
  readonly causes: readonly CauseData[];
  readonly findings: readonly FindingData[];
  readonly identities: readonly IdentityData[];
  readonly changes: readonly ChangeData[];
  readonly paths: readonly PathData[];
  readonly cuts: readonly CutData[];
  readonly targets: readonly TargetData[];
  /** Undefined where nobody said what identities need. */
  readonly expected?: ExpectedData;
  readonly suppressed: readonly SuppressedData[];
  readonly gaps: readonly GapData[];
  readonly open: readonly string[];
  readonly notices: readonly NoticeData[];
  /** What is not listed since there is too much of it, as sentences. */
  readonly left: readonly string[];
  /** The same where a page lists some of it. */
  readonly unlisted: UnlistedData;
}

/** How many of each are in no list. */
export interface UnlistedData {
  readonly assignments: number;
  readonly eligible: number;
  readonly denials: number;
  readonly paths: number;
  readonly targets: number;
}

export interface TenantData {
  readonly source: string;
  readonly tenantId: string | null;
  readonly collectedAt: string | null;
  readonly isComplete: boolean;
  readonly managementGroups: number;
  readonly subscriptions: number;
  readonly principals: number;
  readonly roleAssignments: number;
}

/** The same numbers as in the JSON report. */
export interface SummaryData extends Readonly<Record<Severity, number>> {
  readonly findings: number;
  readonly causes: number;
  readonly suppressed: number;
  readonly paths: number;
  readonly files: number;
  readonly roleDefinitions: number;
  readonly catalogDate: string;
}

export interface ScoreData {
  readonly figure: number;
  readonly upTo: number;
  readonly of: number;
  readonly sum: number;
  readonly bands: readonly { readonly from: number; readonly to: number; readonly identities: number }[];
  readonly identities: number;
  readonly withoutAccess: number;
  readonly open: number;
}

export interface KindData {
  readonly id: string;
  readonly title: string;
  readonly weight: number;
  readonly why: string;
}

export interface RuleData {
  readonly id: string;
  readonly title: string;
  readonly category: string;
  readonly why: string;
  readonly fix: string;
  readonly helpUri: string;
}

export interface ScopeData {
  readonly text: string;
  /** The last part of its id; null for the root. */
  readonly name: string | null;
  /** What people call a subscription or management group. */
  readonly displayName?: string;
  readonly kind: string;
  /** The scope around it that is in the list; -1 where there is none. */
  readonly parent: ScopeNumber;
  /** How many role assignments stand there. */
  readonly assignments: number;
}

export interface PrincipalData {
  readonly id: string;
  readonly type: string;
  readonly name: string | null;
  /** How many identities are in a group. */
  readonly members?: number;
}

export interface RoleData {
  readonly guid: string;
  readonly name: string;
  readonly description: string | null;
  readonly isCustom: boolean;
  readonly isKnown: boolean;
  readonly control: number;
  readonly data: number;
  readonly assignments: number;
  readonly principals: number;
  /** Which kinds of access it gives. */
  readonly kinds: readonly KindNumber[];
  readonly permissions: readonly PermissionData[];
  readonly assignableScopes: readonly string[];
  /** Further ones. */
  readonly moreScopes?: number;
  readonly sensitive: readonly SensitiveData[];
  readonly sensitiveCount: number;
}

export interface PermissionData {
  readonly actions: readonly string[];
  readonly notActions: readonly string[];
  readonly dataActions: readonly string[];
  readonly notDataActions: readonly string[];
  readonly condition: string | null;
  /** Strings that are not listed. */
  readonly left: number;
}

export interface SensitiveData {
  readonly operation: string;
  readonly plane: string;
  readonly severity: Severity;
  readonly reason: string;
  readonly pattern: string;
  readonly isConditional: boolean;
}

/** An assignment that something in the report names. */
export interface AssignmentData {
  readonly id: string;
  readonly scope: ScopeNumber;
  readonly role: RoleNumber;
  readonly principal: PrincipalNumber;
  readonly condition?: string;
  readonly state?: 'eligible' | 'passing';
}

export interface DenialData {
  readonly id: string;
  readonly name: string | null;
  readonly scope: ScopeNumber;
  readonly principals: number;
  readonly excluded: number;
  readonly patterns: readonly string[];
  /** Further ones. */
  readonly morePatterns?: number;
}

export interface PatternData {
  readonly pattern: string;
  readonly list: 'actions' | 'dataActions';
  readonly count: number;
  readonly operations: readonly string[];
}

export interface CauseData {
  readonly id: string;
  readonly rule: RuleNumber;
  readonly severity: Severity;
  readonly message: string;
  readonly subject: { readonly kind: string; readonly name: string; readonly id: string | null };
  readonly identities: number;
  readonly scopes: number;
  readonly widest: string | null;
  readonly places: number;
  readonly findings: readonly FindingNumber[];
  /** Where the role is assigned, if it is about one; the first of them. */
  readonly assignments?: readonly AssignmentNumber[];
  readonly commands: readonly string[];
}

export interface FindingData {
  readonly fingerprint: string;
  readonly rule: RuleNumber;
  readonly severity: Severity;
  readonly message: string;
  /** Where it stands: `roles/scorer.json:6:9`. */
  readonly at: string;
  readonly subject: {
    readonly kind: string;
    readonly name: string | null;
    readonly id: string | null;
  } | null;
  readonly principal: PrincipalNumber;
  readonly role: RoleNumber;
  readonly scope: ScopeNumber;
  readonly related: readonly string[];
}

export interface IdentityData {
  readonly principal: PrincipalNumber;
  readonly servicePrincipalType?: string;
  readonly isGuest?: true;
  readonly isDisabled?: true;
  readonly isExpected?: true;
  readonly figure: number;
  readonly upTo: number;
  readonly cells: readonly CellData[];
  readonly unknown?: readonly string[];
}

export interface CellData {
  readonly kind: KindNumber;
  readonly points: number;
  /** Where something was not read: what it may be. */
  readonly upTo?: number;
  /** What activating would add. */
  readonly eligible?: number;
  readonly because: readonly ContributionNumber[];
  readonly more?: number;
  readonly weaker?: number;
  readonly activatable?: readonly ContributionNumber[];
}

export interface ContributionData {
  readonly assignment: AssignmentNumber;
  readonly reach: ScopeLevel;
  readonly via?: readonly PrincipalNumber[];
  readonly isConditional?: true;
  readonly patterns: PatternsNumber;
  /** Further ones. */
  readonly morePatterns?: number;
}

export interface ChangeData {
  readonly kind: 'remove-assignment' | 'remove-role-from-principal' | 'remove-pattern';
  readonly role: RoleNumber;
  readonly principal: PrincipalNumber;
  readonly scopes: readonly ScopeNumber[];
  readonly pattern: string | null;
  readonly list: 'actions' | 'dataActions' | null;
  readonly mayBecomeEligible: boolean;
  readonly steps: number;
  readonly removed: number;
  readonly identities: number;
}

/** A path, and who else can go it. */
export interface PathData {
  readonly id: string;
  readonly to: ScopeNumber;
  readonly stepCount: number;
  readonly from: readonly PrincipalNumber[];
  /** How many can go it, those that are not listed among them. */
  readonly people: number;
  readonly steps: readonly StepData[];
  readonly because: readonly ReasonData[];
  readonly cut: readonly string[] | null;
}

export interface StepData {
  readonly method: string;
  readonly does: string;
  readonly from: PrincipalNumber;
  readonly gains: readonly string[];
  readonly operations: readonly string[];
  readonly scope: string;
  readonly because: readonly ReasonData[];
  readonly certainty: string;
  readonly doubt: string | null;
  /** Whether it is one of the steps without which no path is left. */
  readonly isCut: boolean;
}

export interface ReasonData {
  readonly kind: string;
  readonly id: string;
  readonly scope: string;
  readonly role: string | null;
  readonly pattern: string | null;
  readonly condition: string | null;
}

export interface CutData {
  readonly to: string;
  readonly role: string | null;
  readonly scope: string;
  readonly principal: PrincipalNumber;
  readonly cuts: number;
  readonly of: number;
}

export interface TargetData {
  readonly scope: string;
  readonly owners: number;
  readonly reached: number;
}

export interface ExpectedData {
  readonly results: readonly ResultData[];
  readonly identities: readonly {
    readonly name: string;
    readonly status: string | null;
    readonly principal: PrincipalNumber;
  }[];
}

/** The first of them, and how many there are. */
export interface OperationsData {
  readonly count: number;
  readonly first: readonly string[];
}

export interface ResultData {
  readonly identity: string;
  readonly principal: PrincipalNumber;
  readonly scope: string | null;
  readonly actionSets: readonly string[];
  readonly status: string;
  readonly missing: OperationsData;
  readonly conditional: OperationsData;
  readonly forbidden: OperationsData;
  readonly excess: OperationsData;
  readonly through: readonly string[];
  /** Further ones. */
  readonly moreThrough?: number;
}

export interface SuppressedData {
  readonly finding: FindingData;
  readonly by: string;
  readonly reason: string | null;
}

export interface GapData {
  readonly what: string;
  readonly scope: string;
  readonly reason: string;
}

export interface NoticeData {
  readonly code: string;
  readonly message: string;
  readonly file: string | null;
}
