import type { Notice } from '../../errors.js';
import type { Tenant } from '../../tenant/access/tenant.js';
import type { Scope } from '../../rbac/model/scope.js';
import { largeCount } from '../../text/count.js';
import { type AssignmentCut, assignmentCuts } from './describe/assignment-cuts.js';
import { buildGraph } from './graph/build-graph.js';
import { GraphSource } from './graph/graph-source.js';
import { loadMethods } from './methods/method.js';
import type { EscalationPath } from './describe/path.js';
import { PathList } from './describe/path-list.js';
import { pathNotices } from './describe/path-notices.js';
import { type FoundPaths, searchPaths, type TargetSummary } from './search/search-paths.js';
import { targetsOf } from './graph/path-targets.js';

/** What is asked of a tenant. */
export interface PathQuery {
  /** Everybody, where it is undefined. */
  readonly from?: string | undefined;
  /** All subscriptions and management groups, where it is undefined. */
  readonly to?: Scope | undefined;
  readonly maxSteps?: number | undefined;
  /** Whether activating an eligible assignment is a step. */
  readonly includeEligible: boolean;
  /** Whether whoever controls a scope as it is is listed, too. */
  readonly includeOwners: boolean;
  /** Told how many of how many scopes were looked at. */
  readonly onTarget?: ((done: number, of: number) => void) | undefined;
}

/** Who can get where. */
export interface EscalationReport {
  readonly targets: readonly TargetSummary[];
  /** Nearest first; what control of a scope around the target gives is listed there alone. */
  readonly paths: readonly EscalationPath[];
  readonly cuts: readonly AssignmentCut[];
  readonly notices: readonly Notice[];
}

/** Finds for each principal the shortest path to control of each target. Deterministic. */
export function findPaths(tenant: Tenant, query: PathQuery, methods = loadMethods()): EscalationReport {
  const { scopes: targets, leftOut } =
    query.to === undefined ? targetsOf(tenant) : { scopes: [query.to], leftOut: 0 };
  const source = new GraphSource(tenant, methods, query.includeEligible, targets);
  const principals = query.from === undefined ? startingPrincipals(tenant) : [query.from];
  const built = buildGraph(source, principals, targets);
  const found = searchPaths(source, built, targets, query);
  const list = new PathList(source, built);
  return {
    targets: found.targets,
    paths: list.of(found.paths),
    cuts: assignmentCuts(source, built, found.paths, list),
    notices: [
      ...pathNotices(tenant, targets, query.includeEligible),
      ...(leftOut > 0 ? [targetsLeftOut(leftOut, tenant)] : []),
      ...(found.left > 0 ? [pathsLeftOut(found, tenant)] : []),
      ...(list.areCutsLeftOut(found.paths) ? [cutsLeftOut(tenant)] : []),
    ],
  };
}

function targetsLeftOut(count: number, { snapshot }: Tenant): Notice {
  const message = `Paths to ${largeCount(count, 'management group')} were not looked for: there are more of them, or they lie deeper in each other, than Azure allows. --to asks for one of them.`;
  return { code: 'paths-targets-left-out', message, file: snapshot.source };
}

function pathsLeftOut({ paths, left }: FoundPaths, { snapshot }: Tenant): Notice {
  const message = `The ${paths.length} nearest paths are listed; ${left} more are as far or farther. --from, --to and --max-steps ask for fewer.`;
  return { code: 'paths-left-out', message, file: snapshot.source };
}

function cutsLeftOut({ snapshot }: Tenant): Notice {
  const message =
    'There are too many paths to say for each which steps would cut it off; --from says it for one principal.';
  return { code: 'paths-cuts-left-out', message, file: snapshot.source };
}

/**
 * Who may take a first step: users, service principals and who is unknown to the directory. Unlike among those who act, groups of
 * which nobody knows the members are not here: a group does nothing itself. By id.
 */
function startingPrincipals(tenant: Tenant): readonly string[] {
  const { principals } = tenant.snapshot;
  const ids: string[] = [];
  for (const { id, type } of principals.values()) if (type !== 'Group') ids.push(id);
  for (const id of tenant.assignees()) {
    const isGroup = tenant.assignmentsOf(id).every(({ principalType }) => principalType === 'Group');
    if (!principals.has(id) && !isGroup) ids.push(id);
  }
  return ids.sort();
}
