import type { Notice } from '../errors.js';
import { notYet } from '../input/files.js';
import { readJson } from '../input/json.js';
import { readerFor } from '../input/readers.js';
import type { SourceDocument } from '../input/source-document.js';
import { findRolesAtOnce } from '../rbac/model/find-roles.js';
import type { CodeAssignment } from '../rbac/model/code-assignment.js';
import type { RoleDefinition } from '../rbac/model/role-definition.js';

/** The text of a file. */
export interface TextSource {
  readonly text: string;
  /** The document's name, relative and with `/`: for reports, and to tell the format by. */
  readonly file: string;
}

/** A document that was opened, and what is in it. */
export interface OpenDocument {
  /** Undefined where the name tells of a format that is not read yet. */
  readonly document: SourceDocument | undefined;
  readonly roleDefinitions: readonly RoleDefinition[];
  /** Assignments of code. */
  readonly assignments?: readonly CodeAssignment[];
  /** Notices of reading it. */
  readonly notices: readonly Notice[];
}

/** Reads a text by the reader for its file's name. Never throws: what is wrong with it is kept in the document. */
export function openDocument({ text, file }: TextSource): OpenDocument {
  const reader = readerFor(file);
  if (reader?.isReadTogether) {
    const message = `A ${reader.title} file is read with those beside it: lint it with the command, by its path.`;
    return { document: undefined, roleDefinitions: [], notices: [{ code: 'not-read-alone', message, file }] };
  }
  if (reader !== undefined && reader.read === undefined) {
    const notice = { code: 'not-supported-yet', message: `The file was not read: ${notYet(reader)}`, file };
    return { document: undefined, roleDefinitions: [], notices: [notice] };
  }
  const document = (reader?.read ?? readJson)(text.replace(/^\ufeff/, ''), file);
  return { document, ...findRolesAtOnce(document, true) };
}
