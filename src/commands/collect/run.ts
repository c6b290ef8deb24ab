import { type ExitCode, exitSuccess, exitUnknown } from '../../cli/exit-codes.js';
import { existsSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { collectSnapshot, type CollectedSnapshot } from '../../tenant/azure/collect-snapshot.js';
import { journalOf } from '../../tenant/azure/collection-journal.js';
import { type Notice, UserError } from '../../errors.js';
import { slashed } from '../../input/slashed-path.js';
import { formatNotice } from '../../text/notice.js';
import { snapshotFormOf } from '../../tenant/snapshot-writer/write-snapshot.js';
import { connectionOptionsOf, targetOf } from './azure-request.js';
import { collectionProgress } from './collection-progress.js';
import { collectedJson, collectedText } from '../../reporters/collect/collect-report.js';
import type { CommandLine } from '../../cli/command-spec.js';
import type { collectDeclaration } from './options.js';
import { isStop, untilInterrupted } from '../../cli/interruption.js';
import type { Io } from '../../cli/io.js';
import { openWorkspace } from '../../workspace/workspace.js';
import { progressOn } from '../../cli/progress.js';
import { expectPlaceFor } from '../../cli/replace-file.js';
import { printNotices, toJson } from '../../cli/output.js';
import { today } from '../../cli/today.js';

type Options = CommandLine<typeof collectDeclaration.options>['options'];

/** `azrbac collect` */
export async function run(
  { options }: CommandLine<typeof collectDeclaration.options>,
  io: Io,
): Promise<ExitCode> {
  // Where the snapshot would go, the report on what can be read does not.
  if (options.preflight) return (await import('./preflight.js')).run(options, undefined, io);
  if (options.operations !== undefined || options.roles !== undefined) {
    const { writeCatalogSources } = await import('./catalog-sources.js');
    return writeCatalogSources(options, io);
  }
  const collected = await collect(options, requiredOutput(options.output), io);
  io.stdout.write(options.format === 'json' ? toJson(collectedJson(collected)) : collectedText(collected));
  printNotices([...collected.notices, ...gapNotices(collected)].map(formatNotice), options, io);
  return collected.gaps.length > 0 ? exitUnknown : exitSuccess;
}

/**
 * Collects what the options name into that file.
 * @throws UserError where it was interrupted, with what to do to go on.
 */
export async function collect(
  options: Omit<Options, 'format' | 'output' | 'operations' | 'roles'>,
  output: string,
  io: Io,
): Promise<CollectedSnapshot> {
  const target = targetOf(options);
  const path = resolve(io.cwd, output);
  const file = { path, shown: slashed(relative(io.cwd, path)) };
  snapshotFormOf(file.shown);
  expectPlaceFor(file);
  const { builtInRoles } = (await openWorkspace(options, io)).catalog;
  const progress = progressOn(io, options);
  return untilInterrupted(async signal => {
    try {
      return await collectSnapshot({
        ...(await connectionOptionsOf(options, io, signal)),
        target,
        engine: options.engine ?? 'auto',
        output: file,
        isResumed: options.resume,
        collectedAt: instantOf(options['as-of']),
        isKnownRole: guid => builtInRoles.find(guid) !== undefined,
        onProgress: collectionProgress(progress),
      });
    } catch (error) {
      if (!isStop(error)) throw error;
      const kept = journalOf(file);
      throw new UserError('The collection was interrupted.', {
        hint: existsSync(kept.path)
          ? `What was read is kept in "${kept.shown}": run the same command with --resume to go on.`
          : 'Nothing had been read yet.',
      });
    } finally {
      progress.end();
    }
  });
}

/** Each gap once more, for who reads nothing but what a pipeline logs. */
export function gapNotices({ gaps }: Pick<CollectedSnapshot, 'gaps'>): Notice[] {
  const told = gaps.slice(0, maxTold).map(({ what, scope, reason }) => ({
    code: 'collect-gap',
    message: `Not collected: ${what} at ${scope}: ${reason}.`,
  }));
  const more = gaps.length - told.length;
  if (more <= 0) return told;
  return [
    ...told,
    { code: 'collect-gap', message: `Not collected: ${more} more; the report lists them all.` },
  ];
}

const maxTold = 20;

function requiredOutput(output: string | undefined): string {
  if (output !== undefined) return output;
  throw new UserError('azrbac collect needs --output SNAPSHOT.', {
    hint: 'A file named .json, or .ndjson.gz where there are many subscriptions.',
  });
}

function instantOf(asOf: string | undefined): string {
  return asOf === undefined ? new Date().toISOString() : `${today(asOf)}T00:00:00.000Z`;
}
