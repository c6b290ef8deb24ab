import { type ExitCode, exitSuccess } from '../../cli/exit-codes.js';
import { formatNotice } from '../../text/notice.js';
import { colorLevel } from '../../cli/color.js';
import type { roleDeclaration } from './options.js';
import type { CommandLine } from '../../cli/command-spec.js';
import { findNamedRole } from '../../workspace/find-role.js';
import type { Io } from '../../cli/io.js';
import { openWorkspace } from '../../workspace/workspace.js';
import { printNotices, toJson, writeReport } from '../../cli/output.js';
import { describeRole, type RoleDescription } from '../../analysis/effective-access/role-description.js';
import { roleText } from '../../reporters/role/text.js';

/** `azrbac role` */
export async function run(
  { positionals, options }: CommandLine<typeof roleDeclaration.options>,
  io: Io,
): Promise<ExitCode> {
  const workspace = await openWorkspace(options, io);
  const { catalog } = workspace;
  const { role, notices } = await findNamedRole(positionals[0] ?? '-', options, workspace);
  const description = describeRole(role, catalog);
  const report =
    options.format === 'json'
      ? jsonReport(description)
      : await roleText(description, {
          color: colorLevel(options, io),
          width: options.output === undefined ? io.columns : undefined,
          extent: options.all ? 'everything' : 'main-points',
          catalogDate: catalog.date,
        });
  writeReport(report, options, io);
  printNotices(notices.map(formatNotice), options, io);
  return exitSuccess;
}

function jsonReport({ role, summary, sensitive, wildcards, conditions, ...sets }: RoleDescription): string {
  const { operations, unknownPlane } = sets;
  return toJson({
    version: 1,
    role: {
      name: role.name?.value ?? null,
      id: role.guid ?? role.id?.value ?? null,
      type: role.roleType,
      file: role.shape === 'catalog' ? null : role.at.document.file,
      description: role.description?.value ?? null,
      assignableScopes: role.assignableScopes.map(({ value }) => value),
    },
    summary,
    control: { count: operations.control.length, operations: operations.control },
    data: { count: operations.data.length, operations: operations.data },
    unknownPlane,
    sensitive: sensitive.map(({ isLiteral, isConditional, ...rest }) => ({
      ...rest,
      literal: isLiteral,
      conditional: isConditional,
    })),
    wildcards,
    conditions,
  });
}
