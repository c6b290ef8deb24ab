import type { MissingOperation } from './missing-operation.js';
import type { RefusedPrincipal } from './facts.js';

/** What a message to an administrator is about. */
export interface MessageFacts {
  readonly title: string;
  readonly missing: readonly MissingOperation[];
  readonly principal: RefusedPrincipal | null;
  readonly holder: string | null;
  readonly role: string | null;
  /** Where to assign. */
  readonly at: readonly string[];
  readonly guess: string | null;
}

/** Something to send to an administrator; null where there is nothing to ask for. */
export function administratorMessage(facts: MessageFacts): string | null {
  const { title, missing, role, at, guess } = facts;
  if (role === null || missing.length === 0) return null;
  const operations = missing.map(({ name }) => name).join(', ');
  const places = at.length === 0 ? 'the resource in question' : at.join(' and ');
  return [
    `Azure refused a request: ${title[0]!.toLowerCase()}${title.slice(1)}.`,
    `Missing: ${operations}.`,
    `Please assign the role "${role}" to ${whom(facts)} at ${places}.`,
    ...(guess === null ? [] : ['The operation is a guess; please check it first.']),
    'If the role is eligible through PIM, please tell me, and I will activate it.',
  ].join(' ');
}

function whom({ holder, principal }: MessageFacts): string {
  if (holder !== null) return holder;
  if (principal === null) return 'the identity that makes the call';
  const { objectId, clientId, name } = principal;
  if (objectId !== null) return `${name === null ? 'the principal' : `"${name}"`} (object ID ${objectId})`;
  return clientId === null ? (name ?? 'the caller') : `the application with client ID ${clientId}`;
}
