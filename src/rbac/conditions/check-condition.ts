import { checkAttributes } from './check-attributes.js';
import { checkComparison } from './check-comparison.js';
import { type ConditionProblem, ProblemList } from './condition-problem.js';
import type { NameMatch } from './expression.js';
import { leavesOf } from './leaves.js';
import type { ParsedCondition } from './parse-condition.js';
import { brief } from './quoted.js';

/**
 * What is wrong with a condition beyond its grammar, in the order of the text. It goes by what
 * https://learn.microsoft.com/azure/role-based-access-control/conditions-format documents. Problems of the grammar are
 * in the parsed condition; what could be read in spite of them is checked.
 */
export function checkCondition(parsed: ParsedCondition): readonly ConditionProblem[] {
  const problems = new ProblemList();
  checkLength(parsed.text, problems);
  for (const span of parsed.ambiguities) {
    const sentence = 'AND and OR are mixed; add parentheses to say which comes first.';
    problems.add('ambiguous', span, () => sentence);
  }
  for (const leaf of leavesOf(parsed.recovered)) {
    if (leaf.kind === 'comparison') checkComparison(leaf, problems);
    else if ('patterns' in leaf) checkNames(leaf, problems);
  }
  if (parsed.recovered !== undefined) checkAttributes(parsed.recovered, problems);
  return problems.sorted();
}

/** https://learn.microsoft.com/azure/role-based-access-control/troubleshoot-limits */
const maxBytes = 8 * 1024;

function checkLength(text: string, problems: ProblemList): void {
  const bytes = Buffer.byteLength(text);
  const span = { start: 0, end: text.length };
  if (bytes > maxBytes)
    problems.add('too-long', span, () => `The condition has ${bytes} bytes; Azure takes 8 KB.`);
}

function checkNames(match: NameMatch, problems: ProblemList): void {
  if (match.brackets === 'round')
    problems.add(
      'brackets-undocumented',
      match,
      () => 'Names belong in braces; round brackets are not documented.',
    );
  if (match.kind !== 'action-matches') return;
  for (const pattern of match.patterns) {
    if (!operationForm.test(pattern.value))
      problems.add(
        'action-not-operation',
        pattern,
        () => `${brief(pattern.value)} is not the name of an operation.`,
      );
  }
}

/** Segments between slashes, in the characters that occur in the names that Azure publishes. */
const operationForm = /^(?:\*|[A-Za-z0-9.*_-]+(?:\/[A-Za-z0-9.*:_-]+)+)$/;
