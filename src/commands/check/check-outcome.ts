import { type ExitCode, exitSuccess, exitFindings, exitUnknown } from '../../cli/exit-codes.js';
import type { CoverageStatus } from '../../rbac/action-sets/coverage.js';
import type { CheckReport } from '../../analysis/expectations/check-report.js';
import type { checkDeclaration } from './options.js';
import type { CommandLine } from '../../cli/command-spec.js';

/** The options of `azrbac check`. */
export type CheckOptions = CommandLine<typeof checkDeclaration.options>['options'];

/** Failed expectations come before what could not be decided. */
export function exitCodeOfResults(results: readonly { readonly status: CoverageStatus }[]): ExitCode {
  if (results.some(({ status }) => status === 'fail' || status === 'excess')) return exitFindings;
  return results.some(({ status }) => status === 'unknown') ? exitUnknown : exitSuccess;
}

/** The same of identities, some of which may have no result: one that nobody could judge is no success, nor is it that there is none. */
export function exitCodeOfReport({
  results,
  identities,
}: Pick<CheckReport, 'results' | 'identities'>): ExitCode {
  const found = exitCodeOfResults([...results, ...identities]);
  return found === exitSuccess && identities.length === 0 ? exitUnknown : found;
}
