import type { AuditResult } from '../../analysis/audit/audit-result.js';
import { type Cause, placeCount } from '../../analysis/audit/cause.js';
import type { RoleAssignment } from '../../rbac/model/role-assignment.js';
import { checkedIdentityObject, resultObject } from '../check/json.js';
import { jsonObject } from '../lint/json.js';
import { jsonPieces } from '../../text/json-pieces.js';
import { pathLists } from '../paths/json.js';
import { helpUriOf } from '../rule-page.js';

/**
 * The audit as one JSON object, version 1: that of `azrbac lint` and beside it what is known of the tenant as a whole. Its
 * fields are an interface: add, never rename or drop. Causes name findings by their fingerprints, and roles by their GUIDs.
 */
export function reportAuditJson(result: AuditResult): Iterable<string> {
  const { tenant, lint, causes, paths, check, gaps, exposure, scopeNames } = result;
  const { catalog, summary, findings, suppressed, notices, ...others } = jsonObject(lint);
  const listed = pathLists(paths);
  return jsonPieces({
    version: 1,
    catalog,
    snapshot: {
      file: tenant.source,
      tenantId: tenant.tenantId,
      collectedAt: tenant.collectedAt,
      isComplete: tenant.isComplete,
      managementGroups: nameObjects(scopeNames.managementGroups),
      subscriptions: nameObjects(scopeNames.subscriptions),
    },
    summary: {
      ...summary,
      causes: causes.length,
      managementGroups: tenant.managementGroups,
      subscriptions: tenant.subscriptions,
      principals: tenant.principals,
      roleAssignments: tenant.roleAssignments,
      paths: paths.paths.length,
    },
    gaps: gaps.map(({ what, scope, reason }) => ({ what, scope, reason })),
    causes: causeObjects(causes),
    roleAssignments: assignmentObjects(causes),
    ...others,
    findings,
    suppressed,
    ...(check !== undefined && {
      results: check.results.map(resultObject),
      expectedIdentities: check.identities.map(checkedIdentityObject),
    }),
    score: exposure.score,
    accessKinds: exposure.kinds,
    identities: exposure.identities,
    changes: exposure.changes,
    openFigures: exposure.open,
    paths: listed.paths,
    targets: listed.targets,
    cuts: listed.cuts,
    notices,
  });
}

function nameObjects(names: ReadonlyMap<string, string>): object[] {
  return [...names].map(([id, displayName]) => ({ id, displayName }));
}

function* causeObjects(causes: readonly Cause[]): Generator<object> {
  for (const cause of causes) yield causeObject(cause);
}

function causeObject(cause: Cause): object {
  const { id, rule, severity, message, subject, findings, reach, commands } = cause;
  return {
    id,
    ruleId: rule.id,
    severity,
    title: rule.title,
    message,
    subject,
    places: placeCount(cause),
    identities: reach.identities,
    scopes: reach.scopes,
    widestScope: reach.widest,
    findings: findings.map(({ fingerprint }) => fingerprint),
    why: rule.why,
    fix: rule.fix,
    commands,
    helpUri: helpUriOf(rule),
  };
}

/** Where the roles stand that causes are about: once for all causes of a role. */
function* assignmentObjects(causes: readonly Cause[]): Generator<object> {
  const written = new Set<string>();
  for (const { subject, assignments = [] } of causes) {
    if (assignments.length === 0 || subject.id === null || written.has(subject.id)) continue;
    written.add(subject.id);
    for (const assignment of assignments) yield assignmentObject(assignment);
  }
}

function assignmentObject({ id, roleGuid, principalId, scope }: RoleAssignment): object {
  return { id, roleId: roleGuid, principalId, scope };
}
