import type { IdentityResult } from './check-report.js';
import type { EvaluationTools } from './evaluation-tools.js';
import type { ExpectedNeed, OpenNeed } from './expectations.js';
import { AssignedRolesByScope } from './assigned-roles.js';
import { judgedAt, type JudgedIdentity } from './judged-identity.js';
import { placesOf } from './places.js';

/** Needs of which nobody can tell whether they are met: what is held for them, where their scope is known. */
export function openNeedResults(judged: JudgedIdentity, tools: EvaluationTools): IdentityResult[] {
  const open = (judged.identity.needs ?? []).flatMap(need =>
    need.open === undefined ? [] : [{ ...need, open: need.open }],
  );
  if (open.length === 0) return [];
  const named = open.map(({ set, open: { when } }) => `${set.id} (${when ?? 'scope unknown'})`);
  judged.notices.add('need-not-checked', `has needs that were not checked: ${named.join(', ')}`);
  return open.map(need => resultOf(need, judged, tools));
}

function resultOf(
  need: ExpectedNeed & { readonly open: OpenNeed },
  judged: JudgedIdentity,
  tools: EvaluationTools,
): IdentityResult {
  const { set, scope, open } = need;
  const place = placesOf([{ ...need, open: undefined }], tools.needs, tools.tenant.tree)[0]!;
  const { judgement } = judgedAt(place, scope === undefined ? unheld(judged) : judged, tools);
  const { covered, conditional, missing } = judgement.coverage;
  return {
    subject: judged.subject,
    actionSet: set.id,
    actionSets: [set.id],
    scope: scope?.value.text ?? null,
    ...undecided,
    covered,
    conditional,
    missing,
    notChecked: { reason: open.reason, at: open.at ?? null, when: open.when ?? null },
  };
}

/** Where a scope is not known, nobody knows what is held there. */
function unheld(judged: JudgedIdentity): JudgedIdentity {
  return { ...judged, byScope: new AssignedRolesByScope([]) };
}

const undecided = {
  status: 'unknown',
  coverage: 'unknown',
  leastPrivilege: 'unknown',
  forbidden: [],
  excess: { control: 0, data: 0, operations: [] },
  denied: [],
  denials: [],
  remedies: [],
  because: [],
  accepted: [],
} as const;
