import type { Reason } from '../../../tenant/access/decision.js';
import type { RoleAssignment } from '../../../rbac/model/role-assignment.js';
import type { Scope } from '../../../rbac/model/scope.js';
import { PrincipalState } from '../graph/principal-state.js';
import type { GraphSource } from '../graph/graph-source.js';
import { StepDescriber } from './describe-step.js';
import { GrantList } from '../grants/grant-list.js';
import type { PathStep } from './path.js';
import type { EdgeStep, PathGraph } from '../graph/path-graph.js';
import { StepReasons, note, type PathNeeds, type TakenStep } from './step-reasons.js';

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
    const { taken, state, acting } = this.walk(principal, edges);
    const needs: PathNeeds = { assignments: new Set(), used: new Map(), holders: new Set() };
    const isAssignedLast = taken.at(-1)?.edge.step.kind === 'assign';
    const control = this.source.table.control.operations;
    const last = isAssignedLast ? undefined : this.reasons.of(state, acting, control, target);
    if (last !== undefined) note(last, needs);
    // What a step gains is as much as later ones need of it.
    const steps = taken.toReversed().map(step => this.steps.describe(step, target, needs));
    return { steps: steps.reverse(), because: last?.because ?? [], assignments: needs.assignments };
  }

  private walk(principal: string, edges: Iterable<number>): Walk {
    const taken: TakenStep[] = [];
    let acting = principal;
    let state: PrincipalState | undefined;
    for (const number of edges) {
      const { step, ...edge } = this.graph.edge(number);
      state = this.stateAt(edge.from) ?? state;
      if (step === undefined) continue;
      taken.push({ edge: { ...edge, step }, state: state!, acting });
      if (step.kind === 'become') acting = step.identity;
      if (step.kind === 'own') acting = step.owned;
      state = this.stateAt(edge.to) ?? gained(state!, step, this.source);
    }
    return { taken, state: state!, acting };
  }

  private stateAt(node: number): PrincipalState | undefined {
    const at = this.graph.nodes[node]!;
    return at.kind === 'state' ? at.state : undefined;
  }
}

/** Somebody who holds everything somewhere is no node of its own. */
function gained(state: PrincipalState, step: EdgeStep, source: GraphSource): PrincipalState {
  if (step.kind !== 'gain') return state;
  const { gained } = step.gain;
  const list = new GrantList(gained, source.tenant.scopeNodes, source.table.held);
  return new PrincipalState({
    ...state,
    lists: [...state.lists, list],
    gained: [...state.gained, ...gained],
  });
}

/** The steps of a path, and who there is at its end. */
interface Walk {
  readonly taken: readonly TakenStep[];
  readonly state: PrincipalState;
  readonly acting: string;
}
