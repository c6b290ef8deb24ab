import { expect, test } from 'vitest';
import { PageLinks } from '../../../src/tenant/azure/azure-list.js';

const first = 'https://management.azure.com/subscriptions?api-version=2022-12-01';

test('a link is followed as it is', () => {
  const next = `${first}&$skipToken=abc%3D`;
  expect(new PageLinks(first).follow(next)).toBe(next);
});

test('the last page has none', () => {
  expect(new PageLinks(first).follow(undefined)).toBeUndefined();
});

test.each([
  'https://management.azure.com.evil.example/subscriptions?$skipToken=abc',
  'https://management.azure.com:8443/subscriptions?$skipToken=abc',
  'http://management.azure.com/subscriptions?$skipToken=abc',
  'https://evil.example\\@management.azure.com/',
  '//evil.example/subscriptions',
  'https://user:password@management.azure.com/subscriptions',
  'not a link\u0000',
])('a token does not go to %s', link => {
  const links = new PageLinks(first);
  const follow = (): string | undefined => links.follow(link);
  // A link without a host stays at the first one.
  if (link.startsWith('not')) expect(follow()).toMatch(/^https:\/\/management\.azure\.com\//);
  else expect(follow).toThrow('the list goes on at another host');
});

test('a list that goes in a circle comes to an end', () => {
  const links = new PageLinks(first);
  links.follow(`${first}&$skipToken=1`);
  links.follow(`${first}&$skipToken=2`);
  expect(() => links.follow(`${first}&$skipToken=1`)).toThrow('the list goes in a circle');
  expect(() => links.follow(first)).toThrow('the list goes in a circle');
});
