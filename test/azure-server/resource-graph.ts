import { requireVersion, type ArmQuestion } from './arm-route.js';
import type { Reach } from './authorization-rows.js';
import { refusal } from './azure-error.js';
import { pageOf, positionOf, tokenOf, type Chunk } from './pages.js';
import { readQuery, type ResourceGraphQuery } from './queries.js';
import { Quota, type QuotaSize } from './quota.js';
import type { Answer } from './request.js';
import { graphRows, type QueryScope } from './resource-graph-rows.js';
import type { World } from './world.js';

interface QueryBody {
  readonly query: string;
  readonly subscriptions?: readonly string[];
  readonly managementGroups?: readonly string[];
  readonly options?: {
    readonly $top?: number;
    readonly $skipToken?: string;
    readonly resultFormat?: string;
    readonly authorizationScopeFilter?: string;
  };
}

const reaches: ReadonlyMap<string, Reach> = new Map([
  ['AtScopeAndBelow', { above: false, below: true }],
  ['AtScopeAndAbove', { above: true, below: false }],
  ['AtScopeExact', { above: false, below: false }],
  ['AtScopeAboveAndBelow', { above: true, below: true }],
]);

/** https://learn.microsoft.com/rest/api/azureresourcegraph/resourcegraph/resources/resources: only what the caller can read, silently. */
export class ResourceGraph {
  private readonly quota: Quota;
  /** Each answer says how many rows there are; they are counted once per query. */
  private readonly totals = new Map<string, number>();

  constructor(
    private readonly world: World,
    quota: QuotaSize,
  ) {
    this.quota = new Quota(quota);
  }

  answer(question: ArmQuestion): Answer {
    requireVersion(question, '2022-10-01');
    const body = JSON.parse(question.request.body) as QueryBody;
    const headers = this.quota.spend();
    const query = readQuery(body.query);
    const { options = {} } = body;
    const size = Math.min(pageSize(options.$top), this.world.pageSizes.resourceGraph);
    if (options.resultFormat !== undefined && options.resultFormat !== 'objectArray')
      throw badRequest(`The result format '${options.resultFormat}' is not served.`);
    // A skip token is good for the same query and scope.
    const { $skipToken, ...rest } = options;
    const list = JSON.stringify([
      body.query,
      body.subscriptions,
      body.managementGroups,
      rest.authorizationScopeFilter,
    ]);
    const chunks = graphRows(this.world, query, this.scopeOf(body));
    const { rows, next } = pageOf(chunks, size, positionOf($skipToken, list));
    // Without the column `id` there is no way to go on: the rest is lost, and only this flag says so.
    const isPaged = query.columns?.includes('id') ?? true;
    return {
      status: 200,
      headers,
      body: {
        totalRecords: this.total(list, chunks),
        count: rows.length,
        data: rows.map(row => project(row, query)),
        facets: [],
        resultTruncated: next !== undefined && !isPaged ? 'true' : 'false',
        ...(next !== undefined && isPaged ? { $skipToken: tokenOf(next, list) } : {}),
      },
    };
  }

  private total(list: string, chunks: readonly Chunk<unknown>[]): number {
    const total = this.totals.get(list) ?? chunks.reduce((sum, chunk) => sum + chunk().length, 0);
    this.totals.set(list, total);
    return total;
  }

  private scopeOf({ subscriptions, managementGroups, options }: QueryBody): QueryScope {
    if ((subscriptions?.length ?? 0) > 1000)
      throw badRequest('At most 1,000 subscriptions can be asked for in one query.');
    const filter = options?.authorizationScopeFilter ?? 'AtScopeAndBelow';
    const reach = reaches.get(filter);
    if (reach === undefined) throw badRequest(`There is no authorizationScopeFilter '${filter}'.`);
    const { tree, tenant, access } = this.world;
    const named = managementGroups?.flatMap(name => {
      const scope = `/providers/Microsoft.Management/managementGroups/${name}`;
      if (!tree.has(scope)) throw badRequest(`There is no management group '${name}'.`);
      return tree.subscriptionsIn(scope);
    });
    const all =
      subscriptions?.map(id => id.toLowerCase()) ?? named ?? tenant.subscriptions.map(({ id }) => id);
    const visible = [...new Set(all)].filter(
      id =>
        tree.has(`/subscriptions/${id}`) &&
        access.may('Microsoft.Resources/subscriptions/read', `/subscriptions/${id}`),
    );
    return { subscriptions: visible, reach };
  }
}

function pageSize(top: number | undefined): number {
  if (top === undefined) return 100;
  if (!Number.isInteger(top) || top < 1 || top > 1000)
    throw badRequest(`$top must be 1 to 1,000, not ${top}.`);
  return top;
}

function project(row: Readonly<Record<string, unknown>>, { columns }: ResourceGraphQuery): unknown {
  if (columns === undefined) return row;
  return Object.fromEntries(columns.map(name => [name, row[name] ?? null]));
}

function badRequest(message: string): Error {
  return refusal(400, 'BadRequest', message);
}
