import {
  createDefaultHttpClient,
  createEmptyPipeline,
  createHttpHeaders,
  createPipelineRequest,
  decompressResponsePolicy,
  type HttpClient,
  type Pipeline,
  proxyPolicy,
  userAgentPolicy,
} from '@azure/core-rest-pipeline';
import { packageVersion } from '../catalog/package-folder.js';
import { UserError } from '../errors.js';
import type { AccessTokens } from './access-tokens.js';
import { AzureFailure, failureOf } from './azure-failure.js';
import { type Clock, stopped } from './clock.js';
import type { AzureEndpoints } from './clouds.js';
import { Lanes } from './lanes.js';
import { pauseAfter } from './quota-headers.js';
import { isUnreachable, unreachable } from './reach-host.js';
import { readBody } from './read-body.js';
import { askedDelay, type Attempt, defaultLimits, delayBefore, type RetryLimits } from './retry-policy.js';

/** A question to ARM or Microsoft Graph. */
export interface AzureRequest {
  readonly method: 'GET' | 'POST';
  /** Absolute, and at one of the endpoints. */
  readonly url: string;
  /** Sent as JSON. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface AzureAnswer {
  readonly status: number;
  /** Parsed JSON. */
  readonly body: unknown;
  header(name: string): string | undefined;
}

export interface HttpOptions {
  readonly endpoints: AzureEndpoints;
  readonly tokens: AccessTokens;
  readonly concurrency: number;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly limits?: RetryLimits;
}

/** The one way to Azure: with a token, within bounds, and again where an answer is only late. */
export class AzureHttp {
  readonly endpoints: AzureEndpoints;
  readonly signal: AbortSignal;
  /** Of everything, for progress and reports. */
  requests = 0;
  /** A host that has answered before is there, and only out of reach for a while. */
  private isReached = false;
  private isAccepted = false;
  private readonly client: HttpClient = createDefaultHttpClient();
  private readonly pipeline: Pipeline = createEmptyPipeline();
  private readonly lanes: Lanes;
  private readonly limits: RetryLimits;

  constructor(private readonly options: HttpOptions) {
    const { endpoints, concurrency, clock, signal, limits } = options;
    this.endpoints = endpoints;
    this.signal = signal;
    this.limits = limits ?? defaultLimits;
    this.lanes = new Lanes(concurrency, clock, signal);
    this.pipeline.addPolicy(userAgentPolicy({ userAgentPrefix: `azrbac/${packageVersion()}` }));
    this.pipeline.addPolicy(decompressResponsePolicy());
    this.pipeline.addPolicy(proxyPolicy());
  }

  /**
   * The answer, if it is one of success.
   * @throws AzureFailure for all others, once it is clear that another attempt would come to the same.
   */
  async send(request: AzureRequest): Promise<AzureAnswer> {
    const endpoint = endpointOf(request.url, this.endpoints);
    const lane = laneOf(request.url, endpoint, this.endpoints);
    const { clock, signal } = this.options;
    let waited = 0;
    let renewals = 0;
    let token: string | undefined;
    for (let attempt = 1; ; attempt++) {
      if (signal.aborted) throw stopped();
      token ??= await this.options.tokens.of(endpoint);
      const sent = token;
      const outcome = await this.lanes.run(lane, () => this.attempt(request, sent));
      if (outcome.kind === 'whole') {
        this.isAccepted = true;
        const pause = pauseAfter(outcome.answer.header);
        if (pause > 0) this.lanes.holdBack(lane, pause);
        return outcome.answer;
      }
      if (isRenewable(outcome) && renewals++ < mostRenewals) {
        token = await this.options.tokens.renew(endpoint, sent, claimsAskedFor(outcome));
        continue;
      }
      token = undefined;
      const now = clock.now();
      const delay = delayBefore(attempt + 1, outcome, { now, random: clock.random() });
      if (delay === undefined) throw this.ended(outcome.failure, endpoint);
      waited += delay;
      if (attempt >= this.limits.attempts || waited > this.limits.waiting)
        throw givenUp(outcome.failure, attempt);
      if (outcome.kind === 'answer' && (outcome.status === 429 || askedDelay(outcome, now) !== undefined))
        this.lanes.holdBack(lane, delay);
      else await clock.wait(delay, signal);
    }
  }

