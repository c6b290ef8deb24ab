import { createHash } from 'node:crypto';
import type { RefusedAction } from './access.js';
import { readActionOf, typeOfKind } from './authorization-rows.js';
import type { Disruption, Disruptions } from './disruption.js';
import * as answers from './fault-answers.js';
import { comingAgain, comingLater, leadingAstray, leadingToItself } from './page-faults.js';
import type { Answer, AzureRequest } from './request.js';
import type { AuthorizationKind } from './tenant.js';

/** Goes away when the request is sent again. */
export interface TransientFault {
  readonly kind: TransientKind;
  /** How many of the requests it meets: 0 to 1. */
  readonly share: number;
  /** How often each of them is met, one after the other. */
  readonly times: number;
}

export const transientKinds = [
  'throttled, seconds',
  'throttled, date',
  'throttled, milliseconds',
  'throttled, no header',
  'unavailable, seconds',
  'unavailable, no header',
  'internal error',
  'bad gateway',
  'gateway timeout',
  'reset',
  'cut',
  'truncated',
  'stall',
  'late',
  'page repeated',
  'page empty',
  'tokens expired',
] as const;
export type TransientKind = (typeof transientKinds)[number];

/** What signs in is Azure's own library, which bears with no more than these. */
const signInKinds: readonly TransientKind[] = ['unavailable, no header', 'internal error', 'reset', 'late'];

/** Never goes away. Scopes are those of Azure, without a slash at the end; `` is the root. */
export type PermanentFault =
  /** The caller lacks the permission: at that scope only, or at all below it, too. */
  | {
      readonly kind: 'refused';
      readonly what: RefusedList;
      readonly scope: string;
      readonly reach: 'here' | 'below';
    }
  /** A list that always ends in that status. */
  | {
      readonly kind: 'failing';
      readonly what: AuthorizationKind;
      readonly scope: string;
      readonly status: FailingStatus;
    }
  /** A list whose next page is at another host. */
  | { readonly kind: 'astray'; readonly what: AuthorizationKind; readonly scope: string }
  /** A list whose next page is always itself. */
  | { readonly kind: 'endless'; readonly what: AuthorizationKind; readonly scope: string }
  /** A list that is refused with a message that quotes the caller's token. */
  | { readonly kind: 'quoting'; readonly what: AuthorizationKind; readonly scope: string }
  /** All of Graph. */
  | { readonly kind: 'directory refused' }
  /** The members of one group. */
  | { readonly kind: 'group refused'; readonly group: string }
  /** A subscription that is listed, and gone after so many questions about it. */
  | { readonly kind: 'vanished'; readonly subscription: string; readonly after: number };

export type RefusedList = AuthorizationKind | 'roleDefinitions' | 'resources' | 'subscriptions';
export type FailingStatus = 429 | 500 | 503;

export interface FaultSchedule {
  readonly seed: number;
  readonly transient: readonly TransientFault[];
  readonly permanent: readonly PermanentFault[];
  /** Whether signing in fails at first, too: it takes seconds, for Azure's own library does not hurry. */
  readonly meetsSignIn?: boolean;
}

/** No request is met more often than this, by however many faults: whoever tries once more gets through. */
export const maxFailures = 3;

/**
 * Lets requests fail as a schedule says. Which are met follows from what they ask and from the seed, not from when
 * they come, so that a run can be run again.
 */
export class Faults implements Disruptions {
  private readonly met = new Map<string, number>();
  private readonly asked = new Map<string, number>();
  private hasExpired = false;

  constructor(private readonly schedule: FaultSchedule) {}

  next(request: AzureRequest): Disruption | undefined {
    for (const fault of this.schedule.permanent) {
      const disruption = this.permanent(fault, request);
      if (disruption !== undefined) return disruption;
    }
    const key = keyOf(request);
    const meeting = this.meeting(key, request.service === 'authority');
    if (meeting === undefined) return undefined;
    return transient(meeting, request, this.share(`late ${key}`));
  }

  /** Of what befalls requests, only other answers befall those in a batch. */
  nextItem(request: AzureRequest): Answer | undefined {
    const disruption = this.next(request);
    return disruption?.kind === 'answer' ? disruption.answer : undefined;
  }

  /** The fault that meets a request this time. */
  private meeting(key: string, isSignIn: boolean): TransientKind | undefined {
    const met = this.met.get(key) ?? 0;
    const all = this.schedule.transient
      .filter(({ kind }) => !isSignIn || (this.schedule.meetsSignIn === true && signInKinds.includes(kind)))
      .filter(({ share }, index) => this.share(`${index} ${key}`) < share)
      .flatMap(({ kind, times }) => Array.from({ length: times }, () => kind))
      .slice(0, maxFailures);
    const kind = all[met];
    if (kind !== undefined) this.met.set(key, met + 1);
    // Once in a run is enough: all requests under way feel it.
    if (kind !== 'tokens expired') return kind;
    if (this.hasExpired) return undefined;
    this.hasExpired = true;
    return kind;
  }

