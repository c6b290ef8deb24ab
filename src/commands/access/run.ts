import { type ExitCode, exitSuccess, exitUnknown } from '../../cli/exit-codes.js';
import { formatNotice } from '../../text/notice.js';
import { describeAccess } from '../../analysis/effective-access/access-description.js';
import { unknownsOf } from '../../analysis/effective-access/access-unknowns.js';
import { accessJson } from '../../reporters/access/json.js';
import { scopeArgument } from './access-query.js';
import { accessText } from '../../reporters/access/text.js';
import { colorLevel } from '../../cli/color.js';
import type { accessDeclaration } from './options.js';
import type { CommandLine } from '../../cli/command-spec.js';
import type { Io } from '../../cli/io.js';
import { findPrincipal, loadTenant } from '../../workspace/load-tenant.js';
import { openWorkspace } from '../../workspace/workspace.js';
import { jsonPieces, printNotices, writeReport } from '../../cli/output.js';

/** `azrbac access` */
export async function run(
  { positionals, options }: CommandLine<typeof accessDeclaration.options>,
  io: Io,
): Promise<ExitCode> {
  const at = options.scope === undefined ? undefined : scopeArgument(options.scope);
  const workspace = await openWorkspace(options, io);
  const { tenant, notices: loaded } = await loadTenant(options.snapshot, workspace, options);
  const description = describeAccess(tenant, findPrincipal(positionals[0] ?? '', tenant), at);
  const unknowns = unknownsOf(description, tenant, at);
  const notices = [...loaded, ...unknowns.notices];
  if (options.format === 'json') {
    const extent = options.all || at !== undefined ? 'lists' : 'counts';
    writeReport(jsonPieces(accessJson(description, notices, tenant, extent)), options, io);
  } else {
    const text = await accessText(description, tenant, {
      color: colorLevel(options, io),
      width: options.output === undefined ? io.columns : undefined,
      extent: options.all ? 'everything' : 'main-points',
    });
    writeReport(text, options, io);
  }
  printNotices(notices.map(formatNotice), options, io);
  return unknowns.isPartial ? exitUnknown : exitSuccess;
}
