import type { Exposure, ExposedCell, ExposedIdentity, Giving } from '../exposure/exposed-identity.js';
import type { ChangeData, GivingData, IdentityData } from './report-data.js';
import type { Tables } from './tables.js';

/** So many identities are listed, those with the highest figures. */
export const mostIdentities = 10_000;

export function identitiesData({ identities, kinds }: Exposure, tables: Tables): IdentityData[] {
  const numbers = new Map(kinds.map(({ id }, number) => [id, number]));
  return identities.slice(0, mostIdentities).map(identity => identityData(identity, numbers, tables));
}

function identityData(
  identity: ExposedIdentity,
  kinds: ReadonlyMap<string, number>,
  tables: Tables,
): IdentityData {
  const { servicePrincipalType, isGuest, isDisabled, isExpected, figure, upTo, cells, unknown } = identity;
  const givings = (list: readonly Giving[], state?: 'eligible'): GivingData[] =>
    list.flatMap(giving => givingData(giving, tables, state));
  return {
    principal: tables.principal(identity.id),
    ...{ servicePrincipalType, isGuest, isDisabled, isExpected, figure, upTo, unknown },
    cells: cells.map((cell: ExposedCell) => ({
      kind: kinds.get(cell.kind)!,
      points: cell.points,
      upTo: cell.upTo,
      eligible: cell.eligible,
      because: givings(cell.because),
      more: cell.more,
      weaker: cell.weaker,
      activatable: givings(cell.activatable, 'eligible'),
    })),
  };
}

function givingData(giving: Giving, tables: Tables, state?: 'eligible'): GivingData[] {
  const assignment = tables.assignmentOfId(giving.id);
  if (assignment === undefined) return [];
  return [
    {
      assignment: tables.assignment(assignment, state),
      reach: giving.reach,
      via: giving.via.map(id => tables.principal(id)),
      isConditional: giving.isConditional,
      patterns: tables.patternsOf(giving.patterns),
    },
  ];
}

export function changesData({ changes }: Exposure, tables: Tables): ChangeData[] {
  return changes.map(
    ({ kind, roleGuid, principal, scopes, pattern, list, mayBecomeEligible, ...numbers }) => ({
      kind,
      role: tables.role(roleGuid),
      principal: tables.principal(principal?.id),
      scopes: scopes.slice(0, mostScopes).map(scope => tables.scope(scope)),
      ...{ pattern, list, mayBecomeEligible },
      steps: numbers.steps,
      removed: numbers.removed,
      identities: numbers.identities,
    }),
  );
}

const mostScopes = 50;