  private permanent(fault: PermanentFault, request: AzureRequest): Disruption | undefined {
    if (fault.kind === 'directory refused')
      return request.service === 'graph' ? answering(answers.requestDenied()) : undefined;
    if (fault.kind === 'group refused') {
      const isMeant = request.path.toLowerCase().includes(`/groups/${fault.group}/members`);
      return request.service === 'graph' && isMeant ? answering(answers.requestDenied()) : undefined;
    }
    if (request.service !== 'arm' || fault.kind === 'refused') return undefined;
    if (fault.kind === 'vanished') return this.vanished(fault.subscription, fault.after, request.path);
    const list = `${fault.scope}/providers/microsoft.authorization/${typeOfKind[fault.what]}`;
    if (request.path.toLowerCase() !== list.toLowerCase()) return undefined;
    if (fault.kind === 'astray')
      return { kind: 'changed', change: (answer, stranger) => leadingAstray(answer, request, stranger) };
    if (fault.kind === 'endless')
      return { kind: 'changed', change: answer => leadingToItself(answer, request) };
    if (fault.kind === 'quoting') return answering(answers.quoting(request.headers.authorization ?? ''));
    return answering(answerOf(fault.status));
  }

  private vanished(subscription: string, after: number, path: string): Disruption | undefined {
    if (!path.toLowerCase().startsWith(`/subscriptions/${subscription}`)) return undefined;
    const asked = (this.asked.get(subscription) ?? 0) + 1;
    this.asked.set(subscription, asked);
    return asked > after ? answering(answers.subscriptionNotFound(subscription)) : undefined;
  }

  /** A number in [0, 1) that follows from the seed and the text. */
  private share(text: string): number {
    return createHash('sha256').update(`${this.schedule.seed} ${text}`).digest().readUInt32LE() / 2 ** 32;
  }
}

/** What the server has to know of a schedule beforehand: Resource Graph leaves out what may not be read, too. */
export function refusedActions({ permanent }: FaultSchedule): RefusedAction[] {
  return permanent.flatMap(fault =>
    fault.kind === 'refused'
      ? [{ action: actionOf(fault.what), scope: fault.scope, reach: fault.reach }]
      : [],
  );
}

function actionOf(what: RefusedList): string {
  if (what === 'subscriptions') return '*';
  if (what === 'resources') return 'Microsoft.Resources/subscriptions/resources/read';
  return what === 'roleDefinitions' ? 'Microsoft.Authorization/roleDefinitions/read' : readActionOf(what);
}

function answerOf(status: FailingStatus): Answer {
  if (status === 429) return answers.throttled('arm', { 'retry-after': '0' });
  return status === 500 ? answers.internalError('arm') : answers.unavailable('arm');
}

function transient(kind: TransientKind, request: AzureRequest, share: number): Disruption {
  const { service } = request;
  switch (kind) {
    case 'throttled, seconds':
      return answering(answers.throttled(service, { 'retry-after': '1' }));
    case 'throttled, date':
      return answering(
        answers.throttled(service, { 'retry-after': new Date(Date.now() + 1000).toUTCString() }),
      );
    case 'throttled, milliseconds':
      return answering(answers.throttled(service, { 'retry-after-ms': '20' }));
    case 'throttled, no header':
      return answering(answers.throttled(service, {}));
    case 'unavailable, seconds':
      return answering(answers.unavailable(service, { 'retry-after': '1' }));
    case 'unavailable, no header':
      return answering(answers.unavailable(service));
    case 'internal error':
      return answering(answers.internalError(service));
    case 'bad gateway':
      return answering(answers.badGateway());
    case 'gateway timeout':
      return answering(answers.gatewayTimeout(service));
    case 'late':
      return { kind, milliseconds: Math.floor(share * 40) };
    case 'page repeated':
      return { kind: 'changed', change: answer => comingAgain(answer, request) };
    case 'page empty':
      return { kind: 'changed', change: answer => comingLater(answer, request) };
    case 'tokens expired':
      return { kind: 'expired' };
    default:
      return { kind };
  }
}

function answering(answer: Answer): Disruption {
  return { kind: 'answer', answer };
}

function keyOf({ service, method, path, query, body }: AzureRequest): string {
  const parameters = [...query].map(([name, value]) => `${name.toLowerCase()}=${value}`).sort();
  // What MSAL sends is never the same twice, but for what the token is for.
  const text = service === 'authority' ? new URLSearchParams(body).get('scope') : body;
  return `${service} ${method} ${path.toLowerCase()} ${parameters.join('&')} ${text}`;
}
