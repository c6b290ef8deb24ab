import { AzureFailure } from './azure-failure.js';
import type { AzureHttp } from './azure-http.js';
import type { AzureList } from './azure-list.js';
import { type AzureRow, rowsIn, strangeRows } from './list-page.js';

/** Columns must hold the id, and rows be in its order: else Resource Graph gives no token for the next page. */
const queries = {
  roleAssignments:
    "authorizationresources | where type =~ 'microsoft.authorization/roleassignments' | project id, name, type, properties | order by id asc",
  roleDefinitions:
    "authorizationresources | where type =~ 'microsoft.authorization/roledefinitions' | where properties.type =~ 'CustomRole' | project id, name, type, properties | order by id asc",
  subscriptions:
    "resourcecontainers | where type =~ 'microsoft.resources/subscriptions' | project id, name, subscriptionId | order by id asc",
  identities:
    'resources | where isnotempty(identity) | project id, name, type, kind, location, identity, properties | order by id asc',
} as const;

export type ResourceGraphQuery = keyof typeof queries;

/** https://learn.microsoft.com/rest/api/azureresourcegraph/resourcegraph/resources/resources */
export class ResourceGraph {
  private readonly visible = new Map<string, Promise<AzureList>>();

  constructor(private readonly http: AzureHttp) {}

  /** What it knows of those subscriptions, or a failure where that is not all. */
  query(name: ResourceGraphQuery, subscriptions: readonly string[]): Promise<AzureList> {
    return this.read(queries[name], subscriptions);
  }

  /** Rows of the subscriptions that it shows anything of; asked for once, as long as it answers. */
  visibleOf(subscriptions: readonly string[]): Promise<AzureList> {
    const key = subscriptions.join();
    let answer = this.visible.get(key);
    if (answer === undefined) {
      answer = this.query('subscriptions', subscriptions).then(list => {
        if (list.failure !== undefined) this.visible.delete(key);
        return list;
      });
      this.visible.set(key, answer);
    }
    return answer;
  }

  /** Resources of those types. */
  ofTypes(types: readonly string[], subscriptions: readonly string[]): Promise<AzureList> {
    const list = types.map(type => `'${type}'`).join(', ');
    const text = `resources | where type in~ (${list}) | project id, name, type, kind, location, identity, properties | order by id asc`;
    return this.read(text, subscriptions);
  }

  private async read(query: string, subscriptions: readonly string[]): Promise<AzureList> {
    const rows = new Map<string, AzureRow>();
    const bounds = this.http.lists.begin();
    const seen = new Set<string>();
    let strange = 0;
    let total: number | undefined;
    try {
      for (let skipToken: string | undefined; ; ) {
        const page = await this.page(query, subscriptions, skipToken);
        bounds.note(page);
        for (const row of page.rows) rows.set(String(row['id']).toLowerCase(), row);
        strange += page.strange;
        total = page.total ?? total;
        skipToken = page.skipToken;
        if (skipToken === undefined) break;
        if (seen.has(skipToken)) throw cutShort('the pages go in a circle');
        seen.add(skipToken);
      }
      const broken = strangeRows(strange);
      if (broken !== undefined) throw broken;
      if (total !== undefined && rows.size < total)
        throw cutShort(`${rows.size} of ${total} rows were answered`);
      return { rows: [...rows.values()], failure: undefined };
    } catch (failure) {
      if (failure instanceof AzureFailure && failure.kind !== 'stopped')
        return { rows: [...rows.values()], failure };
      throw failure;
    } finally {
      bounds.close();
    }
  }

  private async page(query: string, subscriptions: readonly string[], skipToken: string | undefined) {
    const { body, size, header } = await this.http.send({
      method: 'POST',
      url: `${this.http.endpoints.arm}/providers/Microsoft.ResourceGraph/resources?api-version=2022-10-01`,
      body: {
        query,
        subscriptions,
        options: {
          $top: 1000,
          resultFormat: 'objectArray',
          authorizationScopeFilter: 'AtScopeAboveAndBelow',
          ...(skipToken !== undefined && { $skipToken: skipToken }),
        },
      },
    });
    const answer = (body ?? {}) as AzureRow;
    const { data, totalRecords, resultTruncated, $skipToken } = answer;
    if (!Array.isArray(data)) throw new AzureFailure('unsupported', 'Resource Graph answers no rows');
    const next = typeof $skipToken === 'string' && $skipToken !== '' ? $skipToken : undefined;
    if (header('x-ms-tenant-subscription-limit-hit') === 'true')
      throw cutShort('not all subscriptions were looked at');
    // A text, not a truth value.
    if (next === undefined && String(resultTruncated).toLowerCase() === 'true')
      throw cutShort('rows were left out');
    return {
      ...rowsIn(data),
      size,
      total: typeof totalRecords === 'number' ? totalRecords : undefined,
      skipToken: next,
    };
  }
}

function cutShort(reason: string): AzureFailure {
  return new AzureFailure('broken-list', `Resource Graph: ${reason}`);
}
