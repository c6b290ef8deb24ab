import { Tenant } from '../tenant/access/tenant.js';
import { nearestWord } from '../did-you-mean.js';
import { type Notice, UserError } from '../errors.js';
import { guidOf } from '../rbac/model/guid.js';
import { OperationIndex } from '../rbac/permissions/operation-index.js';
import type { ExportTrust } from '../tenant/snapshot/export-coverage.js';
import { readSnapshot } from '../tenant/snapshot/read-snapshot.js';
import { snapshotNotices } from '../tenant/snapshot/snapshot-notices.js';
import type { Workspace } from './workspace.js';

/** A snapshot made ready for questions, and what is to be said of how much it holds. */
export interface LoadedTenant {
  readonly tenant: Tenant;
  readonly notices: readonly Notice[];
}

/** What a command was told of exports, which do not say what they leave out. */
export interface ExportOptions {
  readonly 'assume-complete'?: boolean | undefined;
  readonly 'strict-exports'?: boolean | undefined;
}

/** Reads a snapshot; its path is relative to `snapshotFolder`, else to that of the workspace. @throws UserError where it cannot be read, or is none. */
export async function loadTenant(
  path: string,
  { catalog, cwd }: Workspace,
  { snapshotFolder = cwd, ...options }: ExportOptions & { readonly snapshotFolder?: string | undefined } = {},
): Promise<LoadedTenant> {
  const snapshot = await readSnapshot(path, snapshotFolder, trustIn(options));
  const tenant = new Tenant(snapshot, catalog, new OperationIndex(catalog));
  return { tenant, notices: snapshotNotices(snapshot, catalog.builtInRoles) };
}

function trustIn(options: ExportOptions): ExportTrust {
  const { 'assume-complete': isComplete = false, 'strict-exports': isStrict = false } = options;
  if (isComplete && isStrict)
    throw new UserError('Give either "--assume-complete" or "--strict-exports", not both.');
  return isComplete ? 'complete' : isStrict ? 'strict' : 'notice';
}

/**
 * The object id of a principal that somebody named: by the id, or by a display name that one principal alone has.
 * @throws UserError where no principal, or several, have the name.
 */
export function findPrincipal(named: string, { snapshot: { principals } }: Pick<Tenant, 'snapshot'>): string {
  const guid = guidOf(named.trim());
  if (guid !== undefined) return guid;
  const wanted = named.trim().toLowerCase();
  const found = [...principals.values()].filter(({ displayName }) => displayName?.toLowerCase() === wanted);
  const [principal, another] = found;
  if (principal !== undefined && another === undefined) return principal.id;
  if (another !== undefined) {
    const listed = found.slice(0, maxListed).map(({ id, type }) => `${id} (${type})`);
    throw new UserError(`${found.length} principals are called "${named}".`, {
      hint: `Say which by its object id: ${listed.join(', ')}.`,
    });
  }
  const names = [...principals.values()].flatMap(({ displayName }) => displayName ?? []);
  const nearest = names.length > maxCompared ? undefined : nearestWord(named, names);
  throw new UserError(`The snapshot holds no principal called "${named}".`, {
    hint: nearest === undefined ? 'Name it by its object id, a GUID.' : `Did you mean "${nearest}"?`,
  });
}

const maxListed = 5;

/** Names are compared one by one. */
const maxCompared = 20_000;
