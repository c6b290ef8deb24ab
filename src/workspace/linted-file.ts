import type { InputFile } from '../input/files.js';
import type { SourceDocument } from '../input/source-document.js';
import type { CodeAssignment } from '../rbac/model/code-assignment.js';
import type { RoleDefinition } from '../rbac/model/role-definition.js';

/** One file that was read. */
export interface LintedFile {
  readonly file: InputFile;
  readonly document: SourceDocument;
  readonly roleDefinitions: readonly RoleDefinition[];
  /** Assignments of code. */
  readonly assignments?: readonly CodeAssignment[];
}

/** A file of code whose text was read: what is in it shows when all of its format are there. */
export type CodeFile = Pick<LintedFile, 'file' | 'document'>;

/** Whether there is anything in it to lint. */
export function holdsAny({
  roleDefinitions,
  assignments = [],
}: Omit<LintedFile, 'file' | 'document'>): boolean {
  return roleDefinitions.length > 0 || assignments.length > 0;
}
