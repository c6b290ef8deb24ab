import { count } from '../../text/count.js';
import { type ExitCode, exitSuccess } from '../../cli/exit-codes.js';
import { resolve } from 'node:path';
import { AuthorizationReader } from '../../tenant/azure/authorization-unit.js';
import type { AzureList } from '../../tenant/azure/azure-list.js';
import { connect } from '../../tenant/azure/connection.js';
import { UserError } from '../../errors.js';
import { type AzureOptions, connectionOptionsOf } from './azure-request.js';
import { untilInterrupted } from '../../cli/interruption.js';
import type { Io } from '../../cli/io.js';
import { replaceFile } from '../../cli/replace-file.js';
import { printNotices, toJson } from '../../cli/output.js';

interface SourceOptions extends AzureOptions {
  readonly operations: string | undefined;
  readonly roles: string | undefined;
  readonly output: string | undefined;
  readonly format: 'text' | 'json' | undefined;
  readonly quiet: boolean;
}

/** They are written instead of a snapshot. @throws UserError where one is asked for, too. */
function refuseCollecting(options: SourceOptions): void {
  const { subscription, tenant, 'management-group': group, output } = options;
  if (subscription.length === 0 && !tenant && group === undefined && output === undefined) return;
  throw new UserError('"--operations" and "--roles" are written instead of a snapshot, and not beside one.', {
    hint: 'Run azrbac collect twice: once for the snapshot, once for what azrbac catalog update reads.',
  });
}

/** Writes what Azure publishes, in the form that `azrbac catalog update` reads. */
export function writeCatalogSources(options: SourceOptions, io: Io): Promise<ExitCode> {
  refuseCollecting(options);
  return untilInterrupted<ExitCode>(async signal => {
    const { http } = await connect(await connectionOptionsOf(options, io, signal));
    const reader = new AuthorizationReader(http, () => false);
    const written: { file: string; entries: number }[] = [];
    const write = async (file: string | undefined, what: string, list: () => Promise<AzureList>) => {
      if (file === undefined) return;
      const { rows, failure } = await list();
      if (failure !== undefined) throw new UserError(`The ${what} cannot be read: ${failure.message}.`);
      replaceFile({ path: resolve(io.cwd, file), shown: file }, toJson({ value: rows }));
      written.push({ file, entries: rows.length });
    };
    await write(options.operations, 'operations', () => reader.readOperations());
    await write(options.roles, 'roles', () => reader.readRoles('/'));
    const lines = written.map(({ file, entries }) => `${file}: ${count(entries, 'entry')}`);
    io.stdout.write(options.format === 'json' ? toJson({ version: 1, written }) : `${lines.join('\n')}\n`);
    printNotices(
      ['To make a catalog of both: azrbac catalog update --operations FILE --roles FILE --to DIR'],
      options,
      io,
    );
    return exitSuccess;
  });
}
