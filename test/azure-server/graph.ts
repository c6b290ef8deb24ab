import { AzureError, refusal } from './azure-error.js';
import { pageOf, positionOf, tokenOf } from './pages.js';
import type { Answer, AzureRequest } from './request.js';
import type { DirectoryObject } from './tenant.js';
import type { World } from './world.js';

/** What Graph answers of an object where nothing is selected. */
const defaultProperties = ['id', 'displayName', 'userPrincipalName', 'securityEnabled', 'appId'];
/** https://learn.microsoft.com/graph/api/resources/serviceprincipal: these come unasked, and those of users do not. */
const ofServicePrincipals = ['accountEnabled', 'servicePrincipalType'];

const servicePrincipal = '#microsoft.graph.servicePrincipal';
const listPath =
  /^GET \/v1\.0\/(groups|servicePrincipals)\/([^/]+)\/(members\/microsoft\.graph\.servicePrincipal|members|owners)$/;

interface BatchItem {
  readonly id: string;
  readonly method: string;
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** Decides what becomes of one request of a batch before it is answered. */
export type ItemHook = (request: AzureRequest) => Answer | undefined;

/** Microsoft Graph v1.0, as far as it tells who is who and who is in which group. */
export class Graph {
  constructor(
    private readonly world: World,
    private readonly itemHook: ItemHook = () => undefined,
  ) {}

  answer(request: AzureRequest): Answer {
    if (request.path.includes('//')) throw refusal(400, 'BadRequest', `The path holds "//": ${request.path}`);
    const route = `${request.method} ${decodeURIComponent(request.path)}`;
    if (route === 'POST /v1.0/$batch') return this.batch(request);
    if (route === 'POST /v1.0/directoryObjects/getByIds') return this.getByIds(request);
    const [, kind, id, list] = listPath.exec(route) ?? [];
    if (id === undefined || (kind !== 'groups' && list !== 'owners'))
      throw refusal(400, 'BadRequest', `Resource not found for the segment: ${route}`);
    const { objects, members, owners } = this.world.tenant.directory;
    const type = kind === 'groups' ? '#microsoft.graph.group' : servicePrincipal;
    if (objects.get(id)?.['@odata.type'] !== type) throw noSuchResource(id);
    if (list === 'owners') return this.list(request, owners.get(id) ?? []);
    const isCast = list !== 'members';
    if (isCast) requireAdvanced(request);
    // https://learn.microsoft.com/graph/api/group-list-members: v1.0 does not list service principals, unless asked for by type.
    const isListed = (one: string): boolean =>
      (objects.get(one)!['@odata.type'] === servicePrincipal) === isCast;
    return this.list(request, (members.get(id) ?? []).filter(isListed));
  }

  /** https://learn.microsoft.com/graph/api/directoryobject-getbyids: ids that nobody has are left out. */
  private getByIds({ body, query }: AzureRequest): Answer {
    requireParameters(query, '$select');
    const { ids, types } = JSON.parse(body) as { ids?: unknown; types?: unknown };
    if (!Array.isArray(ids) || ids.length === 0 || ids.length > 1000)
      throw refusal(400, 'Request_BadRequest', 'The ids must be 1 to 1,000.');
    if (types !== undefined && !Array.isArray(types))
      throw refusal(400, 'Request_BadRequest', 'The types must be a list.');
    const { objects } = this.world.tenant.directory;
    const found = [...new Set(ids as string[])].flatMap(id => objects.get(id.toLowerCase()) ?? []);
    return { status: 200, body: { value: found.map(one => selected(one, query)) } };
  }

  private list(request: AzureRequest, ids: readonly string[]): Answer {
    const { query, origin, path } = request;
    requireParameters(query, '$select', '$top', '$skiptoken', '$count');
    const top = query.get('$top');
    if (top !== null && !(Number(top) >= 1 && Number(top) <= 999))
      throw refusal(400, 'Request_UnsupportedQuery', `$top must be 1 to 999, not ${top}.`);
    const size = Math.min(Number(top ?? this.world.pageSizes.graph), this.world.pageSizes.graph);
    const { objects } = this.world.tenant.directory;
    const position = positionOf(query.get('$skiptoken') ?? undefined, path);
    const { rows, next } = pageOf([() => ids], size, position);
    const value = rows.flatMap(id => objects.get(id) ?? []).map(one => selected(one, query));
    if (next === undefined) return { status: 200, body: { value } };
    const further = new URLSearchParams(query);
    further.set('$skiptoken', tokenOf(next, path));
    return { status: 200, body: { value, '@odata.nextLink': `${origin}${path}?${further}` } };
  }

  /** https://learn.microsoft.com/graph/json-batching: each item has a status of its own, and they come in any order. */
  private batch(request: AzureRequest): Answer {
    const { requests } = JSON.parse(request.body) as { requests?: readonly BatchItem[] };
    if (!Array.isArray(requests) || requests.length === 0 || requests.length > 20)
      throw refusal(400, 'BadRequest', 'A batch holds 1 to 20 requests.');
    if (new Set(requests.map(({ id }) => id)).size !== requests.length)
      throw refusal(400, 'BadRequest', 'Two requests of the batch have the same id.');
    const responses = (requests as readonly BatchItem[]).map(item => this.batchItem(request, item));
    return { status: 200, body: { responses: responses.reverse() } };
  }

  private batchItem(request: AzureRequest, item: BatchItem): object {
    if (!/^\/[^/]/.test(item.url)) throw refusal(400, 'BadRequest', `The url '${item.url}' is not relative.`);
    const at = `${item.url}?`.indexOf('?');
    const inner: AzureRequest = {
      ...request,
      method: item.method,
      path: `/v1.0${item.url.slice(0, at)}`,
      query: new URLSearchParams(item.url.slice(at + 1)),
      headers: { ...item.headers },
      body: JSON.stringify(item.body ?? null),
    };
    try {
      return { id: item.id, ...(this.itemHook(inner) ?? this.answer(inner)) };
    } catch (error) {
      if (!(error instanceof AzureError) || !error.isLegitimate) throw error;
      return { id: item.id, status: error.status, headers: error.headers, body: error.body };
    }
  }
}

function selected(object: DirectoryObject, query: URLSearchParams): object {
  const isServicePrincipal = object['@odata.type'] === '#microsoft.graph.servicePrincipal';
  const names = query.get('$select')?.split(',') ?? [
    ...defaultProperties,
    ...(isServicePrincipal ? ofServicePrincipals : []),
  ];
  const properties = Object.entries(object).filter(
    ([name]) => name === '@odata.type' || names.includes(name),
  );
  return Object.fromEntries(properties);
}

function requireParameters(query: URLSearchParams, ...known: readonly string[]): void {
  const unknown = [...query.keys()].find(key => !known.includes(key));
  if (unknown !== undefined)
    throw refusal(400, 'BadRequest', `The query option '${unknown}' is not known here.`);
}

/** https://learn.microsoft.com/graph/aad-advanced-queries: casts are such queries. */
function requireAdvanced({ headers, query }: AzureRequest): void {
  const level = Object.entries(headers).find(([name]) => name.toLowerCase() === 'consistencylevel')?.[1];
  if (level !== 'eventual' || query.get('$count') !== 'true')
    throw refusal(
      400,
      'Request_UnsupportedQuery',
      'The cast needs the header ConsistencyLevel: eventual and $count=true.',
    );
}

function noSuchResource(id: string): AzureError {
  return new AzureError(
    404,
    'Request_ResourceNotFound',
    `Resource '${id}' does not exist or one of its queried reference-property objects are not present.`,
    {},
    true,
  );
}
