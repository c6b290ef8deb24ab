import type { GraphSource } from './build-graph.js';
import { principalOf } from './path-principal.js';
import type { StepCut } from './min-cut.js';
import type { CutStep } from './path.js';
import type { PathEdge } from './path-graph.js';

/** The steps of a cut, in short and in a fixed order; null where no cut was found. */
export function cutSteps(cut: StepCut | undefined, source: GraphSource): readonly CutStep[] | null {
  if (cut === undefined) return null;
  const steps = cut.steps.map(edge => shortStep(edge, source));
  return steps.sort((a, b) => (textOf(a) < textOf(b) ? -1 : 1));
}

function shortStep({ step }: PathEdge, source: GraphSource): CutStep {
  const named = (id: string): string => principalOf(id, source.tenant).displayName ?? id;
  switch (step?.kind) {
    case 'become':
      return { method: step.way.method.id, gains: named(step.identity), scope: step.opening.resource };
    case 'own':
      return { method: 'ownership', gains: named(step.owned), scope: '/' };
    case 'grow': {
      const { method, gained, joined } = step.growth;
      const gains = joined.length > 0 ? joined.map(named).join(', ') : 'more rights';
      return { method: method.id, gains, scope: gained[0]?.scope.text ?? '/' };
    }
    default:
      return { method: source.table.control.method.id, gains: 'control', scope: '/' };
  }
}

function textOf({ method, gains, scope }: CutStep): string {
  return `${method} ${scope} ${gains}`;
}
