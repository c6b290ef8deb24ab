import { AzureFailure } from './azure-failure.js';
import type { AzureHttp, AzureRequest } from './azure-http.js';
import { isAt } from './endpoint-of.js';
import type { ListBounds } from './list-bounds.js';
import { type AzureRow, type Page, pageIn, strangeRows } from './list-page.js';

/** What was read of a list, and why no more, if that was not all. */
export interface AzureList {
  readonly rows: readonly AzureRow[];
  readonly failure: AzureFailure | undefined;
}

/** Rows as they come, and how many came that are none. */
export class FoundRows {
  readonly rows: AzureRow[] = [];
  private strange = 0;

  constructor(private readonly bounds: ListBounds) {}

  /** @throws AzureFailure where the list is endless; what came last is left out then. */
  add(page: Page): void {
    this.bounds.note(page);
    for (const row of page.rows) this.rows.push(row);
    this.strange += page.strange;
  }

  /** All of them; what is no row is missing, and not passed over. */
  list(failure?: AzureFailure): AzureList {
    this.bounds.close();
    return { rows: this.rows, failure: failure ?? strangeRows(this.strange) };
  }
}

/**
 * Reads a list of ARM's or Graph's page by page. What was read before something failed is kept. `found` are rows of
 * pages before.
 */
export async function readList(
  http: AzureHttp,
  request: AzureRequest,
  found = new FoundRows(http.lists.begin()),
): Promise<AzureList> {
  const links = new PageLinks(request.url);
  for (let next: AzureRequest | undefined = request; next !== undefined; ) {
    try {
      const { body, size } = await http.send(next);
      const page = pageIn(body, size);
      found.add(page);
      const link = links.follow(page.link);
      // A link is to be asked as it is, whatever the first page was asked with.
      next = link === undefined ? undefined : { ...request, url: link };
    } catch (failure) {
      if (failure instanceof AzureFailure && failure.kind !== 'stopped') return found.list(failure);
      throw failure;
    }
  }
  return found.list();
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
    this.seen.add(url);
    return url;
  }
}
