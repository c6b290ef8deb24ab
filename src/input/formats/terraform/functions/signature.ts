import { unknownsIn, type LocatedValue } from '../../../located-value.js';
import { errorAt, unknownAt } from '../code-values.js';
import type { FunctionCall } from '../evaluate.js';

/** A function of Terraform's that gives the same for the same arguments. */
export type PureFunction = (call: FunctionCall) => LocatedValue;

/** The functions of one kind, by name. */
export type FunctionTable = Readonly<Record<string, PureFunction>>;

/** A function that says nothing where any part of an argument is unknown. */
export function strict(evaluate: PureFunction): PureFunction {
  return call => {
    const reason = call.more ?? call.args.flatMap(unknownsIn)[0];
    return reason === undefined ? evaluate(call) : unknownAt(reason, call.at);
  };
}

/** What is given to a function that does not take it. */
export function wrongArgument({ name, at }: Pick<FunctionCall, 'name' | 'at'>): LocatedValue {
  return errorAt(`${name}()`, 'is given something that it does not take', at);
}
