import type { Answer, AzureRequest } from './request.js';

// Lists of ARM go on at `nextLink`, those of Graph at `@odata.nextLink`, those of Resource Graph with `$skipToken`.

type Body = Readonly<Record<string, unknown>>;

const links = ['nextLink', '@odata.nextLink'] as const;

/** The page says that the next one is itself. */
export function leadingToItself(answer: Answer, request: AzureRequest): Answer {
  const own = `${request.origin}${request.path}?${request.query}`;
  return withLink(answer, () => own, tokenIn(request));
}

/** An empty page, with the page that was asked for behind it: Azure promises no rows on any page. */
export function emptyAndThenItself(answer: Answer, request: AzureRequest): Answer {
  const body = answer.body as Body;
  const emptied = Array.isArray(body['value']) ? { ...body, value: [] } : body;
  const own = `${request.origin}${request.path}?${request.query}`;
  if (emptied === body || answer.status !== 200) return answer;
  return { ...answer, body: { ...emptied, [request.service === 'graph' ? links[1] : links[0]]: own } };
}

/** The page says that the next one is at another host: a token that is sent there is stolen. */
export function leadingAstray(answer: Answer, request: AzureRequest, strangerOrigin: string): Answer {
  const body = answer.body as Body;
  if (answer.status !== 200 || !Array.isArray(body['value'])) return answer;
  const link = request.service === 'graph' ? links[1] : links[0];
  return { ...answer, body: { ...body, [link]: `${strangerOrigin}${request.path}?${request.query}` } };
}

/** Only where there is a next page. */
function withLink(answer: Answer, link: () => string, token: string | undefined): Answer {
  const body = answer.body as Body | undefined;
  const found = links.find(name => typeof body?.[name] === 'string');
  if (found !== undefined) return { ...answer, body: { ...body, [found]: link() } };
  const isPaged = typeof body?.['$skipToken'] === 'string' && token !== undefined;
  return isPaged ? { ...answer, body: { ...body, $skipToken: token } } : answer;
}

function tokenIn({ method, body }: AzureRequest): string | undefined {
  if (method !== 'POST' || !body.startsWith('{')) return undefined;
  const { options } = JSON.parse(body) as { options?: { $skipToken?: string } };
  return options?.$skipToken;
}
