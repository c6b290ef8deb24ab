import type { IdentityResult, Remedy } from './check-report.js';
import { widestFirst, witnessesOf } from './excess-witnesses.js';
import type { EvaluationTools } from './evaluation-tools.js';
import type { JudgedIdentity, JudgedPlace } from './judged-identity.js';
import { remediesAt } from './remedies-at.js';
import { verdictUnder, type StatusVerdict } from './status-under-unknowns.js';

/** What an identity was found to hold at a place, as it is reported. */
export function placeResult(
  judgedPlace: JudgedPlace,
  judged: JudgedIdentity,
  tools: EvaluationTools,
): IdentityResult {
  const { place, here, judgement } = judgedPlace;
  const { judge, tenant } = tools;
  const { denied, missing } = judgement.found;
  // No role assignment helps against a deny assignment.
  const remedies = (): Remedy[] => remediesAt(place, missing.subtract(denied), judged, tools);
  return {
    subject: judged.subject,
    actionSet: place.sets.length === 0 ? null : place.sets.map(({ id }) => id).join('+'),
    actionSets: place.sets.map(({ id }) => id),
    scope: place.scope?.text ?? null,
    ...judgement.coverage,
    ...verdictOf(judgedPlace, judged, tools),
    denied: judgement.denied,
    denials: judgement.denials,
    // Of thousands of results, few are looked at so closely.
    get remedies() {
      return remedies();
    },
    get because() {
      const asked = widestFirst(here.assignedRoles);
      const trace = judge.trace(judgement, asked, judged.policy);
      return witnessesOf(trace, asked, id => tenant.snapshot.principals.get(id)?.displayName);
    },
    accepted: judgement.accepted,
    notChecked: null,
    unknownReach: judgement.unknownReach,
  };
}

function verdictOf(
  { place, here, judgement }: JudgedPlace,
  { identity, notices, policy }: JudgedIdentity,
  { unknowns: finder, judge }: EvaluationTools,
): Partial<StatusVerdict> {
  if (place.scope === undefined || identity.principal === undefined) return {};
  const unknowns = finder.at(place.scope, identity.principal.value, notices);
  if (unknowns === undefined) return {};
  return verdictUnder({ unknowns, known: judgement.found, here, place, policy, judge });
}
