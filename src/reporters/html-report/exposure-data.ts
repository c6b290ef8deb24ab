import type {
  Exposure,
  ExposedCell,
  ExposedIdentity,
  Contribution,
} from '../../analysis/exposure/exposed-identity.js';
import type { CellData, ChangeData, IdentityData } from './report-data.js';
import { maxPatterns, type Tables } from './tables.js';

/** How many identities are listed, those with the highest figures. */
const maxIdentities = 10_000;

export function identitiesData({ identities, kinds }: Exposure, tables: Tables): IdentityData[] {
  const numbers = new Map(kinds.map(({ id }, number) => [id, number]));
  return identities.slice(0, maxIdentities).map(identity => identityData(identity, numbers, tables));
}

function identityData(
  identity: ExposedIdentity,
  kinds: ReadonlyMap<string, number>,
  tables: Tables,
): IdentityData {
  const { servicePrincipalType, figure, upTo, cells, unknown } = identity;
  return {
    principal: tables.principal(identity.id),
    ...(servicePrincipalType !== null && { servicePrincipalType }),
    ...(identity.isGuest && { isGuest: true }),
    ...(identity.isDisabled && { isDisabled: true }),
    ...(identity.isExpected && { isExpected: true }),
    figure,
    upTo,
    cells: cells.map(cell => cellData(cell, kinds.get(cell.kind)!, tables)),
    ...(unknown.length > 0 && { unknown }),
  };
}

/** What is as usual is left out: a large tenant has a hundred thousand cells. */
function cellData(cell: ExposedCell, kind: number, tables: Tables): CellData {
  const { points, upTo, eligible, because, more, weaker, activatable } = cell;
  return {
    kind,
    points,
    ...(upTo > points && { upTo }),
    ...(eligible > 0 && { eligible }),
    because: because.flatMap(contribution => contributionNumber(contribution, tables)),
    ...(more > 0 && { more }),
    ...(weaker > 0 && { weaker }),
    ...(activatable.length > 0 && {
      activatable: activatable.flatMap(contribution => contributionNumber(contribution, tables, 'eligible')),
    }),
  };
}

function contributionNumber(contribution: Contribution, tables: Tables, state?: 'eligible'): number[] {
  const assignment = tables.assignmentOfId(contribution.id);
  if (assignment === undefined) return [];
  const { reach, via, isConditional, patterns } = contribution;
  return [
    tables.contribution({
      assignment: tables.assignment(assignment, state),
      reach,
      ...(via.length > 0 && { via: via.map(id => tables.principal(id)) }),
      ...(isConditional && { isConditional: true }),
      patterns: tables.patternsOf(patterns),
      ...(patterns.length > maxPatterns && { morePatterns: patterns.length - maxPatterns }),
    }),
  ];
}

export function changesData({ changes }: Exposure, tables: Tables): ChangeData[] {
  return changes.map(
    ({ kind, roleGuid, principal, scopes, pattern, list, mayBecomeEligible, ...numbers }) => ({
      kind,
      role: tables.role(roleGuid),
      principal: tables.principal(principal?.id),
      scopes: scopes.slice(0, maxScopes).map(scope => tables.scope(scope)),
      ...{ pattern, list, mayBecomeEligible },
      steps: numbers.steps,
      removed: numbers.removed,
      identities: numbers.identities,
    }),
  );
}

const maxScopes = 50;
