import { type ExitCode, exitSuccess } from '../../cli/exit-codes.js';
import type { Catalog } from '../../rbac/catalog/catalog.js';
import type { OperationTable, PlaneBasis, OperationPlane } from '../../rbac/catalog/operation-table.js';
import type { catalogSearchDeclaration } from './options.js';
import type { CommandLine } from '../../cli/command-spec.js';
import type { Io } from '../../cli/io.js';
import { openWorkspace } from '../../workspace/workspace.js';
import { printNotices, toJson, writeReport } from '../../cli/output.js';

/** `azrbac catalog search` */
export async function run(
  { positionals, options }: CommandLine<typeof catalogSearchDeclaration.options>,
  io: Io,
): Promise<ExitCode> {
  const { catalog } = await openWorkspace(options, io);
  const words = positionals.map(word => word.toLowerCase());
  const hits = search(catalog, words);
  if (options.format === 'json') {
    writeReport(
      toJson({ version: 1, words: positionals, count: hits.operations.length, ...hits }),
      options,
      io,
    );
    return exitSuccess;
  }
  writeReport(textReport(hits), options, io);
  printNotices([summary(hits, catalog.date)], options, io);
  return exitSuccess;
}

interface OperationHit {
  readonly name: string;
  readonly plane: OperationPlane;
  readonly basis: PlaneBasis;
}

interface Hits {
  readonly operations: readonly OperationHit[];
  readonly retiredOperations: readonly OperationHit[];
  readonly builtInRoles: readonly { readonly guid: string | undefined; readonly name: string }[];
}

function search(catalog: Catalog, words: readonly string[]): Hits {
  const hasAll = (name: string): boolean => words.every(word => name.toLowerCase().includes(word));
  const roles = catalog.builtInRoles;
  return {
    operations: operationHits(catalog.operations, hasAll),
    retiredOperations: operationHits(catalog.retiredOperations, hasAll),
    builtInRoles: roles
      .names()
      .filter(hasAll)
      .map(name => ({ guid: roles.find(name)?.guid, name })),
  };
}

function operationHits(table: OperationTable, hasAll: (name: string) => boolean): OperationHit[] {
  const hits: OperationHit[] = [];
  for (const { name, plane, basis } of table) if (hasAll(name)) hits.push({ name, plane, basis });
  return hits;
}

function textReport({ operations, retiredOperations, builtInRoles }: Hits): string {
  return [
    ...operations.map(({ name, plane }) => `${plane.padEnd(8)} ${name}`),
    ...retiredOperations.map(({ name }) => `retired  ${name}`),
    ...builtInRoles.map(({ guid, name }) => `role     ${name} (${guid})`),
    '',
  ].join('\n');
}

function summary({ operations, retiredOperations, builtInRoles }: Hits, date: string): string {
  return (
    `${operations.length} operations, ${retiredOperations.length} retired operations and ` +
    `${builtInRoles.length} built-in roles, in the catalog of ${date}.`
  );
}
