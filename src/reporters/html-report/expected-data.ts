import type { CheckReport, IdentityResult } from '../../analysis/expectations/check-report.js';
import type { ExpectedData, OperationsData, ResultData } from './report-data.js';
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
  const through = [
    ...new Set(because.map(({ role, scope: at }) => (at === null ? role : `${role} at ${at}`))),
  ];
  return {
    identity: subject.name,
    principal: tables.principal(subject.principal),
    ...{ scope, actionSets, status },
    missing: operationsData(missing),
    conditional: operationsData(conditional),
    forbidden: operationsData(forbidden),
    excess: operationsData(excess.operations, excess.control + excess.data),
    through: through.slice(0, maxWitnesses),
    ...(through.length > maxWitnesses && { moreThrough: through.length - maxWitnesses }),
  };
}

function operationsData(operations: readonly string[], count = operations.length): OperationsData {
  return { count, first: operations.slice(0, maxOperations) };
}

const maxOperations = 8;
const maxWitnesses = 5;
