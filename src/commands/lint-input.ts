import { relative, resolve } from 'node:path';
import type { Notice } from '../errors.js';
import { type FoundFiles, findFiles, type InputFile, type InputProblem } from '../input/files.js';
import { readSource } from '../input/read-source.js';
import type { SourceDocument } from '../input/source-document.js';
import type { LoadedConfig } from '../lint/load-config.js';
import type { LintRequest } from '../lint/run.js';
import { findRoleDefinitions } from '../model/find-role-definitions.js';
import type { RoleDefinition } from '../model/role-definition.js';
import type { Io } from './io.js';

/** What a run is to read. */
export interface Selection extends FoundFiles {
  readonly coverage: NonNullable<LintRequest['coverage']>;
}

/** One file that was read. */
export interface LintedFile {
  readonly file: InputFile;
  readonly document: SourceDocument;
  readonly roleDefinitions: readonly RoleDefinition[];
}

/** What a run has read. */
export interface LintInput {
  readonly files: readonly LintedFile[];
  readonly notices: readonly Notice[];
  /** Paths of the command line that could not be opened. */
  readonly problems: readonly InputProblem[];
}

export interface SelectionOptions {
  readonly 'stdin-filename': string | undefined;
  readonly 'no-ignore'?: boolean;
  readonly snapshot?: string | undefined;
}

/** The files that the command line names, else those that the configuration does, else those of the working directory. */
export function selectFiles(
  paths: readonly string[],
  { config, folder }: LoadedConfig,
  options: SelectionOptions,
  { cwd }: Pick<Io, 'cwd'>,
): Selection {
  if (paths.length === 0 && options.snapshot !== undefined) return noFiles;
  const stdinFilename = options['stdin-filename'];
  const defaultFolder = config.include.length > 0 ? folder : cwd;
  const found = findFiles(paths.length === 0 ? [defaultFolder] : paths, {
    cwd,
    include: config.include,
    exclude: config.exclude,
    globFolder: folder,
    ignored: options['no-ignore'] ? 'read' : 'pass over',
    ...(stdinFilename !== undefined && { stdinFilename }),
  });
  const named = paths.length === 0 ? [defaultFolder] : paths;
  return {
    ...found,
    coverage: coverageOf(named, found, { cwd, folder }),
  };
}

/** A tenant that is linted by itself. */
const noFiles: Selection = { files: [], notices: [], problems: [], passedOver: {}, coverage: 'folders' };

/** Reads the files, one after the other. Bad content is a notice or, later, a finding. */
export async function readFiles(
  selection: Pick<FoundFiles, 'files' | 'notices' | 'problems'>,
  io: Io,
): Promise<LintInput> {
  const files: LintedFile[] = [];
  const notices = [...selection.notices];
  const problems = [...selection.problems];
  for (const file of selection.files) {
    const source = await readSource(file, io.stdin);
    notices.push(...source.notices);
    if (source.problem !== undefined) problems.push(source.problem);
    if (source.document === undefined) continue;
    const found = findRoleDefinitions(source.document, file.isNamed);
    files.push({ file, document: source.document, roleDefinitions: found.roleDefinitions });
    notices.push(...found.notices);
  }
  return { files, notices, problems };
}

function coverageOf(
  named: readonly string[],
  { files }: FoundFiles,
  { cwd, folder }: { readonly cwd: string; readonly folder: string },
): Selection['coverage'] {
  if (named.some(path => holds(resolve(cwd, path), folder))) return 'everything';
  return files.some(({ isNamed }) => !isNamed) ? 'folders' : 'named-files';
}

/** Then nothing that the configuration in `folder` speaks of is left out. */
function holds(path: string, folder: string): boolean {
  const inside = relative(path, folder);
  return inside === '' || !(inside === '..' || inside.startsWith('../') || inside.startsWith('..\\'));
}
