import type { Tenant } from '../access/tenant.js';
import type { AuditResult } from '../audit/audit-result.js';
import { loadAccessKinds } from '../exposure/access-kind.js';
import { KindTable } from '../exposure/kind-table.js';
import type { RuleSet } from '../lint/rules.js';
import { widthOf } from '../audit/cause-reach.js';
import type { RoleAssignment } from '../model/role-assignment.js';
import { countBySeverity } from '../reporters/summary.js';
import { expectedData } from './expected-data.js';
import { changesData, identitiesData, mostIdentities } from './exposure-data.js';
import { causesData, findingData, RuleTable, suppressedData } from './findings-data.js';
import { cutsData, mostPaths, pathsData } from './paths-data.js';
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
  const paths = pathsData(result, tables);
  const cuts = cutsData(result, tables);
  const expected = result.check && expectedData(result.check, tables);
  const listed = listAssignments(tenant, tables);
  const denials = denialsData(tenant, tables);
  listScopes(tenant, tables);
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
    givings: tables.givings,
    ...{ causes, findings, identities, changes, paths, cuts },
    targets: result.paths.targets.filter(({ owners, reached }) => owners + reached > 0).slice(0, mostTargets),
    ...(expected !== undefined && { expected }),
    suppressed,
    gaps: result.gaps.map(({ what, scope, reason }) => ({ what, scope, reason })),
    open: exposure.open,
    notices: lint.notices.map(({ code, message, file }) => ({ code, message, file: file ?? null })),
    left: [
      ...leftOut(
        exposure.identities.length,
        mostIdentities,
        'identities with access',
        'those with the highest figures',
      ),
      ...leftOut(
        tenant.assignments.length,
        listed,
        'role assignments',
        'the widest and those that something here rests on',
      ),
      ...(paths.length >= mostPaths
        ? [`Of the paths to control, the nearest ${mostPaths} that differ are drawn.`]
        : []),
    ],
  };
}

const mostTargets = 1_000;

/** So many assignments are listed besides those that something rests on, the widest of each role first. */
const mostAssignments = 20_000;
const mostOfRole = 100;
const mostEligible = 5_000;

/** @returns how many of those that are held are listed. */
function listAssignments(tenant: Tenant, tables: Tables): number {
  const { assignments, snapshot } = tenant;
  if (assignments.length <= mostAssignments)
    for (const assignment of assignments) tables.assignment(assignment);
  else for (const assignment of widestOfRoles(assignments)) tables.assignment(assignment);
  const held = tables.assignments.filter(({ state }) => state !== 'eligible').length;
  for (const assignment of snapshot.eligibleAssignments.slice(0, mostEligible))
    tables.assignment(assignment, 'eligible');
  return held;
}

function* widestOfRoles(assignments: readonly RoleAssignment[]): Generator<RoleAssignment> {
  const byRole = new Map<string, RoleAssignment[][]>();
  for (const assignment of assignments) {
    let widths = byRole.get(assignment.roleGuid);
    if (widths === undefined) byRole.set(assignment.roleGuid, (widths = []));
    const list = (widths[widthOf(assignment.place)] ??= []);
    if (list.length < mostOfRole) list.push(assignment);
  }
  for (const widths of byRole.values()) yield* widths.flat().slice(0, mostOfRole);
}

/** Management groups and subscriptions are shown where nobody has anything there, too. */
function listScopes({ snapshot }: Tenant, tables: Tables): void {
  for (const name of [...snapshot.managementGroups.keys()].slice(0, mostTargets))
    tables.scope(`/providers/Microsoft.Management/managementGroups/${name}`);
  for (const guid of [...snapshot.subscriptions.keys()].slice(0, mostSubscriptions))
    tables.scope(`/subscriptions/${guid}`);
}

const mostSubscriptions = 5_000;

function denialsData({ snapshot }: Tenant, tables: Tables): DenialData[] {
  return snapshot.denyAssignments
    .filter(({ effect }) => effect === 'enforced')
    .slice(0, mostTargets)
    .map(({ id, name, scope, principals, excludedPrincipals, denied }) => ({
      id,
      name: name ?? null,
      scope: tables.scope(scope),
      principals: principals.size,
      excluded: excludedPrincipals.size,
      patterns: denied.permissions
        .flatMap(({ actions, dataActions }) => [...actions, ...dataActions])
        .slice(0, mostPatterns)
        .map(({ text }) => text),
    }));
}

const mostPatterns = 10;

function leftOut(all: number, listed: number, what: string, which: string): string[] {
  return all > listed ? [`Of ${all} ${what}, ${listed} are listed: ${which}.`] : [];
}
