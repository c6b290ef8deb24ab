import { count } from '../../text/count.js';
import { type ExitCode, exitSuccess } from '../../cli/exit-codes.js';
import { type Notice, UserError } from '../../errors.js';
import { suggestOperations } from '../../lint/checks/suggest-operations.js';
import type { Catalog } from '../../rbac/catalog/catalog.js';
import type { Plane } from '../../rbac/model/role-definition.js';
import { OperationIndex } from '../../rbac/permissions/operation-index.js';
import {
  expandPatterns,
  undecidablePatterns,
  type Expansion,
} from '../../rbac/permissions/expand-patterns.js';
import { formatNotice } from '../../text/notice.js';
import type { expandDeclaration } from './options.js';
import type { CommandLine } from '../../cli/command-spec.js';
import type { Io } from '../../cli/io.js';
import { openWorkspace } from '../../workspace/workspace.js';
import { printNotices, toJson, writeReport } from '../../cli/output.js';

/** `azrbac expand` */
export async function run(
  { positionals: patterns, options }: CommandLine<typeof expandDeclaration.options>,
  io: Io,
): Promise<ExitCode> {
  const { catalog } = await openWorkspace(options, io);
  const { not, plane = 'control' } = options;
  refuseMisspelt([...patterns, ...not], plane, catalog);
  const expansion = expandPatterns(patterns, catalog, new OperationIndex(catalog), { not, plane });
  const notices = noticesOn(expansion, [...patterns, ...not], catalog.date);
  const report =
    options.format === 'json' ? jsonReport(patterns, not, expansion, notices) : textReport(expansion);
  writeReport(report, options, io);
  printNotices(
    [...notices.map(formatNotice), ...(options.format === 'json' ? [] : [summary(expansion, catalog.date)])],
    options,
    io,
  );
  return exitSuccess;
}

/** Nothing covered must not be the answer to a slip. @throws UserError where one of them is near an operation that there is. */
function refuseMisspelt(patterns: readonly string[], plane: Plane, catalog: Catalog): void {
  for (const pattern of patterns) {
    if (pattern.includes('*') || catalog.findOperation(pattern.trim()) !== undefined) continue;
    const [nearest] = suggestOperations(pattern.trim(), plane, catalog);
    if (nearest === undefined) continue;
    throw new UserError(`"${pattern}" is not in the catalog of ${catalog.date}.`, {
      hint: `Did you mean "${nearest}"?`,
    });
  }
}

function jsonReport(
  patterns: readonly string[],
  not: readonly string[],
  expansion: Expansion,
  notices: readonly Notice[],
): string {
  const { plane, operations, unknownPlane } = expansion;
  const count = operations.length;
  return toJson({ version: 1, plane, patterns, notPatterns: not, count, operations, unknownPlane, notices });
}

function textReport({ operations }: Expansion): string {
  return operations.map(name => `${name}\n`).join('');
}

function summary({ plane, operations, unknownPlane }: Expansion, date: string): string {
  const counted = count(operations.length, `${plane}-plane operation`);
  const perhaps =
    unknownPlane.length === 0
      ? ''
      : `, and ${unknownPlane.length} whose plane is unknown (see --format json)`;
  return `${counted}${perhaps}, in the catalog of ${date}.`;
}

function noticesOn(
  { plane, matchingNothing }: Expansion,
  patterns: readonly string[],
  date: string,
): Notice[] {
  const undecidable = undecidablePatterns(patterns);
  return [
    ...undecidable.map(pattern => ({
      code: 'pattern-not-evaluated',
      message: `The pattern "${pattern}" is too long or has too many wildcards to be evaluated; it was taken to cover nothing.`,
    })),
    ...matchingNothing
      .filter(pattern => !undecidable.includes(pattern))
      .map(pattern => ({
        code: 'pattern-matches-nothing',
        message: `The pattern "${pattern}" covers no ${plane}-plane operation of the catalog of ${date}.`,
      })),
  ];
}
