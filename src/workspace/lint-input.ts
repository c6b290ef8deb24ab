import { relative, resolve } from 'node:path';
import type { Notice } from '../errors.js';
import type { CodeContext } from '../input/code-resource.js';
import { type FoundFiles, findFiles, type InputFile, type InputProblem } from '../input/files.js';
import { type ByteStream, readSource } from '../input/read-source.js';
import { readerFor } from '../input/readers.js';
import { ValueRoom } from '../input/value-room.js';
import { mentionsSuppression } from '../lint/engine/inline-suppressions.js';
import type { LintRequest } from '../lint/engine/run.js';
import { findRoles } from '../rbac/model/find-roles.js';
import type { CodeAssignment } from '../rbac/model/code-assignment.js';
import type { RoleDefinition } from '../rbac/model/role-definition.js';
import { holdsAny, type CodeFile, type LintedFile } from './linted-file.js';
import type { Workspace } from './workspace.js';

export type { LintedFile } from './linted-file.js';

/** What a run is to read. */
export interface Selection extends FoundFiles {
  readonly coverage: NonNullable<LintRequest['coverage']>;
}

/** What a run has read. */
export interface LintInput {
  readonly files: readonly LintedFile[];
  readonly notices: readonly Notice[];
  /** Paths of the command line that could not be opened. */
  readonly problems: readonly InputProblem[];
  /** What code says beside its roles, where it was asked for; of each format. */
  readonly contexts?: readonly (() => CodeContext)[];
}

export interface SelectionOptions {
  readonly 'stdin-filename': string | undefined;
  readonly 'no-ignore'?: boolean;
  readonly snapshot?: string | undefined;
}

/** The files that the command line names, else those that the configuration does, else those of the working directory. */
export function selectFiles(
  paths: readonly string[],
  options: SelectionOptions,
  { configuration: { config, folder }, cwd }: Workspace,
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

/** Reads the files, one after the other, code together. Bad content is a notice or, later, a finding. */
export async function readFiles(
  selection: Pick<FoundFiles, 'files' | 'notices' | 'problems'>,
  { surroundings, cwd }: Workspace,
  wanted: 'roles' | 'context too' = 'roles',
): Promise<LintInput> {
  const { stdin } = surroundings;
  const code: CodeFile[] = [];
  const read: ReadFile[] = [];
  const contexts: (() => CodeContext)[] = [];
  const notices = [...selection.notices];
  const problems = [...selection.problems];
  const room = new ValueRoom();
  for (const file of selection.files) {
    const source = await room.keepIf(
      () => readFile(file, { stdin, room, cwd }),
      ({ linted }) => linted?.document.root !== undefined,
    );
    read.push(source);
    if (source.problem !== undefined) problems.push(source.problem);
    if (source.code !== undefined) code.push(source.code);
    if (source.context !== undefined && wanted === 'context too') contexts.push(source.context);
  }
  const { files, notices: ofFiles } = withoutModules(read, selection.files);
  notices.push(...ofFiles);
  if (code.length === 0) return { files, notices, problems, contexts };
  const { readTerraformFiles } = await import('./terraform-input.js');
  const terraform = await readTerraformFiles(code, files, cwd);
  if (terraform.context !== undefined && wanted === 'context too') contexts.push(terraform.context);
  return {
    files: [...files, ...terraform.files],
    notices: [...notices, ...terraform.notices],
    problems,
    contexts,
  };
}

interface ReadFile {
  readonly linted: LintedFile | undefined;
  readonly code?: CodeFile;
  readonly context?: (() => CodeContext) | undefined;
  /** Other files that it deploys as its parts. */
  readonly modules?: readonly string[] | undefined;
  readonly notices: readonly Notice[];
  readonly problem: InputProblem | undefined;
}

/**
 * What others of the run use as a module is what they make of it: it is not looked at by itself. Files that use each other and
 * that no other file uses are each looked at: nothing that somebody commits may take itself out of sight.
 */
function withoutModules(
  read: readonly ReadFile[],
  selected: readonly InputFile[],
): { readonly files: readonly LintedFile[]; readonly notices: readonly Notice[] } {
  const used = new Set(read.flatMap(modulesOf));
  const modules = new Set(read.filter(({ linted }) => !isIn(linted, used)).flatMap(modulesOf));
  const isModule = ({ linted }: ReadFile): boolean => isIn(linted, modules);
  const inRun = new Set(selected.map(({ shown }) => shown));
  const files = read.flatMap((source): LintedFile[] => {
    const { linted } = source;
    if (linted === undefined) return [];
    if (isModule(source)) return [{ ...linted, roleDefinitions: [], assignments: [] }];
    return [source.modules === undefined ? linted : withinRun(linted, inRun)];
  });
  return { files, notices: read.filter(source => !isModule(source)).flatMap(({ notices }) => notices) };
}

/** The files that a file uses, those included that they use; without itself. */
function modulesOf({ modules = [], linted }: ReadFile): string[] {
  return modules.filter(file => file !== linted?.document.file);
}

function isIn(linted: LintedFile | undefined, files: ReadonlySet<string>): boolean {
  return linted !== undefined && files.has(linted.document.file);
}

/** Without what stands in files that nobody named. */
function withinRun(linted: LintedFile, inRun: ReadonlySet<string>): LintedFile {
  const isOfRun = ({ at }: RoleDefinition | CodeAssignment): boolean => inRun.has(at.document.file);
  return {
    ...linted,
    roleDefinitions: linted.roleDefinitions.filter(isOfRun),
    assignments: (linted.assignments ?? []).filter(isOfRun),
  };
}

interface Reading {
  readonly stdin: ByteStream;
  readonly room: ValueRoom;
  readonly cwd: string;
}

async function readFile(file: InputFile, { stdin, room, cwd }: Reading): Promise<ReadFile> {
  const source = await readSource(file, stdin, room);
  const { notices, problem } = source;
  if (source.document === undefined) return { linted: undefined, notices, problem };
  if (readerFor(file.shown)?.isReadTogether) {
    return { linted: undefined, code: { file, document: source.document }, notices, problem };
  }
  const place = { path: file.path === '-' ? resolve(cwd, file.shown) : file.path, cwd };
  const found = await findRoles(source.document, file.isNamed, place);
  const { document = source.document, roleDefinitions, assignments, notices: ofRoles } = found;
  const isNeeded = holdsAny(found) || mentionsSuppression(document);
  const kept = isNeeded ? document : { ...document, root: undefined, comments: [] };
  const linted = { file, document: kept, roleDefinitions, ...(assignments && { assignments }) };
  const { context, modules } = found;
  return { linted, context, modules, notices: [...notices, ...ofRoles], problem };
}

/** The files by their paths, as a session knows them. */
export function byPath({ files }: LintInput): [path: string, file: LintedFile][] {
  return files.map(linted => [linted.file.path, linted]);
}

/** All role definitions that were read. */
export function rolesIn({ files }: LintInput): RoleDefinition[] {
  return files.flatMap(({ roleDefinitions }) => roleDefinitions);
}

/** All role assignments that were read. */
export function assignmentsIn({ files }: LintInput): CodeAssignment[] {
  return files.flatMap(({ assignments = [] }) => assignments);
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
