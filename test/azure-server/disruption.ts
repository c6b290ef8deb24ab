import type { Answer, AzureRequest } from './request.js';

/** What goes wrong with one request. */
export type Disruption =
  /** Another answer instead of the right one. */
  | { readonly kind: 'answer'; readonly answer: Answer }
  /** The connection is closed without a word. */
  | { readonly kind: 'reset' }
  /** The connection is closed in the middle of the body. */
  | { readonly kind: 'cut' }
  /** The body ends too early, and the length says that it is whole. */
  | { readonly kind: 'truncated' }
  /** No answer comes, until the caller gives up. */
  | { readonly kind: 'stall' }
  /** The answer comes late, so that others overtake it. */
  | { readonly kind: 'late'; readonly milliseconds: number }
  /** All tokens given out so far have expired. */
  | { readonly kind: 'expired' }
  /** The answer is changed; what comes of it may lead to a stranger. */
  | { readonly kind: 'changed'; readonly change: (answer: Answer, strangerOrigin: string) => Answer };

export interface Disruptions {
  /** Asked before a request is looked at. */
  next(request: AzureRequest): Disruption | undefined;
  /** What is answered instead to one request of a batch. */
  nextItem(request: AzureRequest): Answer | undefined;
}

export const undisturbed: Disruptions = { next: () => undefined, nextItem: () => undefined };
