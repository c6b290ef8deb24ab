import { type ExitCode, exitSuccess } from '../../cli/exit-codes.js';
import type { CatalogManifest } from '../../rbac/catalog/catalog.js';
import { visible } from '../../text/escape.js';
import type { catalogInfoDeclaration } from './options.js';
import type { CommandLine } from '../../cli/command-spec.js';
import type { Io } from '../../cli/io.js';
import { openWorkspace } from '../../workspace/workspace.js';
import { toJson, writeReport } from '../../cli/output.js';

/** `azrbac catalog info` */
export async function run(
  { options }: CommandLine<typeof catalogInfoDeclaration.options>,
  io: Io,
): Promise<ExitCode> {
  const { catalog } = await openWorkspace(options, io);
  catalog.verify();
  const { manifest } = catalog;
  const { date, sources, counts, setAside } = manifest;
  const report =
    options.format === 'json'
      ? toJson({ version: 1, date, sources, counts, setAside })
      : describeManifest(manifest);
  writeReport(report, options, io);
  return exitSuccess;
}

/** What a catalog holds, for people. */
export function describeManifest({ date, sources, counts, setAside }: CatalogManifest): string {
  const planes = Object.entries(counts.planes).map(([plane, count]) =>
    row(`  ${visible(plane.replace('/', ', '))}`, count),
  );
  return [
    `Catalog of ${date}`,
    ...sources.map(source => `From: ${visible(source)}`),
    '',
    row('operations', counts.operations),
    ...planes,
    row('retired operations', counts.retiredOperations),
    row('built-in roles', counts.builtInRoles),
    row('names cleaned of blanks', counts.cleanedNames),
    row('names given one spelling', counts.respelledNames),
    row('names set aside', counts.setAside),
    ...setAside.map(name => `  ${visible(name)}`),
    '',
  ].join('\n');
}

function row(label: string, count: number): string {
  return `${label.padEnd(26)} ${String(count).padStart(7)}`;
}
