import { type ExitCode, exitFailure } from '../../cli/exit-codes.js';
import type { CoverageOptions } from '../../rbac/action-sets/coverage.js';
import type { Catalog } from '../../rbac/catalog/catalog.js';
import type { RoleDefinition } from '../../rbac/model/role-definition.js';
import { permissionsOf } from '../../rbac/permissions/role-permissions.js';
import { OperationIndex } from '../../rbac/permissions/operation-index.js';
import { type CheckItem, roleItem } from '../../reporters/check/check-item.js';
import { isCiFormat } from '../../reporters/check/ci-reports.js';
import { ciReport } from './ci-report.js';
import { identityItems } from './identity-items.js';
import { UserError } from '../../errors.js';
import { checkedIdentityObject, coverageObject, resultObject } from '../../reporters/check/json.js';
import { noticeObject } from '../../text/notice-json.js';
import { formatNotice } from '../../text/notice.js';
import { checkRoles, type RoleResult } from './check-role.js';
import { resultText } from '../../reporters/check/role-text.js';
import { type CheckOptions, exitCodeOfReport, exitCodeOfResults } from './check-outcome.js';
import type { checkDeclaration } from './options.js';
import type { CommandLine } from '../../cli/command-spec.js';
import { findNamedRoles } from '../../workspace/find-role.js';
import type { Io } from '../../cli/io.js';
import { requireActionSets } from '../../workspace/load-action-sets.js';
import { openWorkspace } from '../../workspace/workspace.js';
import { failWithAll } from '../../cli/fail-with-all.js';
import { inputErrorsJson } from '../../text/input-errors-json.js';
import { jsonPieces, printNotices, writeReport } from '../../cli/output.js';

/** `azrbac check` */
export async function run(
  { positionals, options }: CommandLine<typeof checkDeclaration.options>,
  io: Io,
): Promise<ExitCode> {
  const { role, 'action-set': set } = options;
  const [expectations] = positionals;
  if (namesFiles(options)) {
    if (expectations !== undefined || set !== undefined)
      throw misused('Files of Azure Machine Learning are checked by themselves.');
    const { runFiles } = await import('./check-files.js');
    return runFiles(options, coverageOptions(options), io);
  }
  if (expectations !== undefined) {
    if (role !== undefined || set !== undefined)
      throw misused('Give either an expectations file, or --action-set and --role.');
    return runExpectations(expectations, options, io);
  }
  if (role === undefined || set === undefined) {
    throw misused(
      'azrbac check needs an expectations file, or --action-set ID and --role NAME, GUID or FILE.',
    );
  }
  const workspace = await openWorkspace(options, io);
  const found = await findNamedRoles(role, options, workspace);
  const own = await requireActionSets(workspace);
  const results = checkRoles(set, found.roles, {
    catalog: workspace.catalog,
    options: coverageOptions(options),
    sets: own.sets,
  });
  const notices = [...own.notices, ...found.notices];
  const report = isCiFormat(options.format)
    ? ciReport(options.format, { items: roleItems(results, found.roles, workspace.catalog), notices })
    : options.format === 'json'
      ? jsonPieces({
          version: 1,
          results: results.map(({ subject, actionSet, scope, ...coverage }) => ({
            subject,
            actionSet,
            scope,
            ...coverageObject(coverage),
          })),
          notices: notices.map(noticeObject),
        })
      : results.map(roleText).join('\n');
  writeReport(report, options, io);
  printNotices(notices.map(formatNotice), options, io);
  return exitCodeOfResults(results);
}

async function runExpectations(file: string, options: CheckOptions, io: Io): Promise<ExitCode> {
  const { checkAccess } = await import('./check-access.js');
  const request = { ...options, file, options: coverageOptions(options) };
  const { report, expectations, tenant, inputErrors } = await checkAccess(
    request,
    await openWorkspace(options, io),
  );
  const names = new Map(expectations.identities.map(({ name }) => [name.value, name.at]));
  const { checkedAccessText } = await import('../../reporters/check/access-text.js');
  const errors = inputErrorsJson(inputErrors);
  const { notices } = report;
  writeReport(
    isCiFormat(options.format)
      ? ciReport(options.format, {
          items: identityItems(report, { placeOf: name => names.get(name), tenant }),
          notices,
        })
      : options.format === 'json'
        ? jsonPieces({
            version: 1,
            results: report.results.map(resultObject),
            identities: report.identities.map(checkedIdentityObject),
            notices: report.notices.map(noticeObject),
            errors,
          })
        : checkedAccessText(report),
    options,
    io,
  );
  printNotices(report.notices.map(formatNotice), options, io);
  failWithAll(inputErrors, file, io);
  return inputErrors.length > 0 ? exitFailure : exitCodeOfReport(report);
}

function roleItems(
  results: readonly RoleResult[],
  roles: readonly RoleDefinition[],
  catalog: Catalog,
): CheckItem[] {
  const index = new OperationIndex(catalog);
  return results.map((result, at) => {
    const role = roles[at]!;
    return roleItem(result, role, permissionsOf(role, catalog, index));
  });
}

/** Whether files are named of Azure Machine Learning or Kubernetes. */
function namesFiles(options: CheckOptions): boolean {
  return fileOptions.some(name => options[name].length > 0);
}

const fileOptions = [
  'endpoint',
  'deployment',
  'compute',
  'datastore',
  'connection',
  'environment',
  'data',
  'workspace-file',
  'manifests',
] as const;

function misused(message: string): UserError {
  return new UserError(message, { hint: 'See: azrbac check --help' });
}

function coverageOptions(options: CheckOptions): CoverageOptions {
  return {
    allowExcess: options['allow-excess'] ?? 'tolerated',
    conditionalGrants: options['accept-conditional'] ? 'cover' : 'fail',
  };
}

function roleText(result: RoleResult): string {
  return resultText(`role "${result.subject.name ?? '(unnamed)'}"`, result.actionSet, result.scope, result);
}
