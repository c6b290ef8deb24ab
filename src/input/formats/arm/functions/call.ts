import type { LocatedValue, UnknownReason } from '../../../located-value.js';
import type { DocumentRange } from '../../../source-document.js';
import type { Evaluation } from '../evaluation.js';
import { emptyDefaultOf, unknownAt } from '../values.js';

/** Where a template is deployed: what `resourceId` and `subscription` mean depends on it. */
export type DeploymentScope = 'resource-group' | 'subscription' | 'management-group' | 'tenant';

/** One call of a function, its arguments evaluated. */
export interface Call {
  /** As written. */
  readonly name: string;
  readonly args: readonly LocatedValue[];
  readonly at: DocumentRange;
  readonly evaluation: Evaluation;
  readonly scope: DeploymentScope;
}

/** A function of the template language. Undefined says that it does not take these arguments. */
export type TemplateFunction = (call: Call) => LocatedValue | undefined;

/** The result that a cause leaves open. */
export function unknownOf({ at }: Pick<Call, 'at'>, reason: UnknownReason): LocatedValue {
  return unknownAt(at, reason);
}

/** The result of a call that Azure would refuse: not for long, where a parameter is empty by its default. */
export function refused({ name, args, at, evaluation }: Call): LocatedValue {
  const given = args.map(emptyDefaultOf).find(reason => reason !== undefined);
  if (given !== undefined) return unknownAt(at, given);
  return unknownAt(at, evaluation.reason('error', `${name}()`, at, 'does not take what it is given'));
}
