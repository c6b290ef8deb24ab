import { type CiFormat, ciReports, type CheckItems } from '../../reporters/check/ci-reports.js';

/** The report in a format that CI systems read. */
export function ciReport(format: CiFormat, checked: CheckItems): string {
  return ciReports[format](checked);
}
