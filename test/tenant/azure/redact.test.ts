import { expect, test } from 'vitest';
import { redact } from '../../../src/tenant/azure/redact.js';
import { seededRandom } from '../../seeded.js';

const token = `eyJ0eXAiOiJKV1QiLCJhbGciOiJSUzI1NiJ9.${Buffer.from('{"oid":"1"}').toString('base64url')}.c2lnbmF0dXJl`;

test.each([
  { text: `Authorization: Bearer ${token}`, plain: 'Authorization: Bearer [token]' },
  { text: `the token ${token} has expired`, plain: 'the token [token] has expired' },
  { text: 'client_secret=Qx8~abc.def and more', plain: 'client_secret=[removed] and more' },
  { text: '{"password": "hunter2!"}', plain: '{"password": "[removed]"}' },
  {
    text: 'AccountKey=Zm9vYmFyZm9vYmFy==;EndpointSuffix=core.windows.net',
    plain: 'AccountKey=[removed];EndpointSuffix=core.windows.net',
  },
  {
    text: 'https://st.blob.core.windows.net/c?sv=2022&sig=abc%2Fdef',
    plain: 'https://st.blob.core.windows.net/c?sv=2022&sig=[removed]',
  },
  { text: 'first line\r\n  second line', plain: 'first line second line' },
  {
    text: "The client '4ce95b6c-4a5e-4b22-809d-64e390d0b0e1' does not have authorization to perform action 'Microsoft.Authorization/roleAssignments/read'",
    plain:
      "The client '4ce95b6c-4a5e-4b22-809d-64e390d0b0e1' does not have authorization to perform action 'Microsoft.Authorization/roleAssignments/read'",
  },
])('$text', ({ text, plain }) => {
  expect(redact(text)).toBe(plain);
});

test('nobody reads a page', () => {
  expect(redact('word '.repeat(1_000)).length).toBeLessThan(410);
});

/** As tokens were found before: right, and endless on long texts. */
const reference = /\beyJ[\w-]{5,}\.[\w-]+(?:\.[\w-]*)?/g;

test('tokens are found where a regular expression would find them', () => {
  const random = seededRandom(20_261);
  const pieces = ['eyJ', 'eyJ', 'aaaaa', 'b', '-', '.', '.', '_', ' ', 'é', '/'];
  for (let run = 0; run < 20_000; run++) {
    const length = 1 + Math.floor(random() * 14);
    const text = Array.from({ length }, () => pieces[Math.floor(random() * pieces.length)]!)
      .join('')
      .trim();
    expect(redact(text.replaceAll(/ +/g, ' ')), text).toBe(
      text.replaceAll(/ +/g, ' ').replace(reference, '[token]'),
    );
  }
});

test.each([
  ['beginnings of tokens', 'eyJaaaaa-'],
  ['tokens that lack their second part', 'eyJaaaaa. '],
  ['schemes', 'bearer aaaaaaa '],
  ['names of secrets', 'password '],
  ['assignments', 'sig='],
  ['keys that are too short', `${'a'.repeat(79)} `],
  ['spaces', ' \t'],
])('a megabyte of %s takes no longer than to read it', (_, piece) => {
  expect(redact(piece.repeat(1_000_000 / piece.length)).length).toBeLessThan(410);
});
