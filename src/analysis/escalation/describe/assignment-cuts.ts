import { compareText } from '../../../compare-text.js';
import { roleName } from '../../../rbac/model/role-name.js';
import type { RoleAssignment } from '../../../rbac/model/role-assignment.js';
import type { Scope } from '../../../rbac/model/scope.js';
import type { BuiltGraph } from '../graph/build-graph.js';
import type { GraphSource } from '../graph/graph-source.js';
import type { PathList } from './path-list.js';
import type { FoundPath } from '../search/search-paths.js';
import { ReverseBfs } from '../search/reverse-bfs.js';

/** A role assignment whose removal alone takes the last path from some principals. */
export interface AssignmentCut {
  /** The scope that they can come to control. */
  readonly to: string;
  readonly assignment: string;
  readonly role: string | null;
  readonly scope: string;
  readonly principal: string;
  /** How many principals have no path left without it: of all that have one. */
  readonly cuts: number;
  readonly of: number;
}

/**
 * For each target the assignments that most principals depend on, exactly counted: the search is made again as if the
 * assignment were not there. Tried are those that most shortest paths rest on, as long as the effort allows; the targets
 * that most can reach come first.
 */
export function assignmentCuts(
  source: GraphSource,
  built: BuiltGraph,
  paths: readonly FoundPath[],
  list: PathList,
): readonly AssignmentCut[] {
  let effort = 0;
  const found = byTarget(paths).flatMap(({ target, paths: there }) => {
    if (effort + built.graph.nodes.length > maxEffort) return [];
    const node = built.targets.get(target.key)!;
    const reaching = startsThat(new ReverseBfs(built.graph, node), built);
    const cuts: AssignmentCut[] = [];
    for (const assignment of byUse(there, list)) {
      const more = built.graph.nodes.length + built.concernedBy(assignment) * effortPerState;
      // Another one may concern fewer.
      if (effort + more > maxEffort) continue;
      effort += more;
      const { replaced } = built.without(assignment);
      const search = new ReverseBfs(built.graph, node, { replaced });
      const lost = reaching.filter(start => !search.has(replaced.get(start) ?? start)).length;
      if (lost > 0) cuts.push({ ...describe(source, target, assignment), cuts: lost, of: reaching.length });
    }
    return cuts
      .sort((a, b) => b.cuts - a.cuts || compareText(a.assignment, b.assignment))
      .slice(0, maxListed);
  });
  return found.sort((a, b) => b.cuts - a.cuts);
}

interface PathsThere {
  readonly target: Scope;
  readonly paths: readonly FoundPath[];
}

/** Paths that are steps away, by target; the targets with most of them first. */
function byTarget(paths: readonly FoundPath[]): readonly PathsThere[] {
  const found = new Map<string, { readonly target: Scope; readonly paths: FoundPath[] }>();
  for (const path of paths) {
    if (path.steps === 0) continue;
    const known = found.get(path.target.key);
    if (known === undefined) found.set(path.target.key, { target: path.target, paths: [path] });
    else known.paths.push(path);
  }
  return [...found.values()].sort(
    (a, b) => b.paths.length - a.paths.length || compareText(a.target.key, b.target.key),
  );
}

/** The node of each principal that is steps away, once for each of them. */
function startsThat(search: ReverseBfs, { starts }: BuiltGraph): readonly number[] {
  return [...starts.values()].filter(start => search.fewestSteps(start) > 0);
}

/** Assignments that most principals' paths rest on, by the paths that most principals share. */
function byUse(paths: readonly FoundPath[], list: PathList): readonly RoleAssignment[] {
  const shared = new Map<number, { readonly path: FoundPath; count: number }>();
  for (const path of paths) {
    const known = shared.get(path.start);
    if (known === undefined) shared.set(path.start, { path, count: 1 });
    else known.count++;
  }
  const uses = new Map<RoleAssignment, number>();
  for (const { path, count } of [...shared.values()].sort((a, b) => b.count - a.count).slice(0, maxRead))
    for (const assignment of list.describe(path).assignments)
      uses.set(assignment, (uses.get(assignment) ?? 0) + count);
  const sorted = [...uses].sort(([a, usesA], [b, usesB]) => usesB - usesA || compareText(a.id, b.id));
  return sorted.slice(0, maxTried).map(([assignment]) => assignment);
}

function describe(
  { tenant }: GraphSource,
  target: Scope,
  assignment: RoleAssignment,
): Omit<AssignmentCut, 'cuts' | 'of'> {
  const role = tenant.role(assignment.roleGuid)?.role;
  return {
    to: target.text,
    assignment: assignment.id,
    role: role === undefined ? null : roleName(role),
    scope: assignment.scope,
    principal: assignment.principalId,
  };
}

/** Per target. */
const maxTried = 8;
const maxListed = 3;
const maxRead = 500;

/** In nodes that are looked at again, and principals that are worked out anew. */
const maxEffort = 15_000_000;
const effortPerState = 3_000;
