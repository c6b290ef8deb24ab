import { AzureFailure } from './azure-failure.js';
import { type AzureHttp, type AzureRequest, isAt } from './azure-http.js';

/** A value of `JSON.parse` that is an object. */
export type AzureRow = Readonly<Record<string, unknown>>;

/** What was read of a list, and why no more, if that was not all. */
export interface AzureList {
  readonly rows: readonly AzureRow[];
  readonly failure: AzureFailure | undefined;
}

/** Reads a list of ARM's or Graph's page by page. What was read before something failed is kept. */
export async function readList(http: AzureHttp, request: AzureRequest): Promise<AzureList> {
  const rows: AzureRow[] = [];
  const links = new PageLinks(request.url);
  for (let next: AzureRequest | undefined = request; next !== undefined; ) {
    try {
      const { body } = await http.send(next);
      const page = pageIn(body);
      for (const row of page.rows) rows.push(row);
      const link = links.follow(page.link);
      // A link is to be asked as it is, whatever the first page was asked with.
      next = link === undefined ? undefined : { ...request, url: link };
    } catch (failure) {
      if (failure instanceof AzureFailure && failure.kind !== 'stopped') return { rows, failure };
      throw failure;
    }
  }
  return { rows, failure: undefined };
}

/** The rows of a page and the link to the next one. @throws AzureFailure for what is no page. */
export function pageIn(body: unknown): { rows: AzureRow[]; link: string | undefined } {
  const { value, nextLink, '@odata.nextLink': graphLink } = (body ?? {}) as Readonly<Record<string, unknown>>;
  if (!Array.isArray(value)) throw new AzureFailure('unsupported', 'the answer is no list');
  const link = nextLink ?? graphLink;
  return {
    rows: value.filter((row): row is AzureRow => typeof row === 'object' && row !== null),
    link: typeof link === 'string' && link !== '' ? link : undefined,
  };
}

/** The way through a list. It must not lead to another host, which would get the token, nor in a circle. */
export class PageLinks {
  private readonly seen = new Set<string>();

  constructor(private readonly first: string) {
    this.seen.add(first);
  }

  /** The link itself. @throws AzureFailure where it is not to be followed. */
  follow(link: string | undefined): string | undefined {
    if (link === undefined) return undefined;
    const url = URL.canParse(link, this.first) ? new URL(link, this.first).href : link;
    if (!isAt(url, this.first)) throw new AzureFailure('broken-list', 'the list goes on at another host');
    if (this.seen.has(url)) throw new AzureFailure('broken-list', 'the list goes in a circle');
    if (this.seen.size >= mostPages)
      throw new AzureFailure('broken-list', `the list has more than ${mostPages} pages`);
    this.seen.add(url);
    return url;
  }
}

const mostPages = 100_000;
