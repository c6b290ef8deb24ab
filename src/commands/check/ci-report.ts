import { type CiFormat, ciReports, type CheckItems } from '../../reporters/check/ci-reports.js';
import { type CheckItem, identityItem } from '../../reporters/check/check-item.js';
import type { IdentityResult } from '../../analysis/expectations/check-report.js';
import type { Expectations } from '../../analysis/expectations/expectations.js';

/** The report in a format that CI systems read. */
export function ciReport(format: CiFormat, checked: CheckItems): string {
  return ciReports[format](checked);
}

/** Results of identities, each at the place where the expectations name it. Without expectations that somebody wrote there is none. */
export function identityItems(
  results: readonly IdentityResult[],
  expectations: Expectations | undefined,
): CheckItem[] {
  const names = new Map(expectations?.identities.map(({ name }) => [name.value, name.at]));
  return results.map(result => identityItem(result, names.get(result.subject.name)));
}
