import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { CommandLine } from '../../cli/command-spec.js';
import { type ExitCode, exitFailure, exitSuccess } from '../../cli/exit-codes.js';
import type { Io } from '../../cli/io.js';
import { printNotices, writeReport } from '../../cli/output.js';
import { replaceFile } from '../../cli/replace-file.js';
import { readLine } from '../../cli/stdin.js';
import { reasonOfError, UserError } from '../../errors.js';
import { readFiles, rolesIn, selectFiles } from '../../workspace/lint-input.js';
import { openWorkspace } from '../../workspace/workspace.js';
import { findCi, plannedJob } from './ci-file.js';
import { plannedConfig } from './config-file.js';
import { plannedHook } from './hook-file.js';
import { initJson, initText, type SetUp } from './init-report.js';
import type { initDeclaration } from './options.js';
import { isWritten, type PlannedFile, fileTextIn } from './planned-file.js';

type Options = CommandLine<typeof initDeclaration.options>['options'];

/** `azrbac init` */
export async function run(
  { options }: CommandLine<typeof initDeclaration.options>,
  io: Io,
): Promise<ExitCode> {
  const planned = await planSetUp(options, io);
  const isNothing = !planned.files.some(isWritten);
  // On a terminal the question comes behind what it is about.
  if (options.format !== 'json') writeReport(initText(planned), options, io);
  const answer = isNothing || options['dry-run'] ? 'no' : await mayWrite(options, io);
  if (answer === 'yes') for (const file of planned.files.filter(isWritten)) write(file, io.cwd);
  if (options.format === 'json') writeReport(initJson(planned, answer === 'yes'), options, io);
  if (isNothing || options['dry-run']) return exitSuccess;
  const next = `Next: ${nextOf(planned)}`;
  printNotices([answer === 'yes' ? `Written. ${next}` : 'Nothing was written.'], options, io);
  if (answer !== 'nobody to ask') return exitSuccess;
  printNotices(
    ['azrbac: This is no terminal to ask at. To write the files, add --yes.'],
    { quiet: false },
    io,
  );
  return exitFailure;
}

async function planSetUp({ ci }: Options, io: Io): Promise<SetUp> {
  const workspace = await openWorkspace({ config: undefined, 'no-config': false }, io);
  const selection = selectFiles([], { 'stdin-filename': undefined }, workspace);
  const input = await readFiles(selection, workspace);
  const holding = input.files.filter(({ roleDefinitions }) => roleDefinitions.length > 0);
  const isRoot = existsSync(join(io.cwd, '.git'));
  const job = ci === 'none' ? undefined : (ci ?? (isRoot ? findCi(io.cwd) : undefined));
  return {
    roles: { files: holding.length, roleDefinitions: rolesIn(input).length },
    files: [
      plannedConfig(io.cwd),
      ...(isRoot ? [await plannedHook(io.cwd)] : []),
      ...(job === undefined ? [] : [plannedJob(job, io.cwd)]),
    ],
    isRoot,
    hasJob: job !== undefined || ci === 'none',
    isDependency: fileTextIn(io.cwd, 'package.json')?.includes('"azrbac"') !== false,
  };
}

async function mayWrite({ yes, format }: Options, io: Io): Promise<'yes' | 'no' | 'nobody to ask'> {
  if (yes) return 'yes';
  if (!io.isInteractive || format === 'json') return 'nobody to ask';
  io.stderr.write('\nWrite these files? [y/N] ');
  return /^y(?:es)?$/i.test((await readLine(io)).trim()) ? 'yes' : 'no';
}

/** A file that appeared or changed since it was looked at is left alone. */
function write({ path, content = '', before }: PlannedFile, folder: string): void {
  const target = join(folder, path);
  if (before !== undefined) {
    if (fileTextIn(folder, path) !== before)
      throw new UserError(`"${path}" changed meanwhile, and was left alone.`);
    return replaceFile({ path: target, shown: path }, content);
  }
  try {
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, content, { flag: 'wx' });
  } catch (cause) {
    throw new UserError(`"${path}" cannot be written: ${reasonOfError(cause)}.`, { cause });
  }
}

function nextOf({ files, isDependency }: SetUp): string {
  const hasHook = files.some(({ path }) => path === '.pre-commit-config.yaml');
  return [
    ...(isDependency ? [] : ['npm install --save-dev github:azrbac/azrbac']),
    ...(hasHook ? ['pre-commit install'] : []),
    'npx azrbac lint',
  ].join(', then ');
}
