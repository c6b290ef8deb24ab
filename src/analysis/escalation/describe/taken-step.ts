import type { RoleAssignment } from '../../../rbac/model/role-assignment.js';
import type { Actor } from '../graph/principal-state.js';
import type { EdgeStep, PathEdge } from '../graph/path-graph.js';
import type { StepGrounds } from './step-reasons.js';

/** A step of a path, and who is about to do it. */
export interface TakenStep {
  readonly edge: PathEdge & { readonly step: EdgeStep };
  readonly actor: Actor;
  /** The id of the principal. */
  readonly acting: string;
}

/** What a path was found to need so far, its end first. */
export interface PathNeeds {
  readonly assignments: Set<RoleAssignment>;
  /** Operations that later steps take from what was gained, by the key of the holding. */
  readonly used: Map<string, bigint>;
  /** Ids that have the assignments which the steps rest on. */
  readonly holders: Set<string>;
}

/** Remembers what a step rests on. */
export function note({ assignments, used, holders }: StepGrounds, needs: PathNeeds): void {
  for (const assignment of assignments) needs.assignments.add(assignment);
  for (const holder of holders) needs.holders.add(holder);
  for (const [key, bits] of used) needs.used.set(key, (needs.used.get(key) ?? 0n) | bits);
}
