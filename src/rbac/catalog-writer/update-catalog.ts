import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Catalog, CatalogManifest } from '../catalog/catalog.js';
import { reasonOfError, UserError, type Notice } from '../../errors.js';
import { readOperationExport, readRoleExport } from './read-exports.js';
import { writeCatalog, type RawOperation, type RawRole } from './write-catalog.js';

export interface CatalogUpdate {
  /** The texts of two exports, and what to call them. */
  readonly operations: { readonly text: string; readonly file: string };
  readonly roles: { readonly text: string; readonly file: string };
  /** The catalog so far. What it lists and the export does not is retired from now on. */
  readonly previous: Catalog;
  /** `YYYY-MM-DD` */
  readonly date: string;
}

export interface UpdatedCatalog {
  readonly manifest: CatalogManifest;
  /** Operations that the previous catalog had and the new one does not, sorted. */
  readonly newlyRetired: readonly string[];
  readonly customRoles: number;
  readonly notices: readonly Notice[];
}

/**
 * Writes a catalog folder from exports. The folder has the old files or all the new ones, manifest last.
 * @throws UserError where an export cannot be read.
 */
export function updateCatalog(
  folder: string,
  { operations, roles, previous, date }: CatalogUpdate,
): UpdatedCatalog {
  const exported = readOperationExport(operations.text, operations.file);
  const { roles: builtIn, customRoles } = readRoleExport(roles.text, roles.file);
  const gone = goneFrom(exported, previous);
  const manifest = replaceFolder(folder, temporary =>
    writeCatalog(temporary, {
      date,
      sources: ['az provider operation list', 'az role definition list'],
      operations: exported,
      retired: [...previous.retiredOperations, ...gone],
      roles: builtIn.map(role => ({ ...role, formerNames: formerNamesOf(role, previous) })),
    }),
  );
  return {
    manifest,
    newlyRetired: gone.map(({ name }) => name),
    customRoles,
    notices: sizeNotice(manifest, previous),
  };
}

/** Operations that the previous catalog knew, and the name that it had there. */
function formerNamesOf({ guid, name }: RawRole, { builtInRoles }: Catalog): string[] {
  const before = builtInRoles.find(guid)?.name?.value;
  const known = builtInRoles.formerNamesOf(guid.toLowerCase());
  return before === undefined || before === name ? [...known] : [...known, before];
}

function goneFrom(exported: readonly RawOperation[], previous: Catalog): RawOperation[] {
  const names = new Set(exported.map(({ name }) => name.trim().toLowerCase()));
  return [...previous.operations].filter(({ name }) => !names.has(name.toLowerCase()));
}

/** Somebody may lint with the folder while it is replaced: files are moved in whole, the manifest last. */
function replaceFolder<Result>(folder: string, write: (temporary: string) => Result): Result {
  const temporary = makeTemporaryFolder(folder);
  try {
    const result = write(temporary);
    makeFolder(folder);
    const files = readdirSync(temporary).sort(
      (a, b) => Number(a === 'manifest.json') - Number(b === 'manifest.json'),
    );
    for (const file of files) renameSync(join(temporary, file), join(folder, file));
    return result;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).syscall === undefined) throw cause;
    throw new UserError(`The catalog "${folder}" cannot be written: ${reasonOfError(cause)}.`, { cause });
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (cause) {
    throw new UserError(`The folder "${folder}" cannot be made: ${reasonOfError(cause)}.`, { cause });
  }
}

function makeTemporaryFolder(folder: string): string {
  try {
    mkdirSync(dirname(folder), { recursive: true });
    return mkdtempSync(join(dirname(folder), `.${basename(folder)}-`));
  } catch (cause) {
    throw new UserError(`No folder can be made beside "${folder}": ${reasonOfError(cause)}.`, { cause });
  }
}

/** An export of one provider, or by somebody who may not see all, would retire what is alive. */
function sizeNotice({ counts }: CatalogManifest, previous: Catalog): Notice[] {
  if (counts.operations >= previous.operations.size / 2) return [];
  const message =
    `The export has ${counts.operations} operations, the catalog of ${previous.date} ${previous.operations.size}: ` +
    'is it complete? What it lacks counts as retired.';
  return [{ code: 'catalog-export-small', message }];
}
