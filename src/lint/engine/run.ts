import type { Tenant } from '../../tenant/access/tenant.js';
import type { Catalog } from '../../rbac/catalog/catalog.js';
import type { ExpectationOutcome } from '../checks/expectation-outcome.js';
import { findCheck, type AnyCheck } from '../checks/index.js';
import type { SourceDocument } from '../../input/source-document.js';
import type { CodeAssignment } from '../../rbac/model/code-assignment.js';
import type { CodeTenants, TenantsOfCode } from '../../tenant/code/tenants-of-code.js';
import type { RoleDefinition } from '../../rbac/model/role-definition.js';
import { staleEntries, type BaselineEntry, type BaselineFile } from './baseline.js';
import { fold, type RunCoverage } from './config-suppressions.js';
import { RunContext } from './context.js';
import { sortedFindings, toFinding, type PendingFinding } from './pending-finding.js';
import { fileMatcher } from './file-matcher.js';
import { everySetting, type FileSettings } from './file-settings.js';
import type { Finding, LintResult, SuppressedFinding } from './finding.js';
import { fingerprints } from './fingerprint.js';
import { groupImplied } from './implied.js';
import { readInlineSuppressions } from './inline-suppressions.js';
import { knownRules } from './known-rules.js';
import { pendingFindings, type Matching } from './matching.js';
import {
  builtInNotices,
  claimedNotices,
  conditionNotices,
  refusedNotices,
  staleNotices,
  templateNotices,
  unevaluatedNotices,
  unknownNotices,
} from './notices.js';
import { sortByOrigin } from './published-roles.js';
import type { RuleSet } from './rules.js';
import { type Rule, tenantCategories } from './rule.js';
import { enabledRules, type RuleSettings } from './settings.js';
import type { ConfigSuppression } from './suppression.js';
import { anySuppression, isNeverSuppressed, type SuppressionPolicy } from './suppression-policy.js';
import { withSnapshotKey } from './snapshot-key.js';
import { Suppressions } from './suppressions.js';
import { withoutRepeats } from './without-repeats.js';

export interface LintRequest {
  readonly documents: readonly SourceDocument[];
  readonly roleDefinitions: readonly RoleDefinition[];
  /** Role assignments of code. */
  readonly assignments?: readonly CodeAssignment[];
  /** Makes tenants of these, for the rules about assignments; they are not linted without it. */
  readonly tenantsOfCode?: TenantsOfCode | undefined;
  readonly rules: Pick<RuleSet, 'rules' | 'groups'>;
  readonly settings: RuleSettings;
  /** In place of the settings, where they differ from file to file. */
  readonly fileSettings?: FileSettings | undefined;
  /** What was collected; rules about assignments and all that goes with them need it. */
  readonly tenant?: Tenant | undefined;
  /** What the identities of an expectations file were found to hold in it. */
  readonly expectations?: readonly ExpectationOutcome[] | undefined;
  /** Roles of the tenant that are linted like those of files. */
  readonly deployedRoles?: readonly RoleDefinition[];
  readonly catalog: Catalog;
  /** The day that the run is about, `YYYY-MM-DD`. */
  readonly asOf: string;
  /** Azure's own roles, those that the catalog has, are skipped with a notice unless they are asked for. */
  readonly builtInRoles?: 'skip' | 'include';
  /** Suppressions of the configuration; those in comments are found here. */
  readonly suppressions?: readonly ConfigSuppression[];
  /** Suppressions in comments hold unless told: they come from whoever wrote the role. */
  readonly inlineSuppressions?: 'hold' | 'ignored';
  /** Which of them may hold, and which findings no baseline accepts either. */
  readonly suppressionPolicy?: SuppressionPolicy;
  readonly baseline?: BaselineFile | undefined;
  /** Globs of the files that the configuration declares to be templates. */
  readonly placeholders?: readonly string[];
  /** A document's file relative to the folder of the configuration; as it is unless told. */
  readonly fileKey?: (file: string) => string;
  /** Whether the documents are all that the configuration is about; `everything` unless told. */
  readonly coverage?: RunCoverage['coverage'];
  /** Where checks are looked up by name; our own unless told. */
  readonly findCheck?: (name: string) => AnyCheck | undefined;
  /** Told how many of how many rules have looked at everything. */
  readonly onRule?: ((done: number, of: number) => void) | undefined;
}

