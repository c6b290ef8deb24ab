import { roleName } from '../model/role-name.js';
import type { RoleAssignment } from '../model/role-assignment.js';
import type { Scope } from '../model/scope.js';
import { buildGraph, type GraphSource } from './build-graph.js';
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

/** What a cut must know of a path. */
export interface CuttablePath {
  readonly principal: string;
  readonly assignments: ReadonlySet<RoleAssignment>;
}

/** Paths to one target. */
export interface TargetPaths {
  readonly target: Scope;
  readonly paths: readonly CuttablePath[];
}

/**
 * For each target the assignments that most principals depend on, exactly counted: the search is made again as if the
 * assignment were not there. Tried are those that most shortest paths rest on, as long as the effort allows; the targets
 * that most can reach come first.
 */
export function assignmentCuts(
  source: GraphSource,
  targets: readonly TargetPaths[],
): readonly AssignmentCut[] {
  const order = targets
    .map((each, i) => ({ ...each, i }))
    .sort((a, b) => b.paths.length - a.paths.length || a.i - b.i);
  let effort = 0;
  return order.flatMap(({ target, paths }) => {
    const cuts: AssignmentCut[] = [];
    for (const assignment of mostUsed(paths)) {
      effort += paths.length + effortPerGraph;
      if (effort > mostEffort) break;
      const lost = countLost(source, target, paths, assignment);
      if (lost > 0) cuts.push(describe(source, target, assignment, lost, paths.length));
    }
    return cuts
      .sort((a, b) => b.cuts - a.cuts || (a.assignment < b.assignment ? -1 : 1))
      .slice(0, mostListed);
  });
}

function countLost(
  source: GraphSource,
  target: Scope,
  paths: readonly CuttablePath[],
  assignment: RoleAssignment,
): number {
  const principals = paths.map(({ principal }) => principal);
  const { graph, starts, targets } = buildGraph(source, principals, [target], assignment);
  const approach = new Approach(graph, targets.get(target.key)!);
  return principals.filter(principal => {
    const start = starts.get(principal);
    return start === undefined || !approach.has(start);
  }).length;
}

function mostUsed(paths: readonly CuttablePath[]): readonly RoleAssignment[] {
  const uses = new Map<RoleAssignment, number>();
  for (const { assignments } of paths)
    for (const assignment of assignments) uses.set(assignment, (uses.get(assignment) ?? 0) + 1);
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

/** In principals whose paths are sought anew; a graph costs some for itself. */
const mostEffort = 400_000;
const effortPerGraph = 1_000;
