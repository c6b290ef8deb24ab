import { append } from '../../maps.js';
import type { ExpectationOutcome, ExpectedAtScope } from '../../lint/checks/expectation-outcome.js';
import type { CheckReport, IdentityResult } from './check-report.js';
import type { Expectations } from './expectations.js';

/** What a check of principals found, as rules are offered it. Roles that are not assigned yet are no part of a tenant. */
export function outcomesOf(
  { results, identities }: CheckReport,
  expectations: Expectations,
): ExpectationOutcome[] {
  const names = new Map(expectations.identities.map(({ name }) => [name.value, name.at]));
  const byName = new Map<string, IdentityResult[]>();
  for (const result of results) {
    append(byName, result.subject.name, result);
  }
  return identities.flatMap(({ subject, widerThanNeeded }) => {
    const at = names.get(subject.name);
    if (at === undefined || subject.principal === null) return [];
    return {
      identity: subject.name,
      at,
      principal: subject.principal,
      results: (byName.get(subject.name) ?? []).flatMap(atScope),
      wider: widerThanNeeded.flatMap(({ role, scope, narrower }) =>
        narrower === null ? [] : [{ role, scope, narrower }],
      ),
    };
  });
}

function atScope(result: IdentityResult): ExpectedAtScope[] {
  const { scope, actionSets, missing, denied, denials, forbidden, excess } = result;
  if (scope === null || result.notChecked !== null) return [];
  // Where excess is accepted it is told all the same; it is no fault then, but what is forbidden is. Something may be missing beside it.
  const isExcess = result.leastPrivilege === 'excess' || forbidden.length > 0;
  const unwanted = isExcess ? excess.operations : [];
  return [
    {
      scope,
      actionSets,
      missing,
      denied,
      denials: denials.map(({ name, id }) => name ?? id),
      excess: unwanted,
      excessCount: isExcess ? excess.control + excess.data : 0,
      forbidden,
      through: isExcess ? through(result) : [],
    },
  ];
}

function through({ because }: IdentityResult): string[] {
  const roles = because.map(({ role, scope }) => (scope === null ? role : `${role} at ${scope}`));
  return [...new Set(roles)].slice(0, maxNamed);
}

const maxNamed = 5;
