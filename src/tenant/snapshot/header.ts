import { UserError } from '../../errors.js';
import type { Collected } from './collected.js';
import { own, textOf, type Row } from './row.js';
import { UnusableFile } from './unusable-file.js';

/** What a snapshot says of itself. @throws UserError where it is of another kind or version. */
export function readHeader(header: Row, file: string, collected: Collected): void {
  if (!isHeader(header)) throw noSnapshot(file);
  collected.exports.addOther(true);
  const version = own(header, 'version');
  if (version !== 1) {
    throw new UserError(
      `"${file}" is a snapshot of version ${versionInWords(version)}; this azrbac reads version 1.`,
    );
  }
  const tenantId = textOf(header, 'tenantId')?.toLowerCase();
  if (
    tenantId !== undefined &&
    collected.tenantId !== undefined &&
    tenantId !== collected.tenantId.toLowerCase()
  ) {
    throw new UserError(`"${file}" is of another tenant than what was read before: "${tenantId}".`);
  }
  collected.collectedAt ??= textOf(header, 'collectedAt');
  collected.tenantId ??= textOf(header, 'tenantId');
}

export function isHeader(row: Row): boolean {
  return own(row, 'kind') === 'azrbac-snapshot';
}

export function noSnapshot(file: string): UserError {
  return new UnusableFile(
    file,
    `"${file}" is neither a snapshot nor a list of role assignments or role definitions.`,
    {
      hint: 'A snapshot has "kind": "azrbac-snapshot"; lists come from: az role assignment list --all -o json',
    },
  );
}

/** The version in words: it may be anything: of any length, or nested 100,000 deep. */
function versionInWords(version: unknown): string {
  if (typeof version === 'string' && version.length < 40) return JSON.stringify(version);
  return typeof version === 'number' || version === undefined ? String(version) : 'that is not a number';
}