/**
 * Offers every subject to the check of every enabled rule and turns the matches into findings.
 * @throws Error where a check fails, naming the rule and the subject: nothing is skipped in silence.
 */
export function runLint(request: LintRequest): LintResult {
  const { deployedRoles = [] } = request;
  const { published, custom, claimed } = sortByOrigin(request.roleDefinitions, request.catalog);
  const skipped = request.builtInRoles === 'include' ? [] : published;
  const included = request.builtInRoles === 'include' ? published : [];
  const roleDefinitions = [...included, ...custom, ...deployedRoles];
  const code = codeOf(request, roleDefinitions);
  const { matching, suppressions, reach } = prepare(request, roleDefinitions, code);

  const accept = (finding: PendingFinding): PendingFinding => {
    const acceptedBy = suppressions.accept(finding);
    return acceptedBy === undefined ? finding : { ...finding, acceptedBy };
  };
  const [inTemplates, pending] = partition(pendingFindings(matching), finding =>
    belongsInTemplate(finding, matching.context),
  );
  const grouped = groupImplied(sortedFindings(withoutRepeats(pending)).map(accept));

  const known = knownRules(request.rules.rules, request, rule => isLookedForAll(rule, request, code));
  const uses = suppressions.uses(reach, known);
  const aboutSuppressions = pendingFindings({
    ...matching,
    suppressions: uses,
    onRule: undefined,
    rules: rulesAbout('suppressions', request, code),
  });
  // Those that are grouped are sorted, and rarely is there anything to say of suppressions.
  const sorted =
    aboutSuppressions.length === 0 ? grouped : sortedFindings([...grouped, ...aboutSuppressions.map(accept)]);
  const { findings, suppressed, stale } = partitionAccepted(sorted, request, reach);

  return {
    findings,
    suppressed,
    notices: [
      ...builtInNotices(skipped.length),
      ...claimedNotices(claimed, request.catalog.date),
      ...templateNotices(inTemplates),
      ...conditionNotices(pending),
      ...unevaluatedNotices(roleDefinitions),
      ...unknownNotices(roleDefinitions, code?.resolved),
      ...refusedNotices(suppressions.refused),
      ...staleNotices(stale, request.baseline),
    ],
    leftOut: { builtInRoles: skipped.length, templateStrings: inTemplates.length },
    files: request.documents.length,
    roleDefinitions: roleDefinitions.length,
    ...((request.tenant || code) && { roleAssignments: countAssignments(request, code) }),
    catalog: {
      date: request.catalog.date,
      operations: request.catalog.operations.size,
      builtInRoles: request.catalog.manifest.counts.builtInRoles,
    },
  };
}

/** What a run of the command looked at, as suppressions and baselines see it. */
export function runCoverageOf(request: LintRequest): RunCoverage {
  const { documents, roleDefinitions, tenant, expectations = [] } = request;
  const { fileKey = identity, coverage = 'everything' } = request;
  return {
    coverage,
    hasTenant: tenant !== undefined,
    snapshot: tenant && fileKey(tenant.snapshot.source),
    files: [...new Set([...documents, ...expectations.map(({ at }) => at.document)])].map(({ file }) =>
      fileKey(file),
    ),
    roles: new Set(
      roleDefinitions
        .flatMap(({ name, guid }) => [name && fold(name.value), guid])
        .filter(key => key !== undefined),
    ),
  };
}

interface Prepared {
  readonly matching: Matching;
  readonly suppressions: Suppressions;
  readonly reach: RunCoverage;
}

function codeOf(
  { assignments = [], tenantsOfCode, catalog }: LintRequest,
  roleDefinitions: readonly RoleDefinition[],
): CodeTenants | undefined {
  return assignments.length === 0 ? undefined : tenantsOfCode?.(assignments, roleDefinitions, catalog);
}

function countAssignments({ tenant }: LintRequest, code: CodeTenants | undefined): number {
  return (tenant?.snapshot.roleAssignments.length ?? 0) + (code?.resolved.length ?? 0);
}

