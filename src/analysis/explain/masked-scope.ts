import { isPlace, parseScope, type Scope } from '../../rbac/model/scope.js';

const stars = /\*{3,}/g;

/** Stands for a subscription that a log masks. */
const maskedSubscription = 'SUBSCRIPTION_ID';

/** Reads a scope of a log. Three stars are no wildcard there but what a pipeline prints for a secret. */
export function parseLoggedScope(text: string): Scope {
  if (!text.includes('***')) return parseScope(text);
  return parseScope(
    text
      .replace(/(\/subscriptions\/)\*{3,}/i, `$1${maskedSubscription}`)
      .replace(/(\/resourceGroups\/)\*{3,}/i, '$1RESOURCE_GROUP')
      .replace(stars, 'MASKED_NAME'),
  );
}

/** Whether nothing but a masked subscription keeps it from being a place. */
export function isMasked(scope: Scope): boolean {
  return scope.kind === 'placeholder' && scope.placeholder === maskedSubscription;
}

/** Whether a command can name it, perhaps with a word in capitals that is to be replaced. */
export function isPlaceOrMasked(scope: Scope): boolean {
  return isPlace(scope) || isMasked(scope);
}
