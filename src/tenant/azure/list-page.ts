import { AzureFailure } from './azure-failure.js';

/** A value of `JSON.parse` that is an object. */
export type AzureRow = Readonly<Record<string, unknown>>;

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
  if (!Array.isArray(value)) throw new AzureFailure('unsupported', 'the answer is not a list');
  const link = nextLink ?? graphLink ?? '';
  if (typeof link !== 'string')
    throw new AzureFailure('broken-list', 'the link to the next page is not text');
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
