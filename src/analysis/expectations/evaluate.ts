import type { CoverageStatus } from '../../rbac/action-sets/coverage.js';
import type { Notice } from '../../errors.js';
import { isKnownPrincipal } from '../../tenant/access/known-principal.js';
import { redundantAmong, widerThanNeeded } from './assignment-use.js';
import type { CheckReport, IdentityResult, IdentitySummary, NeverHeld } from './check-report.js';
import { EvaluationTools, type EvaluationRequest } from './evaluation-tools.js';
import type { ExpectedIdentity } from './expectations.js';
import { noticesWithCommand } from './groups-unknown.js';
import { judgedAt, judgedIdentity, type JudgedIdentity, type JudgedPlace } from './judged-identity.js';
import { openNeedResults } from './open-needs.js';
import { hasEmptyNever, notePatterns } from './pattern-notices.js';
import { placeResult } from './place-result.js';
import { placesOf, type JudgedScope } from './places.js';
import { judgedAround, placesWithoutNeed } from './places-without-need.js';

/** Holds what identities have against what is expected of them. */
export function evaluate(request: EvaluationRequest): CheckReport {
  const tools = new EvaluationTools(request);
  const checked = request.expectations.identities.map(identity => checkIdentity(identity, tools));
  return {
    results: checked.flatMap(({ results }) => results),
    identities: checked.map(({ summary }) => summary),
    notices: [
      ...noticesWithCommand(checked),
      ...(checked.length === 0 ? [nothingChecked(request.file)] : []),
    ],
  };
}

/** No identity is no access that is as it should be. */
function nothingChecked(file: string): Notice {
  return { code: 'nothing-checked', message: 'There is no identity to check: nothing was checked.', file };
}

interface CheckedIdentity {
  readonly results: readonly IdentityResult[];
  readonly summary: IdentitySummary;
  readonly notices: readonly Notice[];
}

function checkIdentity(identity: ExpectedIdentity, tools: EvaluationTools): CheckedIdentity {
  const judged = judgedIdentity(identity, tools);
  const places = placesOf(identity.needs ?? [], tools.needs, tools.tenant.tree);
  const needy = places.map(place => judgedAt(place, judged, tools));
  const apart = placesWithoutNeed(judged, places, tools).map(place => judgedAt(place, judged, tools));
  const elsewhere = [...apart, ...judgedAround(judged, places, [...needy, ...apart], tools)];
  const results = [
    ...needy.map(place => placeResult(place, judged, tools)),
    ...openNeedResults(judged, tools),
    ...elsewhere.map(place => placeResult(place, judged, tools)).filter(({ status }) => status !== 'pass'),
  ];
  notePatterns(judged, places, tools);
  const isStranger =
    identity.principal !== undefined && !isKnownPrincipal(identity.principal.value, tools.tenant);
  const isOpen = isStranger || hasEmptyNever(judged.policy, tools.sets.index);
  const status = worstOf([...results.map(result => result.status), isOpen ? 'unknown' : 'pass']);
  const never = [...needy, ...elsewhere].flatMap(neverHeld);
  const summary = { subject: judged.subject, status, never, ...assignmentUse(judged, places, tools) };
  return { results, summary, notices: judged.notices.list };
}

function neverHeld({ place, judgement }: JudgedPlace): NeverHeld[] {
  return judgement.never.map(({ pattern, ...held }) => ({
    pattern,
    scope: place.scope?.text ?? null,
    ...held,
  }));
}

function assignmentUse(
  { assignedRoles }: JudgedIdentity,
  places: readonly JudgedScope[],
  { tenant, nothing }: EvaluationTools,
): Pick<IdentitySummary, 'widerThanNeeded' | 'redundant'> {
  const lasting = assignedRoles.filter(
    ({ assignment }) => assignment !== null && !tenant.isTimeBound(assignment),
  );
  return {
    widerThanNeeded: widerThanNeeded(assignedRoles, places, tenant.tree),
    redundant: redundantAmong(lasting, tenant.tree, nothing),
  };
}

/** In this order a status outdoes the others. */
const byWeight: readonly CoverageStatus[] = ['fail', 'excess', 'unknown', 'pass'];

function worstOf(statuses: readonly CoverageStatus[]): CoverageStatus {
  return byWeight.find(status => statuses.includes(status)) ?? 'pass';
}
