import { AzureFailure } from './azure-failure.js';
import type { AzureHttp, AzureRequest } from './azure-http.js';
import { isAt } from './endpoint-of.js';
import type { ListBounds } from './list-bounds.js';

/** A value of `JSON.parse` that is an object. */
export type AzureRow = Readonly<Record<string, unknown>>;

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

export interface Page {
  readonly rows: readonly AzureRow[];
  /** How many values stand where rows belong and are none. */
  readonly strange: number;
  readonly link: string | undefined;
  /** Bytes that it came in. */
  readonly size: number;
}

/** The rows of a page and the link to the next one. @throws AzureFailure for what is no page. */
export function pageIn(body: unknown, size: number): Page {
  const { value, nextLink, '@odata.nextLink': graphLink } = (body ?? {}) as Readonly<Record<string, unknown>>;
  if (!Array.isArray(value)) throw new AzureFailure('unsupported', 'the answer is no list');
  const link = nextLink ?? graphLink ?? '';
  if (typeof link !== 'string') throw new AzureFailure('broken-list', 'the link to the next page is no text');
  return { ...rowsIn(value), link: link === '' ? undefined : link, size };
}

export function rowsIn(values: readonly unknown[]): { rows: AzureRow[]; strange: number } {
  const rows = values.filter(isAzureRow);
  return { rows, strange: values.length - rows.length };
}

export function strangeRows(count: number): AzureFailure | undefined {
  if (count === 0) return undefined;
  const what = count === 1 ? 'a row is' : `${count} rows are`;
  return new AzureFailure('broken-list', `${what} not as Azure makes them: left out`);
}

/** Everything of Azure's has an id, and is a few levels deep. What is endlessly deep cannot even be written. */
function isAzureRow(value: unknown): value is AzureRow {
  if (typeof value !== 'object' || value === null) return false;
  const { id, name, type } = value as AzureRow;
  const isNamed = isText(id) && id !== '' && [name, type].every(isTextOrNothing);
  return isNamed && isWithin(deepest, value);
}

function isTextOrNothing(value: unknown): boolean {
  return isText(value) || value == null;
}

/** They become keys, scopes and parts of messages. */
function isText(value: unknown): boolean {
  return typeof value === 'string' && value.length <= longestText;
}

/** Characters. Ids of Azure's have some hundred. */
const longestText = 8_192;

function isWithin(levels: number, value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return levels > 0 && Object.values(value).every(part => isWithin(levels - 1, part));
}

const deepest = 200;

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
