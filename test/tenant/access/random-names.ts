import fc from 'fast-check';
import { inAnyCase } from './random-roles.js';
import { everybody, highScopes, identities, lowScopes, scopes } from './vocabulary.js';

export const places = asWritten(fc.constantFrom(...scopes));
/** Where assignments stand in life. */
export const highPlaces = asWritten(
  fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...highScopes) }, fc.constantFrom(...scopes)),
);
/** Where things are done. */
export const lowPlaces = asWritten(
  fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...lowScopes) }, fc.constantFrom(...scopes)),
);

export const principals = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...identities.users, ...identities.groups) },
  fc.constantFrom(...everybody),
);
export const principalIds = inAnyCase(principals);

function asWritten(scope: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc
    .tuple(inAnyCase(scope), fc.constantFrom('', '', '/'))
    .map(([text, end]) => (text === '/' ? text : text + end));
}
