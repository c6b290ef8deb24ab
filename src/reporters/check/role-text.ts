import type { Coverage } from '../../rbac/action-sets/coverage.js';
import { acceptance } from './result-words.js';
import { visible } from '../../text/escape.js';

/** One result of `azrbac check`, for people: the verdict first, then what it rests on. */
export function resultText(subject: string, set: string, scope: string | null, result: Coverage): string {
  const at = scope === null ? '' : ` at ${visible(scope)}`;
  return [
    `${result.status.padEnd(7)}  ${visible(subject)} for ${set}${at}: ${roleVerdict(result)}`,
    ...operationLines('missing', result.missing),
    ...operationLines('only where a condition holds', result.conditional),
    ...operationLines('forbidden', result.forbidden),
    ...operationLines('excess', withoutForbidden(result)),
    '',
  ].join('\n');
}

/** How much is covered, and what is too much, in a sentence. */
export function roleVerdict(result: Coverage): string {
  const { covered, conditional, missing, forbidden, excess } = result;
  const required = covered.length + conditional.length + missing.length;
  const parts = [
    required === 0
      ? 'no permission is needed'
      : `${covered.length} of ${required} ${required === 1 ? 'operation' : 'operations'} covered`,
    ...(conditional.length > 0 ? [`${conditional.length} only where a condition holds`] : []),
    ...(forbidden.length > 0 ? [`${forbidden.length} forbidden`] : []),
    ...(excess.operations.length > 0
      ? [`${excess.operations.length} more than needed${acceptance(result)}`]
      : []),
  ];
  return `${parts.join(', ')}.`;
}

function withoutForbidden({ excess, forbidden }: Coverage): string[] {
  const named = new Set(forbidden);
  return excess.operations.filter(operation => !named.has(operation));
}

function operationLines(title: string, operations: readonly string[]): string[] {
  if (operations.length === 0) return [];
  const listed = operations.slice(0, maxListed).map(operation => `           ${visible(operation)}`);
  const more = operations.length - maxListed;
  return [
    `         ${title}:`,
    ...listed,
    ...(more > 0 ? [`           and ${more} more (see --format json)`] : []),
  ];
}

/** Owner has 17,000 operations too many for a scoring client. */
const maxListed = 12;
