import { type ExitCode, exitSuccess, exitFindings, exitUnknown } from '../../cli/exit-codes.js';
import { findPaths } from '../../analysis/escalation/find-paths.js';
import { openCodes } from '../../analysis/escalation/describe/path-notices.js';
import { UserError } from '../../errors.js';
import { formatNotice } from '../../text/notice.js';
import { pathsObject } from '../../reporters/paths/json.js';
import { scopeArgument } from '../access/access-query.js';
import type { pathsDeclaration } from './options.js';
import type { CommandLine } from '../../cli/command-spec.js';
import type { Io } from '../../cli/io.js';
import { findPrincipal, loadTenant } from '../../workspace/load-tenant.js';
import { openWorkspace } from '../../workspace/workspace.js';
import { pathsText } from '../../reporters/paths/text.js';
import { jsonPieces, printNotices, writeReport } from '../../cli/output.js';

/** `azrbac paths` */
export async function run(
  { options }: CommandLine<typeof pathsDeclaration.options>,
  io: Io,
): Promise<ExitCode> {
  const to = options.to === undefined ? undefined : scopeArgument(options.to);
  const maxSteps = stepsOf(options['max-steps']);
  const workspace = await openWorkspace(options, io);
  const loaded = await loadTenant(options.snapshot, workspace, options);
  const { tenant } = loaded;
  const from = options.from === undefined ? undefined : findPrincipal(options.from, tenant);
  const report = findPaths(tenant, {
    from,
    to,
    maxSteps,
    includeEligible: options['include-eligible'],
    includeOwners: options.all,
  });
  const notices = [...loaded.notices, ...report.notices];
  const text =
    options.format === 'json' ? jsonPieces(pathsObject(report, notices)) : pathsText(report, tenant);
  writeReport(text, options, io);
  printNotices(notices.map(formatNotice), options, io);
  if (report.paths.some(({ stepCount }) => stepCount > 0)) return exitFindings;
  const { gaps, isComplete } = tenant.snapshot;
  const isOpen = gaps.length > 0 || !isComplete || notices.some(({ code }) => openCodes.has(code));
  return isOpen ? exitUnknown : exitSuccess;
}

function stepsOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const number = Number(text);
  if (/^\d{1,6}$/.test(text) && number > 0) return number;
  throw new UserError(`"--max-steps" needs a number from 1 on, not "${text}".`);
}
