import type { CatalogManifest } from '../rbac/catalog/catalog.js';
import { visible } from '../reporters/escape.js';
import type { catalogInfoDeclaration } from './declarations/catalog.js';
import type { CommandLine } from './declaration.js';
import type { Io } from './io.js';
import { loadConfiguredCatalog } from './load-catalog.js';
import { toJson, writeReport } from './report.js';

/** `azrbac catalog info` */
export async function run(
  { options }: CommandLine<typeof catalogInfoDeclaration.options>,
  io: Io,
): Promise<number> {
  const { manifest } = loadConfiguredCatalog(options, io);
  const { date, sources, counts, setAside } = manifest;
  const report =
    options.format === 'json'
      ? toJson({ version: 1, date, sources, counts, setAside })
      : describeManifest(manifest);
  writeReport(report, options, io);
  return 0;
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
