import { AzureFailure } from './azure-failure.js';
import type { Page } from './list-page.js';

/** How long a list may be. What goes beyond was made by nobody who means it. */
export interface ListLimits {
  readonly pages: number;
  /** Pages one after the other without a row that was not there before. */
  readonly pagesWithoutNews: number;
  readonly rows: number;
  /** Bytes of the answers that it came in. */
  readonly bytes: number;
  /** Bytes of all lists that are being read; none is given up for it that has no more than `ownBytes`. */
  readonly bytesTogether: number;
  readonly ownBytes: number;
}

/**
 * Azure's longest lists have a hundredth of this, but for members of groups: 500,000 are 500 pages and 60 MB. Azure
 * promises no rows on any page, yet not hundreds of empty ones.
 */
export const defaultListLimits: ListLimits = {
  pages: 10_000,
  pagesWithoutNews: 500,
  rows: 1_000_000,
  bytes: 256 << 20,
  bytesTogether: 512 << 20,
  ownBytes: 16 << 20,
};

/** All lists that are being read: what they hold must fit into memory together. */
export class ListsUnderWay {
  private bytes = 0;

  constructor(readonly limits: ListLimits = defaultListLimits) {}

  begin(): ListBounds {
    return new ListBounds(this.limits, added => (this.bytes += added));
  }
}

/** Watches a list while it comes. */
export class ListBounds {
  private pages = 0;
  private pagesWithoutNews = 0;
  private rows = 0;
  private bytes = 0;
  private readonly ids = new Set<unknown>();

  constructor(
    private readonly limits: ListLimits,
    /** Tells of bytes that came, or went; gives those of all lists. */
    private readonly count: (bytes: number) => number,
  ) {}

  /** @throws AzureFailure where the list is endless. */
  note({ rows, size }: Pick<Page, 'rows' | 'size'>): void {
    const { limits } = this;
    const known = this.ids.size;
    for (const { id } of rows) this.ids.add(id);
    this.pagesWithoutNews = this.ids.size > known ? 0 : this.pagesWithoutNews + 1;
    this.bytes += size;
    this.rows += rows.length;
    const together = this.count(size);
    if (++this.pages > limits.pages) throw endless(`it has more than ${shown(limits.pages)} pages`);
    if (this.pagesWithoutNews > limits.pagesWithoutNews)
      throw endless(`${shown(limits.pagesWithoutNews)} pages came with no new row`);
    if (this.rows > limits.rows) throw endless(`it has more than ${shown(limits.rows)} rows`);
    if (this.bytes > limits.bytes) throw endless(`it is larger than ${mebibytes(limits.bytes)}`);
    if (together > limits.bytesTogether && this.bytes > limits.ownBytes)
      throw endless(`it and others are larger than ${mebibytes(limits.bytesTogether)}`);
  }

  /** Tells that it is read. */
  close(): void {
    this.count(-this.bytes);
    this.bytes = 0;
  }
}

function endless(reason: string): AzureFailure {
  return new AzureFailure('endless', `the list does not end: ${reason}`);
}

function shown(count: number): string {
  return count.toLocaleString('en-US');
}

function mebibytes(bytes: number): string {
  return `${bytes >> 20} MiB`;
}
