import { basename, resolve } from 'node:path';
import type { TokenCredential } from '@azure/identity';
import type { Catalog } from '../../rbac/catalog/catalog.js';
import { type Notice, UserError } from '../../errors.js';
import { isGuid } from '../../rbac/model/guid.js';
import type { SnapshotGap } from '../snapshot/snapshot.js';
import type { SnapshotCounts } from '../snapshot-writer/write-snapshot.js';
import { realClock } from './clock.js';
import { type CloudName, endpointsOf } from './clouds.js';
import { collectSnapshot } from './collect-snapshot.js';
import type { Engine, Target } from './collection-request.js';
import type { UnitProgress } from './run-units.js';

/** What to read, and as whom. Exactly one of `subscriptions`, `managementGroup` and `tenant`. */
export interface CollectOptions {
  /** Who reads: one of `@azure/identity`'s, or any other. */
  readonly credential: TokenCredential;
  /** The snapshot to write: a file named `.json` or `.ndjson.gz`. */
  readonly output: string;
  readonly subscriptions?: readonly string[];
  readonly managementGroup?: string;
  readonly tenant?: true;
  /** Default: `public`. */
  readonly cloud?: CloudName;
  /** Endpoints of a cloud of one's own; https. */
  readonly endpoints?: { readonly arm: string; readonly graph: string; readonly authorityHost: string };
  /** Default: `auto`. */
  readonly engine?: Engine;
  /** Requests at the same time. Default: 16. */
  readonly concurrency?: number;
  /** Go on with what an interrupted collection left. */
  readonly resume?: boolean;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: UnitProgress) => void;
}

/** What was collected, and what could not be. */
export interface CollectResult {
  readonly file: string;
  readonly tenantId: string;
  readonly counts: SnapshotCounts;
  readonly gaps: readonly SnapshotGap[];
  readonly notices: readonly Notice[];
}

export async function collectFromAzure(options: CollectOptions, catalog: Catalog): Promise<CollectResult> {
  const { credential, output, cloud, endpoints, engine = 'auto' } = options;
  const { file, tenantId, counts, gaps, notices } = await collectSnapshot({
    endpoints: endpointsOf({ cloud, ...endpoints }),
    newCredential: () => credential,
    method: 'own',
    concurrency: options.concurrency ?? 16,
    clock: realClock({}),
    signal: options.signal ?? new AbortController().signal,
    target: targetOf(options),
    engine,
    output: { path: resolve(output), shown: basename(output) },
    isResumed: options.resume ?? false,
    collectedAt: new Date().toISOString(),
    isKnownRole: guid => catalog.builtInRoles.find(guid) !== undefined,
    onProgress: options.onProgress ?? (() => {}),
  });
  return { file: file.path, tenantId, counts, gaps, notices };
}

/** @throws UserError where that is nothing, more than one kind of thing, or no id. */
function targetOf({ subscriptions, managementGroup, tenant }: CollectOptions): Target {
  const isOneKind = [subscriptions, managementGroup, tenant].filter(one => one !== undefined).length === 1;
  if (!isOneKind) throw new UserError('Exactly one of subscriptions, managementGroup and tenant is needed.');
  if (subscriptions !== undefined) {
    if (subscriptions.length > 0 && subscriptions.every(isGuid))
      return { kind: 'subscriptions', ids: subscriptions };
    throw new UserError('"subscriptions" needs the ids of some, which are GUIDs.');
  }
  return managementGroup === undefined
    ? { kind: 'tenant' }
    : { kind: 'management-group', name: managementGroup };
}
