import { join } from 'node:path';
import { reasonOfError, UserError } from '../../errors.js';
import { readRegularFile } from '../../input/regular-file.js';
import { BuiltInRoles } from './built-in-roles.js';
import { OperationTable, type Operation } from './operation-table.js';

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
    const manifest = parseManifest(readCatalogFile(folder, 'manifest.json'), join(folder, 'manifest.json'));
    const operations = OperationTable.decode(
      readCatalogFile(folder, 'operations.txt'),
      join(folder, 'operations.txt'),
    );
    return new Catalog(folder, manifest, operations);
  }

  get date(): string {
    return this.manifest.date;
  }

  /** Operations that Azure published once and no longer does. */
  get retiredOperations(): OperationTable {
    return (this.retiredTable ??= OperationTable.decode(
      readCatalogFile(this.folder, 'retired-operations.txt'),
      join(this.folder, 'retired-operations.txt'),
    ));
  }

  get builtInRoles(): BuiltInRoles {
    return (this.roles ??= BuiltInRoles.decode(
      readCatalogFile(this.folder, 'built-in-roles.txt'),
      join(this.folder, 'built-in-roles.txt'),
    ));
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

function readCatalogFile(folder: string, name: string): Buffer {
  try {
    return readRegularFile(join(folder, name), largestCatalogFile);
  } catch (cause) {
    throw new UserError(`The catalog file "${join(folder, name)}" cannot be read: ${reasonOfError(cause)}.`, {
      hint: 'Reinstall azrbac, or correct "catalog" in your configuration.',
      cause,
    });
  }
}

/** Bytes: twenty times what Azure publishes. */
const largestCatalogFile = 64 << 20;

function parseManifest(bytes: Buffer, file: string): CatalogManifest {
  try {
    const manifest = JSON.parse(bytes.toString('utf8')) as CatalogManifest;
    if (manifest.version === 1 && typeof manifest.date === 'string') return manifest;
  } catch {
    // Said below.
  }
  throw new UserError(`The catalog file "${file}" is damaged: it is not a manifest of version 1.`, {
    hint: 'Reinstall azrbac, or rebuild your own catalog with: azrbac catalog update',
  });
}
