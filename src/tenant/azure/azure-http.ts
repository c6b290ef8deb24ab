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
import { packageVersion } from '../../package/package-folder.js';
import { UserError } from '../../errors.js';
import type { AccessTokens } from './access-tokens.js';
import { AzureFailure } from './azure-failure.js';
import { type Clock, stopped } from './clock.js';
import type { AzureEndpoints } from './clouds.js';
import { endpointOf, laneOf } from './endpoint-of.js';
import { RateLimiter } from './rate-limiter.js';
import { defaultListLimits, type ListLimits, ListsUnderWay } from './list-bounds.js';
import { Patience } from './patience.js';
import { pauseAfter } from './quota-headers.js';
import { isUnreachable, unreachable } from './unreachable-host.js';
import { readBody } from './read-body.js';
import {
  type AzureAnswer,
  brokenBy,
  claimsAskedFor,
  givenUp,
  isRenewable,
  type Outcome,
  outcomeOf,
} from './request-outcome.js';
import { askedDelay, defaultLimits, delayBefore, type RetryLimits } from './retry-policy.js';
import { SecretsInUse } from './secrets-in-use.js';

/** A question to ARM or Microsoft Graph. */
export interface AzureRequest {
  readonly method: 'GET' | 'POST';
  /** Absolute, and at one of the endpoints. */
  readonly url: string;
  /** Sent as JSON. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface HttpOptions {
  readonly endpoints: AzureEndpoints;
  readonly tokens: AccessTokens;
  readonly concurrency: number;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly limits?: RetryLimits;
  readonly listLimits?: ListLimits;
  /** Not to be in anything that comes back. */
  readonly secrets?: SecretsInUse;
}

/** The one way to Azure: with a token, within bounds, and again where an answer is only late. */
export class AzureHttp {
  readonly endpoints: AzureEndpoints;
  readonly signal: AbortSignal;
  readonly lists: ListsUnderWay;
  /** How many requests, of everything, for progress and reports. */
  requests = 0;
  /** A host that has answered before is there, and only out of reach for a while. */
  private isReached = false;
  private isAccepted = false;
  private readonly client: HttpClient = createDefaultHttpClient();
  private readonly pipeline: Pipeline = createEmptyPipeline();
  private readonly limiter: RateLimiter;
  private readonly limits: RetryLimits;
  private readonly secrets: SecretsInUse;

  constructor(private readonly options: HttpOptions) {
    const { endpoints, concurrency, clock, signal, limits } = options;
    this.endpoints = endpoints;
    this.signal = signal;
    this.limits = limits ?? defaultLimits;
    this.lists = new ListsUnderWay(options.listLimits ?? defaultListLimits);
    this.secrets = options.secrets ?? new SecretsInUse();
    this.limiter = new RateLimiter(concurrency, clock, signal);
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
      let began = 0;
      const outcome = await this.limiter.run(lane, () => {
        began = clock.now();
        return this.attempt(request, sent);
      });
      if (outcome.kind === 'whole') {
        this.isAccepted = true;
        const pause = pauseAfter(outcome.answer.header);
        if (pause > 0) this.limiter.holdBack(lane, pause);
        return outcome.answer;
      }
      if (isRenewable(outcome) && renewals++ < maxRenewals) {
        token = await this.options.tokens.renew(endpoint, sent, claimsAskedFor(outcome));
        continue;
      }
      token = undefined;
      const now = clock.now();
      const delay = delayBefore(attempt + 1, outcome, { now, random: clock.random() });
      if (delay === undefined) throw this.ended(outcome.failure, endpoint);
      waited += Math.max(0, now - began) + delay;
      if (attempt >= this.limits.attempts || waited > this.limits.waiting)
        throw givenUp(outcome.failure, attempt);
      if (outcome.kind === 'answer' && (outcome.status === 429 || askedDelay(outcome, now) !== undefined))
        this.limiter.holdBack(lane, delay);
      else await clock.wait(delay, signal);
    }
  }

  private async attempt(request: AzureRequest, token: string): Promise<Outcome> {
    // It may have waited for its turn meanwhile.
    if (this.signal.aborted) throw stopped();
    this.requests++;
    const patience = new Patience(this.options.clock.patience, this.signal);
    try {
      const response = await this.pipeline.sendRequest(
        this.client,
        createPipelineRequest({
          method: request.method,
          url: request.url,
          timeout: 0,
          abortSignal: patience.signal,
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
      const bytes = await readBody(response.readableStreamBody, patience.signal, () => patience.renew());
      return outcomeOf({ status, bytes, header }, this.secrets);
    } catch (cause) {
      if (this.signal.aborted) throw stopped();
      if (cause instanceof AzureFailure) throw cause;
      if (!this.isReached && isUnreachable(cause)) throw unreachable(request.url, cause);
      return { kind: 'broken', failure: brokenBy(cause, patience.reason) };
    } finally {
      patience.close();
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

const everyStatus = new Set([Number.POSITIVE_INFINITY]);

/** A token may be refused again because another request has had them all renewed meanwhile. */
const maxRenewals = 3;
