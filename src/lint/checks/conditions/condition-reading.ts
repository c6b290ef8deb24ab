import { getOrInsert } from '../../../maps.js';
import { distance } from 'fastest-levenshtein';
import type { ConditionReader } from '../../../tenant/access/condition-truth.js';
import { checkCondition } from '../../../rbac/conditions/check-condition.js';
import type { ConditionProblem, ConditionProblemCode } from '../../../rbac/conditions/condition-problem.js';
import type { ConditionExpression } from '../../../rbac/conditions/expression.js';
import { knownPaths } from '../../../rbac/conditions/known-attributes.js';
import type { ParsedCondition } from '../../../rbac/conditions/parse-condition.js';
import type { ConditionSyntaxProblem } from '../../../rbac/conditions/syntax-problem.js';

/** A condition and what is wrong with it. */
export interface ConditionReading {
  readonly parsed: ParsedCondition;
  /** What it says. Undefined where it has faults: what Azure makes of it is not what is written. */
  readonly expression: ConditionExpression | undefined;
  /** What Azure refuses, or evaluates otherwise than it reads; in the order of the text. */
  readonly faults: readonly (ConditionSyntaxProblem | ConditionProblem)[];
  /** What no page documents: Azure may know it, and what it comes to is unknown. */
  readonly unknowns: readonly ConditionProblem[];
}

/** Reads a condition, each text once for all rules: thousands of assignments share a few. */
export function readCondition(text: string, reader: ConditionReader): ConditionReading {
  const known = getOrInsert(readings, reader, () => new Map());
  return getOrInsert(known, text, () => toReading(reader.read(text)));
}

const readings = new WeakMap<ConditionReader, Map<string, ConditionReading>>();

function toReading(parsed: ParsedCondition): ConditionReading {
  const problems = checkCondition(parsed).filter(({ code }) => code !== 'ambiguous');
  const unknowns = problems.filter(problem => isUnknown(problem, parsed.text));
  const faults = [...parsed.problems, ...problems.filter(problem => !unknowns.includes(problem))];
  return {
    parsed,
    expression: faults.length === 0 ? parsed.expression : undefined,
    faults: faults.sort((a, b) => a.start - b.start),
    unknowns,
  };
}

/** Storage gets new attributes, role assignments have had the same three since there are conditions on them. */
function isUnknown({ code, start, end }: ConditionProblem, text: string): boolean {
  if (code !== 'attribute-unknown') return undocumented.has(code);
  const path = text.slice(text.indexOf('[', start) + 1, end - 1);
  return !/^microsoft\.authorization\//i.test(path) && !isSlip(path.toLowerCase());
}

function isSlip(path: string): boolean {
  return path.length < longestPath && knownPaths().some(known => distance(path, known.toLowerCase()) <= 3);
}

/** None that there is has half of it; the work is the product of the lengths. */
const longestPath = 200;

const undocumented: ReadonlySet<ConditionProblemCode> = new Set([
  'operator-undocumented',
  'function-undocumented',
  'brackets-undocumented',
  'source-undocumented',
]);
