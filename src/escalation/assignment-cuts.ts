import { roleName } from '../model/role-name.js';
import type { RoleAssignment } from '../model/role-assignment.js';
import type { Scope } from '../model/scope.js';
import type { BuiltGraph, GraphSource } from './build-graph.js';
import type { Replacement } from './path-graph.js';
import type { PathList } from './path-list.js';
import type { FoundPath, TargetPaths } from './path-search.js';
import { Approach } from './search.js';

/** A role assignment whose removal alone takes the last path from some principals. */
export interface AssignmentCut {
  /** The scope that they can come to control. */
  readonly to: string;
  readonly assignment: string;
  readonly role: string | null;
  readonly scope: string;
  readonly principal: string;
  /** How many principals have no path left without it: of all that have one listed. */
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
  targets: readonly TargetPaths[],
  list: PathList,
): readonly AssignmentCut[] {
  const order = targets
    .map(({ target, paths }, i) => ({ target, i, paths: paths.filter(({ steps }) => steps > 0) }))
    .sort((a, b) => b.paths.length - a.paths.length || a.i - b.i);
  let effort = 0;
  const found = order.flatMap(({ target, paths }) => {
    if (effort > mostEffort) return [];
    const cuts: AssignmentCut[] = [];
    for (const assignment of mostUsed(paths, list)) {
      const { replaced } = built.without(assignment);
      effort += paths.length + built.graph.nodes.length + replaced.size * effortPerActor;
      if (effort > mostEffort) break;
      const lost = countLost(built, target, paths, replaced);
      if (lost > 0) cuts.push(describe(source, target, assignment, lost, paths.length));
    }
    return cuts
      .sort((a, b) => b.cuts - a.cuts || (a.assignment < b.assignment ? -1 : 1))
      .slice(0, mostListed);
  });
  return found.sort((a, b) => b.cuts - a.cuts);
}

function countLost(
  { graph, targets }: BuiltGraph,
  target: Scope,
  paths: readonly FoundPath[],
  replaced: Replacement['replaced'],
): number {
  const approach = new Approach(graph, targets.get(target.key)!, [], replaced);
  return paths.filter(({ start }) => !approach.has(replaced.get(start) ?? start)).length;
}

/** Those that most principals' paths rest on, by the paths that most principals share. */
function mostUsed(paths: readonly FoundPath[], list: PathList): readonly RoleAssignment[] {
  const shared = new Map<number, { readonly path: FoundPath; count: number }>();
  for (const path of paths) {
    const known = shared.get(path.start);
    if (known === undefined) shared.set(path.start, { path, count: 1 });
    else known.count++;
  }
  const uses = new Map<RoleAssignment, number>();
  for (const { path, count } of [...shared.values()].sort((a, b) => b.count - a.count).slice(0, mostRead))
    for (const assignment of list.describe(path).assignments)
      uses.set(assignment, (uses.get(assignment) ?? 0) + count);
  const sorted = [...uses].sort(([a, usesA], [b, usesB]) => usesB - usesA || (a.id < b.id ? -1 : 1));
  return sorted.slice(0, mostTried).map(([assignment]) => assignment);
}

function describe(
  { tenant }: GraphSource,
  target: Scope,
  assignment: RoleAssignment,
  cuts: number,
  of: number,
): AssignmentCut {
  const role = tenant.role(assignment.roleGuid)?.role;
  return {
    to: target.text,
    assignment: assignment.id,
    role: role === undefined ? null : roleName(role),
    scope: assignment.scope,
    principal: assignment.principalId,
    cuts,
    of,
  };
}

/** Per target. */
const mostTried = 8;
const mostListed = 3;
const mostRead = 500;

/** In paths and nodes that are looked at again, and actors that are worked out anew. */
const mostEffort = 1_000_000;
const effortPerActor = 50;
