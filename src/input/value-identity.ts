import { locatedItems, type LocatedValue, type UnknownReason } from './located-value.js';

/**
 * Equal for values that are equal, whatever comes for what is unknown in them; undefined where nobody can tell. Names of resources
 * are compared by it that are made of what only the deployment knows.
 */
export function identityOf(value: LocatedValue): string | undefined {
  switch (value.kind) {
    case 'unknown':
      return value.parts === undefined ? value.identity : identityOfParts(value.parts);
    case 'list':
      return value.more === undefined ? identityOfAll(locatedItems(value)) : undefined;
    case 'object':
      return undefined;
    case 'null':
      return 'null';
    default:
      return JSON.stringify(value.value);
  }
}

/** The identity of several values in order: what a function is called with. */
export function identityOfAll(values: readonly LocatedValue[]): string | undefined {
  const all = values.map(identityOf);
  return all.every(each => each !== undefined) ? `[${all.join(', ')}]` : undefined;
}

function identityOfParts(parts: readonly (string | UnknownReason)[]): string | undefined {
  const all = parts.map(part => (typeof part === 'string' ? JSON.stringify(part) : part.identity));
  return all.every(each => each !== undefined) ? all.join(' + ') : undefined;
}
