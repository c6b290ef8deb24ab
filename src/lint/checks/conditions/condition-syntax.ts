import type { TextSpan } from '../../../rbac/conditions/expression.js';
import type { Check } from '../check.js';
import type { Evidence } from '../match.js';

/** A fault, or what else may be meant by a place in a condition. */
interface Problem extends TextSpan {
  readonly message: string;
}

/**
 * Finds conditions that do not parse, or that Azure evaluates otherwise than they read. As the variant `undocumented` those
 * whose only fault is that no page of Microsoft's knows what they use.
 */
export const conditionSyntax: Check<'condition'> = {
  subject: 'condition',
  optionsSchema: { type: 'object', additionalProperties: false },

  *evaluate({ text, reading, match }) {
    const { faults, unknowns } = reading;
    const variant = faults.length > 0 ? undefined : 'undocumented';
    const [first, ...rest] = faults.length > 0 ? faults : unknowns;
    if (first === undefined) return;
    const found = match(evidenceOf(first, text, rest.length), variant);
    const others = rest.slice(0, maxOthers).map(problem => {
      const { line, column } = placeIn(text, problem.start);
      return { at: found.at, message: `Line ${line}, column ${column}: ${problem.message}` };
    });
    yield { ...found, related: others };
  },
};

const maxOthers = 5;

function evidenceOf({ start, end, message }: Problem, text: string, others: number): Evidence {
  return { problem: message, ...placeIn(text, start), offset: start, text: text.slice(start, end), others };
}

/** Within the condition, counted from 1. */
function placeIn(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset).split(/\r\n|\r|\n/);
  return { line: before.length, column: before.at(-1)!.length + 1 };
}
