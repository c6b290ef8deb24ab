import type { GraphSource } from '../graph/graph-source.js';
import { principalOf } from './path-principal.js';
import type { EscalationMethod } from '../methods/method.js';
import type { StepCut } from '../search/min-cut.js';
import type { CutStep } from './path.js';
import type { PathEdge } from '../graph/path-graph.js';

/** The steps of a cut, in short and in a fixed order; null where no cut was found. */
export function cutSteps(cut: StepCut | undefined, source: GraphSource): readonly CutStep[] | null {
  if (cut === undefined) return null;
  const steps = cut.steps.map(edge => shortStep(edge, source));
  return steps.sort((a, b) => (textOf(a) < textOf(b) ? -1 : 1));
}

function shortStep({ step }: PathEdge, { table, tenant }: GraphSource): CutStep {
  const named = (id: string): string => principalOf(id, tenant).displayName ?? id;
  switch (step?.kind) {
    case 'become':
      return shortOf(step.way.method, named(step.identity), step.opening.resource);
    case 'own':
      return shortOf(
        table.methods.find(({ gains }) => gains === 'owned-principals')!,
        named(step.owned),
        '/',
      );
    case 'grow': {
      const { method, gained, joined } = step.growth;
      return shortOf(method, joined.map(named).join(', ') || null, gained[0]?.scope.text ?? '/');
    }
    default:
      return shortOf(table.control.method, null, '/');
  }
}

function shortOf({ id, does }: EscalationMethod, gains: string | null, scope: string): CutStep {
  return { method: id, does, gains, scope };
}

function textOf({ method, gains, scope }: CutStep): string {
  return `${method} ${scope} ${gains ?? ''}`;
}