function prepare(
  request: LintRequest,
  roleDefinitions: readonly RoleDefinition[],
  code: CodeTenants | undefined,
): Prepared {
  const { documents, assignments = [], catalog, asOf, settings, fileSettings, fileKey = identity } = request;
  const templates = (request.placeholders ?? []).map(fileMatcher);
  const isDeclaredTemplate = (file: string): boolean => templates.some(matches => matches(fileKey(file)));
  const context = new RunContext({
    catalog,
    inventory: { documents, roleDefinitions, assignments },
    asOf,
    groups: request.rules.groups,
    isDeclaredTemplate,
    roles: request.tenant,
  });
  const inline = request.inlineSuppressions === 'ignored' ? [] : documents.flatMap(readInlineSuppressions);
  return {
    matching: {
      rules: rulesAbout('content', request, code),
      settings,
      fileSettings,
      context,
      findCheck: request.findCheck ?? findCheck,
      tenant: request.tenant,
      code,
      expectations: request.expectations,
      suppressions: [],
      onRule: request.onRule,
    },
    suppressions: new Suppressions(
      [...(request.suppressions ?? []), ...inline],
      asOf,
      fileKey,
      request.suppressionPolicy,
    ),
    reach: runCoverageOf(request),
  };
}

function rulesAbout(
  what: 'content' | 'suppressions',
  request: LintRequest,
  code: CodeTenants | undefined,
): Matching['rules'] {
  return enabledRules(request.rules.rules, everySetting(request)).filter(
    rule =>
      isLookedFor(rule, request, code) && (rule.category === 'suppressions') === (what === 'suppressions'),
  );
}

/** Rules about a tenant say nothing where there is no snapshot, nor those about expectations where there are none. */
function isLookedFor(
  { category, check: name }: Rule,
  { tenant, expectations, findCheck: find }: LintRequest,
  code: CodeTenants | undefined,
): boolean {
  if (!tenantCategories.has(category)) return true;
  if (tenant === undefined && code === undefined) return false;
  const check = find?.(name);
  if (check?.subject === 'inventory') return code !== undefined;
  if (tenant === undefined) return check?.inCode !== undefined;
  return expectations !== undefined || check?.subject !== 'expectation';
}

/** Whether all is there that it could find something in. Conditions stand in role definitions, and in a tenant mostly. */
function isLookedForAll(rule: Rule, request: LintRequest, code: CodeTenants | undefined): boolean {
  return isLookedFor(rule, request, code) && (request.tenant !== undefined || rule.category !== 'conditions');
}

interface PartitionedFindings {
  readonly findings: readonly Finding[];
  readonly suppressed: readonly SuppressedFinding[];
  /** Entries of the baseline whose findings are gone. */
  readonly stale: readonly BaselineEntry[];
}

/** Gives findings, sorted, their fingerprints and sets those aside that somebody accepted. */
function partitionAccepted(
  pending: readonly PendingFinding[],
  { baseline, tenant, fileKey = identity, suppressionPolicy = anySuppression }: LintRequest,
  reach: RunCoverage,
): PartitionedFindings {
  const names = fingerprints(pending, withSnapshotKey(fileKey, tenant?.snapshot.source));
  // Baselines of old name the snapshot's file.
  const oldNames = tenant === undefined || baseline === undefined ? names : fingerprints(pending, fileKey);
  const inBaseline = new Set(baseline?.baseline.findings.map(({ fingerprint }) => fingerprint));
  const findings: Finding[] = [];
  const suppressed: SuppressedFinding[] = [];
  pending.forEach((one, i) => {
    const finding = toFinding(one, names[i]!);
    const { acceptedBy } = one;
    if (acceptedBy !== undefined) suppressed.push({ finding, by: acceptedBy.by, reason: acceptedBy.reason });
    else if (
      (inBaseline.has(names[i]!) || inBaseline.has(oldNames[i]!)) &&
      !isNeverSuppressed(one, suppressionPolicy)
    )
      suppressed.push({ finding, by: 'baseline', reason: undefined });
    else findings.push(finding);
  });
  const stale =
    baseline === undefined ? [] : staleEntries(baseline.baseline, new Set([...names, ...oldNames]), reach);
  return { findings, suppressed, stale };
}

function belongsInTemplate({ rule, match }: PendingFinding, context: RunContext): boolean {
  return rule.inTemplates === 'notice' && context.isTemplate(match.at.document);
}

function partition<T>(all: readonly T[], isFirst: (item: T) => boolean): [first: T[], rest: T[]] {
  return [all.filter(isFirst), all.filter(item => !isFirst(item))];
}

function identity(file: string): string {
  return file;
}
