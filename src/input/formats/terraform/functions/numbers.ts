import { numberAt } from '../code-values.js';
import { asNumber } from '../conversions.js';
import { strict, wrongArgument, type FunctionTable, type PureFunction } from './signature.js';

function ofNumbers(evaluate: (...numbers: number[]) => number): PureFunction {
  return strict(call => {
    const args = call.args.flatMap(arg => (arg.kind === 'list' ? arg.items : [arg])).map(asNumber);
    if (args.length === 0 || args.includes(undefined)) return wrongArgument(call);
    const result = evaluate(...(args as number[]));
    return Number.isFinite(result) ? numberAt(result, call.at) : wrongArgument(call);
  });
}

/** Functions on numbers. */
export const numberFunctions: FunctionTable = {
  abs: ofNumbers(Math.abs),
  ceil: ofNumbers(Math.ceil),
  floor: ofNumbers(Math.floor),
  signum: ofNumbers(Math.sign),
  min: ofNumbers((...numbers) => numbers.reduce((least, each) => Math.min(least, each))),
  max: ofNumbers((...numbers) => numbers.reduce((most, each) => Math.max(most, each))),
  pow: ofNumbers((base, exponent) => base ** exponent),
};
