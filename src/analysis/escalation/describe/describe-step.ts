import type { Reason } from '../../../tenant/access/decision.js';
import type { Scope } from '../../../rbac/model/scope.js';
import type { GraphSource } from '../graph/graph-source.js';
import { describeGain } from './describe-gain.js';
import { EffectiveOperations } from '../graph/effective-operations.js';
import type { NumberedOperation, Way } from '../methods/method-table.js';
import { type PathStep, principalOf } from './path.js';
import type { EdgeStep } from '../graph/path-graph.js';
import { type StepGrounds, type StepReasons, note, type PathNeeds, type TakenStep } from './step-reasons.js';

/** Says what is done in a step, by whom, where and why they may. */
export class StepDescriber {
  constructor(
    private readonly source: GraphSource,
    private readonly reasons: StepReasons,
  ) {}

  describe(taken: TakenStep, target: Scope, needs: PathNeeds): PathStep {
    const { step } = taken.edge;
    switch (step.kind) {
      case 'become':
        return this.becoming(taken, step, needs);
      case 'own':
        return this.owning(taken, step);
      case 'assign':
        return this.assigning(taken, target, needs);
      case 'gain':
        return this.growing(taken, step, needs);
    }
  }

  private becoming(
    taken: TakenStep,
    step: Extract<EdgeStep, { kind: 'become' }>,
    needs: PathNeeds,
  ): PathStep {
    const { way, host, identity } = step;
    const grounds = this.groundsAt(taken, way.operations, host.place.scope, needs);
    const carried = this.carrier(taken, way, needs);
    return {
      ...this.frame(taken, way.method.id, way.method.does),
      gains: [{ kind: 'principal', ...principalOf(identity, this.source.tenant) }],
      operations: [...way.operations, ...(carried?.operations ?? [])].map(({ operation }) => operation),
      scope: host.resource,
      because: [...grounds.because, ...(carried?.because ?? [])],
      doubt: taken.edge.certainty === 'certain' ? null : (way.doubt ?? null),
    };
  }

  /** What the identity can be attached to, for a way that needs such a thing. */
  private carrier(
    taken: TakenStep,
    { method }: Way,
    needs: PathNeeds,
  ): { operations: readonly NumberedOperation[]; because: readonly Reason[] } | undefined {
    const carriers = this.source.table.carriersOf(method);
    if (carriers === undefined) return undefined;
    const place = new EffectiveOperations(taken.state, this.source).carrierPlace(carriers);
    if (place === undefined) return undefined;
    const { operations } = place.carrier;
    return { operations, because: this.groundsAt(taken, operations, place.scope, needs).because };
  }

  private owning(taken: TakenStep, { owned }: Extract<EdgeStep, { kind: 'own' }>): PathStep {
    const method = this.source.table.methods.find(({ gains }) => gains === 'owned-principals')!;
    return {
      ...this.frame(taken, method.id, `${method.does}, and adds a credential to it`),
      gains: [{ kind: 'principal', ...principalOf(owned, this.source.tenant) }],
      operations: [],
      scope: '/',
      because: [],
    };
  }

  private assigning(taken: TakenStep, target: Scope, needs: PathNeeds): PathStep {
    const { method, operations } = this.source.table.control;
    const { because } = this.groundsAt(taken, operations, target, needs);
    return {
      ...this.frame(taken, method.id, method.does),
      gains: [{ kind: 'role', role: 'Owner', scope: target.text }],
      operations: operations.map(({ operation }) => operation),
      scope: target.text,
      because,
      doubt: 'a deny assignment may block it',
    };
  }

  private growing(
    taken: TakenStep,
    { gain }: Extract<EdgeStep, { kind: 'gain' }>,
    needs: PathNeeds,
  ): PathStep {
    const { method } = gain;
    const described = describeGain(taken, gain, { needs, source: this.source, reasons: this.reasons });
    const grounds = described.done.map(({ operations, place }) =>
      this.groundsAt(taken, operations, place, needs),
    );
    const granting = grounds.flatMap(each => each.because);
    const because = [
      ...described.because.filter(({ id }) => granting.every(each => each.id !== id)),
      ...granting,
    ];
    return {
      ...this.frame(taken, method.id, described.does),
      gains: described.gains,
      operations: [...new Set(described.done.flatMap(({ operations }) => operations))].map(
        ({ operation }) => operation,
      ),
      scope: described.scope,
      because: [...new Map(because.map(each => [`${each.id} ${each.pattern ?? ''}`, each])).values()],
      doubt: gain.certainty === 'certain' ? null : described.doubt,
    };
  }

  private groundsAt(
    { state, acting }: TakenStep,
    operations: readonly NumberedOperation[],
    place: Scope,
    needs: PathNeeds,
  ): StepGrounds {
    const grounds = this.reasons.of(state, acting, operations, place);
    note(grounds, needs);
    return grounds;
  }

  private frame(
    { acting, edge }: TakenStep,
    method: string,
    does: string,
  ): Pick<PathStep, 'method' | 'does' | 'from' | 'certainty' | 'doubt'> {
    return {
      method,
      does,
      from: principalOf(acting, this.source.tenant),
      certainty: edge.certainty,
      doubt: null,
    };
  }
}
