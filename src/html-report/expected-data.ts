import type { CheckReport, IdentityResult } from '../expectations/check-report.js';
import type { ExpectedData, ResultData } from './report-data.js';
import type { Tables } from './tables.js';

export function expectedData(check: Omit<CheckReport, 'notices'>, tables: Tables): ExpectedData {
  return {
    results: check.results.map(result => resultData(result, tables)),
    identities: check.identities.map(({ subject, status }) => ({
      name: subject.name,
      status,
      principal: tables.principal(subject.principal),
    })),
  };
}

function resultData(result: IdentityResult, tables: Tables): ResultData {
  const { subject, scope, actionSets, status, missing, conditional, forbidden, excess, because } = result;
  const through = because.map(({ role, scope: at }) => (at === null ? role : `${role} at ${at}`));
  return {
    identity: subject.name,
    principal: tables.principal(subject.principal),
    ...{ scope, actionSets, status },
    missing: missing.slice(0, mostOperations),
    conditional: conditional.slice(0, mostOperations),
    forbidden: forbidden.slice(0, mostOperations),
    excess: excess.operations.slice(0, mostOperations),
    excessCount: excess.control + excess.data,
    through: [...new Set(through)].slice(0, mostWitnesses),
  };
}

const mostOperations = 50;
const mostWitnesses = 5;
