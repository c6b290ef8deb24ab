import { toJson } from '../../cli/output.js';
import { count } from '../../reporters/lint/summary.js';
import { visible } from '../../text/escape.js';
import type { PlannedFile } from './planned-file.js';

/** What was found, and the files that would set it up. */
export interface SetUp {
  readonly roles: { readonly files: number; readonly roleDefinitions: number };
  readonly files: readonly PlannedFile[];
  /** Whether the working directory is the root of a repository. */
  readonly isRoot: boolean;
  /** Whether there is a CI to write a job for, or none is wanted. */
  readonly hasJob: boolean;
  /** Whether the project of npm, if it is one, has azrbac. */
  readonly isDependency: boolean;
}

/** The files with their content, for people. */
export function initText({ roles, files, isRoot, hasJob }: SetUp): string {
  const found = `Found ${count(roles.roleDefinitions, 'role definition')} in ${count(roles.files, 'file')}.`;
  const notes = [
    ...(isRoot ? [] : ['No hook and no CI job: run azrbac init in the root of a Git repository.']),
    ...(isRoot && !hasJob ? ['No CI was found. To write a job: --ci github, gitlab or azure.'] : []),
  ];
  return `${[found, ...files.map(fileText), ...notes].join('\n\n')}\n`;
}

function fileText({ path, action, text }: PlannedFile): string {
  const lines = text.trimEnd().split('\n');
  const shown = text === '' ? [] : lines.map(line => (line === '' ? '' : `    ${visible(line)}`));
  return [`${visible(path)}: ${meaning[action]}`, ...shown].join('\n');
}

const meaning: Readonly<Record<PlannedFile['action'], string>> = {
  create: 'new file',
  extend: 'add',
  keep: 'is there, nothing to do',
  'by-hand': 'add this by hand; the file has a form that azrbac does not change',
};

/** The same for scripts. */
export function initJson({ roles, files }: SetUp, written: boolean): string {
  const planned = files.map(({ path, action, text }) => ({ path, action, text }));
  return toJson({ version: 1, roles, files: planned, written });
}
