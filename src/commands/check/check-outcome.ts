import { type ExitCode, exitSuccess, exitFindings, exitUnknown } from '../../cli/exit-codes.js';
import type { CoverageStatus } from '../../rbac/action-sets/coverage.js';
import type { checkDeclaration } from './options.js';
import type { CommandLine } from '../../cli/command-spec.js';

/** The options of `azrbac check`. */
export type CheckOptions = CommandLine<typeof checkDeclaration.options>['options'];

/** Failed expectations come before what could not be decided. */
export function exitCodeOfResults(results: readonly { readonly status: CoverageStatus }[]): ExitCode {
  if (results.some(({ status }) => status === 'fail' || status === 'excess')) return exitFindings;
  return results.some(({ status }) => status === 'unknown') ? exitUnknown : exitSuccess;
}
