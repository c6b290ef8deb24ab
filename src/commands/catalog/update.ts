import { type ExitCode, exitSuccess } from '../../cli/exit-codes.js';
import { resolve } from 'node:path';
import { updateCatalog, type UpdatedCatalog } from '../../rbac/catalog-writer/update-catalog.js';
import { describeManifest } from './info.js';
import type { catalogUpdateDeclaration } from './options.js';
import { formatNotice } from '../../text/notice.js';
import type { CommandLine } from '../../cli/command-spec.js';
import type { Io } from '../../cli/io.js';
import { openWorkspace } from '../../workspace/workspace.js';
import { readNamed } from '../../workspace/read-text.js';
import { printNotices, toJson, writeReport } from '../../cli/output.js';
import { today } from '../../cli/today.js';

/** `azrbac catalog update` */
export async function run(
  { options }: CommandLine<typeof catalogUpdateDeclaration.options>,
  io: Io,
): Promise<ExitCode> {
  const { operations, roles, to } = options;
  const updated = updateCatalog(resolve(io.cwd, to), {
    operations: { text: await readExport(operations, io), file: operations },
    roles: { text: await readExport(roles, io), file: roles },
    previous: (await openWorkspace(options, io)).catalog,
    date: today(options['as-of']),
  });
  writeReport(
    options.format === 'json' ? jsonReport(updated) : describeManifest(updated.manifest),
    options,
    io,
  );
  printNotices([...updated.notices.map(formatNotice), summary(updated, to)], options, io);
  return exitSuccess;
}

async function readExport(file: string, io: Io): Promise<string> {
  const bytes = await readNamed({ path: file === '-' ? file : resolve(io.cwd, file), shown: file }, io);
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString();
}

function jsonReport({ manifest, newlyRetired, customRoles, notices }: UpdatedCatalog): string {
  const { date, sources, counts, setAside } = manifest;
  return toJson({
    version: 1,
    date,
    sources,
    counts,
    setAside,
    newlyRetired,
    customRolesSkipped: customRoles,
    notices,
  });
}

function summary({ newlyRetired, customRoles }: UpdatedCatalog, to: string): string {
  return (
    `${newlyRetired.length} operations retired since the previous catalog; ${customRoles} custom roles skipped. ` +
    `To use it, set "catalog": ${JSON.stringify(to)} in azrbac.config.json.`
  );
}
