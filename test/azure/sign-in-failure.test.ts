import { expect, test } from 'vitest';
import { isPassingSignInFailure, signInFailure } from '../../src/azure/sign-in-failure.js';

test('of a page of text, what a person can look up is left', () => {
  const page = `EnvironmentCredential authentication failed. To troubleshoot, visit https://aka.ms/azsdk/js/identity/environmentcredential/troubleshoot. Status code: 401
More details:
invalid_client: 7000215 - [2026-08-22 12:00:00Z]: AADSTS7000215: Invalid client secret provided. Ensure the secret being sent in the request is the client secret value. Trace ID: 1b9f0c52-0000 Correlation ID: 7a3e Timestamp: 2026-08-22 12:00:00Z - Correlation ID: 7a3e`;
  expect(signInFailure(new Error(page), 'env').message).toBe(
    'Signing in with --auth env failed: AADSTS7000215: Invalid client secret provided. Ensure the secret being sent in the request is the client secret value.',
  );
});

test('the chain of all ways is one sentence', () => {
  const chain =
    'ChainedTokenCredential authentication failed.\nCredentialUnavailableError: EnvironmentCredential is unavailable.\nCredentialUnavailableError: Azure CLI could not be found.';
  const { message, hint } = signInFailure(new Error(chain), 'default');
  expect(message).toMatch(
    /^Signing in with --auth default failed: neither the environment, .* is signed in\.$/,
  );
  expect(hint).toContain('az login');
});

test.each([
  { name: 'a throttled token endpoint', cause: { statusCode: 429, message: 'slow down' }, isPassing: true },
  { name: 'one that is down', cause: { statusCode: 503, message: '' }, isPassing: true },
  { name: 'a reset', cause: { code: 'ECONNRESET', message: 'socket hang up' }, isPassing: true },
  { name: 'a wrong secret', cause: { statusCode: 401, message: 'AADSTS7000215: Invalid' }, isPassing: false },
])('$name may pass: $isPassing', ({ cause, isPassing }) => {
  expect(isPassingSignInFailure(cause, 'env')).toBe(isPassing);
});

test('where there is no managed identity, nothing ever answers', () => {
  expect(isPassingSignInFailure({ message: 'network_error' }, 'managed-identity')).toBe(false);
});
