import { guidOf } from '../../../rbac/model/guid.js';
import { isRow, own, type Row, textOf } from '../row.js';
import { camelCased, camelCasedRows } from '../camel-case.js';

/** The list that a file holds. */
export interface Envelope {
  readonly rows: readonly unknown[];
  /** Whether more follows on another page; `maybe` where that is so unless this is itself the last page of several. */
  readonly hasNext: 'yes' | 'no' | 'maybe';
  /** Whether it is one page of a list, as REST answers. */
  readonly isPage: boolean;
}

/** REST has the list in `value`, Azure Resource Graph in `data`, Windows PowerShell in `value` beside `Count`. */
export function unwrap(value: unknown): Envelope {
  if (Array.isArray(value)) return { rows: value, hasNext: 'no', isPage: false };
  if (!isRow(value)) return { rows: [value], hasNext: 'no', isPage: false };
  const outer = camelCased(value);
  const list = own(outer, 'value');
  if (Array.isArray(list)) {
    const next = textOf(outer, 'nextLink') ?? textOf(outer, '@odata.nextLink');
    return { rows: list, hasNext: next === undefined ? 'no' : 'yes', isPage: true };
  }
  const data = own(outer, 'data');
  if (!Array.isArray(data) || own(outer, 'meta') !== undefined)
    return { rows: [value], hasNext: 'no', isPage: false };
  return { rows: data, hasNext: nextOf(outer, data.length), isPage: true };
}

/** The Azure CLI writes `skip_token`, REST `$skipToken`, PowerShell `SkipToken`. */
function nextOf(outer: Row, rows: number): Envelope['hasNext'] {
  const token = textOf(outer, 'skip_token') ?? textOf(outer, '$skipToken') ?? textOf(outer, 'skipToken');
  if (token !== undefined) return 'yes';
  const total = own(outer, 'total_records') ?? own(outer, 'totalRecords');
  const isCutOff = String(own(outer, 'resultTruncated') ?? '').toLowerCase() === 'true';
  return isCutOff || (typeof total === 'number' && total > rows) ? 'maybe' : 'no';
}

/** One answer in a batch of Microsoft Graph's, whose id is that of the principal that was asked about. */
export interface BatchAnswer {
  readonly id: string;
  /** Undefined where it was refused, or goes on. */
  readonly list: readonly unknown[] | undefined;
  readonly status: unknown;
}

/** The answers of `POST /$batch` (https://learn.microsoft.com/graph/json-batching); undefined where it is none of object ids. */
export function batchIn(value: unknown): readonly BatchAnswer[] | undefined {
  const responses = isRow(value) ? own(value, 'responses') : undefined;
  if (!Array.isArray(responses) || responses.length === 0) return undefined;
  const answers = camelCasedRows(responses).flatMap(response => answerIn(response) ?? []);
  return answers.length === responses.length ? answers : undefined;
}

function answerIn(response: Row): BatchAnswer | undefined {
  const id = guidOf(textOf(response, 'id') ?? '');
  if (id === undefined) return undefined;
  const body = own(response, 'body');
  const list = isRow(body) && textOf(body, '@odata.nextLink') === undefined ? own(body, 'value') : undefined;
  const status = own(response, 'status');
  return { id, status, list: status === 200 && Array.isArray(list) ? list : undefined };
}
