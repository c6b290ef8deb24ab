import { getOrInsert } from '../../maps.js';
import type { Tenant } from '../../tenant/access/tenant.js';
import type { AuditResult } from '../../analysis/audit/audit-result.js';
import { loadAccessKinds } from '../../analysis/exposure/kind-table.js';
import { KindTable } from '../../analysis/exposure/kind-table.js';
import type { RuleSet } from '../../lint/engine/rules.js';
import { widthOf } from '../../analysis/audit/blast-radius.js';
import type { DenyAssignment } from '../../tenant/snapshot/deny-assignment.js';
import type { RoleAssignment } from '../../rbac/model/role-assignment.js';
import { countBySeverity } from '../lint/summary.js';
import { expectedData } from './expected-data.js';
import { changesData, identitiesData } from './exposure-data.js';
import { causesData, findingData, RuleTable, suppressedData } from './findings-data.js';
import { cutsData, pathsData } from './paths-data.js';
import { type Counts, leftOut, unlistedData } from './left-out.js';
import type { DenialData, ReportData } from './report-data.js';
import { rolesData } from './roles-data.js';
import { Tables } from './tables.js';

/** What a report is made from besides the audit. */
export interface ReportSource {
  readonly result: AuditResult;
  readonly tenant: Tenant;
  readonly ruleSet: Pick<RuleSet, 'rules' | 'groups'>;
  readonly version: string;
}

/** All that the page shows, as plain JSON. Deterministic. */
export function buildReportData({ result, tenant, ruleSet, version }: ReportSource): ReportData {
  const { lint, exposure } = result;
  const tables = new Tables(tenant);
  const rules = new RuleTable();
  const findings = lint.findings.map(finding => findingData(finding, rules, tables));
  const causes = causesData(result.causes, lint, rules, tables);
  const suppressed = suppressedData(lint, rules, tables);
  const identities = identitiesData(exposure, tables);
  const changes = changesData(exposure, tables);
  const { paths, all: allPaths } = pathsData(result, tables);
  const cuts = cutsData(result, tables);
  const expected = result.check && expectedData(result.check, tables);
  const targets = result.paths.targets.filter(({ owners, reached }) => owners + reached > 0);
  listAssignments(tenant, tables);
  const { denials, all: allDenials } = denialsData(tenant, tables);
  listScopes(tenant, tables);
  const eligible = tables.assignments.filter(({ state }) => state === 'eligible').length;
  const counts: Counts = {
    assignments: [tenant.assignments.length, tables.assignments.length - eligible],
    eligible: [tenant.snapshot.eligibleAssignments.length, eligible],
    denials: [allDenials, denials.length],
    paths: [allPaths, paths.length],
    targets: [targets.length, Math.min(targets.length, maxTargets)],
    identities: [exposure.identities.length, identities.length],
    managementGroups: [tenant.snapshot.managementGroups.size, managementGroupsIn(tables, tenant)],
    subscriptions: [tenant.snapshot.subscriptions.size, subscriptionsIn(tables, tenant)],
  };
  const kinds = new KindTable(loadAccessKinds(), ruleSet.groups, tenant.catalog, tenant.index);
  return {
    version: 1,
    tool: version,
    tenant: result.tenant,
    summary: {
      ...countBySeverity(lint.findings),
      findings: findings.length,
      causes: causes.length,
      suppressed: suppressed.length,
      paths: result.paths.paths.length,
      files: lint.files,
      roleDefinitions: lint.roleDefinitions,
      catalogDate: lint.catalog.date,
    },
    score: exposure.score,
    kinds: exposure.kinds,
    rules: rules.rules,
    scopes: tables.scopes,
    principals: tables.principals,
    roles: rolesData(tables.roles, { tenant, ruleSet, kinds }),
    assignments: tables.assignments,
    denials,
    patterns: tables.patterns,
    contributions: tables.contributions,
    ...{ causes, findings, identities, changes, paths, cuts },
    targets: targets.slice(0, maxTargets),
    ...(expected !== undefined && { expected }),
    suppressed,
    gaps: result.gaps.map(({ what, scope, reason }) => ({ what, scope, reason })),
    open: exposure.open,
    notices: lint.notices.map(({ code, message, file }) => ({ code, message, file: file ?? null })),
    left: leftOut(counts),
    unlisted: unlistedData(counts),
  };
}

const maxTargets = 1_000;

/** How many assignments are listed besides those that something rests on, the widest of each role first. */
const maxAssignments = 20_000;
const maxOfRole = 100;
const maxEligible = 5_000;

function listAssignments(tenant: Tenant, tables: Tables): void {
  const { assignments, snapshot } = tenant;
  if (assignments.length <= maxAssignments)
    for (const assignment of assignments) tables.assignment(assignment);
  else for (const assignment of widestOfRoles(assignments)) tables.assignment(assignment);
  for (const assignment of snapshot.eligibleAssignments.slice(0, maxEligible))
    tables.assignment(assignment, 'eligible');
}

function* widestOfRoles(assignments: readonly RoleAssignment[]): Generator<RoleAssignment> {
  const byRole = new Map<string, RoleAssignment[][]>();
  for (const assignment of assignments) {
    const widths = getOrInsert(byRole, assignment.roleGuid, () => []);
    const list = (widths[widthOf(assignment.place)] ??= []);
    if (list.length < maxOfRole) list.push(assignment);
  }
  for (const widths of byRole.values()) yield* widths.flat().slice(0, maxOfRole);
}

/** Management groups and subscriptions are shown where nobody has anything there, too. */
function listScopes({ snapshot }: Tenant, tables: Tables): void {
  for (const name of [...snapshot.managementGroups.keys()].slice(0, maxTargets))
    tables.scope(`/providers/Microsoft.Management/managementGroups/${name}`);
  for (const guid of [...snapshot.subscriptions.keys()].slice(0, maxSubscriptions))
    tables.scope(`/subscriptions/${guid}`);
}

const maxSubscriptions = 5_000;

function managementGroupsIn({ scopes }: Tables, { snapshot }: Tenant): number {
  return scopes.filter(
    ({ kind, name }) => kind === 'management-group' && snapshot.managementGroups.has(name!.toLowerCase()),
  ).length;
}

function subscriptionsIn({ scopes }: Tables, { snapshot }: Tenant): number {
  return scopes.filter(
    ({ kind, name }) => kind === 'subscription' && snapshot.subscriptions.has(name!.toLowerCase()),
  ).length;
}

/** @returns how many there are, too. Those that only audit deny nothing. */
function denialsData(
  { snapshot }: Tenant,
  tables: Tables,
): { readonly denials: DenialData[]; readonly all: number } {
  const all = snapshot.denyAssignments.filter(({ effect }) => effect === 'enforced');
  return { denials: all.slice(0, maxTargets).map(denial => denialData(denial, tables)), all: all.length };
}

function denialData(denial: DenyAssignment, tables: Tables): DenialData {
  const { id, name, scope, principals, excludedPrincipals, denied } = denial;
  const patterns = denied.permissions.flatMap(({ actions, dataActions }) => [...actions, ...dataActions]);
  return {
    id,
    name: name ?? null,
    scope: tables.scope(scope),
    principals: principals.size,
    excluded: excludedPrincipals.size,
    patterns: patterns.slice(0, maxPatterns).map(({ text }) => text),
    ...(patterns.length > maxPatterns && { morePatterns: patterns.length - maxPatterns }),
  };
}

const maxPatterns = 10;
