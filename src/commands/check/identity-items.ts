import type { CheckReport, IdentityResult } from '../../analysis/expectations/check-report.js';
import type { SourceRef } from '../../input/source-document.js';
import type { Tenant } from '../../tenant/access/tenant.js';
import { type CheckItem, identityItem, uncheckedItem } from '../../reporters/check/check-item.js';

/** Where what was checked of identities is written. */
export interface IdentitySources {
  /** Where a file names an identity, be it the expectations or what they were made from. */
  readonly placeOf: (identity: string) => SourceRef | undefined;
  /** Knows the rows of assignments, in a snapshot or in code. */
  readonly tenant: Tenant | undefined;
}

/** What was checked of identities, and those of which nobody knows enough for a result. */
export function identityItems(
  { results, identities }: Pick<CheckReport, 'results' | 'identities'>,
  { placeOf, tenant }: IdentitySources,
): CheckItem[] {
  const items = results.map(result =>
    identityItem(result, placeOf(result.subject.name), assignmentRows(result, tenant)),
  );
  const open = identities.filter(
    ({ subject, status }) =>
      status === 'unknown' &&
      results.every(result => result.subject.name !== subject.name || result.status === 'pass'),
  );
  return [...items, ...open.map(({ subject }) => uncheckedItem(subject.name, placeOf(subject.name)))];
}

/** The assignments that bring what is forbidden or too much. */
function assignmentRows(result: IdentityResult, tenant: Tenant | undefined): SourceRef[] {
  const { principal } = result.subject;
  if (tenant === undefined || principal === null || result.status === 'pass') return [];
  const rows = result.because.flatMap(({ id, via }) =>
    tenant
      .assignmentsOf(via.at(-1) ?? principal)
      .filter(assignment => assignment.id === id)
      .map(({ at }) => at),
  );
  return [...new Set(rows)].slice(0, maxRows);
}

const maxRows = 20;
