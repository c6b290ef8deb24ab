import type { Reason } from '../../../tenant/access/decision.js';
import type { RoleAssignment } from '../../../rbac/model/role-assignment.js';
import type { Scope } from '../../../rbac/model/scope.js';
import { Actor } from '../graph/principal-state.js';
import type { GraphSource } from '../graph/graph-source.js';
import { StepDescriber } from './describe-step.js';
import { HoldingList } from '../grants/grant-list.js';
import type { PathStep } from './path.js';
import type { EdgeStep, PathGraph } from '../graph/path-graph.js';
import { StepReasons } from './step-reasons.js';
import { note, type PathNeeds, type TakenStep } from './taken-step.js';

/** A path in words and reasons, with the assignments that it rests on. */
export interface DescribedPath {
  readonly steps: readonly PathStep[];
  readonly because: readonly Reason[];
  readonly assignments: ReadonlySet<RoleAssignment>;
}

/** Turns ways through the graph into what people are told. */
export class PathDescriber {
  private readonly steps: StepDescriber;
  private readonly reasons: StepReasons;

  constructor(
    private readonly source: GraphSource,
    private readonly graph: PathGraph,
  ) {
    this.reasons = new StepReasons(source.tenant);
    this.steps = new StepDescriber(source, this.reasons);
  }

  /** The edges of these numbers lead from the principal's node to the target. */
  describe(principal: string, edges: Iterable<number>, target: Scope): DescribedPath {
    const { taken, actor, acting } = this.walk(principal, edges);
    const needs: PathNeeds = { assignments: new Set(), used: new Map(), holders: new Set() };
    const isAssignedLast = taken.at(-1)?.edge.step.kind === 'assign';
    const control = this.source.table.control.operations;
    const last = isAssignedLast ? undefined : this.reasons.of(actor, acting, control, target);
    if (last !== undefined) note(last, needs);
    // What a step gains is as much as later ones need of it.
    const steps = taken.toReversed().map(step => this.steps.describe(step, target, needs));
    return { steps: steps.reverse(), because: last?.because ?? [], assignments: needs.assignments };
  }

  private walk(principal: string, edges: Iterable<number>): Walk {
    const taken: TakenStep[] = [];
    let acting = principal;
    let actor: Actor | undefined;
    for (const number of edges) {
      const { step, ...edge } = this.graph.edge(number);
      actor = this.actorAt(edge.from) ?? actor;
      if (step === undefined) continue;
      taken.push({ edge: { ...edge, step }, actor: actor!, acting });
      if (step.kind === 'become') acting = step.identity;
      if (step.kind === 'own') acting = step.owned;
      actor = this.actorAt(edge.to) ?? grown(actor!, step, this.source);
    }
    return { taken, actor: actor!, acting };
  }

  private actorAt(node: number): Actor | undefined {
    const at = this.graph.nodes[node]!;
    return at.kind === 'actor' ? at.actor : undefined;
  }
}

/** Somebody who holds everything somewhere is no node of its own. */
function grown(actor: Actor, step: EdgeStep, source: GraphSource): Actor {
  if (step.kind !== 'grow') return actor;
  const { gained } = step.growth;
  const list = new HoldingList(gained, source.tenant.places, source.table.held);
  return new Actor({ ...actor, lists: [...actor.lists, list], gained: [...actor.gained, ...gained] });
}

/** The steps of a path, and who there is at its end. */
interface Walk {
  readonly taken: readonly TakenStep[];
  readonly actor: Actor;
  readonly acting: string;
}
