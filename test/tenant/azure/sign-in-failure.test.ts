import { expect, test } from 'vitest';
import { seededRandom } from '../../seeded.js';
import { isTransientSignInFailure, signInFailure } from '../../../src/tenant/azure/sign-in-failure.js';
import { SecretsInUse } from '../../../src/tenant/azure/secrets-in-use.js';

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
  { name: 'a throttled token endpoint', cause: { statusCode: 429, message: 'slow down' }, isTransient: true },
  { name: 'one that is down', cause: { statusCode: 503, message: '' }, isTransient: true },
  { name: 'a reset', cause: { code: 'ECONNRESET', message: 'socket hang up' }, isTransient: true },
  {
    name: 'a wrong secret',
    cause: { statusCode: 401, message: 'AADSTS7000215: Invalid' },
    isTransient: false,
  },
])('$name may pass: $isTransient', ({ cause, isTransient }) => {
  expect(isTransientSignInFailure(cause, 'env')).toBe(isTransient);
});

test('where there is no managed identity, nothing ever answers', () => {
  expect(isTransientSignInFailure({ message: 'network_error' }, 'managed-identity')).toBe(false);
});

/** As the sentence of Entra's was found before: right, and endless on long texts. */
const reference = /AADSTS\d+: [^\n]*?(?=[\s-]*(?:Trace ID|Correlation ID|Timestamp|\r|\n|$))/;

test('the sentence of Entra’s is found where a regular expression would find it', () => {
  const random = seededRandom(20_262);
  const pieces = [
    'AADSTS7: ',
    'AADSTS',
    'a',
    '-',
    ' ',
    ' - ',
    '\n',
    '\r',
    'Trace ID',
    'Timestamp',
    'Correlation ID',
  ];
  for (let run = 0; run < 20_000; run++) {
    const length = Math.floor(random() * 10);
    const rest = Array.from({ length }, () => pieces[Math.floor(random() * pieces.length)]!).join('');
    const text = `AADSTS70002: a${rest}`;
    const found = reference.exec(text)![0].replaceAll(/\s+/g, ' ').trim();
    expect(signInFailure(new Error(text), 'env').message, JSON.stringify(text)).toBe(
      `Signing in with --auth env failed: ${found}.`,
    );
  }
});

test('a megabyte of what may follow the sentence takes no longer than to read it', () => {
  const { message } = signInFailure(new Error(`AADSTS70002: a${' -'.repeat(500_000)}b`), 'env');
  expect(message).toMatch(/^Signing in with --auth env failed: AADSTS70002: a/);
});

test('what was signed in with is not repeated, whatever it looks like', () => {
  const secrets = new SecretsInUse();
  secrets.add('plain words');
  const { message } = signInFailure(new Error('AADSTS7000215: plain words is no secret'), 'env', secrets);
  expect(message).toBe('Signing in with --auth env failed: AADSTS7000215: [removed] is no secret.');
});
