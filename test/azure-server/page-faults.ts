import { tokenAgain } from './pages.js';
import type { Answer, AzureRequest } from './request.js';

// Lists of ARM go on at `nextLink`, those of Graph at `@odata.nextLink`, those of Resource Graph with `$skipToken`.

type Body = Readonly<Record<string, unknown>>;

/** The page comes once more before the next one, under another link: its rows are there twice. */
export function comingAgain(answer: Answer, request: AzureRequest): Answer {
  return { ...answer, body: withNext(answer.body as Body, request) };
}

/** An empty page before the page itself: Azure promises no rows on any page. */
export function comingLater(answer: Answer, request: AzureRequest): Answer {
  const body = answer.body as Body;
  const moved = withNext(body, request);
  return moved === body ? answer : { ...answer, body: { ...moved, ...emptied(body) } };
}

/** The page says that the next one is itself, always. */
export function leadingToItself(answer: Answer, request: AzureRequest): Answer {
  return linkingTo(answer, request, request.origin);
}

/** The page says that the next one is at another host: a token that is sent there is stolen. */
export function leadingAstray(answer: Answer, request: AzureRequest, strangerOrigin: string): Answer {
  return linkingTo(answer, request, strangerOrigin);
}

function linkingTo(answer: Answer, request: AzureRequest, origin: string): Answer {
  const body = answer.body as Body;
  if (answer.status !== 200 || !Array.isArray(body['value'])) return answer;
  const link = request.service === 'graph' ? '@odata.nextLink' : 'nextLink';
  return { ...answer, body: { ...body, [link]: `${origin}${request.path}?${request.query}` } };
}

/** The same page as the next one; unchanged where there is none. */
function withNext(body: Body | undefined, request: AzureRequest): Body | undefined {
  if (typeof body?.['$skipToken'] === 'string') {
    const again = tokenAgain(body['$skipToken'], tokenInBody(request.body));
    return again === undefined ? body : { ...body, $skipToken: again };
  }
  const name = ['nextLink', '@odata.nextLink'].find(one => typeof body?.[one] === 'string');
  if (body === undefined || name === undefined) return body;
  const url = new URL(body[name] as string);
  const parameter = [...url.searchParams.keys()].find(key => key.toLowerCase() === '$skiptoken')!;
  const again = tokenAgain(url.searchParams.get(parameter)!, tokenInQuery(request.query));
  if (again === undefined) return body;
  url.searchParams.set(parameter, again);
  return { ...body, [name]: `${url.origin}${url.pathname}?${url.searchParams}` };
}

function emptied(body: Body): Body {
  return 'data' in body ? { data: [], count: 0 } : { value: [] };
}

function tokenInQuery(query: URLSearchParams): string | undefined {
  return [...query].find(([key]) => key.toLowerCase() === '$skiptoken')?.[1];
}

function tokenInBody(text: string): string | undefined {
  return (JSON.parse(text) as { options?: { $skipToken?: string } }).options?.$skipToken;
}
