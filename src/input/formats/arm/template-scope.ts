import type { LocatedValue } from '../../located-value.js';
import type { DeploymentScope } from './functions/call.js';
import type { Lambda } from './functions/lambdas.js';

/** What the expressions of one template may speak of. Names are folded. */
export interface TemplateScope {
  readonly deployment: DeploymentScope;
  readonly parameters: ReadonlyMap<string, Definition>;
  readonly variables: ReadonlyMap<string, Definition>;
  /** Functions by `namespace.name`. */
  readonly functions: ReadonlyMap<string, Lambda>;
}

/** Where in a template an expression is evaluated. */
export interface Frame {
  readonly scope: TemplateScope;
  /** The rounds of the loops around, by the folded names of these; the innermost is the last. */
  readonly rounds: ReadonlyMap<string, LocatedValue>;
  /** The variables of the lambdas around, by folded name. */
  readonly lambdaVariables: ReadonlyMap<string, LocatedValue>;
}

/** A parameter or a variable: evaluated when it is asked for, and once. */
export class Definition {
  private state: 'new' | 'at work' | LocatedValue = 'new';

  constructor(private readonly evaluate: () => LocatedValue) {}

  /** @returns undefined where the definition depends on itself. */
  value(): LocatedValue | undefined {
    if (this.state === 'at work') return undefined;
    if (this.state === 'new') {
      this.state = 'at work';
      this.state = this.evaluate();
    }
    return this.state;
  }
}

export function frameOf(scope: TemplateScope): Frame {
  return { scope, rounds: new Map(), lambdaVariables: new Map() };
}

/** The frame inside of one round of a loop. */
export function inRound(frame: Frame, loop: string, round: LocatedValue): Frame {
  const rounds = new Map(frame.rounds);
  rounds.delete(loop.toLowerCase());
  return { ...frame, rounds: rounds.set(loop.toLowerCase(), round) };
}
