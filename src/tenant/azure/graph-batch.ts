import { AzureFailure, failureOf, isAnswer } from './azure-failure.js';
import type { AzureHttp } from './azure-http.js';
import { type AzureList, FoundRows, PageLinks, readList } from './azure-list.js';
import type { Clock } from './clock.js';
import type { AzureConnection } from './connection.js';
import { type AzureRow, pageIn } from './list-page.js';
import { defaultLimits, delayBefore } from './retry-policy.js';

/** A list of Microsoft Graph's, by its path below the version. */
export interface GraphList {
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * Reads lists of Microsoft Graph, 20 in one request. Each has a status of its own: those that were throttled are asked
 * again, and no others. `take` gets each as soon as it is read, in whatever order: together they may be more than memory
 * holds. https://learn.microsoft.com/graph/json-batching
 */
export async function readInBatches<List extends GraphList>(
  { http, clock }: Pick<AzureConnection, 'http' | 'clock'>,
  lists: readonly List[],
  take: (list: List, found: AzureList) => void,
): Promise<void> {
  const starts = Array.from({ length: Math.ceil(lists.length / most) }, (_, at) => at * most);
  await Promise.all(
    starts.map(start => {
      const part = lists.slice(start, start + most);
      return readBatch({ http, clock }, part, (at, found) => take(part[at]!, found));
    }),
  );
}

const most = 20;

async function readBatch(
  { http, clock }: Pick<AzureConnection, 'http' | 'clock'>,
  lists: readonly GraphList[],
  take: (at: number, found: AzureList) => void,
): Promise<void> {
  const done = new Set<number>();
  let waited = 0;
  for (let attempt = 1; done.size < lists.length; attempt++) {
    const open = [...lists.keys()].filter(at => !done.has(at));
    const answers = await ask(http, lists, open);
    if (answers instanceof AzureFailure) {
      for (const at of open) take(at, { rows: [], failure: answers });
      return;
    }
    let longest = 0;
    for (const at of open) {
      const answer = answers.get(at);
      const delay = delayFor(answer, attempt, clock);
      const isLast = attempt >= defaultLimits.attempts || waited + (delay ?? 0) > defaultLimits.waiting;
      if (delay === undefined || isLast) {
        done.add(at);
        take(at, await listOf(http, lists[at]!, answer));
      } else longest = Math.max(longest, delay);
    }
    waited += longest;
    if (longest > 0) await clock.wait(longest, http.signal);
  }
}

interface BatchAnswer {
  readonly status: number;
  readonly body: unknown;
  /** Bytes: its share of the batch. */
  readonly size: number;
  header(name: string): string | undefined;
}

async function ask(
  http: AzureHttp,
  lists: readonly GraphList[],
  open: readonly number[],
): Promise<Map<number, BatchAnswer> | AzureFailure> {
  const requests = open.map(at => {
    const { path, headers } = lists[at]!;
    return { id: String(at), method: 'GET', url: path, ...(headers && { headers }) };
  });
  const url = `${http.endpoints.graph}/v1.0/$batch`;
  try {
    const { body, size } = await http.send({ method: 'POST', url, body: { requests } });
    const { responses } = (body ?? {}) as { responses?: unknown };
    return new Map(
      Array.isArray(responses)
        ? responses.filter(isObject).map(one => answerIn(one, size / responses.length))
        : [],
    );
  } catch (failure) {
    if (failure instanceof AzureFailure && failure.kind !== 'stopped') return failure;
    throw failure;
  }
}

function answerIn({ id, status, headers, body }: AzureRow, size: number): [number, BatchAnswer] {
  const pairs = Object.entries(isObject(headers) ? headers : {});
  const byName = new Map(
    pairs.flatMap(([name, value]) =>
      typeof value === 'object' ? [] : [[name.toLowerCase(), String(value)]],
    ),
  );
  return [Number(id), { status: Number(status), body, size, header: name => byName.get(name) }];
}

function isObject(value: unknown): value is AzureRow {
  return typeof value === 'object' && value !== null;
}

/** Undefined where that is the answer. One that is missing is asked for again. */
function delayFor(answer: BatchAnswer | undefined, attempt: number, clock: Clock): number | undefined {
  const now = { now: clock.now(), random: clock.random() };
  const isBroken = answer === undefined || (isAnswer(answer.status) && !isPage(answer.body));
  if (isBroken || (answer.status === 401 && attempt === 1))
    return delayBefore(attempt + 1, { kind: 'broken' }, now);
  const { status, header } = answer;
  return delayBefore(attempt + 1, { kind: 'answer', status, header }, now);
}

function isPage(body: unknown): boolean {
  return Array.isArray((body as AzureRow | null | undefined)?.['value']);
}

/** The list that begins with that answer, read to its end. */
async function listOf(
  http: AzureHttp,
  { path, headers }: GraphList,
  answer: BatchAnswer | undefined,
): Promise<AzureList> {
  if (answer === undefined)
    return { rows: [], failure: new AzureFailure('exhausted', 'a batch left it out') };
  if (!isAnswer(answer.status)) return { rows: [], failure: failureOf(answer.status, answer.body) };
  if (!isPage(answer.body))
    return { rows: [], failure: new AzureFailure('exhausted', 'a batch broke it off') };
  const found = new FoundRows(http.lists.begin());
  try {
    const page = pageIn(answer.body, answer.size);
    found.add(page);
    const next = new PageLinks(`${http.endpoints.graph}/v1.0${path}`).follow(page.link);
    if (next === undefined) return found.list();
    return await readList(http, { method: 'GET', url: next, ...(headers && { headers }) }, found);
  } catch (failure) {
    if (failure instanceof AzureFailure && failure.kind !== 'stopped') return found.list(failure);
    throw failure;
  }
}
