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
  /** The answer is changed. */
  | { readonly kind: 'changed'; readonly change: (answer: Answer) => Answer };

export interface Disruptions {
  /** Asked before a request is looked at; for items of a batch as well. */
  next(request: AzureRequest, isBatchItem: boolean): Disruption | undefined;
}

export const undisturbed: Disruptions = { next: () => undefined };
