import { expect, test } from 'vitest';
import { SecretsInUse } from '../../../src/tenant/azure/secrets-in-use.js';

const token = 'eyJ0eXAiOiJKV1QifQ.eyJvaWQiOiI0Y2U5NWI2YyJ9.c2lnbmF0dXJlLW9mLXRoZS10b2tlbg';
const [, payload, signature] = token.split('.');
const secrets = new SecretsInUse();
secrets.addToken(token);
secrets.add('Qx8~"quoted\\secret');

test.each([
  [
    'a token',
    JSON.stringify({ a: [{ description: `Bearer ${token}!` }] }),
    { a: [{ description: 'Bearer [removed]!' }] },
  ],
  ['what a token says', `["${payload}"]`, ['[removed]']],
  ['its signature', `["x${signature}y"]`, ['x[removed]y']],
  ['a token as a name', `{"${token}": {"b": 1}}`, { '[removed]': { b: 1 } }],
  ['a token under a name that is one', `{"${token}": "${token}"}`, { '[removed]': '[removed]' }],
  ['a token alone', JSON.stringify(token), '[removed]'],
  ['a token with escapes', `["\\u0065${token.slice(1)}"]`, ['[removed]']],
  ['a secret that JSON escapes', JSON.stringify(['Qx8~"quoted\\secret']), ['[removed]']],
])('%s is taken out', (_, text, plain) => {
  expect(secrets.removeFrom(JSON.parse(text), text)).toEqual(plain);
});

test('what is endlessly deep is searched as well', () => {
  const text = `${'['.repeat(100_000)}"${token}"${']'.repeat(100_000)}`;
  let value = secrets.removeFrom(JSON.parse(text), text);
  while (Array.isArray(value)) value = value[0];
  expect(value).toBe('[removed]');
});

test('without one, nothing is changed', () => {
  const value = { id: '/subscriptions/a', condition: 'a\n' };
  expect(secrets.removeFrom(value, JSON.stringify(value))).toBe(value);
  expect(value).toEqual({ id: '/subscriptions/a', condition: 'a\n' });
});

test('a password of a few characters does not blacken everything', () => {
  const few = new SecretsInUse();
  few.add('read');
  expect(few.removedFrom('Microsoft.Authorization/*/read')).toBe('Microsoft.Authorization/*/read');
});
