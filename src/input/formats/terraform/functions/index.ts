import { unknownAt } from '../code-values.js';
import type { Functions } from '../evaluate.js';
import { collectionFunctions } from './collections.js';
import { encodingFunctions } from './encodings.js';
import { numberFunctions } from './numbers.js';
import type { FunctionTable, PureFunction } from './signature.js';
import { textFunctions } from './text.js';
import { wrongArgument } from './signature.js';

const pure: ReadonlyMap<string, PureFunction> = new Map(
  [textFunctions, collectionFunctions, numberFunctions, encodingFunctions].flatMap(table =>
    Object.entries(table),
  ),
);

/** Terraform's functions: those here, beside those of `more`. Others are named as the cause of what is unknown. */
export function functionsWith(more: FunctionTable): Functions {
  const own = new Map([...pure, ...Object.entries(more)]);
  return call => {
    // Terraform has its own functions under this name, too.
    const found = own.get(call.name.replace(/^core::/, ''));
    if (found === undefined) {
      const name = `${call.name.slice(0, 100)}()`;
      return unknownAt({ kind: 'function', name, at: call.at }, call.at);
    }
    if (call.args.length === 0 && call.more === undefined && !takesNothing.has(call.name))
      return wrongArgument(call);
    return found(call);
  };
}

const takesNothing: ReadonlySet<string> = new Set(['concat', 'merge', 'setunion']);