  private async attempt(request: AzureRequest, token: string): Promise<Outcome> {
    // It may have waited for its turn meanwhile.
    if (this.signal.aborted) throw stopped();
    this.requests++;
    const stop = new AbortController();
    const isStopped = (): void => stop.abort();
    this.signal.addEventListener('abort', isStopped, { once: true });
    const timer = setTimeout(isStopped, this.options.clock.patience);
    const end = setTimeout(isStopped, this.options.clock.patience * longestAnswer);
    try {
      const response = await this.pipeline.sendRequest(
        this.client,
        createPipelineRequest({
          method: request.method,
          url: request.url,
          timeout: 0,
          abortSignal: stop.signal,
          streamResponseStatusCodes: everyStatus,
          headers: createHttpHeaders({
            ...request.headers,
            accept: 'application/json',
            authorization: `Bearer ${token}`,
            ...(request.body !== undefined && { 'content-type': 'application/json' }),
          }),
          ...(request.body !== undefined && { body: JSON.stringify(request.body) }),
        }),
      );
      this.isReached = true;
      const { status } = response;
      const header = (name: string): string | undefined => response.headers.get(name);
      const text = await readBody(response.readableStreamBody, stop.signal, () => timer.refresh());
      return outcomeOf(status, text, header);
    } catch (cause) {
      if (this.signal.aborted) throw stopped();
      if (cause instanceof AzureFailure) throw cause;
      if (!this.isReached && isUnreachable(cause)) throw unreachable(request.url, cause);
      return { kind: 'broken', failure: brokenBy(cause, stop.signal.aborted, this.options.clock.patience) };
    } finally {
      clearTimeout(timer);
      clearTimeout(end);
      this.signal.removeEventListener('abort', isStopped);
    }
  }

  /** Somebody whom Azure takes no token from has not signed in: that is no gap. */
  private ended(failure: AzureFailure, endpoint: string): Error {
    if (failure.status !== 401 || this.isAccepted || endpoint !== this.endpoints.arm) return failure;
    const label = ['401', failure.code].filter(part => part !== undefined).join(' ');
    return new UserError(`${new URL(endpoint).host} does not take the token: ${label}.`, {
      hint: 'Is it a token for this cloud and directory? --cloud and --tenant-id say which are meant.',
    });
  }
}

type Outcome =
  | { readonly kind: 'whole'; readonly answer: AzureAnswer }
  | (Attempt & { readonly failure: AzureFailure });

/** An answer that comes in drops is none, either: so many times as long as the longest silence. */
const longestAnswer = 10;

const everyStatus = new Set([Number.POSITIVE_INFINITY]);

/** A token may be refused again because another request has had them all renewed meanwhile. */
const mostRenewals = 3;

function outcomeOf(status: number, text: string, header: (name: string) => string | undefined): Outcome {
  const body = parsed(text);
  const isSuccess = status >= 200 && status < 300;
  if (!isSuccess) return { kind: 'answer', status, header, failure: failureOf(status, body) };
  if (body !== undefined) return { kind: 'whole', answer: { status, body, header } };
  return { kind: 'broken', failure: new AzureFailure('exhausted', `${status} with a body that is no JSON`) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A subscription of another directory takes no token of this one, however new. */
function isRenewable(outcome: Outcome): outcome is Exclude<Outcome, { kind: 'whole' | 'broken' }> {
  return (
    outcome.kind === 'answer' &&
    outcome.status === 401 &&
    outcome.failure.code !== 'InvalidAuthenticationTokenTenant'
  );
}

function brokenBy(cause: unknown, isLate: boolean, patience: number): AzureFailure {
  const { code, message } = cause as { code?: string; message?: string };
  const reason = isLate
    ? `no answer within ${Math.ceil(patience / 1000)} s`
    : `the connection failed (${code ?? message ?? 'no reason is given'})`;
  return new AzureFailure('exhausted', reason, { cause });
}

function givenUp(failure: AzureFailure, attempts: number): AzureFailure {
  const { status, code } = failure;
  return new AzureFailure('exhausted', `given up after ${attempts} attempts: ${failure.message}`, {
    ...(status !== undefined && { status }),
    code,
  });
}

/** https://learn.microsoft.com/entra/identity-platform/claims-challenge */
function claimsAskedFor({ header }: { header(name: string): string | undefined }): string | undefined {
  const encoded = /\bclaims="([\w+/=-]+)"/.exec(header('www-authenticate') ?? '')?.[1];
  return encoded === undefined ? undefined : Buffer.from(encoded, 'base64').toString('utf8');
}

/** The endpoint that it lies at. @throws AzureFailure where that is none: a token would go to a stranger. */
export function endpointOf(url: string, { arm, graph }: Pick<AzureEndpoints, 'arm' | 'graph'>): string {
  const sameHost = [arm, graph].filter(endpoint => isAt(url, endpoint));
  // Both may be at one host: then the path tells them apart, and which token is meant.
  const found = sameHost.find(endpoint => url.startsWith(`${endpoint}/`)) ?? sameHost[0];
  if (found !== undefined) return found;
  throw new AzureFailure('broken-list', `a link leads to another host: ${hostOf(url)}`);
}

/** Whether the URL lies at the endpoint: the same host and port, and https as all endpoints are. */
export function isAt(url: string, endpoint: string): boolean {
  if (!URL.canParse(url)) return false;
  const { origin, username, password } = new URL(url);
  return (
    origin === new URL(endpoint).origin && username === '' && password === '' && url.startsWith('https:')
  );
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : 'no URL';
}

function laneOf(url: string, endpoint: string, { graph }: AzureEndpoints): string {
  if (endpoint === graph) return 'microsoft-graph';
  if (/\/providers\/microsoft\.resourcegraph\//i.test(url)) return 'resource-graph';
  return /\/subscriptions\/([0-9a-f-]{36})/i.exec(url)?.[1]?.toLowerCase() ?? 'tenant';
}
