import type { SnapshotGap } from '../snapshot/snapshot.js';
import type { UnitResult, WrittenRow } from '../snapshot-writer/unit-result.js';
import type { AzureFailure } from './azure-failure.js';
import type { AzureHttp } from './azure-http.js';
import { type AzureList, readList } from './azure-list.js';
import { gapOf, isTransientGap } from './gap.js';
import type { AzureRow } from './list-page.js';
import type { ResourceGraph } from './resource-graph.js';
import { keptTypes, resourceRow } from './resource-properties.js';

const machineLearning = 'Microsoft.MachineLearningServices';
const machineLearningVersion = '2024-10-01';

/** Types whose properties the list of all resources does not show, and the versions that their providers are asked with. */
const listedByProvider: ReadonlyMap<string, string> = new Map([
  ['Microsoft.ManagedIdentity/userAssignedIdentities', '2023-01-31'],
  ['Microsoft.KeyVault/vaults', '2023-07-01'],
  [`${machineLearning}/workspaces`, machineLearningVersion],
  [`${machineLearning}/registries`, machineLearningVersion],
]);

/** Reads the resources that act with identities, and those that identities of Azure Machine Learning act on. */
export class ResourceReader {
  constructor(private readonly http: AzureHttp) {}

  /** https://learn.microsoft.com/rest/api/resources/resources/list, and what it does not tell from the providers. */
  async inSubscription(subscription: string): Promise<UnitResult> {
    const found = new Found();
    const base = `/subscriptions/${subscription}`;
    await this.read(found, base, { path: `${base}/resources`, version: '2021-04-01' });
    for (const [type, version] of listedByProvider)
      if (found.has(type))
        await this.read(found, base, {
          path: `${base}/providers/${type}`,
          version,
          permission: `${type}/read`,
        });
    await this.readWorkspaces(found, 'children');
    return found.result();
  }

  /** The same through Resource Graph, for many subscriptions at once; only what it does not know is asked for by itself. */
  async throughGraph(
    graph: ResourceGraph,
    subscriptions: readonly string[],
  ): Promise<UnitResult | AzureFailure> {
    const found = new Found();
    const [identities, typed] = await Promise.all([
      graph.query('identities', subscriptions),
      graph.ofTypes(keptTypes, subscriptions),
    ]);
    const failure = identities.failure ?? typed.failure;
    if (failure !== undefined) return failure;
    found.add(identities);
    found.add(typed);
    await this.readWorkspaces(found, 'unknown to Resource Graph');
    return found.result();
  }

  private async readWorkspaces(found: Found, which: 'children' | 'unknown to Resource Graph'): Promise<void> {
    const lists = which === 'children' ? ['onlineEndpoints', 'batchEndpoints', ...untracked] : untracked;
    for (const workspace of found.ofType(`${machineLearning}/workspaces`))
      for (const list of lists) await this.readChildren(found, workspace, list);
    if (which !== 'children') return;
    for (const endpoint of found.ofType(`${machineLearning}/workspaces/onlineEndpoints`))
      await this.readChildren(found, endpoint, 'deployments');
  }

  private readChildren(found: Found, parent: string, list: string): Promise<void> {
    const type = `${typeOf(parent)}/${list}`;
    return this.read(found, parent, {
      path: `${parent}/${list}`,
      version: machineLearningVersion,
      permission: `${type}/read`,
    });
  }

  private async read(found: Found, scope: string, { path, version, permission }: ResourceList) {
    const url = `${this.http.endpoints.arm}${encodeURI(path)}?api-version=${version}`;
    found.add(await readList(this.http, { method: 'GET', url }), scope, permission);
  }
}

/** The provider alone knows of them: they are no resources of ARM's own. */
const untracked = ['computes', 'datastores'];

interface ResourceList {
  readonly path: string;
  readonly version: string;
  /** What it takes to read it, where that is not plain. */
  readonly permission?: string;
}

class Found {
  /** Rows by id in lower case. A later row tells more: it comes from the provider. */
  private readonly rows = new Map<string, { row: WrittenRow; id: string; type: string }>();
  private readonly gaps: SnapshotGap[] = [];
  private isOpen = false;

  add({ rows, failure }: AzureList, scope = '/', permission?: string): void {
    for (const value of rows) this.addRow(value);
    // What was deleted meanwhile holds nothing.
    if (failure === undefined || (failure.kind === 'missing' && permission?.includes('/workspaces/'))) return;
    this.gaps.push(gapOf('resources', scope, failure, permission));
    if (isTransientGap(failure)) this.isOpen = true;
  }

  has(type: string): boolean {
    return this.ofType(type).length > 0;
  }

  ofType(type: string): string[] {
    const wanted = type.toLowerCase();
    return [...this.rows.values()].filter(one => one.type === wanted).map(({ id }) => id);
  }

  result(): UnitResult {
    const rows = [...this.rows.values()].map(({ row }) => row);
    return { rows: new Map([['resources', rows]]), shared: [], gaps: this.gaps, isOpen: this.isOpen };
  }

  private addRow(value: AzureRow): void {
    const row = resourceRow(value);
    if (row === undefined) return;
    this.rows.set(row.key, { row, id: String(value['id']), type: String(value['type']).toLowerCase() });
  }
}

/** `…/providers/Microsoft.X/a/name/b/name` is of type `Microsoft.X/a/b`. */
function typeOf(id: string): string {
  const [provider, ...rest] = id
    .split(/\/providers\//i)
    .at(-1)!
    .split('/');
  return [provider, ...rest.filter((_, at) => at % 2 === 0)].join('/');
}
