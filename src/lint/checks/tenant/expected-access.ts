import type { Check } from '../check.js';
import type { ExpectationOutcome, ExpectedAtScope } from '../expectation-outcome.js';
import type { Match } from '../match.js';

export interface ExpectedAccessOptions {
  readonly find: 'excess' | 'missing' | 'denied' | 'wider';
}

/** Finds where identities hold more or less than an expectations file says that they need. At the identity in that file. */
export const expectedAccess: Check<'expectation', ExpectedAccessOptions> = {
  subject: 'expectation',
  optionsSchema: {
    type: 'object',
    required: ['find'],
    additionalProperties: false,
    properties: { find: { enum: ['excess', 'missing', 'denied', 'wider'] } },
  },

  *evaluate(outcome, { find }) {
    if (find === 'wider') yield* wider(outcome);
    else for (const result of outcome.results) yield* finders[find](outcome, result);
  },
};

const finders: Readonly<
  Record<
    Exclude<ExpectedAccessOptions['find'], 'wider'>,
    (outcome: ExpectationOutcome, result: ExpectedAtScope) => Iterable<Match>
  >
> = {
  *excess(outcome, { scope, actionSets, excess, excessCount, forbidden, through }) {
    if (excessCount === 0) return;
    const variant =
      forbidden.length > 0 ? 'forbidden' : actionSets.length === 0 ? 'nothing-needed' : undefined;
    const match = matchAt(outcome, scope, { operations: excess, count: excessCount, forbidden, through });
    yield variant === undefined ? match : { ...match, variant };
  },

  *missing(outcome, { scope, actionSets, missing, denied }) {
    const ungranted = missing.filter(operation => !denied.includes(operation));
    if (ungranted.length === 0) return;
    yield matchAt(outcome, scope, { operations: ungranted, count: ungranted.length, actionSets });
  },

  *denied(outcome, { scope, actionSets, denied, denials }) {
    if (denied.length === 0) return;
    yield matchAt(outcome, scope, { operations: denied, count: denied.length, actionSets, denials });
  },
};

function* wider(outcome: ExpectationOutcome): Generator<Match> {
  for (const { role, scope, narrower } of outcome.wider)
    yield matchAt(outcome, scope, { roleName: role, narrower });
}

/** What changes with the catalog makes no fingerprint. */
function matchAt(
  { identity, at, principal }: ExpectationOutcome,
  scope: string,
  evidence: Match['evidence'],
): Match {
  return {
    at,
    role: undefined,
    subject: { kind: 'principal', id: principal, name: identity },
    evidence: { principal: identity, principalId: principal, scope, ...evidence },
    identity: [principal, scope, String(evidence['roleName'] ?? '')],
  };
}
