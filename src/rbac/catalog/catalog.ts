import { join } from 'node:path';
import { UserError } from '../../errors.js';
import { largestOwnFile, readRegularFile } from '../../input/regular-file.js';
import { BuiltInRoles } from './built-in-roles.js';
import { OperationTable, type Operation } from './operation-table.js';
import { unreadable } from './sealed-file.js';

/** What the catalog says of itself: `manifest.json`. */
export interface CatalogManifest {
  readonly version: 1;
  /** The day whose facts these are, `YYYY-MM-DD`. */
  readonly date: string;
  readonly sources: readonly string[];
  readonly counts: {
    readonly operations: number;
    readonly retiredOperations: number;
    readonly builtInRoles: number;
    /** Operations per plane and how sure it is, as `control/published`. */
    readonly planes: Readonly<Record<string, number>>;
    /** Names that came with blanks, quotes or control characters around them and were cleaned. */
    readonly cleanedNames: number;
    /** Names that came in several spellings or whose prefixes did, and got the majority's. */
    readonly respelledNames: number;
    /** Templates such as `{operationName}` and other strings that are no operation; see `setAside`. */
    readonly setAside: number;
  };
  readonly setAside: readonly string[];
}

/** What Azure publishes: operations, built-in roles, and the operations that are gone. */
export class Catalog {
  private retiredTable: OperationTable | undefined;
  private roles: BuiltInRoles | undefined;

  private constructor(
    private readonly folder: string,
    readonly manifest: CatalogManifest,
    readonly operations: OperationTable,
  ) {}

  /**
   * Reads the catalog of a folder; what is rarely needed is read when it is.
   * @throws UserError where a file is missing or damaged.
   */
  static load(folder: string): Catalog {
    const manifest = readManifest(join(folder, 'manifest.json'));
    const operations = OperationTable.open(join(folder, 'operations.txt'));
    return new Catalog(folder, manifest, operations);
  }

  get date(): string {
    return this.manifest.date;
  }

  /** Operations that Azure published once and no longer does. */
  get retiredOperations(): OperationTable {
    return (this.retiredTable ??= OperationTable.open(join(this.folder, 'retired-operations.txt')));
  }

  get builtInRoles(): BuiltInRoles {
    return (this.roles ??= BuiltInRoles.open(join(this.folder, 'built-in-roles.txt')));
  }

  /** Reads all of it; a run otherwise checks what it reads. @throws UserError where something is damaged. */
  verify(): void {
    for (const part of [this.operations, this.retiredOperations, this.builtInRoles]) part.verify();
  }

  /** Ignores case. */
  findOperation(name: string): Operation | undefined {
    return this.operations.find(name);
  }
}

function readManifest(file: string): CatalogManifest {
  let text: string;
  try {
    text = readRegularFile(file, largestOwnFile).toString('utf8');
  } catch (cause) {
    throw unreadable(file, cause);
  }
  try {
    const manifest = JSON.parse(text) as CatalogManifest;
    if (manifest.version === 1 && typeof manifest.date === 'string') return manifest;
  } catch {
    // Said below.
  }
  throw new UserError(`The catalog file "${file}" is damaged: it is not a manifest of version 1.`, {
    hint: 'Reinstall azrbac, or rebuild your own catalog with: azrbac catalog update',
  });
}
