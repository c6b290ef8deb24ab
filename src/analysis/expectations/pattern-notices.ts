import type { OperationIndex } from '../../rbac/permissions/operation-index.js';
import type { EvaluationTools } from './evaluation-tools.js';
import type { Policy } from './judgement.js';
import type { JudgedIdentity } from './judged-identity.js';
import { coversNothing, matching } from './matching-operations.js';
import type { JudgedScope } from './places.js';

/** Says which patterns of an identity contradict what it needs, or speak of nothing that there is. */
export function notePatterns(
  identity: JudgedIdentity,
  places: readonly JudgedScope[],
  tools: EvaluationTools,
): void {
  noteContradictions(identity, places, tools);
  noteEmptyPatterns(identity, tools);
}

function noteContradictions(
  { policy, notices }: JudgedIdentity,
  places: readonly JudgedScope[],
  { sets, nothing }: EvaluationTools,
): void {
  for (const pattern of policy.never) {
    const needed = places.find(({ need }) => !matching(need.required, [pattern], sets, nothing).isEmpty);
    if (needed === undefined) continue;
    notices.add(
      'never-covers-what-is-needed',
      `must hold nothing of "${pattern.text}" beyond what it needs: "${needed.sets[0]!.id}" requires some of it`,
    );
  }
}

/** A slip in a pattern must not look as if nothing that it covers were held. */
function noteEmptyPatterns(
  { policy: { accepted, never }, notices }: JudgedIdentity,
  { sets: { index } }: EvaluationTools,
): void {
  const acceptable = accepted.flatMap(({ operations }) =>
    operations.map(({ value }) => ({ text: value, plane: 'both' as const })),
  );
  const empty = [...never, ...acceptable].filter(pattern => coversNothing(pattern, index));
  if (empty.length === 0) return;
  const named = empty
    .slice(0, maxNamed)
    .map(({ text, plane }) => `"${text}"${plane === 'both' ? '' : ` (${plane} plane)`}`);
  const more = empty.length > maxNamed ? ` and ${empty.length - maxNamed} more` : '';
  notices.add(
    'pattern-without-operations',
    `has patterns that cover no operation of the catalog: ${named.join(', ')}${more}`,
  );
}

/** Whether nothing is looked for by something that must be held nowhere. */
export function hasEmptyNever({ never }: Pick<Policy, 'never'>, index: OperationIndex): boolean {
  return never.some(pattern => coversNothing(pattern, index));
}

/** How many patterns are named in one notice. */
const maxNamed = 5;
