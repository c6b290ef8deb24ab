import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type Notice, reasonOfError, UserError } from '../../errors.js';
import type { auditDeclaration } from './options.js';
import type { CommandLine } from '../../cli/command-spec.js';
import type { Io } from '../../cli/io.js';
import { expectPlaceFor } from '../../cli/replace-file.js';

type Options = CommandLine<typeof auditDeclaration.options>['options'];

/** What an audit reads. */
export interface AuditedSnapshot {
  readonly path: string;
  /** Absolute: what `path` is relative to, where that is not the working directory. */
  readonly folder?: string;
  /** Notices of the collection, where there was one. */
  readonly notices: readonly Notice[];
  /** Takes away what was collected for this run alone. */
  remove(): void;
}

/**
 * The snapshot that the command line names; else one that is collected now, and kept where `--save-snapshot` says.
 * @throws UserError where nothing says what to audit, or too much does.
 */
export async function auditedSnapshot(options: Options, io: Io): Promise<AuditedSnapshot> {
  const { snapshot, 'save-snapshot': kept } = options;
  expectPlaceForReport(options, io);
  if (snapshot !== undefined) {
    const other = collecting.find(name => isGiven(options[name]));
    if (other === undefined) return { path: snapshot, notices: [], remove: nothing };
    throw new UserError(`"--${other}" is for collecting; with "--snapshot", nothing is collected.`);
  }
  if (!target.some(name => isGiven(options[name]))) {
    throw new UserError('Nothing says what to audit.', {
      hint: 'Give --snapshot PATH; or, to collect first, --subscription ID, --management-group NAME or --tenant.',
    });
  }
  if (kept !== undefined)
    return { path: kept, notices: await collectInto(kept, options, io), remove: nothing };
  if (options.resume) {
    throw new UserError('"--resume" needs --save-snapshot FILE beside it, as the run before had.');
  }
  return collectForThisRun(options, io);
}

/** What was collected in an hour must not be lost to a report that cannot be written. */
function expectPlaceForReport({ output }: Options, io: Io): void {
  if (output !== undefined) expectPlaceFor({ path: resolve(io.cwd, output), shown: output });
}

const target = ['subscription', 'management-group', 'tenant'] as const;

const collecting = [
  ...target,
  ...(['tenant-id', 'auth', 'cloud', 'arm-endpoint', 'graph-endpoint', 'authority-host'] as const),
  ...(['engine', 'concurrency', 'resume', 'preflight', 'save-snapshot'] as const),
] as const;

function isGiven(value: Options[(typeof collecting)[number]]): boolean {
  return Array.isArray(value) ? value.length > 0 : value !== undefined && value !== false;
}

/** Under a name that is always the same: names of files are part of what findings are known by. */
async function collectForThisRun(options: Options, io: Io): Promise<AuditedSnapshot> {
  const folder = temporaryFolder();
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  const path = 'tenant.ndjson.gz';
  try {
    const notices = await collectInto(join(folder, path), options, io);
    return { path, folder, notices, remove };
  } catch (error) {
    const isBegun = existsSync(join(folder, `${path}.partial`));
    remove();
    if (!(error instanceof UserError) || !isBegun) throw error;
    const hint = 'With --save-snapshot FILE, what was read is kept, and --resume goes on with it.';
    throw new UserError(error.message, { hint, cause: error });
  }
}

/** What is collected is for its owner alone, and the folder is made so. */
function temporaryFolder(): string {
  try {
    return mkdtempSync(join(tmpdir(), 'azrbac-audit-'));
  } catch (cause) {
    const name = ['TMPDIR', 'TMP', 'TEMP'].find(one => process.env[one]);
    const where = `The folder for temporary files${name === undefined ? '' : `, which ${name} names,`}`;
    throw new UserError(`${where} cannot be used: ${reasonOfError(cause)}.`, {
      hint: 'Correct it, or keep the snapshot where you like: --save-snapshot FILE',
      cause,
    });
  }
}

/** Azure's libraries take half a second to load: whoever audits a snapshot does not wait for them. */
async function collectInto(path: string, options: Options, io: Io): Promise<readonly Notice[]> {
  const { collect } = await import('../collect/run.js');
  const { notices } = await collect(options, path, io);
  return notices;
}

function nothing(): void {}
