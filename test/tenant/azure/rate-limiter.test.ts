import { expect, test } from 'vitest';
import type { Clock } from '../../../src/tenant/azure/clock.js';
import { RateLimiter } from '../../../src/tenant/azure/rate-limiter.js';
import { pauseAfter } from '../../../src/tenant/azure/quota-headers.js';

const { signal } = new AbortController();

/** Time that passes only where somebody waits. */
function manualClock(): Clock & { readonly waits: number[] } {
  const waits: number[] = [];
  return {
    now: () => waits.reduce((sum, wait) => sum + wait, 0),
    random: () => 0,
    wait: async milliseconds => void waits.push(milliseconds),
    patience: 1_000,
    waits,
  };
}

async function maxTogether(limiter: RateLimiter, names: readonly string[]): Promise<number> {
  let running = 0;
  let most = 0;
  const work = async (): Promise<void> => {
    most = Math.max(most, ++running);
    await new Promise(resolve => setTimeout(resolve, 1));
    running--;
  };
  await Promise.all(names.map(name => limiter.run(name, work)));
  return most;
}

test.each([
  { what: 'one subscription', names: Array.from({ length: 40 }, () => 'a'), most: 8 },
  { what: 'many subscriptions', names: Array.from({ length: 40 }, (_, at) => `${at}`), most: 16 },
  { what: 'Resource Graph', names: Array.from({ length: 40 }, () => 'resource-graph'), most: 4 },
])('$what: at most $most requests at the same time', async ({ names, most }) => {
  expect(await maxTogether(new RateLimiter(16, manualClock(), signal), names)).toBe(most);
});

test('who was told to wait holds back the others in the lane, and nobody else', async () => {
  const clock = manualClock();
  const limiter = new RateLimiter(16, clock, signal);
  limiter.holdBack('a', 3_000);
  await limiter.run('b', async () => {});
  expect(clock.waits).toEqual([]);
  await limiter.run('a', async () => {});
  expect(clock.waits).toEqual([3_000]);
  await limiter.run('a', async () => {});
  expect(clock.waits).toEqual([3_000]);
});

test('a request that fails gives its place back', async () => {
  const limiter = new RateLimiter(1, manualClock(), signal);
  await expect(limiter.run('a', () => Promise.reject(new Error('reset')))).rejects.toThrow('reset');
  expect(await limiter.run('a', async () => 'answer')).toBe('answer');
});

test.each([
  { headers: { 'x-ms-ratelimit-remaining-subscription-reads': '249' }, milliseconds: 0 },
  { headers: { 'x-ms-ratelimit-remaining-subscription-reads': '5' }, milliseconds: 200 },
  { headers: { 'x-ms-ratelimit-remaining-tenant-reads': '0' }, milliseconds: 400 },
  {
    headers: { 'x-ms-user-quota-remaining': '3', 'x-ms-user-quota-resets-after': '00:00:04' },
    milliseconds: 0,
  },
  {
    headers: { 'x-ms-user-quota-remaining': '0', 'x-ms-user-quota-resets-after': '00:00:04' },
    milliseconds: 4_000,
  },
  { headers: { 'x-ms-user-quota-remaining': '0' }, milliseconds: 1_000 },
  { headers: { 'x-ms-ratelimit-remaining-subscription-reads': 'many' }, milliseconds: 0 },
  { headers: {}, milliseconds: 0 },
])('$headers: keep still for $milliseconds ms', ({ headers, milliseconds }) => {
  const given: Readonly<Record<string, string | undefined>> = headers;
  expect(pauseAfter(name => given[name])).toBe(milliseconds);
});
