import { AzureFailure, failureOf } from './azure-failure.js';
import type { AzureHttp } from './azure-http.js';
import { type AzureList, type AzureRow, FoundRows, pageIn, PageLinks, readList } from './azure-list.js';
import type { Clock } from './clock.js';
import { defaultLimits, delayBefore } from './retry-policy.js';

/** A list of Microsoft Graph's, by its path below the version. */
export interface GraphList {
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * Reads lists of Microsoft Graph, 20 in one request. Each has a status of its own: those that were throttled are asked
 * again, and no others. https://learn.microsoft.com/graph/json-batching
 */
export async function readInBatches(
  http: AzureHttp,
  clock: Clock,
  lists: readonly GraphList[],
): Promise<AzureList[]> {
  const found: AzureList[] = new Array(lists.length);
  const groups = Array.from({ length: Math.ceil(lists.length / most) }, (_, at) => at * most);
  await Promise.all(
    groups.map(async start => {
      const part = lists.slice(start, start + most);
      for (const [at, list] of (await readBatch(http, clock, part)).entries()) found[start + at] = list;
    }),
  );
  return found;
}

const most = 20;

async function readBatch(http: AzureHttp, clock: Clock, lists: readonly GraphList[]): Promise<AzureList[]> {
  const found = new Map<number, AzureList>();
  let waited = 0;
  for (let attempt = 1; found.size < lists.length; attempt++) {
    const open = [...lists.keys()].filter(at => !found.has(at));
    const answers = await ask(http, lists, open);
    if (answers instanceof AzureFailure)
      return lists.map((_, at) => found.get(at) ?? { rows: [], failure: answers });
    let longest = 0;
    for (const at of open) {
      const answer = answers.get(at);
      const delay = delayFor(answer, attempt, clock);
      const isLast = attempt >= defaultLimits.attempts || waited + (delay ?? 0) > defaultLimits.waiting;
      if (delay === undefined || isLast) found.set(at, await listOf(http, lists[at]!, answer));
      else longest = Math.max(longest, delay);
    }
    waited += longest;
    if (longest > 0) await clock.wait(longest, http.signal);
  }
  return lists.map((_, at) => found.get(at)!);
}

interface BatchAnswer {
  readonly status: number;
  readonly body: unknown;
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
    const { body } = await http.send({ method: 'POST', url, body: { requests } });
    const { responses } = (body ?? {}) as { responses?: unknown };
    return new Map(Array.isArray(responses) ? responses.filter(isObject).map(answerIn) : []);
  } catch (failure) {
    if (failure instanceof AzureFailure && failure.kind !== 'stopped') return failure;
    throw failure;
  }
}

function answerIn({ id, status, headers, body }: AzureRow): [number, BatchAnswer] {
  const pairs = Object.entries(isObject(headers) ? headers : {});
  const byName = new Map(
    pairs.flatMap(([name, value]) =>
      typeof value === 'object' ? [] : [[name.toLowerCase(), String(value)]],
    ),
  );
  return [Number(id), { status: Number(status), body, header: name => byName.get(name) }];
}

function isObject(value: unknown): value is AzureRow {
  return typeof value === 'object' && value !== null;
}

/** Undefined where that is the answer. One that is missing is asked for again. */
function delayFor(answer: BatchAnswer | undefined, attempt: number, clock: Clock): number | undefined {
  const now = { now: clock.now(), random: clock.random() };
  const isBroken = answer === undefined || (answer.status === 200 && !isPage(answer.body));
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
  if (answer.status !== 200) return { rows: [], failure: failureOf(answer.status, answer.body) };
  if (!isPage(answer.body))
    return { rows: [], failure: new AzureFailure('exhausted', 'a batch broke it off') };
  const found = new FoundRows();
  try {
    const page = pageIn(answer.body);
    found.add(page);
    const next = new PageLinks(`${http.endpoints.graph}/v1.0${path}`).follow(page.link);
    if (next === undefined) return found.list();
    const rest = await readList(http, { method: 'GET', url: next, ...(headers && { headers }) });
    found.add({ rows: rest.rows, strange: 0, link: undefined });
    return found.list(rest.failure);
  } catch (failure) {
    if (failure instanceof AzureFailure && failure.kind !== 'stopped') return found.list(failure);
    throw failure;
  }
}
